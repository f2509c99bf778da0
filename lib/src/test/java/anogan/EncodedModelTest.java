package anogan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.EncoderOptions;
import anogan.dcgan.TrainOptions;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Mutation;
import anogan.io.Npy;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Scans;
import anogan.scans.Share;
import anogan.scans.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose descents start at f-AnoGAN's encoder judges as the run did that it came from. */
class EncodedModelTest {
    private static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);
    private static final int MUTATIONS = Integer.getInteger("anogan.mutations", 90) / 3;

    @TempDir
    static Path home;
    private static Patches patches;
    private static List<Path> pictures;

    @TempDir
    Path here;

    @BeforeAll
    static void prepare() {
        patches = Patches.prepare(new PhantomScans(2, 2, 2, 1), PrepareOptions.defaults(32), home.resolve("patches"));
        pictures = patches.scans(Split.TEST).stream()
                .map(i -> patches.path().resolve("scans/" + patches.scans().get(i).scan() + ".png")).toList();
        run("passed", 0).export(home.resolve("passed.anogan"), "");
    }

    private static Experiment run(String name, int steps) {
        Experiment run = Experiment.at(home.resolve(name));
        run.train(patches, Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625),
                TrainOptions.defaults().withBatch(4).withSteps(2));
        run.encoder(EncoderOptions.defaults().withBatch(4).withSteps(3));
        run.map(MappingOptions.defaults().withStart(MappingOptions.Start.ENCODER).withSteps(steps));
        return run;
    }

    private static Map<String, Double> own(Experiment run) {
        Map<String, Double> scores = new TreeMap<>();
        Csv.read(run.folder().file("scans.csv"), "scan", "split", "combined_mean").stream()
                .filter(row -> row.get("split").equals("test"))
                .forEach(row -> scores.put(row.get("scan"), Double.valueOf(row.get("combined_mean"))));
        return scores;
    }

    private static List<Finding> judged(Path model, Path folder, List<Path> scans) {
        return Detector.load(model).examine(Scans.each(scans), folder, 0.2, COMPUTE);
    }

    private static Map<String, Double> scores(List<Finding> findings) {
        Map<String, Double> scores = new TreeMap<>();
        findings.forEach(f -> scores.put(f.scan(), f.score().orElseThrow()));
        return scores;
    }

    private void assertJudgesAs(Experiment run, Path model) throws IOException {
        Map<String, Double> own = own(run);
        assertEquals(6, own.size(), "two eyes, each healthy and with two lesions");
        List<Finding> found = judged(model, here.resolve("all"), pictures);
        assertEquals(own, scores(found));
        for (Finding f : found) assertArrayEquals(Npy.read(run.folder().file("maps/" + f.scan() + ".npy")).data(),
                Npy.read(f.maps().orElseThrow()).data(), f.scan());
        assertEquals(lines(run.folder().file("scores.csv"), found.get(0).scan()),
                lines(here.resolve("all/patches.csv"), found.get(0).scan()), "A_f among them");
        List<Finding> alone = judged(model, here.resolve("alone"), List.of(pictures.get(0)));
        assertEquals(own.get(alone.get(0).scan()), alone.get(0).score().orElseThrow());
        Cohort.shard(Detector.load(model), Scans.each(pictures), new Share(1, 1), here.resolve("out"), 0.2, COMPUTE);
        assertArrayEquals(Files.readAllBytes(here.resolve("all/scans.csv")),
                Files.readAllBytes(here.resolve("out/scans.csv")));
    }

    /** Scores of a scan's patches by their columns, without what judged scans lack. */
    private static List<Map<String, String>> lines(Path table, String scan) {
        List<String> scores = List.of("row", "column", "R", "D", "A", "A_f", "P_D", "Z_sum", "combined");
        return Csv.read(table, scores.toArray(String[]::new)).stream().filter(row -> row.get("scan").equals(scan))
                .map(row -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    scores.forEach(column -> values.put(column, row.get(column)));
                    return values;
                }).toList();
    }

    @Test
    void onePassHasTheRunsOwnScores() throws IOException {
        assertJudgesAs(Experiment.at(home.resolve("passed")), home.resolve("passed.anogan"));
    }

    @Test
    void aFewStepsFromThereHaveTheRunsOwnScores() throws IOException {
        Experiment run = run("stepped", 3);
        Path model = here.resolve("stepped.anogan");
        run.export(model, "");
        assertJudgesAs(run, model);
        assertNotEquals(own(Experiment.at(home.resolve("passed"))), own(run));
        AtomicFiles.delete(run.folder().file("encoder/model/encoder.npz"));
        assertFails(() -> run.export(model, ""), "encoder.npz", "option encoder");
    }

    // ---- what may be done to a model file

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(home.resolve("passed.anogan").toFile())) {
            for (ZipEntry e : zip.stream().toList()) entries.put(e.getName(), zip.getInputStream(e).readAllBytes());
        }
        return entries;
    }

    /** The sentence with which a model with another encoder is refused, if it is. */
    private Optional<String> refused(byte[] encoder, String what) throws IOException {
        Path damaged = here.resolve("damaged.anogan");
        Map<String, byte[]> entries = entries();
        entries.put("encoder.npz", encoder);
        try (OutputStream out = Files.newOutputStream(damaged); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                if (e.getValue().length == 0) continue;
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue());
                zip.closeEntry();
            }
        }
        try {
            double score = judged(damaged, here.resolve("hostile"), List.of(pictures.get(0))).get(0).score()
                    .orElseThrow();
            assertTrue(Double.isFinite(score), what);
            return Optional.empty();
        } catch (UserError e) {
            assertTrue(e.getMessage().contains("damaged.anogan") || e.getMessage().contains("mapping of"),
                    what + ": " + e.getMessage());
            assertTrue(!e.getMessage().contains("java.") && !e.getMessage().contains("null"), e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    private byte[] npz(Map<String, FloatArray> weights) throws IOException {
        Path file = here.resolve("other.npz");
        Npy.writeZip(file, weights);
        return Files.readAllBytes(file);
    }

    @Test
    void anEncoderThatIsMissingDamagedOrOfAnotherPairIsRefusedInASentence() throws IOException {
        assertTrue(refused(new byte[0], "none").orElseThrow().contains("it has no encoder.npz"));
        byte[] whole = entries().get("encoder.npz");
        Files.write(here.resolve("own.npz"), whole);
        Map<String, FloatArray> weights = Npy.readZip(here.resolve("own.npz"));
        Map<String, FloatArray> other = new LinkedHashMap<>(weights);
        other.put("code.bias", FloatArray.zeros(9));
        assertTrue(refused(npz(other), "of nine numbers").orElseThrow().contains("code.bias"));
        other.remove("code.bias");
        assertTrue(refused(npz(other), "without a bias").orElseThrow().contains("The encoder has arrays"));
        other.put("code.bias", FloatArray.zeros(1 << 22));
        assertTrue(refused(npz(other), "too large").orElseThrow().contains("more than"));
        assertTrue(refused(entries().get("discriminator.npz"), "D").isPresent());
        for (String name : weights.keySet()) {
            float first = weights.get(name).data()[0];
            weights.get(name).data()[0] = Float.NaN;
            assertTrue(refused(npz(weights), name).orElseThrow().contains(name + " holds what is no finite"));
            weights.get(name).data()[0] = first;
        }
        assertArrayEquals(whole, npz(weights), "and back");
        Random random = new Random(1);
        for (int i = 0; i < MUTATIONS; i++) refused(Mutation.of(whole, random, 2), "mutation " + i);
    }
}
