package anogan.statistics;

import anogan.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * t-SNE: points of many dimensions laid out in the plane so that neighbours stay neighbours (Figure 2b of the paper
 * lays out D's features so).
 *
 * <p>
 * A point i takes another one j for its neighbour with probability p(j|i), a normal density of their distance whose
 * width is set for each i so that it has about <i>perplexity</i> neighbours; p_ij = (p(j|i) + p(i|j)) / 2n. In the
 * plane, q_ij falls with distance as 1 / (1 + |y_i − y_j|²). The layout descends KL(P‖Q) = Σ p_ij · log(p_ij / q_ij),
 * exactly, over all pairs: n² work and memory for each step, about two seconds for 800 points.
 *
 * <p>
 * Which points are close says something; how large a cluster is, or how far two of them lie apart, does not.
 *
 * <p>
 * Source: van der Maaten, Hinton, <i>Visualizing Data using t-SNE</i>, JMLR 9 (2008) 2579; size of the steps by Belkina
 * et al., Nature Communications 10 (2019) 5415. The same input gives the same bits on any number of processors.
 *
 * @param x          of each point
 * @param y          of each point
 * @param divergence KL(P‖Q) at the end, from 0 (the plane tells everything)
 */
public record TSne(double[] x, double[] y, double divergence) {
    private static final double EXAGGERATION = 12;   // clusters form while P is this many times too large
    private static final int EARLY = 250;            // steps
    private static final double START = 1e-4;        // sd of the first layout

    /**
     * @param perplexity how many neighbours a point is to keep, above 1; three times as many points are needed
     * @param steps      of the descent; 750 are usual
     * @param seed       of the first layout
     */
    public record Options(double perplexity, int steps, long seed) {
        public Options {
            if (!(perplexity > 1 && perplexity < 1e6))
                throw UserError.usage("The perplexity of t-SNE must be above 1, not %s.", perplexity);
            if (steps < 1) throw UserError.usage("t-SNE takes at least one step, not %d.", steps);
        }
    }

    /** @throws UserError if there are fewer than three points for each neighbour that is to be kept */
    public static TSne of(List<float[]> points, Options options) {
        int n = points.size();
        if (n <= 3 * options.perplexity) {
            throw UserError.usage("t-SNE with a perplexity of %s needs more than %.0f points, not %d.",
                    options.perplexity, 3 * options.perplexity, n);
        }
        double[][] p = joint(distances(points), options.perplexity);
        double[][] layout = new double[2][n];
        SplittableRandom random = new SplittableRandom(options.seed);
        for (double[] axis : layout) Arrays.setAll(axis, i -> START * random.nextGaussian());
        Descent descent = new Descent(p, layout);
        for (int step = 0; step < options.steps; step++) {
            boolean early = step < Math.min(EARLY, options.steps / 3);
            descent.step(early ? EXAGGERATION : 1, early ? 0.5 : 0.8);
        }
        return new TSne(layout[0], layout[1], descent.divergence());
    }

    /** Squared distances. */
    static double[][] distances(List<float[]> points) {
        int n = points.size();
        double[][] d = new double[n][n];
        IntStream.range(0, n).parallel().forEach(i -> {
            for (int j = 0; j < i; j++) d[i][j] = distance(points.get(i), points.get(j));
        });
        for (int i = 0; i < n; i++) for (int j = 0; j < i; j++) d[j][i] = d[i][j];
        return d;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += (double) (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }

    /** p_ij of squared distances. */
    static double[][] joint(double[][] distances, double perplexity) {
        int n = distances.length;
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) p[i] = conditional(distances[i], i, Math.log(perplexity));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) p[i][j] = p[j][i] = (p[i][j] + p[j][i]) / (2 * n);
        }
        return p;
    }

    /**
     * p(j|i): exp(−β·d_ij), normalised, with β found by bisection so that the entropy is the logarithm of the
     * perplexity.
     */
    static double[] conditional(double[] distances, int i, double entropy) {
        double nearest = IntStream.range(0, distances.length).filter(j -> j != i).mapToDouble(j -> distances[j]).min()
                .orElse(0);
        double mean = Arrays.stream(distances).sum() / (distances.length - 1) - nearest;
        double beta = mean > 0 ? 1 / mean : 1;   // of the order of the distances, whatever their unit
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double[] p = new double[distances.length];
        for (int round = 0; round < 100; round++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < p.length; j++) {
                p[j] = j == i ? 0 : Math.exp(-beta * (distances[j] - nearest));
                sum += p[j];
                weighted += p[j] * (distances[j] - nearest);
            }
            double off = Math.log(sum) + beta * weighted / sum - entropy;
            for (int j = 0; j < p.length; j++) p[j] /= sum;
            if (Math.abs(off) < 1e-6) break;
            if (off > 0) low = beta;   // too many neighbours
            else high = beta;
            beta = high == Double.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
        }
        return p;
    }

    /** The layout on its way down: gradient steps with momentum, and a gain for each coordinate. */
    private static final class Descent {
        private final double[][] p;
        private final double[][] y;
        private final double[][] velocity;
        private final double[][] gain;
        private final double[][] closeness;   // 1 / (1 + |y_i − y_j|²), below the diagonal
        private final int n;

        Descent(double[][] p, double[][] layout) {
            this.p = p;
            y = layout;
            n = p.length;
            velocity = new double[2][n];
            gain = new double[2][n];
            closeness = new double[n][n];
            for (double[] g : gain) Arrays.fill(g, 1);
        }

        void step(double exaggeration, double momentum) {
            double[][] gradient = gradient(exaggeration);
            double rate = Math.max(50, n / EXAGGERATION / 4);   // a quarter, since the gradient has its factor 4 here
            for (int axis = 0; axis < 2; axis++) {
                double mean = 0;
                for (int i = 0; i < n; i++) {
                    boolean onwards = Math.signum(gradient[axis][i]) != Math.signum(velocity[axis][i]);
                    gain[axis][i] = Math.max(0.01, onwards ? gain[axis][i] + 0.2 : 0.8 * gain[axis][i]);
                    velocity[axis][i] = momentum * velocity[axis][i] - rate * gain[axis][i] * gradient[axis][i];
                    y[axis][i] += velocity[axis][i];
                    mean += y[axis][i] / n;
                }
                for (int i = 0; i < n; i++) y[axis][i] -= mean;
            }
        }

        /** ∂KL/∂y_i = 4·Σ_j (p_ij − q_ij)·(y_i − y_j) / (1 + |y_i − y_j|²). */
        private double[][] gradient(double exaggeration) {
            double total = measure();
            double[][] gradient = new double[2][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double c = closeness[i][j];
                    double pull = 4 * (exaggeration * p[i][j] - c / total) * c;
                    double dx = pull * (y[0][i] - y[0][j]);
                    double dy = pull * (y[1][i] - y[1][j]);
                    gradient[0][i] += dx;
                    gradient[0][j] -= dx;
                    gradient[1][i] += dy;
                    gradient[1][j] -= dy;
                }
            }
            return gradient;
        }

        /** Sets the closeness of all pairs and returns their sum, each pair counted both ways. */
        private double measure() {
            double total = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double dx = y[0][i] - y[0][j];
                    double dy = y[1][i] - y[1][j];
                    closeness[i][j] = 1 / (1 + dx * dx + dy * dy);
                    total += 2 * closeness[i][j];
                }
            }
            return total;
        }

        double divergence() {
            double total = measure();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++)
                    if (p[i][j] > 0) sum += 2 * p[i][j] * Math.log(p[i][j] * total / closeness[i][j]);
            }
            return sum;
        }
    }
}
