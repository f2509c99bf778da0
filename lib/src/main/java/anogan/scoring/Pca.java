package anogan.scoring;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Principal components of patches: the plainest model of what is normal, and the yardstick beside AnoGAN. A patch is
 * anomalous as far as the mean patch and {@code k} components learned from normal patches do not describe it.
 *
 * <p>
 * Components come from randomised subspace iteration (Halko, Martinsson, Tropp, "Finding structure with randomness",
 * SIAM Review 53, 2011): a random subspace of k + 16 directions is multiplied by the covariance a few times and made
 * orthonormal each time; its eigenvectors are then those of the covariance.
 */
public final class Pca {
    private static final int SPARE = 16;
    private static final int ROUNDS = 8;

    private final INDArray mean;         // 1×p
    private final INDArray components;   // k×p, orthonormal rows, strongest first
    private final double[] variances;

    private Pca(INDArray mean, INDArray components, double[] variances) {
        this.mean = mean;
        this.components = components;
        this.variances = variances;
    }

    /**
     * Learns {@code k} components.
     *
     * @param rows n×p numbers, one patch per row
     * @param n    how many patches, at least two
     * @param seed of the random subspace
     */
    public static Pca fit(float[] rows, int n, int k, long seed) {
        int p = rows.length / n;
        if (n < 2 || k < 1 || rows.length != n * p) {
            throw new IllegalArgumentException(rows.length + " numbers are no " + n + " rows for " + k + " components");
        }
        try (INDArray x = Nd4j.create(rows, new long[] {n, p}, 'c')) {
            INDArray mean = x.mean(true, 0);
            x.subiRowVector(mean);
            int m = Math.min(Math.min(n, p), k + SPARE);
            INDArray basis = orthonormal(gaussian(m, p, seed));
            for (int round = 0; round < ROUNDS; round++)
                basis = orthonormal(throughCovariance(x, basis).toFloatMatrix());
            double[][] within = new double[m][];
            float[][] projected = basis.mmul(throughCovariance(x, basis).transpose()).toFloatMatrix();
            for (int i = 0; i < m; i++) {
                within[i] = new double[m];
                for (int j = 0; j < m; j++) within[i][j] = (projected[i][j] + projected[j][i]) / 2.0;
            }
            return rotated(mean, basis, new EigenDecomposition(new Array2DRowRealMatrix(within, false)),
                    Math.min(k, m));
        }
    }

    /**
     * Eigenvectors within the subspace turn its basis into components; the decomposition orders them, strongest first.
     */
    private static Pca rotated(INDArray mean, INDArray basis, EigenDecomposition within, int k) {
        int m = basis.rows();
        float[] rotation = new float[k * m];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < m; j++) rotation[i * m + j] = (float) within.getEigenvector(i).getEntry(j);
        }
        INDArray components = Nd4j.create(rotation, new long[] {k, m}, 'c').mmul(basis).dup('c');
        return new Pca(mean, components, Arrays.copyOf(within.getRealEigenvalues(), k));
    }

    /** (basis · xᵀ) · x / n */
    private static INDArray throughCovariance(INDArray x, INDArray basis) {
        return x.mmul(basis.transpose()).transpose().mmul(x).divi(x.rows());
    }

    private static float[][] gaussian(int m, int p, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[m][p];
        for (float[] row : rows) for (int i = 0; i < p; i++) row[i] = (float) random.nextGaussian();
        return rows;
    }

    /** Gram and Schmidt, twice, which is enough; a row that the earlier ones describe but for rounding becomes zero. */
    private static INDArray orthonormal(float[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            double before = Math.sqrt(dot(rows[i], rows[i]));
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) subtract(rows[i], dot(rows[i], rows[j]), rows[j]);
            }
            double length = Math.sqrt(dot(rows[i], rows[i]));
            for (int c = 0; c < rows[i].length; c++)
                rows[i][c] = (float) (length > 1e-5 * before ? rows[i][c] / length : 0);
        }
        return Nd4j.create(rows);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
        return sum;
    }

    private static void subtract(float[] from, double times, float[] what) {
        for (int i = 0; i < from.length; i++) from[i] -= (float) (times * what[i]);
    }

    /** Number of components. */
    public int size() {
        return components.rows();
    }

    /** Variance along each component, falling. */
    public double[] variances() {
        return variances.clone();
    }

    /** The same model with the strongest {@code k} components only. */
    public Pca first(int k) {
        if (k < 1 || k > size()) throw new IllegalArgumentException(k + " of " + size() + " components");
        return new Pca(mean, components.get(NDArrayIndex.interval(0, k), NDArrayIndex.all()).dup('c'),
                Arrays.copyOf(variances, k));
    }

    /** What the components do not describe of each of {@code n} patches: n×p numbers, with their sign. */
    public float[] residual(float[] rows, int n) {
        try (INDArray x = Nd4j.create(rows, new long[] {n, mean.columns()}, 'c').subRowVector(mean)) {
            return x.subi(x.mmul(components.transpose()).mmul(components)).data().asFloat();
        }
    }
}
