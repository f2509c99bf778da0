package anogan.scans;

import java.util.List;

/**
 * How far apart the frames of a DICOM file lie, by where each says that its first pixel is (Image Position) and how all
 * are turned (Image Orientation): along the direction that is upright on them.
 *
 * <p>
 * Source: DICOM PS3.3 C.7.6.2.1.1.
 */
final class DicomPlanes {
    private static final double UNEVEN = 0.01;   // share of a step that numbers written as text may be off by

    private DicomPlanes() {}

    /**
     * In the unit of the positions; 0 unless frames follow each other at even steps.
     *
     * @param positions   x, y, z of each frame, in their order
     * @param orientation direction of a row, then of a column; without six numbers frames are turned one by one
     */
    static double step(List<double[]> positions, double[] orientation) {
        if (positions.size() < 2 || orientation.length != 6 || positions.stream().anyMatch(p -> p.length != 3))
            return 0;
        double[] normal = normal(orientation);
        double step = along(normal, positions.get(1)) - along(normal, positions.get(0));
        for (int i = 2; i < positions.size(); i++) {
            double next = along(normal, positions.get(i)) - along(normal, positions.get(i - 1));
            if (!(Math.abs(next - step) <= UNEVEN * Math.abs(step))) return 0;
        }
        return Math.abs(step);
    }

    private static double[] normal(double[] o) {
        double[] cross = {o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
        double length = Math.sqrt(along(cross, cross));
        return new double[] {cross[0] / length, cross[1] / length, cross[2] / length};
    }

    private static double along(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
