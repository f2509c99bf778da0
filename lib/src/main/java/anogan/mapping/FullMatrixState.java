package anogan.mapping;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * {@link Optimiser.FullMatrix} for one latent point: with C ← β₂·C + (1 − β₂)·g·gᵀ and m the mean gradient, a step is lr·(C + ε·λ_max·I)^(−½)·m.
 *
 * <p>C changes slowly and its eigenvectors are dear, so that they are found at a few steps only, each three times as late as the one before.
 */
final class FullMatrixState implements Optimiser.State {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;
    private static final double RIDGE = 1e-3;
    private final double learningRate;
    private final double[] mean;
    private final double[][] moments;
    private double[][] root;
    private int step;
    private int due = 1;

    FullMatrixState(double learningRate, int latent) {
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
            for (int j = 0; j < n; j++) row[j] = BETA2 * row[j] + g * gradient[j];
        }
        if (step == due) {
            root = inverseRoot(1 - Math.pow(BETA2, step));
            due = due == 1 ? 4 : due == 4 ? 16 : due * 2;
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
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) c[i][j] = moments[i][j] / correction;
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(c, false));
        double[] values = eigen.getRealEigenvalues();
        double ridge = RIDGE * Arrays.stream(values).max().orElse(0);
        double[][] vectors = eigen.getV().getData();
        double[] scale = new double[n];
        for (int k = 0; k < n; k++) scale[k] = 1 / Math.sqrt(Math.max(values[k], 0) + ridge + Double.MIN_NORMAL);
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += vectors[i][k] * scale[k] * vectors[j][k];
                r[i][j] = r[j][i] = sum;
            }
        }
        return r;
    }
}
