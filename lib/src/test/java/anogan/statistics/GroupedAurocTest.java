package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.statistics.BruteForce.Data;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The area against pair counting; the variance against DeLong's, which it is where each case is its own group, also if
 * each was seen several times, and against how areas scatter over data sets that are drawn anew.
 */
class GroupedAurocTest {
    private static GroupedAuroc of(double[] scores, boolean[] positive, List<String> groups) {
        GroupedAuroc area = new GroupedAuroc();
        for (int i = 0; i < scores.length; i++) area.count(scores[i], positive[i]);
        for (int i = 0; i < scores.length; i++) area.place(groups.get(i), scores[i], positive[i]);
        return area;
    }

    private static List<String> each(int n) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < n; i++) groups.add("case " + i);
        return groups;
    }

    /** Small whole numbers have bins of their own, so that nothing is lost. */
    @Property(tries = 200)
    void casesThatAreGroupsOfTheirOwnHaveDeLongsInterval(@ForAll long seed) {
        Data d = BruteForce.random(seed, 2, 12);
        Auroc truth = Auroc.of(d.scores(), d.positive());
        GroupedAuroc area = of(d.scores(), d.positive(), each(d.scores().length));
        assertEquals(BruteForce.auroc(d), area.value(), 1e-12);
        assertEquals(truth.variance(), area.variance(), 1e-12);
        assertEquals(truth.interval().low(), area.interval().low(), 1e-9);
        assertEquals(truth.interval().high(), area.interval().high(), 1e-9);
        assertEquals(d.positives(), area.positives());
    }

    /** Who is seen three times tells no more than who is seen once, if each time shows the same. */
    @Property(tries = 100)
    void casesSeenAgainTellNothing(@ForAll long seed) {
        Data d = BruteForce.random(seed, 2, 12);
        int n = d.scores().length;
        double[] scores = new double[3 * n];
        boolean[] positive = new boolean[3 * n];
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 3 * n; i++) {
            scores[i] = d.scores()[i % n];
            positive[i] = d.positive()[i % n];
            groups.add("case " + i % n);
        }
        GroupedAuroc again = of(scores, positive, groups);
        assertEquals(Auroc.of(d.scores(), d.positive()).variance(), again.variance(), 1e-12);
        assertTrue(of(scores, positive, each(3 * n)).variance() <= again.variance() + 1e-12);
    }

    /** Scores that lie close fall into one bin: the area is within the error that is told. */
    @Property(tries = 50)
    void theAreaIsWithinItsError(@ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = new double[400];
        boolean[] positive = new boolean[400];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = i % 3 == 0;
            scores[i] = 100 + random.nextGaussian() + (positive[i] ? 1 : 0);
        }
        GroupedAuroc area = of(scores, positive, each(400));
        double off = Math.abs(area.value() - BruteForce.auroc(scores, positive));
        assertTrue(off <= area.error() + 1e-12, off + " above " + area.error());
        assertTrue(area.error() > 1e-4 && area.error() < 0.01, "some are close: " + area.error());
    }

    /** Patients of several scans, of whom half are ill in one eye: both kinds of case from one group. */
    @Test
    void theVarianceIsThatOfAreasOfPatientsDrawnAnew() {
        Random random = new Random(5);
        int studies = 400;
        double[] areas = new double[studies];
        double told = 0;
        double naive = 0;
        for (int s = 0; s < studies; s++) {
            int patients = 60;
            int scans = 6;
            double[] scores = new double[patients * scans];
            boolean[] positive = new boolean[scores.length];
            List<String> groups = new ArrayList<>();
            for (int p = 0; p < patients; p++) {
                double own = 1.5 * random.nextGaussian();
                for (int i = 0; i < scans; i++) {
                    int at = p * scans + i;
                    positive[at] = p % 2 == 0 && i % 2 == 0;
                    scores[at] = 50 + own + random.nextGaussian() + (positive[at] ? 1 : 0);
                    groups.add("patient " + p);
                }
            }
            GroupedAuroc area = of(scores, positive, groups);
            areas[s] = area.value();
            told += area.variance() / studies;
            naive += of(scores, positive, each(scores.length)).variance() / studies;
        }
        double mean = Arrays.stream(areas).average().orElseThrow();
        double scatter = Arrays.stream(areas).map(a -> (a - mean) * (a - mean)).sum() / (studies - 1);
        // the variance of a variance of n draws is 2/(n − 1) of its square: four standard errors are 28 %
        assertEquals(1, told / scatter, 0.28);
        assertTrue(naive < 0.72 * scatter, "cases taken as independent would not do: " + naive + " of " + scatter);
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        GroupedAuroc area = new GroupedAuroc();
        assertThrows(IllegalArgumentException.class, () -> area.count(Double.NaN, true));
        area.count(1, true);
        area.count(0, false);
        assertThrows(IllegalArgumentException.class, () -> area.place("a", 7, true));
        area.place("a", 1, true);
        assertThrows(IllegalStateException.class, area::value);
        area.place("b", 0, false);
        assertEquals(1, area.value());
        assertEquals(new Interval(0, 1), area.interval());
        assertEquals(2, area.groups());
    }
}
