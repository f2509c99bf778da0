package anogan.scoring;

import java.util.Arrays;

/**
 * What is usual of a number among normal cases: it makes unlike scores comparable. Median and median deviation, because
 * some normals are always badly flattened, and these must not say what is usual.
 *
 * @param median    of normal cases
 * @param deviation 1.4826 times the median distance from it, the standard deviation if they were normally distributed;
 *                  positive
 */
public record Scale(double median, double deviation) {
    private static final double LEAST = 1e-9;

    /** @param normals scores of normal cases, at least one */
    static Scale of(double[] normals) {
        double median = median(normals);
        double mad = median(Arrays.stream(normals).map(v -> Math.abs(v - median)).toArray());
        return new Scale(median, Math.max(LEAST, 1.4826 * mad));
    }

    /** By how many deviations a score is above the median. */
    double of(double score) {
        return (score - median) / deviation;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
