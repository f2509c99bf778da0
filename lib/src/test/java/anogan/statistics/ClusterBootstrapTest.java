package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
    private static final List<String> GROUPS = List.of("a", "b", "a", "c", "d", "b", "a");

    @Test
    void wholeGroupsAreDrawnAsManyAsThereAre() {
        ClusterBootstrap bootstrap = ClusterBootstrap.of(GROUPS, 500, 1);
        double[] draws = bootstrap.replicates(w -> {
            assertTrue(w[0] == w[2] && w[0] == w[6] && w[1] == w[5], "cases of a group go together");
            assertEquals(4, w[0] + w[1] + w[3] + w[4]);
            return w[0];
        });
        // Each group once on average; standard error 0.04.
        assertEquals(1, Arrays.stream(draws).average().orElseThrow(), 0.12);
    }

    @Test
    void theSeedAloneDecides() {
        double[] first = ClusterBootstrap.of(GROUPS, 50, 1).replicates(w -> w[0] + 10 * w[3]);
        assertArrayEquals(first, ClusterBootstrap.of(GROUPS, 50, 1).replicates(w -> w[0] + 10 * w[3]));
        assertNotEquals(Arrays.toString(first),
                Arrays.toString(ClusterBootstrap.of(GROUPS, 50, 2).replicates(w -> w[0] + 10 * w[3])));
    }

    /** Theory: the mean of G group values has the standard error sd/√G. */
    @Test
    void theSpreadOfAMeanIsThatOfTheory() {
        Random random = new Random(5);
        double[] values = random.doubles(200).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double sd = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 200);
        Interval interval = ClusterBootstrap.of(names(200, 1), 4000, 1).interval(w -> mean(values, w)).orElseThrow();
        assertEquals(2 * 1.96 * sd / Math.sqrt(200), interval.high() - interval.low(), 0.003);
        assertEquals(mean, (interval.high() + interval.low()) / 2, 0.003);
    }

    /**
     * Ten copies of every case bring no information: resampling cases would shrink the interval by √10, resampling
     * groups must not.
     */
    @Test
    void copiesWithinAGroupDoNotShrinkTheInterval() {
        Random random = new Random(9);
        int n = 40;
        double[] scores = IntStream.range(0, n).mapToDouble(i -> random.nextGaussian() + (i < n / 2 ? 1 : 0)).toArray();
        boolean[] positive = new boolean[n];
        Arrays.fill(positive, 0, n / 2, true);
        double[] copies = new double[10 * n];
        boolean[] labels = new boolean[10 * n];
        for (int i = 0; i < 10 * n; i++) {
            copies[i] = scores[i / 10];
            labels[i] = positive[i / 10];
        }
        Interval once = ClusterBootstrap.of(names(n, 1), 1000, 1).interval(RankedCases.of(scores, positive)::auroc)
                .orElseThrow();
        Interval tenTimes = ClusterBootstrap.of(names(n, 10), 1000, 1).interval(RankedCases.of(copies, labels)::auroc)
                .orElseThrow();
        assertEquals(once.low(), tenTimes.low(), 1e-12);
        assertEquals(once.high(), tenTimes.high(), 1e-12);
        Interval byCase = ClusterBootstrap.of(names(10 * n, 1), 1000, 1).interval(RankedCases.of(copies, labels)::auroc)
                .orElseThrow();
        assertTrue(byCase.high() - byCase.low() < 0.5 * (once.high() - once.low()),
                "the wrong way is visibly narrower");
    }

    @Test
    void aPairedDifferenceUsesTheSameDraws() {
        Random random = new Random(4);
        boolean[] positive = new boolean[60];
        Arrays.fill(positive, 0, 30, true);
        double[] a = IntStream.range(0, 60).mapToDouble(i -> random.nextGaussian() + (positive[i] ? 1 : 0)).toArray();
        double[] b = Arrays.stream(a).map(v -> v + 0.05 * random.nextGaussian()).toArray();
        ClusterBootstrap bootstrap = ClusterBootstrap.of(names(60, 1), 1000, 1);
        RankedCases first = RankedCases.of(a, positive);
        RankedCases second = RankedCases.of(b, positive);
        Interval paired = bootstrap.difference(bootstrap.replicates(first::auroc), bootstrap.replicates(second::auroc))
                .orElseThrow();
        Interval directly = bootstrap.interval(w -> first.auroc(w) - second.auroc(w)).orElseThrow();
        Interval single = bootstrap.interval(first::auroc).orElseThrow();
        assertEquals(directly, paired);
        assertTrue(paired.high() - paired.low() < 0.3 * (single.high() - single.low()),
                "nearly equal scores differ little on any resample");
    }

    @Test
    void undefinedReplicatesAreLeftOut() {
        boolean[] positive = {true, false, true, false, false, false, true};
        RankedCases cases = RankedCases.of(new double[] {3, 1, 3, 2, 0, 1, 2}, positive);
        double[] replicates = ClusterBootstrap.of(GROUPS, 1000, 1).replicates(cases::auroc);
        assertTrue(Arrays.stream(replicates).anyMatch(Double::isNaN),
                "sometimes group a, the only one with positives, is not drawn");
        Interval interval = Interval.percentile(replicates).orElseThrow();
        assertTrue(interval.low() > 0.5 && interval.high() == 1);
        assertTrue(Interval.percentile(new double[] {1, Double.NaN, Double.NaN}).isEmpty(), "most are undefined");
        assertTrue(ClusterBootstrap.of(List.of("a", "a"), 100, 1).interval(w -> 1).isEmpty(),
                "one group cannot be resampled");
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) sum += values[i] * weights[i];
        return sum / Arrays.stream(weights).sum();
    }

    private static List<String> names(int groups, int copies) {
        List<String> names = new ArrayList<>();
        for (int g = 0; g < groups; g++) for (int k = 0; k < copies; k++) names.add("g" + g);
        return names;
    }
}
