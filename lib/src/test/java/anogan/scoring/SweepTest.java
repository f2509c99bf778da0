package anogan.scoring;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.networks.Dcgan;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scans.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swept value is nothing but another mapping: at the run's own λ and Γ its rows are those of the run's scores. */
class SweepTest {
    private static final ScoringOptions OPTIONS = TinyRun.options(4);
    @TempDir
    static Path folder;
    private static Patches patches;
    private static RunFolder run;

    @BeforeAll
    static void score() {
        run = new RunFolder(folder.resolve("run"));
        patches = TinyRun.train(folder.resolve("patches"), run);
        Scoring.run(run, patches, OPTIONS, TinyRun.COMPUTE);
        Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(0.1, 0.9), List.of(2, 4, 7), 6), TinyRun.COMPUTE);
    }

    @Test
    void theRunsOwnOptionsGiveItsOwnScores() {
        Map<String, Csv.Row> scored = new HashMap<>();
        for (Csv.Row row : Csv.read(run.file("scores.csv"))) scored.put(row.get("scan") + row.get("column"), row);
        for (String file : List.of("sweep/steps-4.csv", "sweep/lambda-0.1.csv")) {
            List<Csv.Row> rows = Csv.read(run.file(file));
            assertEquals(6, rows.size());
            for (Csv.Row row : rows) assertTrue(scored.get(row.get("scan") + row.get("column")).fields().entrySet()
                    .containsAll(row.fields().entrySet()), file + " " + row);
        }
        for (String file : List.of("sweep/steps-2.csv", "sweep/steps-7.csv", "sweep/lambda-0.9.csv")) {
            for (Csv.Row row : Csv.read(run.file(file)))
                assertNotEquals(scored.get(row.get("scan") + row.get("column")).get("A"), row.get("A"), file);
        }
    }

    @Test
    void halfOfTheSampleIsAnnotated() {
        List<Patch> sample = Sweep.sample(patches, 6, 1);
        assertEquals(3, sample.stream().filter(p -> p.label() == Label.ANOMALOUS).count());
        assertEquals(6, sample.stream().distinct().count());
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws IOException {
        Path file = run.file("sweep/lambda-0.9.csv");
        FileTime before = Files.getLastModifiedTime(file);
        Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(0.9, 0.5), List.of(), 6), TinyRun.COMPUTE);
        assertEquals(before, Files.getLastModifiedTime(file));
        assertEquals(6, Csv.read(run.file("sweep/lambda-0.5.csv")).size());
    }

    /** Values of different samples, options or models cannot be compared: they are not put into one folder. */
    @Test
    void whatCannotBeComparedIsNotMixed() throws IOException {
        RunFolder other = TinyRun.copy(run, folder.resolve("other"));
        byte[] before = Files.readAllBytes(other.file("sweep/lambda-0.9.csv"));
        assertFails(() -> sweep(other, OPTIONS, 0.7, 8), other.path().toString(), "a sample of 6", "folder sweep");
        assertFails(() -> sweep(other, TinyRun.options(5), 0.7, 6), "other options", "sweep/options.json",
                "folder sweep");
        Files.move(other.file("sweep/options.json"), other.file("sweep/kept"));
        assertFails(() -> sweep(other, OPTIONS, 0.7, 6), "another version", "Remove its folder sweep");
        Files.move(other.file("sweep/kept"), other.file("sweep/options.json"));
        Dcgan pair = Dcgan.load(other.file("model"));
        pair.generator().get("deconv3.bias").data()[0] += 0.125f;
        pair.save(other.file("model"));
        assertFails(() -> sweep(other, OPTIONS, 0.7, 6), "another model", "folder sweep");
        assertArrayEquals(before, Files.readAllBytes(other.file("sweep/lambda-0.9.csv")));
        assertFalse(Files.exists(other.file("sweep/lambda-0.7.csv")));
        other.locked(() -> assertFails(() -> sweep(other, OPTIONS, 0.7, 6),
                "Another program is writing to " + other.path()));
        Patches others = anogan.dcgan.TinyPatches.prepare(folder.resolve("others"), 2);
        assertFails(
                () -> Sweep.run(other, others, OPTIONS, new SweepOptions(List.of(0.7), List.of(), 6), TinyRun.COMPUTE),
                "other patches");
    }

    private static void sweep(RunFolder run, ScoringOptions options, double lambda, int sample) {
        Sweep.run(run, patches, options, new SweepOptions(List.of(lambda), List.of(), sample), TinyRun.COMPUTE);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertRefused(
                () -> Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(1.5), List.of(), 6), TinyRun.COMPUTE),
                "Lambda", "1.5");
        assertRefused(
                () -> Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(), List.of(0), 6), TinyRun.COMPUTE),
                "at least one step");
        assertRefused(
                () -> Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(0.3), List.of(), 1), TinyRun.COMPUTE),
                "at least 2 patches");
    }
}
