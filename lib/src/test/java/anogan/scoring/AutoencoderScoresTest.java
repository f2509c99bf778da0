package anogan.scoring;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.AutoencoderTraining;
import anogan.dcgan.TinyPatches;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.networks.Compute;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tiny run with an auto-encoder beside its mapping. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoencoderScoresTest {
    private static final int SIZE = 32;
    private static final Architecture TINY = new Architecture(SIZE, 8, 0.0625);
    private Path folder;
    private Patches patches;
    private RunFolder mapped;
    private RunFolder run;
    private Map<String, byte[]> before;

    static AutoencoderTraining.Config config(int steps) {
        return new AutoencoderTraining.Config(TINY, new AutoencoderOptions(steps, 4, 2e-3, 0.5, 0.01, true, 3, 1));
    }

    @BeforeAll
    void score(@TempDir Path temporary) throws IOException {
        folder = temporary;
        mapped = new RunFolder(folder.resolve("mapped"));
        patches = TinyRun.train(folder.resolve("patches"), mapped);
        Scoring.run(mapped, patches, TinyRun.options(2), TinyRun.COMPUTE);
        before = ScoringTest.contents(mapped.path());
        run = TinyRun.copy(mapped, folder.resolve("run"));
        AutoencoderScores.run(run, patches, config(8));
    }

    @Test
    void aRunHoldsWhatItPromises() throws IOException {
        assertEquals(config(8), Json.convert(run.info().config().get("acae"), AutoencoderTraining.Config.class,
                run.file("run.json"), ""));
        assertTrue(run.info().seconds().get("acae") >= 0);
        List<String> losses = Files.readAllLines(run.file("acae/losses.csv"));
        assertEquals("step,D_loss,reconstruction,adversarial,D_real,D_fake,seconds", losses.get(0));
        assertEquals(IntStream.rangeClosed(1, 8).mapToObj(Integer::toString).toList(),
                losses.stream().skip(1).map(l -> l.split(",")[0]).toList());
        for (String step : List.of("000000", "000003", "000006", "000008"))
            assertTrue(Files.exists(run.file("acae/samples/step-" + step + ".png")), step);
        Map<String, byte[]> after = ScoringTest.contents(run.path());
        before.forEach((name, bytes) -> {
            if (!name.equals("run.json")) assertArrayEquals(bytes, after.get(name), name + " is none of its business");
        });
    }

    /** The very rows of the mapping, training patches included. */
    @Test
    void everyPatchThatWasMappedHasItsRow() throws IOException {
        List<String> expected = Files.readAllLines(run.file("scores.csv")).stream().map(AutoencoderScoresTest::keys)
                .toList();
        assertEquals(expected,
                Files.readAllLines(run.file("acae.csv")).stream().map(AutoencoderScoresTest::keys).toList());
        List<Csv.Row> scans = Csv.read(run.file("acae_scans.csv"));
        assertEquals(Csv.read(run.file("scans.csv")).stream().map(r -> r.get("scan") + r.get("label")).toList(),
                scans.stream().map(r -> r.get("scan") + r.get("label")).toList());
        for (Csv.Row scan : scans) {
            double mean = rows(run).stream().filter(r -> r.get("scan").equals(scan.get("scan")))
                    .mapToDouble(r -> value(r, "aCAE")).average().orElseThrow();
            assertEquals(mean, value(scan, "aCAE_mean"), 1e-9 * mean);
        }
    }

    private static String keys(String row) {
        return String.join(",", Arrays.copyOf(row.split(",", -1), 7));
    }

    /** R, D and A from the saved weights, in double precision, one patch at a time. */
    @Test
    void scoresAreWhatTheFormulasSay() {
        Autoencoder a = Autoencoder.load(run.file("acae/model"));
        PlainNetworks plain = new PlainNetworks(TINY, a.decoder(), a.encoder(), false);
        PlainNetworks discriminator = new PlainNetworks(TINY, Map.of(), a.discriminator(), false);
        List<Csv.Row> rows = rows(run);
        for (int i = 0; i < rows.size(); i += 5) {
            double[] x = doubles(pixels(rows.get(i)));
            double[] y = plain.generate(plain.codes(plain.features(x)))[0];
            double r = distance(x, y);
            double d = distance(discriminator.features(x)[0], discriminator.features(y)[0]);
            assertEquals(r, value(rows.get(i), "aCAE_R"), 1e-5 * r);
            assertEquals(d, value(rows.get(i), "aCAE_D"), 1e-5 * d);
            assertEquals(0.9 * r + 0.1 * d, value(rows.get(i), "aCAE"), 1e-5 * r);
        }
    }

    /** Trap 1: alone, in any batch and order, on any number of threads, the same bits. */
    @Test
    void aScoreDoesNotDependOnItsCompany() {
        Autoencoder a = Autoencoder.load(run.file("acae/model"));
        List<float[]> images = new ArrayList<>(rows(run).stream().map(this::pixels).toList());
        List<AutoencoderScores.Decoded> together = score(a, 2, 64, images);
        for (int i = 0; i < images.size(); i += 7)
            assertSameBits(together.get(i), score(a, 1, 1, images.subList(i, i + 1)).get(0));
        List<Integer> order = new ArrayList<>(IntStream.range(0, images.size()).boxed().toList());
        Collections.shuffle(order, new Random(3));
        List<AutoencoderScores.Decoded> shuffled = score(a, 1, 5, order.stream().map(images::get).toList());
        for (int i = 0; i < order.size(); i++) assertSameBits(together.get(order.get(i)), shuffled.get(i));
    }

    private static List<AutoencoderScores.Decoded> score(Autoencoder a, int threads, int batch, List<float[]> images) {
        try (AutoencoderScores scores = new AutoencoderScores(a, new Compute(Compute.Engine.AUTO, threads, batch))) {
            return scores.score(images);
        }
    }

    private static void assertSameBits(AutoencoderScores.Decoded expected, AutoencoderScores.Decoded actual) {
        assertArrayEquals(Pairs.bits(expected.image()), Pairs.bits(actual.image()));
        assertEquals(expected.residual(), actual.residual());
        assertEquals(expected.features(), actual.features());
    }

    @Test
    void bothEnginesAgree() {
        Autoencoder a = Autoencoder.load(run.file("acae/model"));
        List<float[]> images = rows(run).stream().limit(6).map(this::pixels).toList();
        List<AutoencoderScores.Decoded> auto = score(a, 1, 4, images);
        try (AutoencoderScores scores = new AutoencoderScores(a, new Compute(Compute.Engine.ND4J, 1, 4))) {
            List<AutoencoderScores.Decoded> nd4j = scores.score(images);
            for (int i = 0; i < images.size(); i++) {
                assertEquals(auto.get(i).residual(), nd4j.get(i).residual(), 1e-5 * auto.get(i).residual());
                assertEquals(auto.get(i).features(), nd4j.get(i).features(), 1e-5 * auto.get(i).features());
            }
        }
    }

    /** Trap 2, in memory; on disk {@link #aSecondCallDoesNothing} looks. */
    @Test
    void scoringLeavesTheNetworksAlone() {
        Autoencoder a = Autoencoder.load(run.file("acae/model"));
        score(a, 2, 8, rows(run).stream().map(this::pixels).toList());
        Autoencoder untouched = Autoencoder.load(run.file("acae/model"));
        for (var weights : List.of(Map.of(untouched.encoder(), a.encoder()), Map.of(untouched.decoder(), a.decoder()),
                Map.of(untouched.discriminator(), a.discriminator()))) {
            weights.forEach((Map<String, FloatArray> expected, Map<String, FloatArray> actual) -> Pairs
                    .assertSameBits(expected, actual));
        }
    }

    @Test
    void aSecondCallDoesNothing() throws IOException {
        RunFolder again = TinyRun.copy(run, folder.resolve("again"));
        Map<String, byte[]> contents = ScoringTest.contents(again.path());
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        for (String name : contents.keySet()) Files.setLastModifiedTime(again.file(name), longAgo);
        AutoencoderScores.run(again, patches, config(8));
        Map<String, byte[]> after = ScoringTest.contents(again.path());
        assertEquals(contents.keySet(), after.keySet());
        for (String name : after.keySet()) assertEquals(longAgo, Files.getLastModifiedTime(again.file(name)), name);
    }

    @Test
    void whatIsLostIsMadeAgain() throws IOException {
        for (String lost : List.of("acae.csv", "acae_scans.csv", "acae/scored.json", "acae/model/decoder.npz")) {
            RunFolder again = TinyRun.copy(run, folder.resolve("without " + lost.replace('/', ' ')));
            Files.delete(again.file(lost));
            if (lost.startsWith("acae/model")) Files.delete(again.file("acae.csv"));   // a model alone is not missed
            AutoencoderScores.run(again, patches, config(8));
            assertSame(run, again);
        }
    }

    /** Fewer steps first, then more: as if it had not been stopped. The scores are those of the longer training. */
    @Test
    void anExtendedTrainingEqualsALongerOne() throws IOException {
        RunFolder extended = TinyRun.copy(mapped, folder.resolve("extended"));
        AutoencoderScores.run(extended, patches, config(4));
        byte[] early = Files.readAllBytes(extended.file("acae.csv"));
        AutoencoderScores.run(extended, patches, config(8));
        assertFalse(Arrays.equals(early, Files.readAllBytes(extended.file("acae.csv"))));
        for (String name : List.of("acae.csv", "acae_scans.csv", "acae/model/encoder.npz", "acae/model/decoder.npz",
                "acae/model/discriminator.npz", "acae/checkpoint/state.npz")) {
            assertArrayEquals(Files.readAllBytes(run.file(name)), Files.readAllBytes(extended.file(name)), name);
        }
        assertFails(() -> AutoencoderScores.run(extended, patches, config(4)), "8 steps already",
                "8 or more as option steps");
    }

    /** Before a mapping there is no sample of training patches to share; after it, the scores are made anew with it. */
    @Test
    void itMayComeBeforeTheMapping() throws IOException {
        RunFolder trained = new RunFolder(folder.resolve("unmapped"));
        TinyRun.train(folder.resolve("same patches"), trained);
        AutoencoderScores.run(trained, patches, config(8));
        assertEquals(0, rows(trained).stream().filter(r -> r.get("split").equals("train")).count());
        Scoring.run(trained, patches, TinyRun.options(2), TinyRun.COMPUTE);
        AutoencoderScores.run(trained, patches, config(8));
        assertArrayEquals(Files.readAllBytes(run.file("acae.csv")), Files.readAllBytes(trained.file("acae.csv")));
    }

    @Test
    void whatDoesNotBelongToTheRunIsRefusedAndTheRunStaysAsItIs() throws IOException {
        Map<String, byte[]> contents = ScoringTest.contents(run.path());
        AutoencoderOptions o = config(8).options();
        AutoencoderOptions other = new AutoencoderOptions(8, 4, 2e-3, 0.5, 0.5, true, 3, 1);
        assertFails(() -> AutoencoderScores.run(run, patches, new AutoencoderTraining.Config(TINY, other)),
                "other options", "\"adversarial\" : 0.01", "remove the folder");
        assertFails(
                () -> AutoencoderScores.run(run, patches,
                        new AutoencoderTraining.Config(new Architecture(32, 8, 0.125), o)),
                "other options", "\"width\" : 0.0625");
        Patches others = TinyPatches.prepare(folder.resolve("others"), 2);
        RunFolder untrained = TinyRun.copy(mapped, folder.resolve("of others"));
        assertFails(() -> AutoencoderScores.run(untrained, others, config(8)), "other patches",
                others.path().toString());
        Map<String, byte[]> after = new TreeMap<>(ScoringTest.contents(run.path()));
        assertEquals(contents.keySet(), after.keySet());
        contents.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    /** The same files but for what tells the time. */
    static void assertSame(RunFolder expected, RunFolder actual) throws IOException {
        Map<String, byte[]> e = ScoringTest.contents(expected.path());
        Map<String, byte[]> a = ScoringTest.contents(actual.path());
        assertEquals(e.keySet(), a.keySet());
        e.forEach((name, bytes) -> {
            if (!name.equals("run.json") && !name.equals("acae/losses.csv"))
                assertArrayEquals(bytes, a.get(name), name);
        });
    }

    private static List<Csv.Row> rows(RunFolder run) {
        return Csv.read(run.file("acae.csv"));
    }

    private static double value(Csv.Row row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** The patch of a row, cut here out of the strip. */
    private float[] pixels(Csv.Row row) {
        int scan = IntStream.range(0, patches.scans().size())
                .filter(i -> patches.scans().get(i).scan().equals(row.get("scan"))).findFirst().orElseThrow();
        float[] strip = patches.strip(scan);
        float[] pixels = new float[SIZE * SIZE];
        for (int p = 0; p < pixels.length; p++)
            pixels[p] = strip[p / SIZE * patches.stripWidth() + Integer.parseInt(row.get("column")) + p % SIZE] / 127.5f
                    - 1;
        return pixels;
    }

    private static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) d[i] = values[i];
        return d;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
        return sum;
    }
}
