package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.statistics.ScoreTable.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SweepAnalysisTest {
    private static final AnalysisOptions OPTIONS = new AnalysisOptions(0.05, 0, 200, 1);

    /** 40 groups of 6 cases, half of them anomalous; {@code shift} is what being anomalous adds to a score of sd 1. */
    private static ScoreTable table(double shift, double scale, long seed) {
        Random random = new Random(seed);
        List<Case> cases = new ArrayList<>();
        double[] a = new double[240];
        for (int i = 0; i < a.length; i++) {
            cases.add(new Case("scan-" + i / 6, "group-" + i / 6, "X", Split.TEST, Label.values()[i % 2], 0, i));
            a[i] = scale * (random.nextGaussian() + shift * (i % 2));
        }
        return new ScoreTable(cases, Map.of(Score.A, a, Score.R, a, Score.D, a));
    }

    @Test
    void theBetterValueIsChosenInEveryFold() {
        var tables = new TreeMap<>(Map.of(0.1, table(0.3, 1, 1), 0.5, table(2, 100, 2), 1.0, table(0, 1, 3)));
        SweepAnalysis sweep = SweepAnalysis.of(SweepAnalysis.Kind.LAMBDA, tables, OPTIONS);
        assertEquals(List.of(0.5, 0.5, 0.5, 0.5, 0.5), sweep.choice().orElseThrow().chosen());
        assertEquals(0.5, sweep.choice().orElseThrow().mostOften());
        double[] a = tables.get(0.5).scores().get(Score.A);
        assertEquals(BruteForce.auroc(a, tables.get(0.5).positive()), sweep.points().get(1).of(Score.A).auroc(), 1e-12);
        assertEquals(sweep.points().get(1).of(Score.A).auroc(), sweep.choice().orElseThrow().auroc(), 0.03,
                "the same scores, but pairs within folds only");
        assertEquals(List.of(0.1, 0.5, 1.0), sweep.points().stream().map(SweepAnalysis.Point::value).toList());
    }

    /**
     * Of many values that know nothing the best looks good on the cases that chose it; the cross-validated number does
     * not.
     */
    @Test
    void choosingDoesNotFlatter() {
        double best = 0;
        double crossValidated = 0;
        int trials = 8;
        for (int trial = 0; trial < trials; trial++) {
            var tables = new TreeMap<Double, ScoreTable>();
            for (int v = 0; v < 25; v++) tables.put((double) v, table(0, 1, 1000L * trial + v));
            SweepAnalysis sweep = SweepAnalysis.of(SweepAnalysis.Kind.LAMBDA, tables, OPTIONS);
            best += sweep.points().stream().mapToDouble(p -> p.of(Score.A).auroc()).max().orElseThrow() / trials;
            crossValidated += sweep.choice().orElseThrow().auroc() / trials;
        }
        assertTrue(best > 0.55, "best of 25: " + best);
        assertEquals(0.5, crossValidated, 0.03);
    }

    @Test
    void aGroupIsInOneFold() {
        List<String> groups = table(0, 1, 1).groups();
        int[] fold = SweepAnalysis.folds(groups, 7);
        Map<String, Integer> foldOf = new HashMap<>();
        int[] sizes = new int[SweepAnalysis.FOLDS];
        for (int i = 0; i < fold.length; i++) {
            assertEquals(foldOf.computeIfAbsent(groups.get(i), g -> -1) == -1 ? fold[i] : foldOf.get(groups.get(i)),
                    fold[i]);
            foldOf.put(groups.get(i), fold[i]);
            sizes[fold[i]]++;
        }
        for (int size : sizes) assertEquals(48, size);
    }
}
