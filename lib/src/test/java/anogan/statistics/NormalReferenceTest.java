package anogan.statistics;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.AtomicFiles;
import anogan.io.Json;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.statistics.NormalReference.Origin;
import anogan.statistics.ScoreTable.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalReferenceTest {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final AnalysisOptions OPTIONS = AnalysisOptions.defaults().withBootstrap(199);

    private static NormalReference without(List<Integer> all, int one) {
        return NormalReference.of(IntStream.range(0, all.size()).filter(i -> i != one).mapToDouble(all::get).toArray());
    }

    /**
     * Exchangeable means that any of n + 1 healthy cases may be the new one: of those so many as α allows have p ≤ α,
     * whatever their scores and however many of them are equal.
     */
    @Property
    void aHealthyCaseHasASmallPValueAsRarelyAsItSays(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 12) Integer> all,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double alpha) {
        long small = IntStream.range(0, all.size()).filter(i -> without(all, i).pValue(all.get(i)) <= alpha).count();
        assertTrue(small <= alpha * all.size() + 1e-9, small + " of " + all.size());
        if (all.stream().distinct().count() == all.size())
            assertEquals(Math.floor(alpha * all.size() + 1e-9), small, "without ties as many as allowed");
    }

    /** What is flagged is what has a small p. */
    @Property
    void aThresholdIsALevelOfP(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 12) Integer> normals,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double fpr, @ForAll @IntRange(min = -1, max = 13) int score) {
        NormalReference reference = NormalReference.of(normals.stream().mapToDouble(s -> s).toArray());
        NormalThreshold threshold = reference.threshold(fpr);
        assertEquals(threshold.flags(score), reference.pValue(score) <= threshold.expectedFpr() + 1e-12);
        assertTrue(threshold.expectedFpr() <= fpr + 1e-9 || normals.size() < 1 / fpr - 1);
    }

    @Test
    void valuesOnPaper() {
        NormalReference four = NormalReference.of(new double[] {2, 3, 1, 2});
        assertEquals(List.of(1.0, 2.0, 2.0, 3.0), four.scores());
        assertEquals(1, four.pValue(1));
        assertEquals(4 / 5.0, four.pValue(2));
        assertEquals(2 / 5.0, four.pValue(2.5));
        assertEquals(1 / 5.0, four.pValue(4));
        assertEquals(50, four.percentile(2));
        assertEquals(100, four.percentile(4));
        assertEquals("more unusual than 87 % of 4 healthy scans (p = 0.40)", four.words(3, "scans"));
        NormalReference equal = NormalReference.of(new double[] {7, 7, 7});
        assertEquals(List.of(1.0, 0.25, 50.0), List.of(equal.pValue(7), equal.pValue(7.1), equal.percentile(7)));
        assertFalse(equal.threshold(0.05).flags(7));
        assertEquals(0.5, NormalReference.of(new double[] {0}).pValue(1));
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NormalReference.of(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> NormalReference.of(new double[] {1, Double.NaN}));
        NormalReference one = NormalReference.of(new double[] {1});
        assertThrows(IllegalArgumentException.class, () -> one.pValue(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> one.percentile(Double.NaN));
        for (double none : new double[] {0, 1, -1, 2, Double.NaN})
            assertRefused(() -> one.threshold(none), "The false-positive rate must lie between 0 and 1, not " + none);
    }

    @Test
    void jsonHoldsItAsItIs(@TempDir Path folder) {
        NormalReference reference = new NormalReference(List.of(3.5, 1.25, 2.0),
                new Origin(1, 2, 2, 1.5, Optional.of(new TrainingGap(0.06, 0.05, 0.4))));
        Json.write(folder.resolve("a.json"), reference);
        assertEquals(reference, Json.read(folder.resolve("a.json"), NormalReference.class, ""));
        Json.write(folder.resolve("b.json"), reference.threshold(0.05));
        assertEquals(reference.threshold(0.05), Json.read(folder.resolve("b.json"), NormalThreshold.class, ""));
        AtomicFiles.writeString(folder.resolve("old.json"),
                "{\"targetFpr\": 0.05, \"expectedFpr\": 0.125, \"normals\": 7, \"threshold\": 7}");
        assertEquals(NormalThreshold.of(new double[] {1, 2, 3, 4, 5, 6, 7}, 0.05),
                Json.read(folder.resolve("old.json"), NormalThreshold.class, ""),
                "of the time before groups were kept");
    }

    /**
     * By NumPy:
     *
     * <pre>
     * r = scipy.stats.rankdata([1, 2, 3, 10, 11, 11, 4, 20]); g = numpy.array([0, 0, 0, 1, 1, 2, 2, 2])
     * m = numpy.bincount(g); means = numpy.bincount(g, r) / m
     * b = (m * (means - r.mean()) ** 2).sum() / 2; w = ((r - means[g]) ** 2).sum() / 5
     * m0 = (8 - (m ** 2).sum() / 8) / 2; icc = (b - w) / (b + (m0 - 1) * w)
     * 8 / (1 + ((m ** 2).sum() / 8 - 1) * icc)
     * </pre>
     */
    @Test
    void alikeCasesAreWorthFewerIndependentOnes() {
        Groups groups = Groups.of(List.of("a", "a", "a", "b", "b", "c", "c", "c"));
        assertEquals(3.6406423593576402, groups.independent(new double[] {1, 2, 3, 10, 11, 11, 4, 20}), 1e-9);
        assertEquals(8 / (22 / 8.0), groups.independent(new double[] {1, 1, 1, 2, 2, 3, 3, 3}), 1e-9);
        assertEquals(8, groups.independent(new double[8]), "nothing differs, so nothing is alike");
        assertEquals(3, Groups.of(List.of("a", "b", "c")).independent(new double[] {5, 1, 2}));
        assertEquals(1, Groups.of(List.of("a", "a", "a")).independent(new double[] {5, 1, 2}));
    }

    /** Scores of standard deviation 1; √alike of each is its group's own. */
    private static double[] drawn(List<String> groups, double alike, Random random) {
        Map<String, Double> own = new HashMap<>();
        return groups.stream().mapToDouble(g -> Math.sqrt(alike) * own.computeIfAbsent(g, n -> random.nextGaussian())
                + Math.sqrt(1 - alike) * random.nextGaussian()).toArray();
    }

    private static List<String> groups(int number, int... sizes) {
        List<String> groups = new ArrayList<>();
        for (int g = 0; g < number; g++) for (int i = 0; i < sizes[g % sizes.length]; i++) groups.add("g" + g);
        return groups;
    }

    /**
     * Of scores whose distribution is known the true rate is: at least 90 % of such rates lie in the interval. The one
     * that takes cases as independent misses it as soon as they are alike.
     */
    @ParameterizedTest
    @CsvSource({"40, 3, 0, 0.96", "11, 3, 0.6, 0.96", "40, 3, 0.3, 0.96", "40, 3, 0.6, 0.93", "40, 3, 0.9, 0.87",
            "12, 60, 0.3, 0.6", "30, 60, 0.2, 0.8"})
    void theTrueRateLiesWhereItIsSaidToLie(int number, int size, double alike, double independentAtMost) {
        List<String> groups = groups(number, size - 1, size + 1, size);
        Random random = new Random(7);
        int inside = 0;
        int insideAsIfIndependent = 0;
        int trials = 600;
        for (int trial = 0; trial < trials; trial++) {
            double[] scores = drawn(groups, alike, random);
            NormalReference reference = new NormalReference(Arrays.stream(scores).boxed().toList(),
                    new Origin(scores.length, 0, number, Groups.of(groups).independent(scores), Optional.empty()));
            NormalThreshold threshold = reference.threshold(0.05);
            double rate = 1 - NORMAL.cumulativeProbability(threshold.threshold());
            if (holds(threshold.trueFpr(), rate)) inside++;
            if (holds(NormalThreshold.of(scores, 0.05).trueFpr(), rate)) insideAsIfIndependent++;
        }
        assertTrue(inside >= 0.9 * trials, inside + " of " + trials);
        assertTrue(insideAsIfIndependent <= independentAtMost * trials, insideAsIfIndependent + " of " + trials);
    }

    private static boolean holds(Interval interval, double value) {
        return interval.low() <= value && value <= interval.high();
    }

    /** p from the definition: all ways to choose 5 of 10 groups, and for each case how often it is above 19 drawn. */
    @Test
    void theGapIsThatOfAllExchanges() {
        Random random = new Random(3);
        List<String> groups = groups(5, 3, 1, 2);
        double[] validation = Arrays.stream(drawn(groups, 0.5, random)).map(s -> s + 0.7).toArray();
        double[] training = drawn(groups, 0.5, random);
        TrainingGap gap = TrainingGap.of(validation, groups, training, groups, 20_000, 1).orElseThrow();
        double[] all = new double[2 * groups.size()];
        int[] group = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            boolean first = i < groups.size();
            int of = i % groups.size();
            all[i] = first ? validation[of] : training[of];
            group[i] = Integer.parseInt(groups.get(of).substring(1)) + (first ? 0 : 5);
        }
        double found = difference(all, group, 0b0000011111);
        int asFar = 0;
        int ways = 0;
        for (int chosen = 0; chosen < 1024; chosen++) {
            if (Integer.bitCount(chosen) != 5) continue;
            ways++;
            if (difference(all, group, chosen) >= found - 1e-12) asFar++;
        }
        assertEquals(252, ways);
        assertEquals(found, gap.validation() - gap.training(), 1e-12);
        assertEquals((double) asFar / ways, gap.p(), 4 * Math.sqrt(0.25 / 20_000));
    }

    private static double difference(double[] all, int[] group, int chosen) {
        double[] sum = new double[2];
        int[] cases = new int[2];
        for (int i = 0; i < all.length; i++) {
            double score = all[i];
            double below = Arrays.stream(all).map(o -> o < score ? 1 : o == score ? 0.5 : 0).sum();
            int side = (chosen >> group[i] & 1) == 1 ? 0 : 1;
            sum[side] += Math.pow(below / all.length, 19);
            cases[side]++;
        }
        return sum[0] / cases[0] - sum[1] / cases[1];
    }

    @Test
    void aGapHasOneSideAndNeedsGroups() {
        double[] low = {1, 2, 3, 4, 5, 6};
        double[] high = {11, 12, 13, 14, 15, 16};
        List<String> six = groups(6, 1);
        TrainingGap gap = TrainingGap.of(high, six, low, six, 2000, 1).orElseThrow();
        assertEquals(1 / 924.0, gap.p(), 4 * Math.sqrt(1 / 924.0 / 2000));
        assertTrue(gap.isThere());
        assertFalse(TrainingGap.of(low, six, high, six, 2000, 1).orElseThrow().isThere(), "that would only be careful");
        assertFalse(TrainingGap.of(low, six, low, six, 2000, 1).orElseThrow().isThere());
        assertTrue(new TrainingGap(0.076, 0.05, 0.4).isThere(), "a test may miss what is too large to be let in");
        List<String> four = groups(4, 2, 1);
        assertEquals(Optional.empty(), TrainingGap.of(low, four, low, six, 100, 1));
        assertEquals(Optional.empty(), TrainingGap.of(low, six, low, four, 100, 1));
    }

    private static ScoreTable table(List<String> validation, double[] ours, List<String> training, double[] learned) {
        List<Case> cases = new ArrayList<>();
        for (String g : validation) cases.add(scan(cases.size(), "v" + g, Split.VALIDATION));
        for (String g : training) cases.add(scan(cases.size(), "t" + g, Split.TRAIN));
        double[] scores = Arrays.copyOf(ours, cases.size());
        System.arraycopy(learned, 0, scores, ours.length, learned.length);
        return new ScoreTable(cases, Map.of(Score.A, scores));
    }

    private static Case scan(int i, String group, Split split) {
        return new Case("s" + i, group, "NO", split, Label.NORMAL, 0, 0, 27);
    }

    /**
     * Training normals that score lower by so many standard deviations: the rate stays near the 5 % aimed at, however
     * large the gap, and where there is none it varies less than with validation normals alone.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.65, 0.9", "0.25, 0.3, 0.7", "0.5, 0.1, 0.45", "1, 0, 0.1"})
    void trainingNormalsHelpOrStayOut(double gap, double joinedAtLeast, double joinedAtMost) {
        List<String> validation = groups(11, 2, 3);
        List<String> training = groups(40, 2, 3);
        Random random = new Random(5);
        int trials = 400;
        int joined = 0;
        double[] rate = new double[trials];
        double[] alone = new double[trials];
        for (int trial = 0; trial < trials; trial++) {
            double[] ours = drawn(validation, 0.5, random);
            double[] learned = Arrays.stream(drawn(training, 0.5, random)).map(s -> s - gap).toArray();
            NormalReference reference = NormalReference.of(table(validation, ours, training, learned), Score.A, OPTIONS)
                    .orElseThrow();
            if (reference.origin().training() > 0) joined++;
            rate[trial] = 1 - NORMAL.cumulativeProbability(reference.threshold(0.05).threshold());
            alone[trial] = 1 - NORMAL.cumulativeProbability(NormalThreshold.of(ours, 0.05).threshold());
        }
        assertTrue(joinedAtLeast * trials <= joined && joined <= joinedAtMost * trials, joined + " of " + trials);
        assertEquals(0.05, Arrays.stream(rate).average().orElseThrow(), 0.015);
        if (gap == 0) assertTrue(above(rate) < 0.6 * above(alone), above(rate) + " instead of " + above(alone));
    }

    private static long above(double[] rates) {
        return Arrays.stream(rates).filter(r -> r > 0.1).count();
    }

    @Test
    void scansOfWhichASampleWasScoredAndScoresWithGapsDoNotCount() {
        List<String> six = groups(6, 1);
        double[] scores = {1, 2, 3, 4, 5, 6};
        ScoreTable table = table(six, scores, six, scores);
        assertEquals(12, NormalReference.of(table, Score.A, OPTIONS).orElseThrow().number());
        List<Case> sampled = table.cases().stream().map(
                c -> c.split() != Split.TRAIN ? c : new Case(c.scan(), c.group(), "NO", c.split(), c.label(), 0, 0, 2))
                .toList();
        assertEquals(Origin.independent(6),
                NormalReference.of(new ScoreTable(sampled, table.scores()), Score.A, OPTIONS).orElseThrow().origin());
        double[] missing = {1, 2, 3, 4, 5, Double.NaN};
        assertEquals(6, NormalReference.of(table(six, scores, six, missing), Score.A, OPTIONS).orElseThrow().number());
        assertEquals(Optional.empty(), NormalReference.of(table(six, missing, six, scores), Score.A, OPTIONS));
        assertEquals(Optional.empty(), NormalReference.of(table, Score.R, OPTIONS));
    }
}
