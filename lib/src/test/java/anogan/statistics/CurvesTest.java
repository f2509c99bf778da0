package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.statistics.BruteForce.Data;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** ROC curve, precision–recall curve and the Youden point against sweeps over every threshold. */
class CurvesTest {
    /** The example of scikit-learn's documentation of roc_curve and average_precision_score. */
    private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};
    private static final boolean[] POSITIVE = {false, false, true, true};

    @Test
    void documentedExample() {
        RocCurve roc = curve(SCORES, POSITIVE);
        assertArrayEquals(new double[] {0, 0, 0.5, 0.5, 1}, roc.falsePositiveRate());
        assertArrayEquals(new double[] {0, 0.5, 0.5, 1, 1}, roc.truePositiveRate());
        assertEquals(0.75, Auroc.of(SCORES, POSITIVE).value(), 1e-12);
        assertEquals(5 / 6.0, averagePrecision(SCORES, POSITIVE), 1e-12);
    }

    private static RocCurve curve(double[] scores, boolean[] positive) {
        return RocCurve.of(RankedCases.of(scores, positive).counts());
    }

    private static double averagePrecision(double[] scores, boolean[] positive) {
        return RankedCases.of(scores, positive).counts().averagePrecision();
    }

    @Property(tries = 100)
    void pointsAreThoseOfEveryThreshold(@ForAll long seed) {
        Data d = BruteForce.random(seed, 1, 6);
        double positives = d.positives();
        double negatives = d.scores().length - positives;
        double[] thresholds = BruteForce.thresholds(d.scores());
        RocCurve roc = curve(d.scores(), d.positive());
        assertEquals(thresholds.length + 1, roc.falsePositiveRate().length);
        assertTrue(roc.falsePositiveRate()[0] == 0 && roc.truePositiveRate()[0] == 0);
        double averagePrecision = 0;
        double recall = 0;
        for (int k = 0; k < thresholds.length; k++) {
            long[] flagged = BruteForce.flagged(d.scores(), d.positive(), thresholds[k]);
            assertEquals(flagged[1] / negatives, roc.falsePositiveRate()[k + 1]);
            assertEquals(flagged[0] / positives, roc.truePositiveRate()[k + 1]);
            averagePrecision += (flagged[0] / positives - recall) * flagged[0] / (flagged[0] + flagged[1]);
            recall = flagged[0] / positives;
        }
        assertEquals(averagePrecision, averagePrecision(d.scores(), d.positive()), 1e-12);
    }

    @Property(tries = 100)
    void theAreaUnderTheDrawnCurveIsTheAuroc(@ForAll long seed) {
        Data d = BruteForce.random(seed, 1, 6);
        double[] x = curve(d.scores(), d.positive()).falsePositiveRate();
        double[] y = curve(d.scores(), d.positive()).truePositiveRate();
        double area = 0;
        for (int i = 1; i < x.length; i++) area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        assertEquals(BruteForce.auroc(d), area, 1e-12);
    }

    @Test
    void heightsBetweenPoints() {
        RocCurve roc = curve(SCORES, POSITIVE);
        assertEquals(0.5, roc.truePositiveRateAt(0));
        assertEquals(0.5, roc.truePositiveRateAt(0.25));
        assertEquals(1, roc.truePositiveRateAt(0.5));
        assertEquals(1, roc.truePositiveRateAt(1));
        RocCurve ties = curve(new double[] {1, 1, 1, 1}, POSITIVE);
        assertEquals(0.3, ties.truePositiveRateAt(0.3), 1e-12);
    }

    @Test
    void averagePrecisionOfNoInformationIsPrevalence() {
        Random random = new Random(3);
        double sum = 0;
        boolean[] positive = new boolean[2000];
        for (int i = 0; i < 300; i++) positive[i] = true;
        for (int trial = 0; trial < 50; trial++) sum += averagePrecision(random.doubles(2000).toArray(), positive);
        assertEquals(0.15, sum / 50, 0.005);
        assertEquals(0.15, averagePrecision(new double[2000], positive), 1e-12);
    }

    @Property(tries = 100)
    void noThresholdHasAHigherYoudenIndex(@ForAll long seed) {
        Data d = BruteForce.random(seed, 1, 6);
        double positives = d.positives();
        double negatives = d.scores().length - positives;
        double best = Double.NEGATIVE_INFINITY;
        double at = 0;
        for (double threshold : BruteForce.thresholds(d.scores())) {
            long[] flagged = BruteForce.flagged(d.scores(), d.positive(), threshold);
            if (flagged[0] / positives - flagged[1] / negatives > best) at = threshold;
            best = Math.max(best, flagged[0] / positives - flagged[1] / negatives);
        }
        YoudenOracle oracle = YoudenOracle.of(RankedCases.of(d.scores(), d.positive()));
        long[] flagged = BruteForce.flagged(d.scores(), d.positive(), oracle.threshold());
        assertEquals(best, oracle.index(), 1e-12);
        assertEquals(at, oracle.threshold(), "of equally good ones the highest");
        assertEquals(flagged[0] / positives, oracle.sensitivity(), 1e-12);
        assertEquals(1 - flagged[1] / negatives, oracle.specificity(), 1e-12);
        assertEquals((double) flagged[0] / (flagged[0] + flagged[1]), oracle.precision(), 1e-12);
    }

    /**
     * Binormal scores of independent groups: at a false-positive rate of 0.2 the true height is 1 − Φ(Φ⁻¹(0.8) − 1) =
     * 0.5629.
     */
    @Test
    void theBandCoversTheTrueCurve() {
        Random random = new Random(11);
        boolean[] positive = new boolean[120];
        for (int i = 0; i < 60; i++) positive[i] = true;
        List<String> groups = java.util.stream.IntStream.range(0, 120).mapToObj(i -> "g" + i).toList();
        int covered = 0;
        for (int trial = 0; trial < 150; trial++) {
            double[] scores = new double[120];
            for (int i = 0; i < 120; i++) scores[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
            RocCurve.Band band = RocCurve.band(RankedCases.of(scores, positive), groups, 200, trial, 10);
            assertEquals(curve(scores, positive).truePositiveRateAt(0.2), band.truePositiveRate()[2], 1e-12);
            assertEquals(1, band.low()[10]);
            if (band.low()[2] <= 0.5629 && 0.5629 <= band.high()[2]) covered++;
        }
        assertTrue(covered >= 0.88 * 150, covered + " of 150");
    }
}
