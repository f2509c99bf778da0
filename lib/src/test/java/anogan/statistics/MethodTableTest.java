package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.scoring.ScoreColumn.Named;
import anogan.scoring.ScoreColumn.OfStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodTableTest {
    private static final AnalysisOptions OPTIONS = new AnalysisOptions(0.05, 0, 200, 1);
    @TempDir
    Path root;
    private RunFixture fixture;

    @BeforeEach
    void makeRun() throws IOException {
        fixture = new RunFixture(root);
        // The fixture's own scores, each patch moved a little.
        for (String variant : List.of("gan-r", "seed-2", "raw")) {
            Path folder = fixture.run.resolve("variants").resolve(variant);
            Files.createDirectories(folder);
            for (String file : List.of("scores.csv", "scans.csv"))
                Files.copy(fixture.run.resolve(file), folder.resolve(file));
        }
        Path other = fixture.run.resolve("variants/seed-2/scores.csv");
        List<String> lines = Files.readAllLines(other);
        int a = Arrays.asList(lines.get(0).split(",")).indexOf("A");
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            cells[a] = String.valueOf(Double.parseDouble(cells[a]) + 2);
            lines.set(i, String.join(",", cells));
        }
        Files.write(other, lines);
    }

    @Test
    void everyMethodHasItsColumn() {
        ScoreTable own = ScoreTable.read(fixture.run.resolve("scores.csv"));
        ScoreTable methods = Methods.of(fixture.run);
        assertTrue(
                methods.scores().keySet()
                        .containsAll(List.of(Score.ANOGAN, Score.GAN_R, Score.P_D, Score.R, Score.D, Score.D_HAT,
                                new Named("raw"), new OfStarts(Score.ANOGAN, 2), Score.MEAN_INTENSITY)),
                methods.scores().keySet().toString());
        assertFalse(methods.scores().containsKey(Score.ACAE), "none was trained");
        for (int i = 0; i < own.cases().size(); i++) {
            assertEquals(own.of(Score.A)[i], methods.of(Score.ANOGAN)[i]);
            assertEquals(own.of(Score.A_HAT)[i], methods.of(Score.GAN_R)[i]);
            assertEquals(own.of(Score.A)[i] + 1, methods.of(ScoreColumn.of("AnoGAN_z2"))[i], 1e-6,
                    "mean of A and A + 2");
        }
    }

    @Test
    void rowsAreThoseOfBruteForce() {
        MethodTable table = MethodTable.of(fixture.run, 0, OPTIONS).orElseThrow();
        assertEquals("patch", table.level());
        assertEquals(List.of(Score.ANOGAN, Score.GAN_R, Score.P_D),
                table.rows().stream().map(MethodTable.Row::method).limit(3).toList());
        ScoreTable all = ScoreTable.read(fixture.run.resolve("scores.csv"));
        ScoreTable test = PatchLevel.labelledTest(all);
        for (Score[] name : new Score[][] {{Score.ANOGAN, Score.A}, {Score.GAN_R, Score.A_HAT},
                {Score.D_HAT, Score.D_HAT}}) {
            MethodTable.Row row = table.row(name[0]).orElseThrow();
            double[] scores = test.of(name[1]);
            assertEquals(BruteForce.auroc(scores, test.positive()), row.separation().auroc(), 1e-12);
            double[] normals = all.where(c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL).of(name[1]);
            int allowed = (int) Math.floor(0.05 * (normals.length + 1));   // so many validation normals may lie above
            double threshold = row.atThreshold().orElseThrow().threshold().threshold();
            assertEquals(Math.max(0, allowed - 1), Arrays.stream(normals).filter(v -> v > threshold).count(), 1);
            long found = 0;
            long positives = 0;
            for (int i = 0; i < scores.length; i++) {
                if (!test.positive()[i]) continue;
                positives++;
                if (scores[i] > threshold) found++;
            }
            assertEquals((double) found / positives, row.atThreshold().orElseThrow().sensitivity(), 1e-12);
        }
        assertTrue(table.row(Score.ANOGAN).orElseThrow().lead().isEmpty());
        double lead = table.row(Score.ANOGAN).orElseThrow().separation().auroc()
                - table.row(Score.D_HAT).orElseThrow().separation().auroc();
        assertEquals(lead, table.row(Score.D_HAT).orElseThrow().lead().orElseThrow().difference(), 1e-12);
        assertEquals(0.89, table.row(Score.ANOGAN).orElseThrow().paper().orElseThrow().auc());
        assertTrue(table.text().contains("in the paper"), table.text());
    }

    @Test
    void thinningKeepsEveryAnomalousCase() {
        ScoreTable test = PatchLevel.labelledTest(Methods.of(fixture.run));
        long positives = test.cases().stream().filter(c -> c.label() == Label.ANOMALOUS).count();
        assertTrue(positives < test.cases().size() / 2, "the fixture has more normals");
        ScoreTable half = MethodTable.thinned(test, 0.5, 1);
        assertEquals(positives, half.cases().stream().filter(c -> c.label() == Label.ANOMALOUS).count());
        assertEquals(2 * positives, half.cases().size());
        assertEquals(half.cases(), MethodTable.thinned(test, 0.5, 1).cases());
        assertFalse(half.cases().equals(MethodTable.thinned(test, 0.5, 2).cases()));
        assertEquals(test.cases(), MethodTable.thinned(test, 0, 1).cases());
    }

    @Test
    void aTableIsReadAsItWasWritten() {
        MethodTable table = MethodTable.of(fixture.run, 0.5, OPTIONS).orElseThrow();
        table.write(fixture.run);
        assertEquals(table, MethodTable.read(fixture.run));
    }
}
