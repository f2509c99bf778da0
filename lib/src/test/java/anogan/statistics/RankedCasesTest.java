package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.statistics.BruteForce.Data;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankedCasesTest {
    /** Weights are repetitions: the very thing that the bootstrap relies on. */
    @Property(tries = 200)
    void aWeightedAreaIsThatOfRepeatedCases(@ForAll long seed) {
        Data d = BruteForce.random(seed, 2, 6);
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = IntStream.range(0, d.scores().length)
                .mapToDouble(i -> i == 0 || i == 2 ? 1 : random.nextInt(4)).toArray();
        double[] scores = IntStream.range(0, weights.length).boxed()
                .flatMapToDouble(i -> DoubleStream.generate(() -> d.scores()[i]).limit((long) weights[i])).toArray();
        boolean[] positive = new boolean[scores.length];
        for (int i = 0, k = 0; i < weights.length; i++)
            for (int w = 0; w < weights[i]; w++) positive[k++] = d.positive()[i];
        assertEquals(BruteForce.auroc(scores, positive), RankedCases.of(d.scores(), d.positive()).auroc(weights),
                1e-12);
    }

    @Property(tries = 100)
    void countsAreWhatAThresholdFlags(@ForAll long seed) {
        Data d = BruteForce.random(seed, 1, 6);
        ThresholdCounts counts = RankedCases.of(d.scores(), d.positive()).counts();
        assertArrayEquals(BruteForce.thresholds(d.scores()), counts.thresholds());
        for (int i = 0; i < counts.size(); i++) {
            long[] expected = BruteForce.flagged(d.scores(), d.positive(), counts.thresholds()[i]);
            assertEquals(expected[0], counts.truePositives()[i]);
            assertEquals(expected[1], counts.falsePositives()[i]);
        }
    }

    @Property(tries = 200)
    void risingOrderSortsAnyNumbersStably(@ForAll @Size(min = 2, max = 40) double[] scores) {
        boolean[] positive = new boolean[scores.length];
        positive[0] = true;
        Data d = new Data(Arrays.stream(scores).map(v -> v + 0.0).toArray(), positive);
        Integer[] expected = IntStream.range(0, d.scores().length).boxed().toArray(Integer[]::new);
        Arrays.sort(expected, Comparator.comparingDouble(i -> d.scores()[i]));
        RankedCases cases = RankedCases.of(d.scores(), d.positive());
        assertEquals(Arrays.asList(expected), IntStream.range(0, expected.length).map(cases::byRank).boxed().toList());
    }

    @Test
    void extremeNumbersHaveTheirPlace() {
        double[] rising = {Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -1, -Double.MIN_VALUE, 0, Double.MIN_VALUE,
                1e-300, 1, Math.nextUp(1.0), Double.MAX_VALUE, Double.POSITIVE_INFINITY};
        double[] scores = new double[rising.length];
        for (int i = 0; i < scores.length; i++) scores[i] = rising[i * 7 % rising.length];
        boolean[] positive = new boolean[scores.length];
        positive[3] = true;
        RankedCases cases = RankedCases.of(scores, positive);
        assertEquals(rising.length, cases.levels());
        for (int k = 0; k < rising.length; k++) assertEquals(rising[k], scores[cases.byRank(k)]);
    }
}
