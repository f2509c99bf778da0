package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Seeds;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingTest {
    private static final Architecture TINY = new Architecture(32, 4, 0.0625);
    private Path folder;
    private Patches patches;
    private Training.Config eight;
    private RunFolder finished;
    private Dcgan pair;

    private static Training.Config config(int steps, long seed) {
        return new Training.Config(TINY, new TrainOptions(steps, 4, 1e-3, 0.5, 0, 0.9, true, 4, 3, seed));
    }

    @BeforeAll
    void train(@TempDir Path temporary) {
        folder = temporary;
        patches = TinyPatches.prepare(folder.resolve("patches"), 1);
        eight = config(8, 1);
        finished = new RunFolder(folder.resolve("runs/finished"));
        pair = Training.start(finished, eight, patches);
    }

    @Test
    void aRunHoldsWhatItPromises() throws IOException {
        RunInfo info = finished.info();
        assertEquals(patches.fingerprint(), info.fingerprint());
        assertEquals(patches.path().toString(), info.patches());
        assertEquals(1, info.seed());
        assertEquals(eight, Training.Config.of(finished));
        assertTrue(info.seconds().get("train") >= 0);
        List<String> losses = Files.readAllLines(finished.file("losses.csv"));
        assertEquals("step,D_loss,G_loss,D_real,D_fake,seconds", losses.get(0));
        assertEquals(IntStream.rangeClosed(1, 8).mapToObj(Integer::toString).toList(),
                losses.stream().skip(1).map(l -> l.split(",")[0]).toList());
        losses.stream().skip(1).forEach(l -> {
            String[] f = l.split(",");
            assertEquals(6, f.length, l);
            assertTrue(Double.parseDouble(f[1]) > 0 && Double.parseDouble(f[2]) > 0, l);
            for (int i : new int[] {3, 4}) assertTrue(Double.parseDouble(f[i]) > 0 && Double.parseDouble(f[i]) < 1, l);
        });
        assertEquals(List.of("step-000000.png", "step-000004.png", "step-000008.png"), names(finished.file("samples")));
        BufferedImage grid = ImageIO.read(finished.file("samples/step-000008.png").toFile());
        assertEquals(8 * 32 + 7 * 2, grid.getWidth());
        assertEquals(grid.getWidth(), grid.getHeight());
        assertEquals(List.of("dcgan.json", "discriminator.npz", "generator.npz", "generator_raw.npz"),
                names(finished.file("model")));
        Pairs.assertSameBits(pair, Dcgan.load(finished.file("model")));
    }

    /** A grid of samples shows what G makes: a tile's pixels are (value + 1)·127.5. */
    @Test
    void theLastGridShowsTheSavedAverage() throws IOException {
        BufferedImage grid = ImageIO.read(finished.file("samples/step-000008.png").toFile());
        float[] z = Seeds.uniform(1, "fixed noise", 64 * TINY.latent());
        double[] tenth = new double[TINY.latent()];
        for (int i = 0; i < tenth.length; i++) tenth[i] = z[9 * TINY.latent() + i];
        double[] image = new PlainNetworks(pair, false).generate(tenth)[0];
        for (int p = 0; p < image.length; p++) {
            int grey = grid.getRaster().getSample(34 + p % 32, 34 + p / 32, 0);   // second row, second column
            assertEquals((image[p] + 1) * 127.5, grey, 0.51);
        }
    }

    @Test
    void aFinishedRunThatIsExtendedEqualsALongerOne() throws IOException {
        RunFolder extended = new RunFolder(folder.resolve("runs/extended"));
        RunFolder whole = new RunFolder(folder.resolve("runs/whole"));
        Training.start(extended, config(5, 1), patches);
        Pairs.assertSameBits(Training.start(whole, config(9, 1), patches),
                Training.resume(extended, config(9, 1), patches));
        assertEquals(withoutSeconds(whole), withoutSeconds(extended));
        assertEquals(config(9, 1), Training.Config.of(extended));
    }

    /**
     * The losses are written before the checkpoint that they belong to; a kill in between leaves rows that will come
     * again.
     */
    @Test
    void lossesThatRanAheadOfTheCheckpointAreNotDoubled() throws IOException {
        RunFolder between = new RunFolder(folder.resolve("runs/between"));
        Training.start(between, config(6, 1), patches);
        Files.copy(finished.file("losses.csv"), between.file("losses.csv"), StandardCopyOption.REPLACE_EXISTING);
        Pairs.assertSameBits(pair, Training.resume(between, eight, patches));
        assertEquals(withoutSeconds(finished), withoutSeconds(between));
    }

    @Test
    void resumingAFinishedRunChangesNothing() throws IOException {
        Map<String, byte[]> before = contents(finished);
        Pairs.assertSameBits(pair, Training.resume(finished, eight, patches));
        Map<String, byte[]> after = contents(finished);
        before.forEach((name, bytes) -> {
            if (!name.equals("run.json")) assertArrayEquals(bytes, after.get(name), name);
        });
        assertEquals(before.keySet(), after.keySet());
    }

    @Test
    void whatDoesNotBelongToTheRunIsRefusedAndTheRunStaysAsItIs() throws IOException {
        Map<String, byte[]> before = contents(finished);
        Training.Config other = new Training.Config(TINY, new TrainOptions(8, 4, 2e-3, 0.5, 0, 0.9, true, 4, 3, 1));
        assertFails(() -> Training.resume(finished, other, patches), finished.path().toString(), "other options",
                "\"learningRate\" : 0.001");
        assertFails(() -> Training.resume(finished, config(8, 2), patches), "other options", "\"seed\" : 1");
        if (LearningEngine.computes(Precision.BF16)) {
            Training.Config bf16 = new Training.Config(TINY, eight.options().withPrecision(Precision.BF16));
            assertFails(() -> Training.resume(finished, bf16, patches), "other options", "\"precision\" : \"F32\"");
        }
        Training.Config wider = new Training.Config(new Architecture(32, 4, 0.125), eight.options());
        assertFails(() -> Training.resume(finished, wider, patches), "other options", "\"width\" : 0.0625");
        assertFails(() -> Training.resume(finished, config(5, 1), patches), "8 steps", "option steps");
        Training.Config rounded = new Training.Config(TINY,
                eight.options().withEngine(LearningEngine.Kind.DEEPLEARNING4J).withPrecision(Precision.BF16));
        RunFolder none = new RunFolder(folder.resolve("runs/rounded"));
        assertRefused(() -> Training.start(none, rounded, patches), "bf16", "option precision");
        assertFalse(Files.exists(none.path()), "nothing is begun");
        Patches others = TinyPatches.prepare(folder.resolve("others"), 2);
        assertFails(() -> Training.resume(finished, eight, others), "other patches", others.path().toString());
        Training.Config large = new Training.Config(new Architecture(64, 4, 0.0625), eight.options());
        assertFails(() -> Training.resume(finished, large, patches), "32 pixels wide", "made for 64");
        assertFails(() -> Training.start(new RunFolder(folder.resolve("runs/large")), large, patches), "32 pixels wide",
                "made for 64", "64 as option size");
        assertFails(() -> Training.start(finished, eight, patches), "already holds files", "option resume");
        assertFails(() -> Training.resume(new RunFolder(folder.resolve("runs/none")), eight, patches),
                "not a run folder");
        Map<String, byte[]> after = contents(finished);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @Test
    void aDamagedCheckpointIsToldInASentence() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("runs/damaged"));
        Training.start(run, config(3, 1), patches);
        byte[] state = Files.readAllBytes(run.file("checkpoint/state.npz"));
        List<String> losses = Files.readAllLines(run.file("losses.csv"));
        Files.write(run.file("losses.csv"), losses.subList(0, 3));
        assertFails(() -> Training.resume(run, config(6, 1), patches), "losses.csv",
                "has 2 rows, but the checkpoint is of step 3", "Put it back");
        Files.delete(run.file("losses.csv"));
        assertFails(() -> Training.resume(run, config(6, 1), patches), "losses.csv", "there is no such file");
        Npy.writeZip(run.file("checkpoint/state.npz"), Map.of("step", FloatArray.zeros(1)));
        assertFails(() -> Training.resume(run, config(6, 1), patches), "state.npz", "damaged or of another training",
                "generator");
        Files.write(run.file("checkpoint/state.npz"), java.util.Arrays.copyOf(state, state.length / 3));
        assertFails(() -> Training.resume(run, config(6, 1), patches), "state.npz");
        Files.writeString(run.file("run.json"),
                Files.readString(run.file("run.json")).replace("\"train\"", "\"other\""));
        assertFails(() -> Training.resume(run, config(6, 1), patches), "run.json is not understood");
    }

    /** The lines of losses.csv but for their last column. */
    static List<String> withoutSeconds(RunFolder run) throws IOException {
        return Files.readAllLines(run.file("losses.csv")).stream().map(l -> l.substring(0, l.lastIndexOf(',')))
                .toList();
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** Every file of a run by its name. */
    static Map<String, byte[]> contents(RunFolder run) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run.path(), FileVisitOption.FOLLOW_LINKS)) {
            for (Path f : files.filter(Files::isRegularFile).toList())
                contents.put(run.path().relativize(f).toString(), Files.readAllBytes(f));
        }
        return contents;
    }
}
