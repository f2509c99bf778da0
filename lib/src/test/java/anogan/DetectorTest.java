package anogan;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import anogan.dcgan.TrainOptions;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Mutation;
import anogan.io.Npy;
import anogan.mapping.MappingOptions;
import anogan.markers.RegionRule;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.PhantomScans;
import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.scans.Scans;
import anogan.scans.Spacing;
import anogan.scans.Split;
import anogan.statistics.DiscoverOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file judges as the run did that it came from, whatever is handed to it, and whatever is done to it. */
class DetectorTest {
    /** Of a model file; {@code -Danogan.mutations=2000} tries more. */
    private static final int MUTATIONS = Integer.getInteger("anogan.mutations", 90);
    private static final Architecture SMALL = Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625);
    private static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);
    private static final RegionRule LAX = new RegionRule(1, 1.5, 32);   // with regions enough for markers
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;
    private static Patches patches;
    private static Experiment run;
    private static Path file;
    private static Detector detector;
    private static List<ScanInfo> test;

    @TempDir
    Path here;

    @BeforeAll
    static void train() {
        patches = Patches.prepare(new PhantomScans(2, 2, 2, 1), PrepareOptions.defaults(32), home.resolve("patches"));
        run = Experiment.at(home.resolve("run"));
        run.train(patches, SMALL, TrainOptions.defaults().withBatch(4).withSteps(2));
        run.map(MappingOptions.defaults().withSteps(3));
        Discovery.of(run.folder(), patches, LAX).run(DiscoverOptions.defaults().withClusters(2).withBootstrap(3));
        file = home.resolve("small.anogan");
        run.export(file, "Drawn by a program.");
        detector = Detector.load(file);
        test = patches.scans(Split.TEST).stream().map(patches.scans()::get).toList();
    }

    private static Path picture(ScanInfo scan) {
        return patches.path().resolve("scans/" + scan.scan() + ".png");
    }

    private static Map<String, Double> combined(Path table) {
        Map<String, Double> scores = new LinkedHashMap<>();
        Csv.read(table, "scan", "combined_mean")
                .forEach(row -> scores.put(row.get("scan"), Double.valueOf(row.get("combined_mean"))));
        return scores;
    }

    private static List<Finding> judge(Path folder, Path... scans) {
        return detector.examine(Scans.each(List.of(scans)), folder, 0.2, COMPUTE);
    }

    private Path copied(ScanInfo scan, String to) throws IOException {
        Path copy = here.resolve(to);
        Files.createDirectories(copy.getParent());
        return Files.copy(picture(scan), copy);
    }

    /** The scores by the names that the run knows the scans by. */
    private static Map<String, Double> scores(List<Finding> findings) {
        Map<String, Double> scores = new TreeMap<>();
        findings.forEach(f -> scores.put(f.scan(), f.score().orElseThrow()));
        return scores;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aScanHasTheRunsOwnScoreAloneAndInAnyCompany() throws IOException {
        Map<String, Double> own = combined(run.folder().file("scans.csv"));
        own.keySet().retainAll(test.stream().map(ScanInfo::scan).toList());
        assertEquals(6, own.size(), "two eyes, each healthy and with two lesions");
        ScanInfo first = test.get(0);
        assertEquals(Map.of(first.scan(), own.get(first.scan())), scores(judge(here.resolve("alone"), picture(first))));
        for (ScanInfo s : test) copied(s, "all/NORMAL/" + s.scan() + ".png");
        assertEquals(new TreeMap<>(own), scores(judge(here.resolve("folder"), here.resolve("all"))));
        Path zip = here.resolve("all.zip");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (ScanInfo s : test) entries.put("some/" + s.scan() + ".png", Files.readAllBytes(picture(s)));
        Files.write(zip, zip(entries));
        assertEquals(new TreeMap<>(own), scores(judge(here.resolve("zip"), zip)));
        Finding renamed = judge(here.resolve("renamed"), copied(first, "another name.png")).get(0);
        assertEquals(own.get(first.scan()), renamed.score().orElseThrow());
        assertEquals("another name.png", renamed.file());
        assertArrayEquals(Npy.read(run.folder().file("maps/" + first.scan() + ".npy")).data(),
                Npy.read(renamed.maps().orElseThrow()).data(), "maps are the run's own, too");
    }

    /** Of a class folder called normal, no scan is taken for one; pictures may lie in no class at all. */
    @Test
    void labelsPatientsAndClassesAreNotNeeded() throws IOException {
        copied(test.get(0), "mixed/NORMAL/a.png");
        copied(test.get(1), "mixed/b.png");
        copied(test.get(2), "mixed/deep/er/c.png");
        assertEquals(3, judge(here.resolve("out"), here.resolve("mixed")).size());
        Patches judged = Patches.open(here.resolve("out/patches"));
        judged.scans().forEach(s -> {
            assertEquals(Label.UNKNOWN, s.label(), s.scan());
            assertEquals(Split.TEST, s.split(), s.scan());
        });
        Csv.read(here.resolve("out/scores/scans.csv"), "label").forEach(row -> assertEquals("", row.get("label")));
        copied(test.get(0), "flat/x.png");
        copied(test.get(1), "flat/y.png");
        assertEquals(2, judge(here.resolve("flat.out"), here.resolve("flat")).size());
        assertRefused(() -> Scans.each(List.of()), "at least one");
        assertFails(() -> judge(here.resolve("none"), here.resolve("absent.png")), "absent.png");
    }

    @Test
    void whatCannotBeJudgedComesLastWithTheReason() throws IOException {
        for (ScanInfo s : test) copied(s, "all/x/" + s.scan() + ".png");
        GrayImage.black(200, 300).writePng(here.resolve("all/x/0black.png"));
        AtomicFiles.writeString(here.resolve("all/x/0broken.png"), "no picture");
        List<Finding> found = judge(here.resolve("out"), here.resolve("all"));
        assertEquals(8, found.size());
        for (int i = 0; i < 6; i++) {
            double next = i == 5 ? Double.NEGATIVE_INFINITY : found.get(i + 1).score().orElseThrow();
            assertTrue(found.get(i).score().orElseThrow() >= next, "the most unusual first");
        }
        for (Finding none : found.subList(6, 8)) {
            assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    List.of(none.score(), none.percentile(), none.pValue(), none.flagged()));
            assertEquals(1, none.warnings().size());
            assertTrue(none.warnings().get(0).contains(none.file().contains("black") ? "black throughout" : "broken"),
                    none.toString());
            assertFalse(none.isSure());
        }
        Finding alone = judge(here.resolve("alone"), here.resolve("all/x/0broken.png")).get(0);
        assertEquals(Optional.empty(), alone.score());
    }

    @Test
    void anotherThresholdNeedsNoMapping() throws IOException {
        for (ScanInfo s : test) copied(s, "all/x/" + s.scan() + ".png");
        Path out = here.resolve("out");
        List<Finding> strict = detector.examine(Scans.each(List.of(here.resolve("all"))), out, 0.05, COMPUTE);
        FileTime then = FileTime.fromMillis(1_000_000_000_000L);
        List<Path> mapped = files(out.resolve("scores/mapping/scans"));
        assertEquals(6, mapped.size());
        for (Path m : mapped) Files.setLastModifiedTime(m, then);
        List<Finding> lax = detector.examine(Scans.each(List.of(here.resolve("all"))), out, 0.9, COMPUTE);
        for (Path m : mapped) assertEquals(then, Files.getLastModifiedTime(m), m.toString());
        assertEquals(strict.stream().map(DetectorTest::withoutFlag).toList(),
                lax.stream().map(DetectorTest::withoutFlag).toList());
        for (List<Finding> all : List.of(strict, lax)) {
            double threshold = detector.threshold(all == strict ? 0.05 : 0.9).threshold();
            all.forEach(f -> assertEquals(f.score().orElseThrow() > threshold, f.flagged().orElseThrow()));
        }
    }

    private static Finding withoutFlag(Finding f) {
        return new Finding(f.scan(), f.file(), f.slice(), f.score(), f.percentile(), f.pValue(), Optional.empty(),
                f.confidence(), f.warnings(), f.regions(), f.maps());
    }

    /** What a user looks at agrees with the findings, and with the run that the model came from. */
    @Test
    void tablesPicturesAndThePageSayWhatTheFindingsSay() throws IOException {
        for (ScanInfo s : test) copied(s, "all/x/" + s.scan() + ".png");
        copied(test.get(0), "all/x/0broken.png");
        AtomicFiles.writeString(here.resolve("all/x/0broken.png"), "no picture");
        Path out = here.resolve("out");
        Path model = here.resolve("lax.anogan");   // a level that phantoms exceed
        rewrite(model, "anogan.json", m -> ((ObjectNode) m.at("/look/regions")).put("level", 1.5));
        List<Finding> found = Detector.load(model)
                .examine(Scans.each(List.of(here.resolve("all"))).withSpacing(new Spacing(4, 11)), out, 0.2, COMPUTE);
        List<Csv.Row> scans = Csv.read(out.resolve("scans.csv"), "scan", "file", "slice", "score", "percentile",
                "p_value", "flagged", "confidence", "regions", "warnings");
        List<Csv.Row> regions = Csv.read(out.resolve("regions.csv"), "scan", "x", "y", "width", "height", "area",
                "area_um2", "mean_z", "highest_z", "sign", "depth");
        assertEquals(found.stream().map(Finding::scan).toList(), scans.stream().map(r -> r.get("scan")).toList());
        assertTrue(regions.size() >= 6, regions.size() + " regions");
        for (int i = 0; i < found.size(); i++) {
            String scan = found.get(i).scan();
            List<Csv.Row> own = regions.stream().filter(r -> r.get("scan").equals(scan)).toList();
            assertEquals(found.get(i).score().isPresent() ? String.valueOf(own.size()) : "",
                    scans.get(i).get("regions"));
            assertEquals(own.size(), found.get(i).regions().size());
            assertEquals(found.get(i).score().isPresent(), Files.exists(out.resolve("overlays/" + scan + ".png")));
            for (Csv.Row r : own) {
                double area = Double.parseDouble(r.get("area"));
                assertEquals(area * 44, Double.parseDouble(r.get("area_um2")), 0.1);
                assertEquals(r.get("sign").equals("dark"), Double.parseDouble(r.get("highest_z")) < 0);
                double depth = Double.parseDouble(r.get("depth"));
                assertTrue(depth >= 0 && depth <= 1 && Math.abs(Double.parseDouble(r.get("mean_z"))) > 1.5,
                        r.toString());
            }
        }
        String page = Files.readString(out.resolve("report.html"));
        for (ScanInfo s : test) assertTrue(page.contains("\"name\" : \"" + s.scan() + "\""), s.scan());
        assertTrue(page.contains("Not judged, 1: x/0broken.png"), "the page names what could not be judged");
        Map<String, String> own = scoresOfPatches(run.folder().file("scores.csv"));
        Map<String, String> judged = scoresOfPatches(out.resolve("patches.csv"));
        assertEquals(6 * patches.grid(0).size(), judged.size());
        judged.forEach((patch, a) -> assertEquals(own.get(patch), a, patch));

        judge(out, picture(test.get(0)));
        assertEquals(List.of(out.resolve("overlays/" + test.get(0).scan() + ".png")), files(out.resolve("overlays")),
                "pictures of other scans make room");
    }

    /** As the run's own table has them, which the frozen markers made; a model that knows none tells none. */
    @Test
    void regionsHaveTheMarkersThatTheRunGivesThem() throws IOException {
        for (ScanInfo s : test) copied(s, "all/x/" + s.scan() + ".png");
        List<String> own = Csv.read(run.folder().file("regions.csv"), "scan", "x", "y", "marker").stream()
                .map(DetectorTest::place).sorted().toList();
        Path model = here.resolve("lax.anogan");
        rewrite(model, "anogan.json", DetectorTest::lax);
        List<Finding> found = Detector.load(model).examine(Scans.each(List.of(here.resolve("all"))),
                here.resolve("out"), 0.2, COMPUTE);
        List<Csv.Row> rows = Csv.read(here.resolve("out/regions.csv"), "scan", "x", "y", "marker");
        assertEquals(own, rows.stream().map(DetectorTest::place).sorted().toList());
        assertEquals(rows.stream().map(r -> r.get("marker")).toList(), found.stream().flatMap(f -> f.regions().stream())
                .map(r -> r.marker() == 0 ? "" : "" + r.marker()).toList());
        assertTrue(rows.stream().map(r -> r.get("marker")).distinct().count() > 1, "there is something to tell");
        String page = Files.readString(here.resolve("out/report.html"));
        assertTrue(page.contains("\"marker\" : \"" + detector.model().markers().orElseThrow().words(1) + "\""));

        rewrite(model, "anogan.json", m -> {
            lax(m);
            ((ObjectNode) m).remove("markers");
        });
        Detector.load(model).examine(Scans.each(List.of(here.resolve("all"))), here.resolve("earlier"), 0.2, COMPUTE);
        assertEquals(rows.stream().map(r -> place(r).replaceFirst(" [0-9]*$", " ")).toList(),
                Csv.read(here.resolve("earlier/regions.csv"), "marker").stream().map(DetectorTest::place).toList());
    }

    private static void lax(JsonNode model) {
        ((ObjectNode) model.at("/look/regions")).put("level", LAX.level()).put("peak", LAX.peak().orElseThrow());
    }

    private static String place(Csv.Row region) {
        return region.get("scan") + " " + region.get("x") + " " + region.get("y") + " " + region.get("marker");
    }

    /** A by scan and place. */
    private static Map<String, String> scoresOfPatches(Path table) {
        Map<String, String> scores = new TreeMap<>();
        Csv.read(table, "scan", "row", "column", "A")
                .forEach(r -> scores.put(r.get("scan") + " " + r.get("row") + " " + r.get("column"), r.get("A")));
        return scores;
    }

    /** A scan of another device is told from the model's own by what it looks like, and these are not warned of. */
    @Test
    void aScanThatIsNoneOfTheModelsBusinessIsWarnedOf() throws IOException {
        GrayImage own = GrayImage.read(picture(test.get(0)));
        int h = own.height();
        int w = own.width();
        Random random = new Random(1);
        float[] noisy = new float[h * w];
        float[] pale = new float[h * w];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) Math.max(0, Math.min(255, own.pixels()[i] + 40 * random.nextGaussian()));
            pale[i] = 90 + 0.3f * own.pixels()[i];
        }
        Files.createDirectories(here.resolve("all"));
        new GrayImage(h, w, noisy).writePng(here.resolve("all/noise.png"));
        new GrayImage(h, w, pale).writePng(here.resolve("all/contrast.png"));
        own.resize(5 * h / 2, w).writePng(here.resolve("all/thickness.png"));
        own.writePng(here.resolve("all/own.png"));
        Map<String, List<String>> warnings = new TreeMap<>();
        judge(here.resolve("out"), here.resolve("all")).forEach(f -> warnings.put(f.scan(), f.warnings()));
        assertEquals(4, warnings.size());
        assertEquals(List.of(), warnings.remove("own"));
        warnings.forEach((kind, said) -> assertTrue(said.stream().anyMatch(s -> s.contains(kind + " is none")),
                kind + ": " + said));
    }

    @Test
    void whatWasStoppedGoesOnAndOtherScansOrModelsStartAnew() throws IOException {
        for (ScanInfo s : test.subList(0, 3)) copied(s, "all/x/" + s.scan() + ".png");
        Path out = here.resolve("out");
        judge(out, here.resolve("all"));
        byte[] table = Files.readAllBytes(out.resolve("patches.csv"));
        List<Path> mapped = files(out.resolve("scores/mapping/scans"));
        FileTime then = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(mapped.get(0), then);
        for (Path m : mapped.subList(1, 3)) Files.delete(m);
        Files.delete(out.resolve("patches.csv"));
        judge(out, here.resolve("all"));
        assertEquals(then, Files.getLastModifiedTime(mapped.get(0)), "what is finished is not done again");
        assertArrayEquals(table, Files.readAllBytes(out.resolve("patches.csv")));

        Files.delete(here.resolve("all/x/" + test.get(0).scan() + ".png"));     // another scan of the same name
        Files.copy(picture(test.get(4)), here.resolve("all/x/" + test.get(0).scan() + ".png"));
        Map<String, Double> own = combined(run.folder().file("scans.csv"));
        Map<String, Double> anew = scores(judge(out, here.resolve("all")));
        assertEquals(own.get(test.get(4).scan()), anew.get(test.get(0).scan()));

        Path other = here.resolve("other.anogan");                              // begun at the same second
        rewrite(other, "anogan.json", m -> ((ObjectNode) m.at("/scoring/mapping")).put("steps", 2));
        Map<String, Double> others = scores(
                Detector.load(other).examine(Scans.each(List.of(here.resolve("all"))), out, 0.2, COMPUTE));
        assertEquals(anew.keySet(), others.keySet());
        assertNotEquals(anew, others);
        assertEquals(anew, scores(judge(out, here.resolve("all"))), "and back");
    }

    @Test
    void aRunOfItsOwnIsNeverCleared() throws IOException {
        Path out = here.resolve("out");
        Experiment own = Experiment.at(out.resolve("scores"));
        own.train(patches, SMALL, TrainOptions.defaults().withBatch(4).withSteps(1));
        List<Path> before = files(out);
        assertFails(() -> judge(out, picture(test.get(0))), "run of its own", "another folder");
        assertTrue(files(out).containsAll(before));
    }

    @Test
    void aModelFileIsReadAsItWasWrittenAndWrittenAlikeTwice() throws IOException {
        ModelFile model = run.export(here.resolve("small.anogan"), "Drawn by a program.");
        assertEquals(model.calibration(), ModelFile.read(file).calibration());
        assertEquals(model.normals(), ModelFile.read(file).normals());
        assertEquals(JSON.readTree(anogan.io.Json.toString(model)),
                JSON.readTree(anogan.io.Json.toString(ModelFile.read(file))));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(here.resolve("small.anogan")));
    }

    // ---- what may be done to a model file

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry e : zip.stream().toList()) entries.put(e.getName(), zip.getInputStream(e).readAllBytes());
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void rewrite(Path to, String entry, Consumer<JsonNode> change) throws IOException {
        Map<String, byte[]> entries = entries();
        JsonNode tree = JSON.readTree(entries.get(entry));
        change.accept(tree);
        entries.put(entry, JSON.writeValueAsBytes(tree).clone());
        Files.write(to, zip(entries));
    }

    /** Loads and judges; the sentence if that is refused. Anything else that is thrown, or written outside, fails. */
    private Optional<String> refused(byte[] model, String what) throws IOException {
        Path folder = here.resolve("hostile");
        Path damaged = Files.write(here.resolve("damaged.anogan"), model);
        try {
            List<Finding> found = Detector.load(damaged).examine(Scans.each(List.of(picture(test.get(0)))), folder, 0.2,
                    COMPUTE);
            assertTrue(Double.isFinite(found.get(0).score().orElseThrow()), what);
            return Optional.empty();
        } catch (UserError e) {
            String said = e.getMessage();
            assertFalse(said.contains("null") || said.contains("java.") || said.contains("Exception"),
                    what + " speaks of the code: " + said);
            assertTrue(said.contains("damaged.anogan") || said.contains("mapping of"), what + ": " + said);
            return Optional.of(said);
        } catch (RuntimeException | Error e) {
            return fail(what, e);
        } finally {
            try (Stream<Path> all = Files.list(here)) {
                assertEquals(List.of(), all.map(p -> p.getFileName().toString())
                        .filter(n -> !n.equals("hostile") && !n.equals("damaged.anogan")).toList(), what);
            }
        }
    }

    /** Whoever gets the file learns nothing of folders and users of the machine that made it. */
    @Test
    void aModelFileNamesNoFolder() throws IOException {
        String manifest = new String(entries().get("anogan.json"), StandardCharsets.UTF_8);
        assertFalse(manifest.contains(home.getFileName().toString()), manifest);
        assertEquals("", JSON.readTree(manifest).at("/made/patches").asText());
    }

    @Test
    void aDamagedModelFileIsRefusedInASentence() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++)
            if (refused(Mutation.of(whole, random, 1 + i % 3), "mutation " + i).isPresent()) refused++;
        assertTrue(refused > MUTATIONS / 2, refused + " of " + MUTATIONS);
        for (int i = 0; i < 20; i++) {
            int length = i * whole.length / 20;
            assertTrue(refused(Arrays.copyOf(whole, length), "cut to " + length).isPresent());
        }
        List<String> networks = List.of("dcgan.json", "generator.npz", "discriminator.npz");
        for (int i = 0; i < MUTATIONS / 3; i++) {   // whole zips of damaged networks
            Map<String, byte[]> entries = entries();
            entries.computeIfPresent(networks.get(i % 3), (name, content) -> Mutation.of(content, random, 2));
            refused(zip(entries), "network mutation " + i);
        }
    }

    @Test
    void aFlippedByteOfTheWeightsIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int noticed = 0;
        for (int i = 0; i < 20; i++) {
            byte[] flipped = whole.clone();
            flipped[whole.length / 4 + i * whole.length / 40] ^= 1;
            if (refused(flipped, "flip " + i).isPresent()) noticed++;
        }
        assertTrue(noticed >= 19, noticed + " of 20; a byte of a header may say nothing");
    }

    @Test
    void whatIsMissingOrAddedOrNewer() throws IOException {
        for (String name : entries().keySet()) {
            Map<String, byte[]> entries = entries();
            entries.remove(name);
            assertTrue(refused(zip(entries), name).orElseThrow().contains("it has no " + name));
        }
        Map<String, byte[]> more = entries();
        more.put("../../evil", "evil".getBytes(StandardCharsets.UTF_8));
        more.put("/tmp/evil.npz", new byte[3]);
        assertEquals(Optional.empty(), refused(zip(more), "evil"));
        assertFalse(Files.exists(here.resolve("hostile/evil")) || Files.exists(here.getParent().resolve("evil")));
        Path newer = here.resolve("damaged.anogan");
        rewrite(newer, "anogan.json", m -> ((ObjectNode) m).put("format", ModelFile.FORMAT + 1));
        assertTrue(refused(Files.readAllBytes(newer), "newer").orElseThrow().contains("newer version"));
        rewrite(newer, "anogan.json", m -> ((ObjectNode) m.at("/scoring/mapping")).put("start", "ENCODER"));
        assertTrue(refused(Files.readAllBytes(newer), "encoder").orElseThrow().contains("encoder"));
        rewrite(newer, "dcgan.json", m -> ((ObjectNode) m).put("size", 64));
        refused(Files.readAllBytes(newer), "size").orElseThrow();
    }

    @Test
    void aManifestThatLacksAnythingIsRefusedOrDoesWithout() throws IOException {
        JsonNode manifest = JSON.readTree(entries().get("anogan.json"));
        List<String> parents = new ArrayList<>();
        objects("", manifest, parents);
        Path damaged = here.resolve("damaged.anogan");
        for (String parent : parents) {
            List<String> fields = new ArrayList<>();
            manifest.at(parent).fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                String what = parent + "/" + field;
                boolean markers = parent.startsWith("/markers");
                boolean top = markers || parent.isEmpty() && !field.matches("ranges|markers");   // older ones wrote none
                rewrite(damaged, "anogan.json", m -> ((ObjectNode) m.at(parent)).remove(field));
                Optional<String> lacking = refused(Files.readAllBytes(damaged), "without " + what);
                assertTrue(!top || lacking.isPresent(), "does without " + what);
                if (top && !markers || !manifest.at(what).isNumber()) continue;
                rewrite(damaged, "anogan.json", m -> ((ObjectNode) m.at(parent)).put(field, "NaN"));
                Optional<String> nan = refused(Files.readAllBytes(damaged), "NaN for " + what);
                if (markers || parent.startsWith("/calibration") || parent.startsWith("/look")) {
                    boolean old = field.equals("peak");   // older versions wrote none
                    assertTrue((old || lacking.isPresent()) && nan.isPresent(), "nobody minds " + what);
                }
            }
        }
    }

    @Test
    void markersThatCannotTellRegionsAreRefused() throws IOException {
        Map<String, Consumer<JsonNode>> changes = new LinkedHashMap<>();
        for (String numbers : List.of("centres", "spreads", "mixture/shares", "mixture/means/0",
                "mixture/variances/1")) {
            String at = "/markers/markers/" + numbers;
            changes.put("fewer " + numbers, m -> ((ArrayNode) m.at(at)).remove(0));
            changes.put("NaN in " + numbers, m -> ((ArrayNode) m.at(at)).set(0, "NaN"));
            changes.put("null in " + numbers, m -> ((ArrayNode) m.at(at)).setNull(0));
            if (!numbers.matches("centres|.*means.*"))
                changes.put("zero in " + numbers, m -> ((ArrayNode) m.at(at)).set(0, 0));
        }
        for (String rows : List.of("means", "variances")) {
            changes.put("fewer " + rows, m -> ((ArrayNode) m.at("/markers/markers/mixture/" + rows)).remove(1));
            changes.put("null in " + rows, m -> ((ArrayNode) m.at("/markers/markers/mixture/" + rows)).setNull(0));
        }
        changes.put("fewer features", m -> ((ArrayNode) m.at("/markers/markers/features")).remove(0));
        changes.put("an unknown feature", m -> ((ArrayNode) m.at("/markers/markers/features")).set(0, "SMELL"));
        changes.put("fewer names", m -> ((ArrayNode) m.at("/markers/names")).remove(0));
        changes.put("null in names", m -> ((ArrayNode) m.at("/markers/names")).setNull(0));
        changes.put("no name", m -> ((ObjectNode) m.at("/markers/names/0")).remove("name"));
        changes.put("an unknown kind", m -> ((ObjectNode) m.at("/markers/names/0")).put("kind", "DISEASE"));
        changes.put("a distance below 0", m -> ((ObjectNode) m.at("/markers/markers")).put("farthest", -1));
        changes.put("none at all", m -> {
            for (String all : List.of("mixture/shares", "mixture/means", "mixture/variances"))
                ((ArrayNode) m.at("/markers/markers/" + all)).removeAll();
            ((ArrayNode) m.at("/markers/names")).removeAll();
        });
        Path damaged = here.resolve("damaged.anogan");
        for (Map.Entry<String, Consumer<JsonNode>> e : changes.entrySet()) {
            rewrite(damaged, "anogan.json", e.getValue());
            assertTrue(refused(Files.readAllBytes(damaged), e.getKey()).isPresent(), e.getKey());
        }
    }

    private static void objects(String at, JsonNode node, List<String> found) {
        if (!node.isObject() || at.startsWith("/made/stages")) return;
        found.add(at);
        node.properties().forEach(f -> objects(at + "/" + f.getKey(), f.getValue(), found));
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        for (String network : List.of("generator.npz", "discriminator.npz")) {
            Path npz = Files.createDirectories(here.resolve("hostile")).resolve(network);
            Files.write(npz, entries().get(network));
            for (String name : Npy.readZip(npz).keySet()) {
                Map<String, FloatArray> weights = Npy.readZip(npz);
                weights.get(name).data()[0] = Float.NaN;
                Path bad = npz.resolveSibling("bad.npz");
                Npy.writeZip(bad, weights);
                Map<String, byte[]> entries = entries();
                entries.put(network, Files.readAllBytes(bad));
                assertTrue(refused(zip(entries), name).orElseThrow().contains(name + " holds what is no finite"));
            }
        }
    }

    /** Zeros in a few kilobytes, as an entry and as an array of one: more than this program may take. */
    @Test
    void whatUnpacksToMoreThanMemoryIsRefused() throws IOException {
        for (String bomb : List.of("anogan.json", "generator.npz")) {
            int megabytes = bomb.endsWith(".json") ? 17 : 513;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, byte[]> e : entries().entrySet()) {
                    zip.putNextEntry(new ZipEntry(e.getKey()));
                    if (e.getKey().equals(bomb)) for (int i = 0; i < megabytes; i++) zip.write(new byte[1 << 20]);
                    else zip.write(e.getValue());
                    zip.closeEntry();
                }
            }
            assertTrue(refused(bytes.toByteArray(), bomb).orElseThrow().contains("more than"), bomb);
        }
        Path npz = Files.createDirectories(here.resolve("hostile")).resolve("bomb.npz");
        Npy.writeZip(npz, Map.of("dense.weight", FloatArray.zeros(1 << 22)));
        Map<String, byte[]> entries = entries();
        entries.put("generator.npz", Files.readAllBytes(npz));
        assertTrue(refused(zip(entries), "array").orElseThrow().contains("more than"));
    }
}
