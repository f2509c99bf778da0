package anogan.scans;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How often which numbers occur in the scans of a data set, whatever their magnitude: 65,536 bins along the order of
 * floating-point numbers, each as wide as one part in 128 of what it holds, with the smallest and the largest number
 * that fell into it.
 */
final class ValueHistogram {
    private static final int BINS = 1 << 16;
    private static final int TAIL = 10_000;    // one number of so many, or one a scan, may be an outlier
    private static final int FEW = 16;         // fewer bins in use tell nothing about outliers

    private final long[] counts = new long[BINS];
    private final float[] least = new float[BINS];
    private final float[] most = new float[BINS];
    private final Set<Optional<GreyRange>> windows = new HashSet<>();
    private int scans;
    private long noData;

    /**
     * What the numbers use.
     *
     * @param low      the smallest, but for outliers
     * @param high     the largest, but for outliers
     * @param outliers numbers far below or above
     */
    record Extent(double low, double high, long outliers) {}

    void add(Samples samples) {
        scans++;
        windows.add(samples.window());
        int own = samples.bands() - (samples.alpha() ? 1 : 0);
        float[] values = samples.values();
        for (int i = 0; i < values.length; i++) {
            if (i % samples.bands() < own) add(values[i]);
        }
    }

    private void add(float value) {
        if (!Samples.isData(value)) {
            noData++;
            return;
        }
        int bits = Float.floatToIntBits(value + 0f);   // of the two zeros the positive one
        int bin = (bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE) >>> 16;
        least[bin] = counts[bin] == 0 ? value : Math.min(least[bin], value);
        most[bin] = counts[bin] == 0 ? value : Math.max(most[bin], value);
        counts[bin]++;
    }

    int scans() {
        return scans;
    }

    /** How many numbers were none. */
    long noData() {
        return noData;
    }

    /** In which window the files want to be shown, if all want the same. */
    Optional<GreyRange> window() {
        return windows.size() == 1 ? windows.iterator().next() : Optional.empty();
    }

    /** Whether there is any number at all. */
    boolean isEmpty() {
        return first(0) == BINS;
    }

    /** The share of numbers in the bins between two numbers. */
    double share(double low, double high) {
        long inside = 0;
        long all = 0;
        for (int b = 0; b < BINS; b++) {
            all += counts[b];
            if (counts[b] > 0 && most[b] >= low && least[b] <= high) inside += counts[b];
        }
        return all == 0 ? 0 : (double) inside / all;
    }

    /**
     * Smallest and largest number (0 and 0 of none) without hot pixels and marks of missing data. Left out is a number
     * at either end that lies further from all others than twice their width, however often it comes; then the few
     * numbers (one of 10,000, or as many as there are scans) that lie further out than all others are wide.
     */
    Extent extent() {
        if (isEmpty()) return new Extent(0, 0, 0);
        int lo = first(0);
        int hi = last(BINS - 1);
        if (used(lo, hi) >= FEW) {
            int below = last(hi - 1);
            if (least[hi] == most[hi] && most[hi] - most[below] > 2 * (most[below] - least[lo])) hi = below;
            int above = first(lo + 1);
            if (least[lo] == most[lo] && least[above] - least[lo] > 2 * (most[hi] - least[above])) lo = above;
            long few = Math.max(scans, total(lo, hi) / TAIL);
            int top = hi;
            for (long n = counts[top]; n <= few && top > lo; n += counts[top]) top = last(top - 1);
            int bottom = lo;
            for (long n = counts[bottom]; n <= few && bottom < top; n += counts[bottom]) bottom = first(bottom + 1);
            double width = (double) most[top] - least[bottom];
            while (width > 0 && most[hi] - most[top] > width) hi = last(hi - 1);
            while (width > 0 && least[bottom] - least[lo] > width) lo = first(lo + 1);
        }
        return new Extent(least[lo], most[hi], total(0, BINS - 1) - total(lo, hi));
    }

    private int first(int from) {
        int bin = from;
        while (bin < BINS && counts[bin] == 0) bin++;
        return bin;
    }

    private int last(int from) {
        int bin = from;
        while (bin > 0 && counts[bin] == 0) bin--;
        return bin;
    }

    private int used(int lo, int hi) {
        int n = 0;
        for (int b = lo; b <= hi; b++) if (counts[b] > 0) n++;
        return n;
    }

    private long total(int lo, int hi) {
        long n = 0;
        for (int b = lo; b <= hi; b++) n += counts[b];
        return n;
    }
}
