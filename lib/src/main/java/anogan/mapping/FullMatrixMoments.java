package anogan.mapping;

import org.bytedeco.openblas.global.openblas;

/**
 * {@link Optimiser.FullMatrix} for one latent point: with C ← β₂·C + (1 − β₂)·g·gᵀ and m the mean gradient, a step is
 * lr·(C + ε·λ_max·I)^(−½)·m.
 *
 * <p>
 * C changes slowly and its eigenvectors are dear: they are found at steps 1, 4 and 16 and then at every 32nd.
 */
final class FullMatrixMoments implements Optimiser.Moments {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;
    private static final double RIDGE = 1e-3;
    private final double learningRate;
    private final double[] mean;
    private final double[][] moments;   // the lower triangle
    private double[][] root = {};
    private int step;
    private int due = 1;

    FullMatrixMoments(double learningRate, int latent) {
        this.learningRate = learningRate;
        mean = new double[latent];
        moments = new double[latent][latent];
    }

    @Override
    public void step(float[] z, float[] gradient) {
        step++;
        int n = mean.length;
        for (int i = 0; i < n; i++) {
            mean[i] += (1 - BETA1) * (gradient[i] - mean[i]);
            double g = (1 - BETA2) * gradient[i];
            double[] row = moments[i];
            for (int j = 0; j <= i; j++) row[j] = BETA2 * row[j] + g * gradient[j];
        }
        if (step == due) {
            root = inverseRoot(1 - Math.pow(BETA2, step));
            due = due < 16 ? due * 4 : due + 32;
        }
        double rate = learningRate / (1 - Math.pow(BETA1, step));
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) sum += root[i][j] * mean[j];
            z[i] -= (float) (rate * sum);
        }
    }

    private double[][] inverseRoot(double correction) {
        int n = mean.length;
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) for (int j = 0; j <= i; j++) vectors[i * n + j] = moments[i][j] / correction;
        double[] values = new double[n];
        // values ascend; vectors are columns
        int failed = openblas.LAPACKE_dsyevd(openblas.LAPACK_ROW_MAJOR, (byte) 'V', (byte) 'L', n, vectors, n, values);
        if (failed != 0) throw new IllegalStateException("no eigenvalues: LAPACK's dsyevd ends with " + failed);
        double ridge = RIDGE * Math.max(values[n - 1], Double.MIN_NORMAL);
        double[] scale = new double[n];
        for (int k = 0; k < n; k++) scale[k] = 1 / Math.sqrt(Math.max(values[k], 0) + ridge);
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += vectors[i * n + k] * scale[k] * vectors[j * n + k];
                r[i][j] = r[j][i] = sum;
            }
        }
        return r;
    }
}
