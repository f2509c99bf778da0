package anogan.scoring;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.mapping.Mapper;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.mapping.Optimiser;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tiny trained run, scored from end to end; the tables are checked row by row against what they are made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringTest {
    private static final int SIZE = 32;
    private static final ScoringOptions OPTIONS = TinyRun.options(4);
    private Path folder;
    private Patches patches;
    private RunFolder trained;
    private RunFolder run;
    private Map<String, byte[]> modelBefore;
    private List<Csv.Row> rows;

    @BeforeAll
    void score(@TempDir Path temporary) throws IOException {
        folder = temporary;
        trained = new RunFolder(folder.resolve("trained"));
        patches = TinyRun.train(folder.resolve("patches"), trained);
        run = TinyRun.copy(trained, folder.resolve("run"));
        modelBefore = contents(run.file("model"));
        Scoring.run(run, patches, OPTIONS, TinyRun.COMPUTE);
        rows = Csv.read(run.file("scores.csv"));
    }

    @Test
    void everyPatchHasItsRow() throws IOException {
        assertEquals("scan,group,class,split,label,row,column,R,D,D_hat,A,A_hat,P_D,R_worst,R_smoothed,R_log_ratio"
                + ",Z_sum,Z_highest,Z_ratio,combined", Files.readAllLines(run.file("scores.csv")).get(0));
        Set<String> seen = new HashSet<>();
        Map<String, Integer> count = new HashMap<>();
        for (Csv.Row row : rows) {
            ScanInfo scan = patches.scans().get(scan(row));
            assertEquals(List.of(scan.group(), scan.className(), scan.split().word()),
                    List.of(row.get("group"), row.get("class"), row.get("split")));
            assertTrue(seen.add(row.get("scan") + row.get("row") + "," + row.get("column")), "a patch is there twice");
            assertEquals("0", row.get("row"));
            assertEquals(0, Integer.parseInt(row.get("column")) % (SIZE / 2));
            count.merge(scan.split() == Split.TRAIN ? "train" : scan.scan(), 1, Integer::sum);
        }
        int each = (patches.stripWidth() - SIZE) / (SIZE / 2) + 1;
        assertEquals(2 * each, count.remove("train"), "one training scan has fewer than were asked for");
        for (ScanInfo scan : patches.scans())
            if (scan.split() != Split.TRAIN) assertEquals(each, count.remove(scan.scan()), scan.scan());
        assertEquals(Map.of(), count);
    }

    @Test
    void labelsAreByTheMask() {
        Set<String> labels = new HashSet<>();
        for (Csv.Row row : rows) {
            boolean[] mask = patches.mask(scan(row));
            boolean any = false;
            for (int y = 0; y < SIZE; y++) {
                for (int x = column(row); x < column(row) + SIZE; x++) any |= mask[y * patches.stripWidth() + x];
            }
            assertEquals(any ? "1" : "0", row.get("label"));
            if (row.get("class").equals("NORMAL")) assertEquals("0", row.get("label"));
            else labels.add(row.get("label"));
        }
        assertEquals(Set.of("0", "1"), labels, "a lesion fills a part of its scan");
    }

    /** The scores again, patch by patch, from the strips; each in a batch of other company. */
    @Test
    void scoresAreThoseOfThePatchAlone() {
        FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(run.file("model")));
        try (Mapper mapper = new Mapper(networks, OPTIONS.mapping(), new Compute(Compute.Engine.AUTO, 1, 2))) {
            for (int i = 0; i < rows.size(); i += 3) {
                Csv.Row row = rows.get(i);
                MappingResult m = mapper.map(List.of(query(row))).get(0);
                double[] expected = {m.residual(), m.features(), m.reference(), 0.9 * m.residual() + 0.1 * m.features(),
                        0.9 * m.residual() + 0.1 * m.reference(), m.discriminator(),
                        worst(query(row).pixels(), m.generated())};
                String[] names = {"R", "D", "D_hat", "A", "A_hat", "P_D", "R_worst"};
                for (int k = 0; k < names.length; k++)
                    assertEquals(expected[k], value(row, names[k]), 2e-6 * expected[k], names[k]);
            }
        }
        for (Csv.Row row : rows) {
            assertEquals(0.9 * value(row, "R") + 0.1 * value(row, "D"), value(row, "A"), 1e-6 * value(row, "A"));
            assertEquals(0.9 * value(row, "R") + 0.1 * value(row, "D_hat"), value(row, "A_hat"),
                    1e-6 * value(row, "A_hat"));
        }
    }

    /** The mean of the highest twentieth of |x − G(z)|. */
    private static double worst(float[] x, float[] g) {
        double[] off = IntStream.range(0, x.length).mapToDouble(i -> -Math.abs(x[i] - g[i])).sorted().toArray();
        return -Arrays.stream(off).limit((x.length + 19) / 20).average().orElseThrow();
    }

    @Test
    void scansAreTheMeansOfTheirPatches() {
        List<Csv.Row> scans = Csv.read(run.file("scans.csv"));
        assertEquals(
                List.of("scan", "group", "class", "split", "label", "patches", "R_mean", "R_top5", "D_mean", "D_top5",
                        "D_hat_mean", "D_hat_top5", "A_mean", "A_top5", "A_hat_mean", "A_hat_top5", "P_D_mean",
                        "P_D_top5", "R_worst_mean", "R_worst_top5", "R_smoothed_mean", "R_smoothed_top5",
                        "R_log_ratio_mean", "R_log_ratio_top5", "Z_sum_mean", "Z_sum_top5", "Z_highest_mean",
                        "Z_highest_top5", "Z_ratio_mean", "Z_ratio_top5", "combined_mean", "combined_top5"),
                List.copyOf(scans.get(0).fields().keySet()));
        Set<String> names = new HashSet<>();
        for (Csv.Row scan : scans) {
            names.add(scan.get("scan"));
            List<Csv.Row> own = rows.stream().filter(r -> r.get("scan").equals(scan.get("scan"))).toList();
            assertEquals(own.size(), Integer.parseInt(scan.get("patches")));
            assertEquals(scan.get("class").equals("NORMAL") ? "0" : "1", scan.get("label"));
            for (String score : List.of("R", "D", "D_hat", "A", "A_hat", "P_D", "R_worst", "R_smoothed", "R_log_ratio",
                    "Z_sum", "Z_highest", "Z_ratio")) {
                double[] sorted = own.stream().mapToDouble(r -> value(r, score)).sorted().toArray();
                assertEquals(Arrays.stream(sorted).average().orElseThrow(), value(scan, score + "_mean"),
                        1e-9 * sorted[sorted.length - 1]);
                assertEquals(Arrays.stream(sorted).skip(Math.max(0, sorted.length - 5)).average().orElseThrow(),
                        value(scan, score + "_top5"), 1e-9 * sorted[sorted.length - 1]);
            }
        }
        for (ScanInfo scan : patches.scans()) if (scan.split() != Split.TRAIN) assertTrue(names.contains(scan.scan()));
        Set<String> baselines = new HashSet<>(
                Csv.read(run.file("baselines_scans.csv")).stream().map(r -> r.get("scan")).toList());
        assertTrue(names.containsAll(baselines) && baselines.size() == 4, "validation and test");
    }

    /** The plain map of a scan, stitched here by averaging over the patches that hold a column. */
    @Test
    void mapsLieOnTheScansOwnPixels() throws IOException {
        List<String> expected = patches.scans().stream().filter(s -> s.split() != Split.TRAIN)
                .map(s -> s.scan() + ".npy").sorted().toList();
        try (Stream<Path> maps = Files.list(run.file("maps"))) {
            assertEquals(expected, maps.map(f -> f.getFileName().toString()).sorted().toList());
        }
        int scan = patches.scans(Split.TEST).get(1);
        ScanInfo info = patches.scans().get(scan);
        FloatArray map = Npy.read(run.file("maps/" + info.scan() + ".npy"));
        assertArrayEquals(new int[] {Plane.OURS.size(), info.height(), info.width()}, map.shape());
        double[] sum = new double[SIZE * patches.stripWidth()];
        int[] patchesHere = new int[sum.length];
        FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(run.file("model")));
        try (Mapper mapper = new Mapper(networks, OPTIONS.mapping(), TinyRun.COMPUTE)) {
            List<Csv.Row> own = rows.stream().filter(r -> r.get("scan").equals(info.scan())).toList();
            List<MappingResult> mapped = mapper.map(own.stream().map(this::query).toList());
            for (int i = 0; i < own.size(); i++) {
                float[] x = query(own.get(i)).pixels();
                for (int p = 0; p < SIZE * SIZE; p++) {
                    int at = p / SIZE * patches.stripWidth() + column(own.get(i)) + p % SIZE;
                    sum[at] += Math.abs(x[p] - mapped.get(i).generated()[p]);
                    patchesHere[at]++;
                }
            }
        }
        float[] strip = new float[sum.length];
        for (int i = 0; i < sum.length; i++) strip[i] = (float) (sum[i] / patchesHere[i]);
        float[] plain = patches.unflatten(scan, strip).data();
        assertArrayEquals(plain, Arrays.copyOf(map.data(), plain.length), 1e-5f);
        boolean[] retina = patches.scanRetina(scan);
        int ofRetina = 0;
        int reached = 0;
        for (int i = 0; i < plain.length; i++) {
            float smooth = map.data()[plain.length + i];
            assertEquals(Float.isNaN(plain[i]), Float.isNaN(smooth));
            assertFalse(smooth < 0);
            if (retina[i]) ofRetina++;
            if (retina[i] && !Float.isNaN(plain[i])) reached++;
        }
        assertTrue(reached > 0.9 * ofRetina, reached + " of " + ofRetina + " pixels of the retina lie in the strip");
    }

    @Test
    void framesShowDescentsOfTestPatches() {
        Map<String, FloatArray> frames = Npy.readZip(run.file("mapping/frames.npz"));
        List<Csv.Row> which = Csv.read(run.file("mapping/frames.csv"), "scan", "row", "column", "class", "label");
        int k = which.size();
        assertEquals(6, k, "two of each class");
        assertArrayEquals(new float[] {1, 4}, frames.get("steps").data());
        assertArrayEquals(new int[] {k, SIZE, SIZE}, frames.get("query").shape());
        assertArrayEquals(new int[] {k, 2, SIZE, SIZE}, frames.get("generated").shape());
        assertArrayEquals(new int[] {k, 5}, frames.get("loss").shape());
        for (int i = 0; i < k; i++) {
            assertArrayEquals(query(which.get(i)).pixels(),
                    Arrays.copyOfRange(frames.get("query").data(), i * SIZE * SIZE, (i + 1) * SIZE * SIZE));
            String place = which.get(i).get("scan") + which.get(i).get("column");
            Csv.Row row = rows.stream().filter(r -> place.equals(r.get("scan") + r.get("column"))).findFirst()
                    .orElseThrow();
            assertEquals("test", row.get("split"));
            assertEquals(row.get("label"), which.get(i).get("label"));
            if (!row.get("class").equals("NORMAL"))
                assertEquals("1", row.get("label"), "a diseased scan is shown where it is diseased");
            assertEquals(value(row, "A"), frames.get("loss").data()[i * 5 + 4], 1e-5 * value(row, "A"));
        }
    }

    /** With restarts the table has the best start of each patch, and so has the picture of its descent. */
    @Test
    void framesShowTheDescentOfTheBestStart() throws IOException {
        RunFolder restarted = TinyRun.copy(trained, folder.resolve("restarted"));
        MappingOptions three = OPTIONS.mapping().withRestarts(3);
        Scoring.run(restarted, patches, new ScoringOptions(three, false, 0, 2.5), TinyRun.COMPUTE);
        float[] loss = Npy.readZip(restarted.file("mapping/frames.npz")).get("loss").data();
        List<Csv.Row> which = Csv.read(restarted.file("mapping/frames.csv"));
        for (int i = 0; i < which.size(); i++) {
            String place = which.get(i).get("scan") + which.get(i).get("column");
            Csv.Row row = Csv.read(restarted.file("scores.csv")).stream()
                    .filter(r -> place.equals(r.get("scan") + r.get("column"))).findFirst().orElseThrow();
            assertEquals(value(row, "A"), loss[i * 5 + 4], 1e-5 * value(row, "A"));
        }
    }

    /** Trap 2, on disk. */
    @Test
    void scoringLeavesTheModelAlone() throws IOException {
        assertSame(modelBefore, contents(run.file("model")));
    }

    @Test
    void aSecondCallComputesNothingAndGivesTheSameBytes() throws IOException {
        RunFolder again = TinyRun.copy(run, folder.resolve("again"));
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Map<String, byte[]> before = contents(again.path());
        for (String name : before.keySet()) Files.setLastModifiedTime(again.file(name), longAgo);
        Scoring.run(again, patches, OPTIONS, TinyRun.COMPUTE);
        Map<String, byte[]> after = contents(again.path());
        before.remove("run.json");
        after.remove("run.json");
        assertSame(before, after);
        for (String name : before.keySet()) {
            // Gathered anew from the parts.
            boolean table = name
                    .matches("(scores|scans|baselines_scans)\\.csv|mapping.(options|calibration)\\.json|maps/.*\\.npy");
            if (!table) assertEquals(longAgo, Files.getLastModifiedTime(again.file(name)), name + " was made again");
        }
        assertEquals(after.keySet(), before.keySet());
    }

    @Test
    void whatIsLostIsMadeAgain() throws IOException {
        RunFolder again = TinyRun.copy(run, folder.resolve("lost"));
        String scan = patches.scans().get(patches.scans(Split.TEST).get(0)).scan();
        String normal = patches.scans().get(patches.scans(Split.VALIDATION).get(0)).scan();
        Files.delete(again.file("mapping/scans/" + scan + ".csv"));
        Files.delete(again.file("mapping/strips/" + normal + ".npy"));   // with it goes what normals calibrate
        for (String made : List.of("scores.csv", "mapping/calibration.json", "maps/" + scan + ".npy"))
            Files.delete(again.file(made));
        Scoring.run(again, patches, OPTIONS, TinyRun.COMPUTE);
        assertArrayEquals(Files.readAllBytes(run.file("mapping/calibration.json")),
                Files.readAllBytes(again.file("mapping/calibration.json")));
        assertArrayEquals(Files.readAllBytes(run.file("scores.csv")), Files.readAllBytes(again.file("scores.csv")));
        assertArrayEquals(Files.readAllBytes(run.file("maps/" + scan + ".npy")),
                Files.readAllBytes(again.file("maps/" + scan + ".npy")));
    }

    /** A strip, laid back by hand over the scan's own pixels, is what the maps by depth and the table are made of. */
    @Test
    void whatIsJudgedByDepthIsTheStripThatWasKept() {
        List<Integer> all = IntStream.range(0, patches.scans().size()).boxed().toList();
        Map<Integer, float[]> residuals = new HashMap<>();
        for (int scan : all) residuals.put(scan,
                Arrays.copyOfRange(
                        Npy.read(run.file("mapping/strips/" + patches.scans().get(scan).scan() + ".npy")).data(),
                        SIZE * patches.stripWidth(), 2 * SIZE * patches.stripWidth()));
        DepthScores byDepth = DepthScores.calibrated(patches, residuals::get);
        for (Csv.Row row : rows) {
            int scan = scan(row);
            double[] expected = byDepth.scores(byDepth.maps(scan), patches.grid(scan).get(column(row) / (SIZE / 2)));
            String[] names = {"Z_sum", "Z_highest", "Z_ratio", "combined"};
            for (int k = 0; k < 4; k++)
                assertEquals(expected[k], value(row, names[k]), 1e-6 * Math.abs(expected[k]), names[k]);
        }
        for (int scan : patches.scans(Split.TEST)) {
            float[] maps = Npy.read(run.file("maps/" + patches.scans().get(scan).scan() + ".npy")).data();
            int plane = maps.length / Plane.OURS.size();
            DepthScores.Maps strips = byDepth.maps(scan);
            assertArrayEquals(patches.unflatten(scan, strips.z()).data(),
                    Arrays.copyOfRange(maps, 3 * plane, 4 * plane));
            float[] ratio = Arrays.copyOfRange(maps, 4 * plane, 5 * plane);
            assertArrayEquals(patches.unflatten(scan, strips.zRatio()).data(), ratio);
            if (!patches.scans().get(scan).masked()) continue;
            float[] meanStrip = Npy.read(run.file("baseline_maps/" + patches.scans().get(scan).scan() + ".npy")).data();
            int from = Plane.TRIVIAL.indexOf(Plane.STRIP_Z_RATIO) * plane;
            for (int i = 0; i < plane; i++)
                assertEquals((ratio[i] + meanStrip[from + i]) / 2, maps[5 * plane + i], 1e-4f, "combined map");
        }
    }

    /** A G that draws nothing but the mean strip of normals has the mean strip's scores and maps. */
    @Test
    void aRivalWithTheSameDrawingIsTreatedAlike() throws IOException {
        RunFolder same = TinyRun.copy(run, folder.resolve("alike"));
        double[] mean = new double[SIZE];
        for (int scan : patches.scans(Split.TRAIN)) {
            float[] strip = patches.strip(scan);
            for (int i = 0; i < strip.length; i++)
                mean[i / patches.stripWidth()] += strip[i] / (2.0 * patches.stripWidth());
        }
        for (int scan = 0; scan < patches.scans().size(); scan++) {
            float[] strip = patches.strip(scan);
            FloatArray residual = FloatArray.zeros(2, SIZE, patches.stripWidth());
            for (int i = 0; i < strip.length; i++)
                residual.data()[strip.length + i] = (float) ((strip[i] - mean[i / patches.stripWidth()]) / 127.5);
            Npy.write(same.file("mapping/strips/" + patches.scans().get(scan).scan() + ".npy"), residual);
        }
        Scoring.run(same, patches, OPTIONS, TinyRun.COMPUTE);
        Map<String, Csv.Row> ours = new HashMap<>();
        for (Csv.Row row : Csv.read(same.file("scores.csv"))) ours.put(row.get("scan") + " " + row.get("column"), row);
        for (Csv.Row rival : Csv.read(same.file("baselines.csv"))) {
            Csv.Row own = ours.get(rival.get("scan") + " " + rival.get("column"));
            for (String column : List.of("Z_sum", "Z_highest", "Z_ratio", "combined"))
                assertEquals(value(rival, "strip_" + column), value(own, column), 1e-4, column);
        }
        for (ScanInfo scan : patches.scans()) {
            if (!scan.masked()) continue;
            FloatArray own = Npy.read(same.file("maps/" + scan.scan() + ".npy"));
            FloatArray rival = Npy.read(same.file("baseline_maps/" + scan.scan() + ".npy"));
            int plane = scan.height() * scan.width();
            int first = Plane.TRIVIAL.indexOf(Plane.STRIP_Z) * plane;
            assertArrayEquals(Arrays.copyOfRange(rival.data(), first, first + 2 * plane),
                    Arrays.copyOfRange(own.data(), 3 * plane, 5 * plane), 1e-4f);
            assertArrayEquals(Arrays.copyOfRange(own.data(), 4 * plane, 5 * plane),
                    Arrays.copyOfRange(own.data(), 5 * plane, 6 * plane), 1e-4f, "G draws the mean strip too");
        }
    }

    @Test
    void aScanWithoutMaskHasPatchesWithoutLabel() throws IOException {
        Path unmasked = folder.resolve("unmasked");
        TinyRun.copy(new RunFolder(patches.path()), unmasked);
        String table = Files.readString(unmasked.resolve("scans.csv"));
        String changed = table.replaceFirst("(SRF[^\n]*,test,1),1,", "$1,0,");
        assertFalse(table.equals(changed));
        Files.writeString(unmasked.resolve("scans.csv"), changed);
        RunFolder again = TinyRun.copy(trained, folder.resolve("unlabelled"));
        Scoring.run(again, Patches.open(unmasked), TinyRun.options(1), TinyRun.COMPUTE);
        for (Csv.Row row : Csv.read(again.file("scores.csv")))
            assertEquals(row.get("class").equals("SRF"), row.get("label").isEmpty());
        for (Csv.Row row : Csv.read(again.file("scans.csv")))
            assertEquals(row.get("class").equals("NORMAL") ? "0" : "1", row.get("label"));
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheScoresStay() throws IOException {
        Map<String, byte[]> before = contents(run.path());
        assertFails(() -> Scoring.run(run, patches, TinyRun.options(5), TinyRun.COMPUTE), run.path().toString(),
                "other options", "mapping");
        MappingOptions reference = new MappingOptions(new MappingLoss.Reference(0.1), new Optimiser.Adam(0.05), 4, 0, 1,
                Precision.F32, 1);
        assertFails(() -> Scoring.run(run, patches, new ScoringOptions(reference, false, TinyRun.TRAIN_PATCHES, 2.5),
                TinyRun.COMPUTE), "other options");
        assertFails(() -> Scoring.run(run, patches,
                new ScoringOptions(OPTIONS.mapping(), true, TinyRun.TRAIN_PATCHES, 2.5), TinyRun.COMPUTE),
                "other options");
        Patches others = anogan.dcgan.TinyPatches.prepare(folder.resolve("others"), 2);
        assertFails(() -> Scoring.run(run, others, OPTIONS, TinyRun.COMPUTE), "other patches",
                others.path().toString());
        assertFails(() -> Scoring.run(new RunFolder(folder), patches, OPTIONS, TinyRun.COMPUTE), "not a run folder");
        assertSame(before, contents(run.path()));
        RunFolder untrained = TinyRun.copy(trained, folder.resolve("untrained"));
        Files.delete(untrained.file("model/dcgan.json"));
        assertFails(() -> Scoring.run(untrained, patches, OPTIONS, TinyRun.COMPUTE), untrained.path().toString(),
                "stage train with option resume, on the patches in " + patches.path());
    }

    /** A run that is trained on after it was scored: its old scores are another model's. */
    @Test
    void scoresOfAnotherModelAreNotMixedIn() throws IOException {
        RunFolder later = TinyRun.copy(run, folder.resolve("later"));
        Dcgan pair = Dcgan.load(later.file("model"));
        float[] bias = pair.generator().get("deconv3.bias").data();
        bias[0] += 0.125f;
        pair.save(later.file("model"));
        assertFails(() -> Scoring.run(later, patches, OPTIONS, TinyRun.COMPUTE), later.path().toString(),
                "another model", "mapping");
    }

    /**
     * Whoever is told that a map is damaged, and to delete it and map again, gets it back; nothing else is made again.
     */
    @Test
    void whatWasDeletedIsMadeAgain() throws IOException {
        RunFolder mended = TinyRun.copy(run, folder.resolve("mended"));
        Map<String, byte[]> before = contents(mended.path());
        List<String> gone = new ArrayList<>(before.keySet().stream()
                .filter(f -> f.startsWith("maps/") || f.startsWith("baseline_maps/")).limit(2).toList());
        gone.addAll(List.of("mapping/frames.npz", "baselines.csv", "scans.csv"));
        for (String file : gone) Files.delete(mended.file(file));
        Scoring.run(mended, patches, OPTIONS, TinyRun.COMPUTE);
        Map<String, byte[]> after = contents(mended.path());
        before.put("run.json", after.get("run.json"));   // seconds are added up
        assertSame(before, after);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertRefused(() -> new ScoringOptions(null, false, 1, 1), "options of the mapping");
        assertRefused(() -> new ScoringOptions(OPTIONS.mapping(), false, -1, 1), "training patches", "-1");
        assertRefused(() -> new ScoringOptions(OPTIONS.mapping(), false, 1, 0), "smoothing");
        assertRefused(() -> new ScoringOptions(OPTIONS.mapping(), false, 1, Double.NaN), "smoothing", "NaN");
    }

    private int scan(Csv.Row row) {
        for (int i = 0; i < patches.scans().size(); i++)
            if (patches.scans().get(i).scan().equals(row.get("scan"))) return i;
        throw new AssertionError(row);
    }

    private static int column(Csv.Row row) {
        return Integer.parseInt(row.get("column"));
    }

    private static double value(Csv.Row row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** The patch of a row, cut here out of the strip. */
    private Mapper.Query query(Csv.Row row) {
        float[] strip = patches.strip(scan(row));
        float[] pixels = new float[SIZE * SIZE];
        for (int p = 0; p < pixels.length; p++)
            pixels[p] = strip[p / SIZE * patches.stripWidth() + column(row) + p % SIZE] / 127.5f - 1;
        return new Mapper.Query(row.get("scan") + " " + row.get("row") + " " + row.get("column"), pixels);
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }

    /** Every file of a folder by its name. */
    static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path f : new ArrayList<>(files.filter(Files::isRegularFile).toList()))
                contents.put(folder.relativize(f).toString(), Files.readAllBytes(f));
        }
        return contents;
    }

    /** The same model mapped otherwise, beside the run's own scores, which stay as they are. */
    @Test
    void aVariantIsARunOfItsOwn() throws IOException {
        RunFolder base = TinyRun.copy(run, folder.resolve("with variants"));
        byte[] before = Files.readAllBytes(base.file("scores.csv"));
        MappingOptions reference = new MappingOptions(new MappingLoss.Reference(0.1), new Optimiser.Adam(0.05), 4, 0, 1,
                Precision.F32, 1);
        ScoringOptions options = new ScoringOptions(reference, false, TinyRun.TRAIN_PATCHES, 2.5);
        Scoring.variant(base, "gan-r", patches, options, TinyRun.COMPUTE);
        Scoring.variant(base, "same", patches, OPTIONS, TinyRun.COMPUTE);
        assertArrayEquals(before, Files.readAllBytes(base.file("scores.csv")));
        assertEquals(Set.of("gan-r", "same"), base.variants().keySet());
        RunFolder other = base.variants().get("gan-r");
        assertEquals(base.info().fingerprint(), other.info().fingerprint());
        assertFalse(Arrays.equals(before, Files.readAllBytes(other.file("scores.csv"))));
        assertArrayEquals(before, Files.readAllBytes(base.variants().get("same").file("scores.csv")));
        assertFalse(Files.exists(other.file("baselines.csv")), "trivial scores stand with the run itself");
        assertRefused(() -> Scoring.variant(base, "../other", patches, OPTIONS, TinyRun.COMPUTE), "small letters");
        assertFails(() -> Scoring.variant(base, "gan-r", patches, OPTIONS, TinyRun.COMPUTE), other.path().toString(),
                "other options", "remove its folder mapping");
        base.variant("same")
                .locked(() -> assertFails(() -> Scoring.variant(base, "same", patches, OPTIONS, TinyRun.COMPUTE),
                        "Another program is writing"));
        base.locked(() -> assertFails(() -> Scoring.variant(base, "third", patches, OPTIONS, TinyRun.COMPUTE),
                "Another program is writing"));
        assertFalse(Files.exists(base.file("variants/third")), "what was refused leaves nothing");
    }
}
