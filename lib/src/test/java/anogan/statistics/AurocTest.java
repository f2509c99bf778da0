package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.statistics.BruteForce.Data;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * AUROC and DeLong's variance against pair counting, against the two-sample jackknife (which equals DeLong's variance
 * exactly, being linear in the placements: Arvesen, Ann. Math. Stat. 40 (1969) 2076), and against the published
 * analysis of DeLong's own data.
 */
class AurocTest {
    /**
     * The 43 complete cases of DeLong, DeLong, Clarke-Pearson (1988): albumin, total protein, K-G score, benefit from
     * surgery; with results as in the documentation of SAS/STAT, PROC LOGISTIC, "Comparing Receiver Operating
     * Characteristic Curves".
     */
    private static final double[][] OVARIAN = {{3.0, 5.8, 10, 0}, {3.2, 6.3, 5, 1}, {3.9, 6.8, 3, 1}, {2.8, 4.8, 6, 0},
            {3.2, 5.8, 3, 1}, {0.9, 4.0, 5, 0}, {2.5, 5.7, 8, 0}, {1.6, 5.6, 5, 1}, {3.8, 5.7, 5, 1}, {3.7, 6.7, 6, 1},
            {3.2, 5.4, 4, 1}, {3.8, 6.6, 6, 1}, {4.1, 6.6, 5, 1}, {3.6, 5.7, 5, 1}, {4.3, 7.0, 4, 1}, {3.6, 6.7, 4, 0},
            {2.3, 4.4, 6, 1}, {4.2, 7.6, 4, 0}, {4.0, 6.6, 6, 0}, {3.5, 5.8, 6, 1}, {3.8, 6.8, 7, 1}, {3.0, 4.7, 8, 0},
            {4.5, 7.4, 5, 1}, {3.7, 7.4, 5, 1}, {3.1, 6.6, 6, 1}, {4.1, 8.2, 6, 1}, {4.3, 7.0, 5, 1}, {4.3, 6.5, 4, 1},
            {3.2, 5.1, 5, 1}, {2.6, 4.7, 6, 1}, {3.3, 6.8, 6, 0}, {1.7, 4.0, 7, 0}, {3.7, 6.1, 5, 1}, {3.3, 6.3, 7, 1},
            {4.2, 7.7, 6, 1}, {3.5, 6.2, 5, 1}, {2.9, 5.7, 9, 0}, {2.1, 4.8, 7, 1}, {2.8, 6.2, 8, 0}, {4.0, 7.0, 7, 1},
            {3.3, 5.7, 6, 1}, {3.7, 6.9, 5, 1}, {3.6, 6.6, 5, 1}};

    private static double[] column(int k) {
        return Arrays.stream(OVARIAN).mapToDouble(row -> k == 2 ? 10 - row[2] : row[k]).toArray();
    }

    private static boolean[] benefit() {
        boolean[] positive = new boolean[OVARIAN.length];
        for (int i = 0; i < positive.length; i++) positive[i] = OVARIAN[i][3] == 1;
        return positive;
    }

    @Test
    void publishedAreasAndStandardErrors() {
        double[][] published = {{0.7366, 0.0927}, {0.6478, 0.1000}, {0.7258, 0.1028}};
        for (int k = 0; k < 3; k++) {
            Auroc auroc = Auroc.of(column(k), benefit());
            assertEquals(published[k][0], auroc.value(), 5e-5);
            assertEquals(published[k][1], auroc.standardError(), 5e-5);
        }
    }

    @Test
    void publishedDifferences() {
        double[][] published = {{0.0108, 0.0953, 0.0127, 0.9102}, {-0.0780, 0.1046, 0.5554, 0.4561}};
        for (int k = 0; k < 2; k++) {
            PairedDeLong test = PairedDeLong.of(column(k), column(2), benefit());
            assertEquals(published[k][0], test.difference(), 5e-5);
            assertEquals(published[k][1], Math.sqrt(test.variance()), 5e-5);
            assertEquals(published[k][2], test.z() * test.z(), 5e-5);
            assertEquals(published[k][3], test.p(), 5e-5);
        }
        Interval interval = PairedDeLong.of(column(0), column(2), benefit()).interval().orElseThrow();
        assertEquals(-0.1761, interval.low(), 5e-5);
        assertEquals(0.1976, interval.high(), 5e-5);
    }

    @Property(tries = 200)
    void equalsPairCounting(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int distinct) {
        Data d = BruteForce.random(seed, 1, distinct);
        Auroc auroc = Auroc.of(d.scores(), d.positive());
        assertEquals(BruteForce.auroc(d), auroc.value(), 1e-12);
        assertEquals(d.positives(), auroc.positives());
    }

    @Property(tries = 100)
    void varianceEqualsTheJackknife(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int distinct) {
        Data a = BruteForce.random(seed, 2, distinct);
        assertEquals(jackknife(a, a), Auroc.of(a.scores(), a.positive()).variance(), 1e-12);
    }

    @Property(tries = 100)
    void pairedVarianceEqualsTheJackknife(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int distinct) {
        Data a = BruteForce.random(seed, 2, distinct);
        Random random = new Random(seed);
        Data b = new Data(Arrays.stream(a.scores()).map(v -> v + random.nextInt(3)).toArray(), a.positive());
        PairedDeLong test = PairedDeLong.of(a.scores(), b.scores(), a.positive());
        assertEquals(BruteForce.auroc(a) - BruteForce.auroc(b), test.difference(), 1e-12);
        assertEquals(jackknife(a, a) + jackknife(b, b) - 2 * jackknife(a, b), test.variance(), 1e-12);
    }

