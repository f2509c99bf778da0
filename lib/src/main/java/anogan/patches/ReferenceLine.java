package anogan.patches;

import java.util.Arrays;

/**
 * The smooth course of the eye's wall under a line such as Bruch's membrane: it follows the slow waves of a healthy
 * eye, and passes below drusen and detachments and across an optic nerve head as if they were not there.
 *
 * <p>
 * A Whittaker smoother (E. T. Whittaker 1923; P. H. C. Eilers, A perfect smoother, Analytical Chemistry 75, 2003) on
 * top of a parabola, which every eye has: the line f minimises Σ wᵢ (yᵢ − fᵢ)² + λ Σ (second difference of f −
 * parabola)², so that a wave of a quarter of the width passes by half, longer ones pass and shorter ones do not. What
 * is local must not bend it, so that the weights are found in rounds:
 * <ol>
 * <li>Parabola, then smoother, by least absolute deviations (near zero by squares: P. J. Huber): a point pulls with the
 * same force however far off it is. The smoother is stiffer here, lest an optic nerve head at the edge bends it.
 * <li>Tukey's biweight: points far off have no say at all. Upwards, where drusen and detachments lift the line, that
 * begins nearer than downwards; in an eye that waves throughout it begins farther off.
 * </ol>
 * All distances are shares of the retina's thickness, so that they hold at any height of scans.
 */
final class ReferenceLine {
    private static final double WAVE = 0.25;      // of the width: of a wave this long half remains,
    private static final double STIFF = 0.5;      // and at first of one this long,
    private static final int SOFTENING = 4;       // until so many rounds with the biweight have passed
    private static final int LINEAR = 12;         // rounds by least absolute deviations
    private static final int ROUNDS = 22;
    // weight of a point without trust: a line that nobody trusts is fitted all the same
    private static final double LEAST = 0.2;
    private static final double SQUARED = 0.02;   // of the thickness: nearer than that no point is wrong
    private static final double ABOVE = 0.05;     // of the thickness: from there on a point above has no say
    private static final double BELOW = 0.1;      // likewise below
    private static final double SCALES = 4;       // standard deviations of the usual point that have a say at least,
    private static final double FARTHEST = 0.3;   // but none beyond this share of the thickness

    private static final double[] DIFFERENCE = {1, -2, 1};

    private final double[] line;
    private final double[] most;
    private final double thickness;

    private ReferenceLine(float[] line, float[] trust, double thickness) {
        this.line = new double[line.length];
        most = new double[line.length];
        for (int i = 0; i < line.length; i++) {
            this.line[i] = line[i];
            most[i] = LEAST + trust[i];
        }
        this.thickness = thickness;
    }

    /**
     * @param  line      the points, one for each column
     * @param  trust     0 to 1 for every point: how much it may say at most
     * @param  thickness of the retina, in the line's unit
     * @return           the smooth line at every column
     */
    static float[] fit(float[] line, float[] trust, double thickness) {
        double[] course = new ReferenceLine(line, trust, thickness).course();
        float[] fitted = new float[line.length];
        for (int i = 0; i < fitted.length; i++) fitted[i] = (float) course[i];
        return fitted;
    }

    private double[] course() {
        double[] parabola = parabola(most);
        for (int round = 1; round < LINEAR; round++) parabola = parabola(linear(parabola));
        double[] course = parabola;
        for (int round = 0; round < ROUNDS; round++)
            course = smooth(parabola, round < LINEAR ? linear(course) : biweight(course), wave(round));
        return course;
    }

    private static double wave(int round) {
        double softened = Math.max(0, Math.min(1, (round - LINEAR + 1.0) / SOFTENING));
        return STIFF * Math.pow(WAVE / STIFF, softened);
    }

    /** Weights that make squares the absolute deviations from {@code course}. */
    private double[] linear(double[] course) {
        double near = SQUARED * thickness;
        double[] weights = new double[line.length];
        for (int i = 0; i < weights.length; i++)
            weights[i] = most[i] * near / Math.max(near, Math.abs(line[i] - course[i]));
        return weights;
    }

