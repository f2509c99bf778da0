package anogan.statistics;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * A threshold that normal cases alone set: no anomalous case, and no test case, has a say.
 *
 * <p>
 * From n validation normals, sorted, it is the k-th smallest with k = ⌈(n + 1)(1 − fpr)⌉; a case is flagged if its
 * score is <b>above</b> it. If a new normal case is exchangeable with those n, its rank among the n + 1 is uniform, so
 * it is flagged with probability at most (n + 1 − k)/(n + 1) ≤ fpr, whatever the distribution of scores (exactly that
 * much without ties). The plain 1 − fpr sample quantile flags more than asked for when n is small.
 *
 * <p>
 * With fewer than 1/fpr − 1 normals (19 at 5 %) no sample threshold can promise fpr; the highest normal is then taken
 * and {@link #expectedFpr} tells what that promises. Patches of one scan resemble each other, so for patches the
 * promise holds on average over scans, and it varies more than n suggests.
 *
 * <p>
 * Source: Vovk, Gammerman, Shafer, <i>Algorithmic Learning in a Random World</i>, 2005 (conformal prediction; order
 * statistics as in Wilks, Ann. Math. Stat. 12 (1941) 91).
 *
 * @param targetFpr   the false-positive rate asked for
 * @param expectedFpr the rate that these normals can promise: (n + 1 − k)/(n + 1)
 * @param normals     n
 * @param threshold   scores above it are flagged
 */
public record NormalThreshold(double targetFpr, double expectedFpr, int normals, double threshold) {
    /** What is whole on paper must not become the next whole number by rounding. */
    private static final double ROUNDING = 1e-9;

    /**
     * @param scores of validation normals; at least one
     * @param fpr    in (0, 1)
     */
    public static NormalThreshold of(double[] scores, double fpr) {
        if (scores.length == 0) throw new IllegalArgumentException("a threshold needs at least one normal case");
        if (!(fpr > 0 && fpr < 1))
            throw new IllegalArgumentException("the false-positive rate must lie between 0 and 1, not " + fpr);
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) throw new IllegalArgumentException("a score is not a number");
        int n = sorted.length;
        int k = (int) Math.min(n, Math.max(1, Math.ceil((n + 1) * (1 - fpr) - ROUNDING)));
        return new NormalThreshold(fpr, (n + 1.0 - k) / (n + 1), n, sorted[k - 1]);
    }

    /**
     * Where the true false-positive rate of this threshold lies, with 95 %. Whatever the distribution of scores, the
     * share of normal cases above the k-th smallest of n is Beta(n + 1 − k, k) distributed (Wilks), if the n are
     * independent: scans of one patient are less, and patches of one scan far less.
     */
    public Interval trueFpr() {
        long above = Math.round((normals + 1) * expectedFpr);   // n + 1 − k
        BetaDistribution rate = new BetaDistribution(above, normals + 1 - above);
        double tail = (1 - Interval.LEVEL) / 2;
        return new Interval(rate.inverseCumulativeProbability(tail), rate.inverseCumulativeProbability(1 - tail));
    }

    /** What so many normals can promise, in a sentence. */
    public String promise() {
        Interval rate = trueFpr();
        String range = String.format(Locale.ROOT, "its true rate lies in %s–%s (95 %%)", percent(rate.low()),
                percent(rate.high()));
        if (expectedFpr <= targetFpr + ROUNDING)
            return String.format(Locale.ROOT, "Set by %d validation normals, %s.", normals, range);
        return String.format(Locale.ROOT,
                "With %d validation normals no threshold below %s can be promised, %s takes %.0f: the highest of them "
                        + "is taken, and %s.",
                normals, percent(expectedFpr), percent(targetFpr), Math.ceil(1 / targetFpr - 1 - ROUNDING), range);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    public boolean flags(double score) {
        return score > threshold;
    }
}
