package anogan.markers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A mixture of K normal densities with a variance for each dimension, fitted by expectation maximisation: clusters may
 * be large or small, and tight in one feature while they are wide in another, which k-means does not allow.
 *
 * <p>
 * Variances get {@value #LEAST_VARIANCE} added, so that no cluster closes in on a single case. Cases have weights: one
 * that was drawn twice by a bootstrap counts twice. Starting points are drawn as k-means++ draws them; of several
 * starts the likeliest stands. The same input gives the same bits.
 *
 * <p>
 * Sources: Dempster, Laird, Rubin, J. R. Stat. Soc. B 39 (1977) 1; Arthur, Vassilvitskii, SODA 2007 (k-means++).
 *
 * @param shares    of the clusters, summing to 1
 * @param means     K × dimensions
 * @param variances likewise, positive
 */
public record GaussianMixture(double[] shares, double[][] means, double[][] variances) {
    private static final double LEAST_VARIANCE = 1e-2;
    private static final int MOST_ROUNDS = 100;
    private static final double ENOUGH = 1e-3;   // gain of mean log-likelihood at which a fit ends
    private static final int LLOYD = 5;          // rounds of k-means before

    /** A mixture and the mean logarithm of the density of the cases it was fitted to. */
    private record Fit(GaussianMixture mixture, double logLikelihood) {}

    /**
     * The likeliest of several fits.
     *
     * @param  x       cases × dimensions, on comparable scales
     * @param  weights of each case; 0 leaves it out
     * @return         nothing if fewer than {@code clusters} cases differ
     */
    static Optional<GaussianMixture> fit(double[][] x, double[] weights, int clusters, int starts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Optional<Fit> best = Optional.empty();
        for (int start = 0; start < starts; start++) {
            Optional<GaussianMixture> begun = start(x, weights, clusters, random);
            if (begun.isEmpty()) return Optional.empty();
            Fit fit = begun.get().climb(x, weights);
            if (best.isEmpty() || fit.logLikelihood > best.get().logLikelihood) best = Optional.of(fit);
        }
        return best.map(Fit::mixture);
    }

    /** Goes on from here with other cases. */
    GaussianMixture refined(double[][] x, double[] weights) {
        return climb(x, weights).mixture;
    }

    /** Whether it has so many dimensions, finite numbers, and positive ones where it needs them. */
    boolean fits(int dimensions) {
        return shares != null && means != null && variances != null && arePositive(shares)
                && means.length == shares.length && variances.length == shares.length
                && Stream.of(means, variances).flatMap(Arrays::stream)
                        .allMatch(r -> r != null && r.length == dimensions)
                && Arrays.stream(means).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
                && Arrays.stream(variances).allMatch(GaussianMixture::arePositive);
    }

    static boolean arePositive(double[] values) {
        return Arrays.stream(values).allMatch(v -> v > 0 && Double.isFinite(v));
    }

    /** The cluster that most probably has this case. */
    public int cluster(double[] x) {
        double[] constants = constants();
        return IntStream.range(0, shares.length).boxed()
                .max(Comparator.comparingDouble(k -> constants[k] - 0.5 * distance(x, k))).orElseThrow();
    }

    /** Squared distance from the middle of a cluster, each dimension in its standard deviations. */
    double distance(double[] x, int cluster) {
        double sum = 0;
        for (int d = 0; d < x.length; d++)
            sum += (x[d] - means[cluster][d]) * (x[d] - means[cluster][d]) / variances[cluster][d];
        return sum;
    }

    private Fit climb(double[][] x, double[] weights) {
        GaussianMixture now = this;
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0;; round++) {
            double[][] shares = new double[x.length][];
            double sum = 0;
            double total = 0;
            double[] constants = now.constants();
            for (int i = 0; i < x.length; i++) {
                if (weights[i] == 0) continue;
                shares[i] = new double[constants.length];
                sum += weights[i] * now.responsibilities(x[i], constants, shares[i]);
                total += weights[i];
            }
            double mean = sum / total;
            if (round == MOST_ROUNDS || mean - before < ENOUGH) return new Fit(now, mean);
            before = mean;
            now = of(x, weights, shares, now);
        }
    }

    /** What of the logarithm of share times density is the same for all cases, for each cluster. */
    private double[] constants() {
        double[] constants = new double[shares.length];
        for (int k = 0; k < constants.length; k++) constants[k] = Math.log(shares[k])
                - 0.5 * Arrays.stream(variances[k]).map(v -> Math.log(2 * Math.PI * v)).sum();
        return constants;
    }

    /** Sets the probabilities of the clusters for a case and returns the logarithm of its density. */
    private double responsibilities(double[] x, double[] constants, double[] to) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < to.length; k++) {
            to[k] = constants[k] - 0.5 * distance(x, k);
            highest = Math.max(highest, to[k]);
        }
        double sum = 0;
        for (int k = 0; k < to.length; k++) {
            to[k] = Math.exp(to[k] - highest);
            sum += to[k];
        }
        for (int k = 0; k < to.length; k++) to[k] /= sum;
        return highest + Math.log(sum);
    }

    /** The likeliest mixture if so much of each case belongs to each cluster; a cluster left empty stays as it was. */
    private static GaussianMixture of(double[][] x, double[] weights, double[][] share, GaussianMixture before) {
        int clusters = before.shares.length;
        int dimensions = x[0].length;
        double[] mass = new double[clusters];
        double[][] mean = new double[clusters][dimensions];
        double[][] square = new double[clusters][dimensions];
        for (int i = 0; i < x.length; i++) {
            if (weights[i] == 0) continue;
            for (int k = 0; k < clusters; k++) {
                double w = weights[i] * share[i][k];
                mass[k] += w;
                for (int d = 0; d < dimensions; d++) {
                    mean[k][d] += w * x[i][d];
                    square[k][d] += w * x[i][d] * x[i][d];
                }
            }
        }
        double total = Arrays.stream(mass).sum();
        for (int k = 0; k < clusters; k++) {
            if (mass[k] < 1e-6 * total) {
                mean[k] = before.means[k];
                square[k] = before.variances[k];
                continue;
            }
            for (int d = 0; d < dimensions; d++) {
                mean[k][d] /= mass[k];
                square[k][d] = Math.max(0, square[k][d] / mass[k] - mean[k][d] * mean[k][d]) + LEAST_VARIANCE;
            }
        }
        double[] shares = Arrays.stream(mass).map(m -> Math.max(m / total, 1e-9)).toArray();
        return new GaussianMixture(shares, mean, square);
    }

    /** A few rounds of k-means from cases drawn far from each other. */
    private static Optional<GaussianMixture> start(double[][] x, double[] weights, int clusters,
            SplittableRandom random) {
        double[][] centres = new double[clusters][];
        double[] nearest = new double[x.length];
        Arrays.fill(nearest, 1);
        for (int k = 0; k < clusters; k++) {
            int drawn = draw(nearest, weights, random);
            if (drawn < 0) return Optional.empty();
            centres[k] = x[drawn];
            for (int i = 0; i < x.length; i++)
                nearest[i] = k == 0 ? squared(x[i], centres[0]) : Math.min(nearest[i], squared(x[i], centres[k]));
        }
        double[] even = new double[clusters];
        Arrays.fill(even, 1.0 / clusters);
        double[][] ones = new double[clusters][x[0].length];
        for (double[] row : ones) Arrays.fill(row, 1);
        GaussianMixture now = new GaussianMixture(even, centres, ones);
        for (int round = 0; round < LLOYD; round++) {
            double[][] share = new double[x.length][clusters];
            for (int i = 0; i < x.length; i++) share[i][now.nearest(x[i])] = 1;
            GaussianMixture next = of(x, weights, share, now);
            now = round < LLOYD - 1 ? new GaussianMixture(even, next.means, ones) : next;
        }
        return Optional.of(now);
    }

    private int nearest(double[] x) {
        return IntStream.range(0, means.length).boxed()
                .min((a, b) -> Double.compare(squared(x, means[a]), squared(x, means[b]))).orElseThrow();
    }

    private static int draw(double[] chance, double[] weights, SplittableRandom random) {
        double total = 0;
        for (int i = 0; i < chance.length; i++) total += chance[i] * weights[i];
        if (!(total > 0)) return -1;
        double at = random.nextDouble() * total;
        int last = -1;
        for (int i = 0; i < chance.length; i++) {
            if (chance[i] * weights[i] == 0) continue;
            last = i;
            at -= chance[i] * weights[i];
            if (at < 0) break;
        }
        return last;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) sum += (a[d] - b[d]) * (a[d] - b[d]);
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianMixture m && Arrays.equals(shares, m.shares)
                && Arrays.deepEquals(means, m.means) && Arrays.deepEquals(variances, m.variances);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(means);
    }

    @Override
    public String toString() {
        return "GaussianMixture[" + shares.length + " clusters]";
    }
}
