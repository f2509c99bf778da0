package anogan.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * The ROC curve: for each threshold the share of negatives flagged (false-positive rate, x) and of positives flagged
 * (true-positive rate or sensitivity, y). Equal scores make one point, joined to the next by a straight line, so that
 * the area under the drawn curve is exactly the {@link Auroc} with ties counting ½.
 *
 * @param falsePositiveRate from 0, where nothing is flagged, to 1 at the lowest score
 * @param truePositiveRate  likewise
 */
record RocCurve(double[] falsePositiveRate, double[] truePositiveRate) {
    /**
     * A curve with its 95 % band: at each false-positive rate the interval of the true-positive rate, from resampling
     * groups. The band is pointwise, not simultaneous: it covers the true curve at one chosen rate in 95 % of studies,
     * at all rates at once less often.
     *
     * @param falsePositiveRate equally spaced from 0 to 1
     * @param truePositiveRate  of the curve itself
     * @param low               lower end of the interval of the true-positive rate
     * @param high              upper end
     */
    record Band(double[] falsePositiveRate, double[] truePositiveRate, double[] low, double[] high) {}

    /** The rates are NaN if one kind weighs nothing. */
    static RocCurve of(ThresholdCounts counts) {
        return new RocCurve(rates(counts.falsePositives()), rates(counts.truePositives()));
    }

    private static double[] rates(double[] counts) {
        double[] rates = new double[counts.length + 1];
        for (int i = 0; i < counts.length; i++) rates[i + 1] = counts[i] / counts[counts.length - 1];
        return rates;
    }

    /**
     * The curve's height at a false-positive rate from 0 to 1; where it rises vertically, the upper end of the rise.
     */
    double truePositiveRateAt(double rate) {
        int low = 0;   // the last point whose rate is not above the one asked for, by bisection
        int high = falsePositiveRate.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (falsePositiveRate[middle] <= rate) low = middle;
            else high = middle - 1;
        }
        double x = falsePositiveRate[low];
        double y = truePositiveRate[low];
        if (low == falsePositiveRate.length - 1 || x == rate) return y;
        return y + (rate - x) / (falsePositiveRate[low + 1] - x) * (truePositiveRate[low + 1] - y);
    }

    /**
     * @param groupOfCase the group of each case, as for {@link ClusterBootstrap}
     * @param replicates  number of resamples
     * @param steps       into how many equal parts the axis from 0 to 1 is cut; 100, say
     */
    static Band band(RankedCases cases, List<String> groupOfCase, int replicates, long seed, int steps) {
        double[] at = new double[steps + 1];
        Arrays.setAll(at, k -> (double) k / steps);
        double[][] heights = ClusterBootstrap.of(groupOfCase, replicates, seed)
                .vectors(weights -> heights(of(cases.counts(weights)), at));
        double[] low = new double[at.length];
        double[] high = new double[at.length];
        for (int k = 0; k < at.length; k++) {
            Interval interval = Interval.percentile(heights[k]).orElse(new Interval(0, 1));
            low[k] = interval.low();
            high[k] = interval.high();
        }
        return new Band(at, heights(of(cases.counts()), at), low, high);
    }

    private static double[] heights(RocCurve curve, double[] at) {
        return Arrays.stream(at).map(curve::truePositiveRateAt).toArray();
    }
}
