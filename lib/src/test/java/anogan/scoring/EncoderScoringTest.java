package anogan.scoring;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.EncoderOptions;
import anogan.dcgan.EncoderTraining;
import anogan.dcgan.Training;
import anogan.io.Csv;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.statistics.Methods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run whose patches are judged as its encoder has them, and that remembers which encoder it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncoderScoringTest {
    private static final EncoderOptions E = EncoderOptions.defaults().withBatch(4).withLearningRate(2e-3).withSteps(4);
    private Path folder;
    private Patches patches;
    private RunFolder run;

    private static ScoringOptions options(int steps) {
        MappingOptions mapping = TinyRun.options(1).mapping().withStart(MappingOptions.Start.ENCODER).withSteps(steps);
        return TinyRun.options(1).withMapping(mapping);
    }

    @BeforeAll
    void score(@TempDir Path temporary) {
        folder = temporary;
        run = new RunFolder(folder.resolve("run"));
        patches = TinyRun.train(folder.resolve("patches"), run);
        assertFails(() -> Scoring.run(run, patches, options(0), TinyRun.COMPUTE), "no encoder to start at",
                "stage train with option encoder");
        assertFalse(Files.exists(run.file("mapping")), "nothing was begun");
        EncoderTraining.run(run, E, patches);
        Scoring.run(run, patches, options(0), TinyRun.COMPUTE);
    }

    /** The rows of scores.csv are those of G(E(x)), computed anew for figures too. */
    @Test
    void theScoresAreThoseOfTheEncoder() {
        try (FrozenRun frozen = FrozenRun.open(run, patches).orElseThrow()) {
            List<Csv.Row> rows = Csv.read(run.file("scores.csv")).stream().filter(r -> !r.get("split").equals("train"))
                    .limit(5).toList();
            for (Csv.Row row : rows) {
                Patch patch = patch(row);
                MappingResult m = frozen.map(List.of(patch)).get(0);
                assertEquals(Double.parseDouble(row.get("A_f")), m.squares(), 1e-6 * m.squares());
                assertEquals(Double.parseDouble(row.get("A")), m.anomaly(0.1), 1e-6 * m.anomaly(0.1));
            }
        }
        assertEquals(0, RecordedDescents.read(run).orElseThrow().gamma());
    }

    private Patch patch(Csv.Row row) {
        for (int scan = 0; scan < patches.scans().size(); scan++) {
            if (!patches.scans().get(scan).scan().equals(row.get("scan"))) continue;
            for (Patch p : patches.grid(scan)) if (p.column() == Integer.parseInt(row.get("column"))) return p;
        }
        throw new AssertionError(row);
    }

    /** Steps from there are another mapping, which is kept apart. */
    @Test
    void refinedScoresAreAVariant() throws IOException {
        RunFolder refined = TinyRun.copy(run, folder.resolve("refined"));
        assertFails(() -> Scoring.run(refined, patches, options(2), TinyRun.COMPUTE), "other options");
        Scoring.variant(refined, "refined", patches, options(2), TinyRun.COMPUTE);
        assertFalse(Files.readString(refined.file("scores.csv"))
                .equals(Files.readString(refined.file("variants/refined/scores.csv"))));
        assertEquals(run.info().stages().get("encoder").fingerprints().get("encoder"),
                refined.variant("refined").info().stages().get("map").fingerprints().get("encoder"));
        Scoring.variant(refined, "random", patches, TinyRun.options(2), TinyRun.COMPUTE);
        List<String> methods = Methods.of(refined.path()).scores().keySet().stream().map(ScoreColumn::column).toList();
        assertTrue(methods.containsAll(List.of("AnoGAN", "A_f", "refined", "refined_A_f", "random")),
                methods::toString);
        assertFalse(methods.contains("random_A_f"), methods::toString);
    }

    /** Scores are not taken for those of another encoder. */
    @Test
    void anEncoderThatWasTrainedOnAsksForNewScores() throws IOException {
        RunFolder later = TinyRun.copy(run, folder.resolve("later"));
        later.requireScoresOfItsModel();
        assertTrue(Files.readString(later.file("mapping/options.json")).contains("\"encoder\""));
        EncoderTraining.run(later, E.withSteps(6), patches);
        assertFails(() -> Scoring.run(later, patches, options(0), TinyRun.COMPUTE), "another encoder",
                "Remove its folder mapping");
        assertFails(later::requireScoresOfItsModel, "The encoder was trained on", "stage map");
    }

    @Test
    void anEncoderOfAnotherPairIsRefused() throws IOException {
        RunFolder other = TinyRun.copy(run, folder.resolve("other"));
        Training.Config config = Training.Config.of(other);
        Training.resume(other, new Training.Config(config.architecture(), config.options().withSteps(5)), patches);
        assertFails(() -> Scoring.variant(other, "again", patches, options(0), TinyRun.COMPUTE), "another pair",
                other.file("encoder").toString());
        assertRefused(() -> options(0).withRaw(true), "moving average", "option raw");
    }
}