    private double[] biweight(double[] course) {
        double[] off = new double[line.length];
        for (int i = 0; i < off.length; i++) off[i] = Math.abs(line[i] - course[i]);
        Arrays.sort(off);
        double usual = Math.min(FARTHEST * thickness, SCALES * off[off.length / 2] / 0.6745);
        double[] weights = new double[line.length];
        for (int i = 0; i < weights.length; i++) {
            double down = line[i] - course[i];
            double u = down / Math.max(usual, thickness * (down < 0 ? ABOVE : BELOW));
            weights[i] = Math.abs(u) < 1 ? most[i] * (1 - u * u) * (1 - u * u) : 0;
        }
        return weights;
    }

    /** Weighted least squares: 1, x and x² made orthogonal under the weights (J. P. Gram, E. Schmidt). */
    private double[] parabola(double[] weights) {
        int n = line.length;
        double[] fitted = new double[n];
        double[][] basis = new double[Math.min(3, n)][n];
        for (int k = 0; k < basis.length; k++) {
            for (int i = 0; i < n; i++) basis[k][i] = Math.pow(2.0 * i / Math.max(1, n - 1) - 1, k);
            for (int j = 0; j < k; j++) add(basis[k], -share(weights, basis[k], basis[j]), basis[j]);
            add(fitted, share(weights, line, basis[k]), basis[k]);
        }
        return fitted;
    }

    /** How much of {@code basis} is in {@code y}. */
    private static double share(double[] weights, double[] y, double[] basis) {
        double product = 0;
        double norm = 0;
        for (int i = 0; i < y.length; i++) {
            product += weights[i] * y[i] * basis[i];
            norm += weights[i] * basis[i] * basis[i];
        }
        return product / norm;
    }

    private static void add(double[] sum, double factor, double[] summand) {
        for (int i = 0; i < sum.length; i++) sum[i] += factor * summand[i];
    }

    /** The smoother: (W + λ DᵀD) f = W y with the second differences D, five diagonals, by Cholesky's L·D·Lᵀ. */
    private double[] smooth(double[] parabola, double[] weights, double wave) {
        int n = line.length;
        double lambda = Math.pow(wave * n / (2 * Math.PI), 4);
        double[] diagonal = new double[n];
        double[] first = new double[n];    // L one below the diagonal,
        double[] second = new double[n];   // and two below
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            // DᵀD sums the products of 1, −2, 1 over the differences that have both columns
            diagonal[i] = weights[i] + 1e-9;
            f[i] = weights[i] * (line[i] - parabola[i]);
            for (int start = Math.max(0, i - 2); start <= Math.min(i, n - 3); start++) {
                diagonal[i] += lambda * DIFFERENCE[i - start] * DIFFERENCE[i - start];
                if (i - start > 0) first[i] += lambda * DIFFERENCE[i - start] * DIFFERENCE[i - start - 1];
                if (i - start > 1) second[i] += lambda;
            }
            if (i > 1) second[i] /= diagonal[i - 2];
            if (i > 1) first[i] -= second[i] * diagonal[i - 2] * first[i - 1];
            if (i > 0) first[i] /= diagonal[i - 1];
            if (i > 0) diagonal[i] -= first[i] * first[i] * diagonal[i - 1];
            if (i > 1) diagonal[i] -= second[i] * second[i] * diagonal[i - 2];
            if (i > 0) f[i] -= first[i] * f[i - 1];
            if (i > 1) f[i] -= second[i] * f[i - 2];
        }
        for (int i = n - 1; i >= 0; i--) {
            f[i] /= diagonal[i];
            if (i + 1 < n) f[i] -= first[i + 1] * f[i + 1];
            if (i + 2 < n) f[i] -= second[i + 2] * f[i + 2];
        }
        add(f, 1, parabola);
        return f;
    }
}
