package anogan.statistics;

import java.util.Arrays;
import java.util.function.Consumer;

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
        int[] order = risingOrder(values);
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

    /**
     * Radix sort of indices, byte by byte from the lowest: Java sorts primitive values fast but not their indices, and
     * pixels come by the million. It is stable.
     */
    private static int[] risingOrder(double[] values) {
        int n = values.length;
        long[] key = new long[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            long bits = Double.doubleToLongBits(values[i]);
            // flips all bits of a negative number, else the sign: unsigned, keys rise with the values
            key[i] = bits ^ (bits >> 63 | Long.MIN_VALUE);
            order[i] = i;
        }
        long[] sortedKey = new long[n];
        int[] sortedOrder = new int[n];
        for (int shift = 0; shift < 64; shift += 8) {
            int[] next = new int[257];
            for (long k : key) next[(int) (k >>> shift & 255) + 1]++;
            // All alike in this byte, as are the low ones of what was a float.
            if (next[(int) (key[0] >>> shift & 255) + 1] == n) continue;
            for (int b = 0; b < 256; b++) next[b + 1] += next[b];
            for (int i = 0; i < n; i++) {
                int place = next[(int) (key[i] >>> shift & 255)]++;
                sortedKey[place] = key[i];
                sortedOrder[place] = order[i];
            }
            long[] keys = key;
            key = sortedKey;
            sortedKey = keys;
            int[] orders = order;
            order = sortedOrder;
            sortedOrder = orders;
        }
        return order;
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

    /** What {@link #walk} tells at every threshold. */
    @FunctionalInterface
    public interface Step {
        /**
         * @param threshold      cases that score at least this are flagged
         * @param truePositives  weight of the flagged positives
         * @param falsePositives weight of the flagged negatives
         */
        void at(double threshold, double truePositives, double falsePositives);
    }

    /**
     * Lowers the threshold from the highest score to the lowest, one level at a time.
     *
     * @param weights of the cases, at least 0, or null if each weighs 1
     */
    public void walk(double[] weights, Step step) {
        double truePositives = 0;
        double falsePositives = 0;
        for (int k = distinct.length - 1; k >= 0; k--) {
            for (int place = start[k]; place < start[k + 1]; place++) {
                int i = order[place];
                double weight = weights == null ? 1 : weights[i];
                if (positive[i]) truePositives += weight;
                else falsePositives += weight;
            }
            step.at(distinct[k], truePositives, falsePositives);
        }
    }

    /**
     * The AUROC of weighted cases: the probability that a positive scores above a negative, both drawn by weight, ties
     * counting ½. NaN if one kind weighs nothing.
     */
    public double auroc(double[] weights) {
        return area(step -> walk(weights, step));
    }

    /** The AUROC from a walk down the thresholds, whoever walks. */
    static double area(Consumer<Step> walk) {
        var area = new Step() {
            double truePositives, falsePositives, sum;

            @Override
            public void at(double threshold, double tp, double fp) {
                // Trapezoid: within a level half of the positives count.
                sum += (fp - falsePositives) * (tp + truePositives) / 2;
                truePositives = tp;
                falsePositives = fp;
            }
        };
        walk.accept(area);
        return area.sum / (area.truePositives * area.falsePositives);
    }
}
