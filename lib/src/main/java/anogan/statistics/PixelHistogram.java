package anogan.statistics;

import java.util.BitSet;
import java.util.function.IntToDoubleFunction;

/**
 * Pixels counted by value, so that any number of them takes the same memory. A bin holds the floats that agree in sign,
 * exponent and the first 11 bits behind the point: their values differ by less than one part in 2,000, and small whole
 * numbers have bins of their own. What is computed from it treats the values of a bin as ties, so that an AUROC is off
 * by at most half the share of the (positive, negative) pairs that fall into one bin. Few of the million bins hold
 * something, so they come by pages, each with its first pixel.
 */
final class PixelHistogram {
    private static final int SHIFT = 12;
    private static final int BINS = 1 << (32 - SHIFT);
    private static final int PAGE = 1 << 10;

    private final Page[] pages = new Page[BINS / PAGE];
    private final BitSet occupied = new BitSet(BINS);   // the bins that hold something
    private long allNegatives;
    private long allPositives;

    private static final class Page {
        final long[] negatives = new long[PAGE];
        final long[] positives = new long[PAGE];
        final double[] overlap = new double[PAGE];   // of the lesions: each pixel 1/size of its own
    }

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

    /** That of a bin, made where it is not there. */
    private Page page(int bin) {
        Page page = pages[bin / PAGE];
        if (page == null) {
            page = new Page();
            pages[bin / PAGE] = page;
        }
        return page;
    }

    private long negatives(int bin) {
        return page(bin).negatives[bin % PAGE];
    }

    private long positives(int bin) {
        return page(bin).positives[bin % PAGE];
    }

    void addNegative(float value) {
        int bin = bin(value);
        if (page(bin).negatives[bin % PAGE]++ == 0) occupied.set(bin);
        allNegatives++;
    }

    /** @param share of its lesion that the pixel is: 1/size */
    void addPositive(float value, double share) {
        int bin = bin(value);
        Page page = page(bin);
        if (page.positives[bin % PAGE]++ == 0) occupied.set(bin);
        page.overlap[bin % PAGE] += share;
        allPositives++;
    }

    long positives() {
        return allPositives;
    }

    long negatives() {
        return allNegatives;
    }

    ThresholdCounts counts() {
        return counts(b -> (double) positives(b));
    }

    /** As {@link #counts()}, but each positive weighs 1/size of its lesion. */
    ThresholdCounts lesionCounts() {
        return counts(b -> page(b).overlap[b % PAGE]);
    }

    private ThresholdCounts counts(IntToDoubleFunction positive) {
        int[] bins = occupied.stream().toArray();
        return ThresholdCounts.of(bins.length, k -> low(bins[k]), k -> positive.applyAsDouble(bins[k]),
                k -> (double) negatives(bins[k]));
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
            below += negatives(b);
        }
        return b == BINS - 1 ? low(b) : Math.nextDown((float) low(b + 1));
    }

    /**
     * For each bin that holds something one of at most so many levels, rising, which hold about as many cases each,
     * both kinds weighing the same.
     */
    Levels levels(int most) {
        Levels levels = new Levels(new short[BINS / PAGE][]);
        boolean fit = occupied.cardinality() <= most;
        double share = 0;
        int seen = 0;
        for (int b = occupied.nextSetBit(0); b >= 0; b = occupied.nextSetBit(b + 1)) {
            double own = ((double) positives(b) / allPositives + (double) negatives(b) / allNegatives) / 2;
            // By its middle, lest positives, which weigh more, end a level.
            int byShare = (int) ((share + own / 2) * most);
            levels.set(b, Math.min(fit ? seen : byShare, most - 1));
            share += own;
            seen++;
        }
        return levels;
    }

    /** @param pages of the bins that hold something; of others there is none */
    record Levels(short[][] pages) {
        private void set(int bin, int level) {
            if (pages[bin / PAGE] == null) pages[bin / PAGE] = new short[PAGE];
            pages[bin / PAGE][bin % PAGE] = (short) level;
        }

        /** That of a value which was counted. */
        int of(float value) {
            int bin = bin(value);
            return pages[bin / PAGE][bin % PAGE];
        }
    }
}
