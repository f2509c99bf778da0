package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.PhantomScans;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructionTest {
    private static final int SIZE = 32;

    @TempDir
    Path folder;
    private Patches patches;
    private final List<ScoreTable.Case> cases = new ArrayList<>();
    private final List<Double> leftByGrey = new ArrayList<>();   // by hand

    @BeforeEach
    void phantom() {
        patches = Patches.prepare(PhantomScans.of(6, 1), PrepareOptions.defaults(SIZE), folder.resolve("patches"));
        for (int i : patches.scans(Split.VALIDATION)) {
            ScanInfo scan = patches.scans().get(i);
            float[] strip = patches.strip(i);
            for (Patch p : patches.grid(i)) {
                cases.add(new ScoreTable.Case(scan.scan(), scan.group(), scan.className(), scan.split(), Label.NORMAL,
                        p.row(), p.column()));
                double[] x = new double[SIZE * SIZE];
                for (int k = 0; k < x.length; k++)
                    x[k] = strip[k / SIZE * patches.stripWidth() + p.column() + k % SIZE] / 127.5 - 1;
                double mean = Arrays.stream(x).average().orElseThrow();
                leftByGrey.add(Arrays.stream(x).map(v -> Math.abs(v - mean)).average().orElseThrow());
            }
        }
    }

    private Optional<Reconstruction> of(double leftByPca, double leftByG) {
        Map<ScoreColumn, double[]> scores = new LinkedHashMap<>();
        scores.put(Score.R, cases.stream().mapToDouble(c -> SIZE * SIZE * leftByG).toArray());
        scores.put(Score.PCA_RESIDUAL, cases.stream().mapToDouble(c -> leftByPca).toArray());
        return Reconstruction.of(new ScoreTable(cases, scores), patches);
    }

    @Test
    void gStandsBetweenPlainGreyAndPrincipalComponents() {
        double grey = leftByGrey.stream().mapToDouble(v -> v).average().orElseThrow();
        double pca = grey / 5;
        assertEquals(grey, of(pca, 0.1).orElseThrow().grey(), 1e-6);
        assertEquals(1, of(pca, pca).orElseThrow().share(), 1e-6);
        assertEquals(0, of(pca, grey).orElseThrow().share(), 1e-6);
        Reconstruction learned = of(pca, 1.5 * pca).orElseThrow();
        assertFalse(learned.isPoor());
        assertTrue(learned.toString().endsWith("G draws 88 %."), learned.toString());
        Reconstruction grim = of(pca, 1.4 * grey).orElseThrow();
        assertTrue(grim.isPoor());
        assertTrue(grim.toString().contains("G draws 0 %: it has not learned to draw them"), grim.toString());
    }

    @Test
    void withoutYardsticksNothingIsSaid() {
        assertTrue(of(Double.NaN, 0.1).isEmpty());
        assertTrue(of(1, 0.1).isEmpty(), "noise: principal components draw nothing");
        assertTrue(Reconstruction.of(new ScoreTable(List.of(), Map.of()), patches).isEmpty());
    }
}
