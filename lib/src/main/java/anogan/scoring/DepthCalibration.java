package anogan.scoring;

import java.util.Arrays;

/**
 * What departs from a drawing where nothing is wrong, by depth: the root mean square over the retina's pixels of
 * held-out normal scans, for each row of the strip. A value over that of its row is its calibrated value Z.
 *
 * <p>
 * The strip is flattened along Bruch's membrane, so that a row is a depth. Within a healthy retina G draws some depths
 * worse than others: its residual is largest in the pigment epithelium, whose brightness varies most, and without
 * calibration that layer decides every score. Rows in which few normals have a retina, those that only a swollen one
 * reaches, are shrunk towards the whole retina. By depth relative to the retina's own thickness small lesions are told
 * as well, but a thick retina is stretched to look like a healthy one, which costs whole scans .02 of AUROC.
 *
 * @param rms of each row of the strip, from the top; positive
 */
public record DepthCalibration(double[] rms) {
    private static final double PRIOR = 200;   // pixels that the whole retina is worth in each row
    private static final double LEAST = 1e-6;  // a value that never departs is divided by this

    /** Z: the values of a strip, each over what is usual at its depth; with their sign. */
    float[] z(float[] strip) {
        int width = strip.length / rms.length;
        float[] z = new float[strip.length];
        for (int i = 0; i < z.length; i++) z[i] = (float) (strip[i] / rms[i / width]);
        return z;
    }

    /** Takes the strips of held-out normals one after the other. */
    static final class Fit {
        private final double[] squares;
        private final double[] pixels;

        Fit(int rows) {
            squares = new double[rows];
            pixels = new double[rows];
        }

        /** @param retina the pixels that count */
        void add(float[] strip, boolean[] retina) {
            int width = strip.length / squares.length;
            for (int i = 0; i < strip.length; i++) {
                if (!retina[i]) continue;
                squares[i / width] += (double) strip[i] * strip[i];
                pixels[i / width]++;
            }
        }

        DepthCalibration fitted() {
            double mean = Arrays.stream(squares).sum() / Math.max(1, Arrays.stream(pixels).sum());
            double[] rms = new double[squares.length];
            for (int i = 0; i < rms.length; i++)
                rms[i] = Math.max(LEAST, Math.sqrt((squares[i] + PRIOR * mean) / (pixels[i] + PRIOR)));
            return new DepthCalibration(rms);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DepthCalibration that && Arrays.equals(rms, that.rms);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rms);
    }

    @Override
    public String toString() {
        return "DepthCalibration" + Arrays.toString(rms);
    }
}
