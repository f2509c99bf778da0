package anogan.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Bootstrap that draws whole groups (patients, eyes), not cases. The scans of one patient, and even more the patches of
 * one scan, resemble each other; resampling cases would pretend that 7,000 patches of 60 patients are 7,000 independent
 * findings and give intervals that are far too narrow.
 *
 * <p>
 * Of G groups, G are drawn with replacement, and each brings all its cases as often as it was drawn. A statistic sees
 * that as a weight per case; the middle 95 % of its replicates are the interval (percentile method). A replicate may be
 * undefined, when by chance no group with positives was drawn, say: it is then NaN and left out.
 *
 * <p>
 * The same seed and groups give the same draws, whatever the statistic: subtract the replicates of two scores to get
 * those of their difference (paired).
 *
 * <p>
 * Sources: Efron, Tibshirani, <i>An Introduction to the Bootstrap</i>, 1993; Davison, Hinkley, <i>Bootstrap Methods and
 * their Application</i>, 1997, section 3.8; Obuchowski, Biometrics 53 (1997) 567, on why clustered ROC data need it.
 */
public final class ClusterBootstrap {
    private final int[] group;      // of each case
    private final int groups;
    private final int replicates;
    private final long seed;

    private ClusterBootstrap(int[] group, int groups, int replicates, long seed) {
        this.group = group;
        this.groups = groups;
        this.replicates = replicates;
        this.seed = seed;
    }

    /**
     * @param groupOfCase the group's name, for each case
     * @param replicates  how many resamples are drawn; 2,000 is usual for a percentile interval
     */
    public static ClusterBootstrap of(List<String> groupOfCase, int replicates, long seed) {
        if (groupOfCase.isEmpty()) throw new IllegalArgumentException("there are no cases to resample");
        if (replicates < 1)
            throw new IllegalArgumentException("the number of replicates must be at least 1, not " + replicates);
        Groups groups = Groups.of(groupOfCase);
        return new ClusterBootstrap(groups.of(), groups.number(), replicates, seed);
    }

    public int groups() {
        return groups;
    }

    /**
     * The statistic on every resample; its argument holds for each case how often it was drawn, and must not be kept.
     */
    public double[] replicates(ToDoubleFunction<double[]> statistic) {
        return vectors(weights -> new double[] {statistic.applyAsDouble(weights)})[0];
    }

    /** As {@link #replicates} for several statistics at once: entry [k][b] is statistic k on resample b. */
    public double[][] vectors(Function<double[], double[]> statistics) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[group.length];
        double[][] drawn = new double[replicates][];
        for (int b = 0; b < replicates; b++) {
            draw(random, weights);
            drawn[b] = statistics.apply(weights);
        }
        return IntStream.range(0, drawn[0].length)
                .mapToObj(k -> Arrays.stream(drawn).mapToDouble(values -> values[k]).toArray())
                .toArray(double[][]::new);
    }

    /** The percentile interval; empty with fewer than two groups, or if most replicates are undefined. */
    public Optional<Interval> interval(ToDoubleFunction<double[]> statistic) {
        return interval(replicates(statistic));
    }

    Optional<Interval> interval(double[] replicates) {
        return groups < 2 ? Optional.empty() : Interval.percentile(replicates);
    }

    /** The paired interval of first − second, from replicates of the same draws. */
    Optional<Interval> difference(double[] first, double[] second) {
        double[] difference = new double[replicates];
        Arrays.setAll(difference, b -> first[b] - second[b]);
        return interval(difference);
    }

    private void draw(SplittableRandom random, double[] weights) {
        int[] times = new int[groups];
        for (int g = 0; g < groups; g++) times[random.nextInt(groups)]++;
        for (int i = 0; i < weights.length; i++) weights[i] = times[group[i]];
    }
}
