package anogan.patches;

import java.util.Arrays;

/**
 * A polynomial through most of the points: points far off (where an edge was lost, or a lesion lifts it) have no say.
 *
 * <p>
 * First a parabola by least absolute deviations, which a dome of a fifth of the points does not bend; from there
 * iterated least squares with Tukey's biweight at the full degree. Abscissae are scaled to [−1, 1] and the basis is
 * Chebyshev's, which keeps the normal equations well conditioned.
 */
final class RobustPolynomial {
    private static final int ROUNDS = 12;
    // weight of a point without trust: a line that nobody trusts is fitted all the same
    private static final double LEAST = 0.2;
    // what bending costs, so that the ends do not swing where they are not held
    private static final double STIFF = 1e-3;
    private static final double TUKEY = 4.685;   // 95 % efficiency where errors are normal

    private RobustPolynomial() {}

    /**
     * @param  line  the points
     * @param  trust 0 to 1 for every point: how much it may say at most
     * @return       the fitted value at every place of the line
     */
    static float[] fit(float[] line, float[] trust, int degree) {
        double[][] basis = chebyshev(line.length, degree);
        double[] weights = new double[line.length];
        for (int i = 0; i < weights.length; i++) weights[i] = LEAST + trust[i];
        double[] start = weights.clone();
        float[] fitted = line;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            boolean parabola = round < ROUNDS;
            fitted = evaluate(basis, solve(basis, line, weights, Math.min(degree, parabola ? 2 : degree)));
            double[] off = new double[line.length];
            for (int i = 0; i < off.length; i++) off[i] = Math.abs(line[i] - fitted[i]);
            double[] sorted = off.clone();
            Arrays.sort(sorted);
            // half a pixel at least: no point is wrong for less
            double scale = Math.max(0.5, sorted[off.length / 2] / 0.6745);
            for (int i = 0; i < off.length; i++) {
                double u = off[i] / (TUKEY * scale);
                weights[i] = start[i]
                        * (round < ROUNDS - 1 ? 1 / Math.max(0.5, off[i]) : u < 1 ? (1 - u * u) * (1 - u * u) : 0);
            }
        }
        return fitted;
    }

    private static double[][] chebyshev(int n, int degree) {
        double[][] basis = new double[n][degree + 1];
        for (int i = 0; i < n; i++) {
            double x = n > 1 ? 2.0 * i / (n - 1) - 1 : 0;
            basis[i][0] = 1;
            if (degree > 0) basis[i][1] = x;
            for (int k = 2; k <= degree; k++) basis[i][k] = 2 * x * basis[i][k - 1] - basis[i][k - 2];
        }
        return basis;
    }

    private static float[] evaluate(double[][] basis, double[] coefficients) {
        float[] values = new float[basis.length];
        for (int i = 0; i < values.length; i++) {
            double value = 0;
            for (int k = 0; k < coefficients.length; k++) value += coefficients[k] * basis[i][k];
            values[i] = (float) value;
        }
        return values;
    }

    /** Weighted normal equations by Cholesky's decomposition. */
    private static double[] solve(double[][] basis, float[] line, double[] weights, int degree) {
        int m = degree + 1;
        double[][] a = new double[m][m + 1];
        for (int i = 0; i < line.length; i++) {
            for (int r = 0; r < m; r++) {
                for (int c = 0; c <= r; c++) a[r][c] += weights[i] * basis[i][r] * basis[i][c];
                a[r][m] += weights[i] * basis[i][r] * line[i];
            }
        }
        for (int r = 0; r < m; r++) {
            a[r][r] += r < 3 ? 1e-9 : STIFF * line.length;
            for (int c = 0; c <= r; c++) {
                double sum = a[r][c];
                for (int k = 0; k < c; k++) sum -= a[r][k] * a[c][k];
                a[r][c] = r == c ? Math.sqrt(sum) : sum / a[c][c];
            }
        }
        double[] x = new double[m];
        for (int r = 0; r < m; r++) {
            x[r] = a[r][m];
            for (int k = 0; k < r; k++) x[r] -= a[r][k] * x[k];
            x[r] /= a[r][r];
        }
        for (int r = m - 1; r >= 0; r--) {
            for (int k = r + 1; k < m; k++) x[r] -= a[k][r] * x[k];
            x[r] /= a[r][r];
        }
        return x;
    }
}
