package anogan.scoring;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How far a patch is from the nearest of many normal ones: the plainest memory of what is normal, and a yardstick
 * beside AnoGAN.
 */
final class NearestNormal implements AutoCloseable {
    private final INDArray normal;    // n×p
    private final double[] lengths;   // |y|² of each

    /** @param rows n×p numbers, one patch per row */
    NearestNormal(float[] rows, int n) {
        int p = rows.length / n;
        normal = Nd4j.create(rows, new long[] {n, p}, 'c');
        lengths = new double[n];
        for (int i = 0; i < n; i++) lengths[i] = squares(rows, i * p, p);
    }

    /**
     * Root mean square difference of each of {@code n} patches to its nearest normal one, on the scale of the pixels.
     */
    double[] distances(float[] rows, int n) {
        int p = rows.length / n;
        double[] nearest = new double[n];
        try (INDArray x = Nd4j.create(rows, new long[] {n, p}, 'c'); INDArray products = x.mmul(normal.transpose())) {
            for (int i = 0; i < n; i++) {
                double own = squares(rows, i * p, p);
                float[] inner = products.getRow(i).dup().data().asFloat();
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < inner.length; k++) least = Math.min(least, own + lengths[k] - 2 * inner[k]);
                nearest[i] = Math.sqrt(Math.max(0, least) / p);
            }
        }
        return nearest;
    }

    private static double squares(float[] values, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) sum += (double) values[i] * values[i];
        return sum;
    }

    @Override
    public void close() {
        normal.close();
    }
}