    /** Covariance of two areas by leaving out each case in turn, positives and negatives apart. */
    private static double jackknife(Data a, Data b) {
        double sum = 0;
        for (boolean kind : new boolean[] {true, false}) {
            int[] members = java.util.stream.IntStream.range(0, a.scores().length).filter(i -> a.positive()[i] == kind)
                    .toArray();
            double[] u = Arrays.stream(members).mapToDouble(i -> BruteForce.auroc(a.without(i))).toArray();
            double[] v = Arrays.stream(members).mapToDouble(i -> BruteForce.auroc(b.without(i))).toArray();
            double meanU = Arrays.stream(u).average().orElseThrow();
            double meanV = Arrays.stream(v).average().orElseThrow();
            double cross = 0;
            for (int k = 0; k < u.length; k++) cross += (u[k] - meanU) * (v[k] - meanV);
            sum += cross * (u.length - 1) / u.length;
        }
        return sum;
    }

    @Property(tries = 100)
    void aRisingTransformChangesNothing(@ForAll long seed) {
        Data d = BruteForce.random(seed, 2, 8);
        double[] bent = Arrays.stream(d.scores()).map(v -> -Math.exp(-3 * v)).toArray();
        assertEquals(Auroc.of(d.scores(), d.positive()), Auroc.of(bent, d.positive()));
    }

    @Property(tries = 100)
    void swappedLabelsMirrorTheArea(@ForAll long seed) {
        Data d = BruteForce.random(seed, 2, 8);
        boolean[] swapped = new boolean[d.positive().length];
        for (int i = 0; i < swapped.length; i++) swapped[i] = !d.positive()[i];
        Auroc auroc = Auroc.of(d.scores(), d.positive());
        Auroc mirrored = Auroc.of(d.scores(), swapped);
        assertEquals(1 - auroc.value(), mirrored.value(), 1e-12);
        assertEquals(auroc.variance(), mirrored.variance(), 1e-12);
        assertEquals(1 - auroc.interval().low(), mirrored.interval().high(), 1e-9);
    }

    /** Binormal scores, true area Φ(1/√2) = 0.7602: about 95 of 100 intervals hold it. */
    @Test
    void intervalsCoverTheTrueArea() {
        Random random = new Random(7);
        boolean[] positive = new boolean[70];
        Arrays.fill(positive, 0, 30, true);
        int covered = 0;
        for (int trial = 0; trial < 2000; trial++) {
            double[] scores = new double[70];
            for (int i = 0; i < 70; i++) scores[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
            Interval interval = Auroc.of(scores, positive).interval();
            if (interval.low() <= 0.76025 && 0.76025 <= interval.high()) covered++;
        }
        assertEquals(0.95, covered / 2000.0, 0.015);   // 3 standard errors
    }

    @Test
    void perfectSeparationHasABoundInsteadOfCertainty() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
        boolean[] positive = new boolean[13];
        Arrays.fill(positive, 3, 13, true);
        Auroc auroc = Auroc.of(scores, positive);
        assertEquals(1, auroc.value());
        assertEquals(0, auroc.variance());
        assertEquals(1, auroc.interval().high());
        assertEquals(Math.cbrt(0.025), auroc.interval().low(), 1e-12);   // three negatives, so three independent pairs
    }

    @Test
    void oneValueForAllIsChance() {
        Auroc auroc = Auroc.of(new double[] {3, 3, 3, 3, 3}, new boolean[] {true, false, true, false, false});
        assertEquals(0.5, auroc.value());
        assertEquals(new Interval(0.5, 0.5), auroc.interval());
        assertEquals(0.5, Auroc.of(new double[] {0.0, -0.0}, new boolean[] {true, false}).value(),
                "0 and -0 are equal scores");
    }

    @Test
    void aSingleCaseOfAKindLeavesTheIntervalOpen() {
        Auroc auroc = Auroc.of(new double[] {2, 1, 3}, new boolean[] {true, false, false});
        assertEquals(0.5, auroc.value());
        assertEquals(new Interval(0, 1), auroc.interval());
        assertTrue(PairedDeLong.of(new double[] {2, 1, 3}, new double[] {3, 1, 2}, new boolean[] {true, false, false})
                .interval().isEmpty());
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        assertTrue(refusal(new double[] {1, 2}, true, true).contains("all 2 are positive"));
        assertTrue(refusal(new double[] {1, 2}, false, false).contains("all 2 are negative"));
        assertTrue(refusal(new double[0]).contains("needs positive and negative"));
        assertTrue(refusal(new double[] {1, Double.NaN}, true, false).contains("case 1 is not a number"));
        assertTrue(refusal(new double[] {1, 2}, true).contains("2 scores but 1 label"));
        assertEquals(1, Auroc.of(new double[] {Double.POSITIVE_INFINITY, 5}, new boolean[] {true, false}).value());
    }

    private static String refusal(double[] scores, boolean... positive) {
        return assertThrows(IllegalArgumentException.class, () -> Auroc.of(scores, positive)).getMessage();
    }

    @Test
    void pairedTestOfEqualAndOfDegenerateScores() {
        double[] scores = {1, 4, 2, 5, 3, 6};
        boolean[] positive = {false, true, false, true, true, false};
        PairedDeLong same = PairedDeLong.of(scores, scores, positive);
        assertEquals(0, same.z());
        assertEquals(1, same.p(), 1e-12);
        PairedDeLong constant = PairedDeLong.of(new double[] {0, 1, 0, 1, 1, 0}, new double[6], positive);
        assertEquals(0.5, constant.difference(), 1e-12);
        assertTrue(Double.isNaN(constant.z()) && Double.isNaN(constant.p()),
                "perfect against constant: a difference without variance");
        boolean[] other = {true, false, false, true, true, false};
        assertThrows(IllegalArgumentException.class,
                () -> PairedDeLong.of(RankedCases.of(scores, positive), RankedCases.of(scores, other)));
    }
}
