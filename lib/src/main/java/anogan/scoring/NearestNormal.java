package anogan.scoring;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How far a patch is from the nearest of many normal ones: the plainest memory of what is normal, and a yardstick
 * beside AnoGAN.
 */
final class NearestNormal implements AutoCloseable {
    private final float[] rows;
    private final INDArray normal;    // the same, n×p
    private final double[] lengths;   // |y|² of each

    /** @param rows n×p numbers, one patch per row */
    NearestNormal(float[] rows, int n) {
        int p = rows.length / n;
        this.rows = rows;
        normal = Nd4j.create(rows, new long[] {n, p}, 'c');
        lengths = new double[n];
        for (int i = 0; i < n; i++) lengths[i] = squares(rows, i * p, p);
    }

    /**
     * The nearest normal patch of a query.
     *
     * @param distance root mean square difference on the scale of the pixels
     * @param patch    its number
     */
    record Nearest(double distance, int patch) {}

    /** Of each of {@code n} patches. */
    List<Nearest> nearest(float[] queries, int n) {
        int p = queries.length / n;
        List<Nearest> nearest = new ArrayList<>();
        try (INDArray x = Nd4j.create(queries, new long[] {n, p}, 'c');
                INDArray products = x.mmul(normal.transpose())) {
            for (int i = 0; i < n; i++) {
                double own = squares(queries, i * p, p);
                float[] inner = products.getRow(i).dup().data().asFloat();
                int least = 0;
                for (int k = 1; k < inner.length; k++)
                    if (lengths[k] - 2 * inner[k] < lengths[least] - 2 * inner[least]) least = k;
                double squared = Math.max(0, own + lengths[least] - 2 * inner[least]);
                nearest.add(new Nearest(Math.sqrt(squared / p), least));
            }
        }
        return nearest;
    }

    /** What of each of {@code n} queries its nearest normal patch does not show, with its sign. */
    float[] residual(float[] queries, int n) {
        int p = queries.length / n;
        List<Nearest> nearest = nearest(queries, n);
        float[] residual = new float[queries.length];
        for (int i = 0; i < residual.length; i++) residual[i] = queries[i] - rows[nearest.get(i / p).patch * p + i % p];
        return residual;
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
