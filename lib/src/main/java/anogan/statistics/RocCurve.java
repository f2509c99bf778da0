package anogan.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ROC curve: for each threshold the share of negatives flagged (false-positive rate, x) and of positives flagged
 * (true-positive rate or sensitivity, y). Equal scores make one point, joined to the next by a straight line, so that
 * the area under the drawn curve is exactly the {@link Auroc} with ties counting ½.
 *
 * @param points from (0, 0) at threshold +∞ to (1, 1) at the lowest score
 */
public record RocCurve(List<Point> points) {
    /** Flagging every case that scores at least {@code threshold}. */
    public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

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
    public record Band(double[] falsePositiveRate, double[] truePositiveRate, double[] low, double[] high) {}

    /** @throws IllegalArgumentException if a score is NaN or one kind of case is missing */
    public static RocCurve of(double[] scores, boolean[] positive) {
        return of(RankedCases.of(scores, positive), null);
    }

    public static RocCurve of(RankedCases cases) {
        return of(cases, null);
    }

    /** Rates of weighted cases; they are NaN if one kind weighs nothing. */
    private static RocCurve of(RankedCases cases, double[] weights) {
        List<double[]> counts = new ArrayList<>();
        counts.add(new double[] {Double.POSITIVE_INFINITY, 0, 0});
        cases.walk(weights, (threshold, tp, fp) -> counts.add(new double[] {threshold, fp, tp}));
        double[] total = counts.get(counts.size() - 1);
        return new RocCurve(counts.stream().map(c -> new Point(c[0], c[1] / total[1], c[2] / total[2])).toList());
    }

    /**
     * The curve's height at a false-positive rate from 0 to 1; where it rises vertically, the upper end of the rise.
     */
    public double truePositiveRateAt(double falsePositiveRate) {
        int low = 0;   // the last point whose rate is not above the one asked for, by bisection
        int high = points.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (points.get(middle).falsePositiveRate <= falsePositiveRate) low = middle;
            else high = middle - 1;
        }
        Point a = points.get(low);
        if (low == points.size() - 1 || a.falsePositiveRate == falsePositiveRate) return a.truePositiveRate;
        Point b = points.get(low + 1);
        double share = (falsePositiveRate - a.falsePositiveRate) / (b.falsePositiveRate - a.falsePositiveRate);
        return a.truePositiveRate + share * (b.truePositiveRate - a.truePositiveRate);
    }

    /**
     * @param groupOfCase the group of each case, as for {@link ClusterBootstrap}
     * @param replicates  number of resamples
     * @param steps       into how many equal parts the axis from 0 to 1 is cut; 100, say
     */
    public static Band band(double[] scores, boolean[] positive, List<String> groupOfCase, int replicates, long seed,
            int steps) {
        RankedCases cases = RankedCases.of(scores, positive);
        double[] at = new double[steps + 1];
        Arrays.setAll(at, k -> (double) k / steps);
        double[][] heights = ClusterBootstrap.of(groupOfCase, replicates, seed)
                .vectors(weights -> heights(of(cases, weights), at));
        double[] low = new double[at.length];
        double[] high = new double[at.length];
        for (int k = 0; k < at.length; k++) {
            Interval interval = Interval.percentile(heights[k]);
            low[k] = interval == null ? 0 : interval.low();
            high[k] = interval == null ? 1 : interval.high();
        }
        return new Band(at, heights(of(cases), at), low, high);
    }

    private static double[] heights(RocCurve curve, double[] at) {
        return Arrays.stream(at).map(curve::truePositiveRateAt).toArray();
    }
}
