package anogan.statistics;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scored cases, sorted once: what every rank statistic of this package starts from.
 *
 * <p>
 * Equal scores share a <i>level</i>; no order is invented within a level, so ties are treated rightly everywhere (a
 * threshold takes all of a level or nothing of it). Sorting comes first; afterwards each pass over the levels is O(n),
 * also when the cases get weights. That is what makes thousands of bootstrap replicates cheap: a resample is a weight
 * per case (how often it was drawn), and nothing is sorted again.
 *
 * <p>
 * Scores may be infinite, not NaN. Higher means more anomalous.
 */
public final class RankedCases {
    private final boolean[] positive;   // of each case
    private final int positives;
    private final double[] distinct;    // the scores that occur, rising: one per level
    private final int[] order;          // the cases from the lowest score to the highest
    private final int[] start;          // level k is order[start[k]] … order[start[k + 1] − 1]

    private RankedCases(boolean[] positive, int positives, double[] distinct, int[] order, int[] start) {
        this.positive = positive;
        this.positives = positives;
        this.distinct = distinct;
        this.order = order;
        this.start = start;
    }

    /**
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or there are no positives or no negatives
     */
    public static RankedCases of(double[] scores, boolean[] positive) {
        int n = scores.length;
        if (n != positive.length) throw new IllegalArgumentException(n + " scores but " + positive.length + " labels");
        int positives = 0;
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(scores[i]))
                throw new IllegalArgumentException("the score of case " + i + " is not a number");
            values[i] = scores[i] + 0.0;   // −0 and 0 are one score
            if (positive[i]) positives++;
        }
        if (positives == 0 || positives == n) {
            String kind = positives == 0 ? "negative" : "positive";
            throw new IllegalArgumentException(
                    "an ROC needs positive and negative cases, but all " + n + " are " + kind);
        }
        int[] order = IntStream.range(0, n).toArray();
        // Java sorts numbers fast but not their indices, and pixels come by the million
        DoubleArrays.radixSortIndirect(order, values, true);
        int[] start = new int[n + 1];
        double[] distinct = new double[n];
        int levels = 0;
        for (int place = 0; place < n; place++) {
            double value = values[order[place]];
            if (place > 0 && value == distinct[levels - 1]) continue;
            start[levels] = place;
            distinct[levels++] = value;
        }
        start[levels] = n;
        return new RankedCases(positive.clone(), positives, Arrays.copyOf(distinct, levels), order,
                Arrays.copyOf(start, levels + 1));
    }

    public int cases() {
        return order.length;
    }

    public int positives() {
        return positives;
    }

    public int negatives() {
        return order.length - positives;
    }

    public double prevalence() {
        return (double) positives / order.length;
    }

    boolean positive(int i) {
        return positive[i];
    }

    /** How many distinct scores there are. */
    int levels() {
        return distinct.length;
    }

    /** Where a level begins in {@link #byRank}; for {@code levels()}, where the last one ends. */
    int start(int level) {
        return start[level];
    }

    /** The case at a place of the rising order. */
    int byRank(int place) {
        return order[place];
    }

    /** Each case counting once. */
    ThresholdCounts counts() {
        double[] ones = new double[order.length];
        Arrays.fill(ones, 1);
        return counts(ones);
    }

    /** @param weights of the cases, at least 0: how often each was drawn */
    ThresholdCounts counts(double[] weights) {
        double[] p = new double[distinct.length];
        double[] n = new double[distinct.length];
        for (int k = 0; k < distinct.length; k++) {
            for (int place = start[k]; place < start[k + 1]; place++)
                (positive[order[place]] ? p : n)[k] += weights[order[place]];
        }
        return ThresholdCounts.of(distinct.length, k -> distinct[k], k -> p[k], k -> n[k]);
    }

    public double auroc() {
        return counts().auroc();
    }

    /** That of weighted cases, {@link ThresholdCounts#auroc}. */
    public double auroc(double[] weights) {
        return counts(weights).auroc();
    }
}
