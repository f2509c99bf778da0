package anogan.statistics;

import java.util.BitSet;
import java.util.function.IntToDoubleFunction;

/**
 * Pixels counted by value, so that any number of them takes the same memory. A bin holds the floats that agree in sign,
 * exponent and the first 11 bits behind the point: their values differ by less than one part in 2,000, and small whole
 * numbers have bins of their own. What is computed from it treats the values of a bin as ties, so that an AUROC is off
 * by at most half the share of the (positive, negative) pairs that fall into one bin.
 */
final class PixelHistogram {
    private static final int SHIFT = 12;
    private static final int BINS = 1 << (32 - SHIFT);

    private final long[] negatives = new long[BINS];
    private final long[] positives = new long[BINS];
    private final double[] overlap = new double[BINS];   // of the lesions: each pixel 1/size of its own
    private final BitSet occupied = new BitSet(BINS);    // the bins that hold something: few of a million
    private long allNegatives;
    private long allPositives;

    /** The bin of a value; NaN, which is never flagged, lies below all others. */
    static int bin(float value) {
        if (Float.isNaN(value)) return 0;
        int bits = Float.floatToIntBits(value + 0f);   // −0 and 0 are one value
        // flips all bits of a negative number, else the sign: unsigned, keys rise with the values
        return (bits ^ (bits >> 31 | Integer.MIN_VALUE)) >>> SHIFT;
    }

    /** The lowest value of a bin. */
    private static double low(int bin) {
        if (bin == 0) return Double.NEGATIVE_INFINITY;
        int key = bin << SHIFT;
        float low = Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
        return Float.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
    }

    void addNegative(float value) {
        int bin = bin(value);
        if (negatives[bin]++ == 0) occupied.set(bin);
        allNegatives++;
    }

    /** @param share of its lesion that the pixel is: 1/size */
    void addPositive(float value, double share) {
        int bin = bin(value);
        if (positives[bin]++ == 0) occupied.set(bin);
        overlap[bin] += share;
        allPositives++;
    }

    long positives() {
        return allPositives;
    }

    long negatives() {
        return allNegatives;
    }

    ThresholdCounts counts() {
        return counts(b -> (double) positives[b]);
    }

    /** As {@link #counts()}, but each positive weighs 1/size of its lesion. */
    ThresholdCounts lesionCounts() {
        return counts(b -> overlap[b]);
    }

    private ThresholdCounts counts(IntToDoubleFunction positive) {
        int[] bins = occupied.stream().toArray();
        return ThresholdCounts.of(bins.length, k -> low(bins[k]), k -> positive.applyAsDouble(bins[k]),
                k -> (double) negatives[bins[k]]);
    }

    /**
     * The highest value of the bin of the k-th smallest negative, k = ⌈(n + 1)(1 − fpr)⌉: the threshold that
     * {@link NormalThreshold} describes, higher by less than one part in 2,000.
     */
    double threshold(double fpr) {
        long k = (long) Math.min((double) allNegatives, Math.max(1, Math.ceil((allNegatives + 1) * (1 - fpr) - 1e-9)));
        long below = 0;
        int b = -1;
        while (below < k) {
            b = occupied.nextSetBit(b + 1);
            below += negatives[b];
        }
        return b == BINS - 1 ? low(b) : Math.nextDown((float) low(b + 1));
    }

    /**
     * For each bin that holds something one of at most so many levels, rising, which hold about as many cases each,
     * both kinds weighing the same.
     */
    int[] levels(int most) {
        int[] level = new int[BINS];
        boolean fit = occupied.cardinality() <= most;
        double share = 0;
        int seen = 0;
        for (int b = occupied.nextSetBit(0); b >= 0; b = occupied.nextSetBit(b + 1)) {
            double own = ((double) positives[b] / allPositives + (double) negatives[b] / allNegatives) / 2;
            // By its middle, lest positives, which weigh more, end a level.
            int byShare = (int) ((share + own / 2) * most);
            level[b] = Math.min(fit ? seen : byShare, most - 1);
            share += own;
            seen++;
        }
        return level;
    }
}
