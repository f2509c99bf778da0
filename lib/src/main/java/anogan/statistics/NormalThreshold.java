package anogan.statistics;

import java.util.Arrays;

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
        // 1e-9: (n + 1)(1 − fpr) that is whole on paper must not become the next whole number by rounding
        int k = (int) Math.min(n, Math.max(1, Math.ceil((n + 1) * (1 - fpr) - 1e-9)));
        return new NormalThreshold(fpr, (n + 1.0 - k) / (n + 1), n, sorted[k - 1]);
    }

    public boolean flags(double score) {
        return score > threshold;
    }
}
