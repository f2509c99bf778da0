package anogan.visuals;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Training;
import anogan.mapping.MappingOptions;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.Scoring;
import anogan.scoring.ScoringOptions;
import anogan.statistics.Analysis;
import anogan.statistics.RunAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that earlier versions left stay readable: one of each format that {@code run.json} ever had, whole, in
 * {@code runs/format-N.zip}, with the prepared folder that it learned from. Whoever raises {@link RunInfo#FORMAT} adds
 * a fixture here.
 *
 * <p>
 * format-1 was made at d7a4f7b with prepare --layout folder --scans data/sample --size 32, train --steps 4 --batch 4
 * --width 0.0625 --latent 8 --sample-every 4 --checkpoint-every 4, map --steps 2 --train-patches 4, analyze --bootstrap
 * 100; its baseline maps and the maps of normal scans were left away. format-2 was made likewise.
 */
class OldRunTest {
    @TempDir
    Path folder;

    static List<Integer> formats() {
        return IntStream.rangeClosed(1, RunInfo.FORMAT).boxed().toList();
    }

    private RunFolder unpack(int format) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(
                Files.newInputStream(Path.of("src/test/resources/runs/format-" + format + ".zip")))) {
            for (ZipEntry e; (e = zip.getNextEntry()) != null;) {
                Path file = folder.resolve(e.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        RunFolder run = new RunFolder(folder.resolve("run"));
        String info = Files.readString(run.file("run.json"));
        Files.writeString(run.file("run.json"),
                info.replace("PATCHES", folder.resolve("patches").toString().replace("\\", "\\\\")));
        return run;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyStageReadsIt(int format) throws IOException {
        RunFolder run = unpack(format);
        RunInfo info = run.info();
        assertEquals(format, info.format());
        Patches patches = Patches.open(Path.of(info.patches()));
        assertEquals(info.fingerprint(), patches.fingerprint());
        assertEquals(6, patches.scans().size());

        byte[] weights = Files.readAllBytes(run.file("model/generator.npz"));
        Dcgan before = Dcgan.load(run.file("model"));
        Training.resume(run, Training.Config.of(run), patches);
        assertEquals(before.fingerprint(), Dcgan.load(run.file("model")).fingerprint());
        assertArrayEquals(weights, Files.readAllBytes(run.file("model/generator.npz")),
                "a finished training that is resumed changes nothing");

        Analysis then = Analysis.read(run.path());
        Analysis now = RunAnalysis.of(run.path(), then.options());
        assertEquals(then.scan(Score.A, Aggregate.MEAN, Analysis.ALL, Analysis.ALL).orElseThrow().separation().auroc(),
                now.scan(Score.A, Aggregate.MEAN, Analysis.ALL, Analysis.ALL).orElseThrow().separation().auroc());
        now.write(run.path());
        assertTrue(Files.size(Figures.write(RunData.open(run.path()), FiguresOptions.defaults()).report()) > 10_000);
    }

    /** Its scores were made by another engine; they are not mixed with new ones, and the sentence says what to do. */
    @ParameterizedTest
    @MethodSource("formats")
    void itsScoresAreNotMixedWithNewOnes(int format) throws IOException {
        RunFolder run = unpack(format);
        Patches patches = Patches.open(Path.of(run.info().patches()));
        ScoringOptions other = new ScoringOptions(MappingOptions.paper(), false, 4, 2.5);
        byte[] scores = Files.readAllBytes(run.file("scores.csv"));
        assertFails(() -> Scoring.run(run, patches, other, Compute.defaults()),
                format == 1 ? "another version" : "other options", "emove its folder mapping");
        assertArrayEquals(scores, Files.readAllBytes(run.file("scores.csv")));
    }
}
