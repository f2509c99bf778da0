package anogan.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A 95 % confidence interval. Every interval of this package has this level, so that no table mixes two.
 *
 * @param low  its lower end
 * @param high its upper end, not below {@code low}
 */
public record Interval(double low, double high) {
    /** The confidence level. */
    public static final double LEVEL = 0.95;
    /** The standard normal quantile that belongs to it: 1.959964. */
    static final double Z = new NormalDistribution().inverseCumulativeProbability(0.5 + LEVEL / 2);

    public Interval {
        if (!(low <= high)) throw new IllegalArgumentException("an interval cannot go from " + low + " to " + high);
    }

    /**
     * Wilson's score interval for a proportion. Unlike the plain ±1.96·√(p(1−p)/n) it stays within 0 and 1 and does not
     * collapse when no case, or every case, is a hit. It takes the cases as independent. Source: Wilson, J. Am. Stat.
     * Assoc. 22 (1927) 209; recommended by Brown, Cai, DasGupta, Statistical Science 16 (2001) 101.
     *
     * @param hits  how many of the cases are hits
     * @param cases how many cases there are, at least one
     */
    public static Interval wilson(long hits, long cases) {
        if (hits < 0 || hits > cases || cases < 1)
            throw new IllegalArgumentException(hits + " hits of " + cases + " cases");
        double p = (double) hits / cases;
        double z2 = Z * Z / cases;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / cases + z2 / (4 * cases));
        return new Interval(hits == 0 ? 0 : centre - half, hits == cases ? 1 : centre + half);
    }

    /**
     * The middle 95 % of bootstrap replicates, undefined ones (NaN) left out; empty if fewer than half of them are
     * defined.
     */
    public static Optional<Interval> percentile(double[] replicates) {
        double[] defined = Arrays.stream(replicates).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (defined.length == 0 || defined.length * 2 < replicates.length) return Optional.empty();
        return Optional.of(new Interval(quantile(defined, 0.5 - LEVEL / 2), quantile(defined, 0.5 + LEVEL / 2)));
    }

    /** Quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan, the default of R and NumPy). */
    public static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        double share = at - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    /** Behind a number: " [0.821–0.917]", or nothing where there is no interval. */
    public static String bracketed(Optional<Interval> interval) {
        return interval.map(i -> " [" + i + "]").orElse("");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f–%.3f", low, high);
    }
}
