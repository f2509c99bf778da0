package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.PhantomScans;
import anogan.run.RunFolder;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrivialScoresTest {
    private static final TrivialScores.Options OPTIONS = new TrivialScores.Options(true, 2.5);

    @TempDir
    Path folder;

    /** Digits learned upright must not be compared with mirrored ones. */
    @Test
    void trainingPatchesAreMirroredOnlyIfTheRunsWere() {
        for (int n = 0; n < 3; n++) {   // bright on the left, dark on the right
            GrayImage image = GrayImage.black(32, 32);
            for (int i = 0; i < 1024; i++) image.pixels()[i] = 255 - 8 * (i % 32);
            image.writePng(folder.resolve("ramps/good/x-p" + n + "-1.png"));
        }
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("ramps")),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("ramp patches"));
        assertEquals(0, mirrored(TrivialScores.normal(patches, false)));
        assertEquals(5000, mirrored(TrivialScores.normal(patches, true)), 300);
    }

    /** One operator on both sides of a comparison, a share of the patch wide; scores made otherwise are made anew. */
    @Test
    void smoothingIsThatOfTheRun() {
        assertEquals(2.5, ScoringOptions.defaults().sigma(64));
        assertEquals(1.25, ScoringOptions.defaults().sigma(32));
        Patches patches = Patches.prepare(new PhantomScans(4, 2, 2, 1), PrepareOptions.defaults(32),
                folder.resolve("phantoms"));
        RunFolder run = new RunFolder(folder.resolve("smooth"));
        int scan = IntStream.range(0, patches.scans().size())
                .filter(i -> patches.scans().get(i).masked() && patches.scans().get(i).split() == Split.TEST)
                .findFirst().orElseThrow();
        Path map = run.file("baseline_maps").resolve(patches.scans().get(scan).scan() + ".npy");
        for (double smoothing : new double[] {2.5, 8}) {
            TrivialScores.write(run, patches, new TrivialScores.Options(false, smoothing));
            Pca pca = TrivialScores.fit(patches, TrivialScores.normal(patches, false));
            List<Patch> grid = patches.grid(scan);
            float[] residual = TrivialScores.residual(patches, pca, scan, grid);
            ResidualMaps maps = ResidualMaps.of(patches, grid,   // what our own residuals go through
                    IntStream.range(0, grid.size())
                            .mapToObj(i -> Arrays.copyOfRange(residual, 1024 * i, 1024 * (i + 1))).toList());
            float[] ours = ResidualMaps.unflatten(patches, scan, maps.strips(smoothing * 32 / 64)).data();
            float[] trivial = Npy.read(map).data();
            int plane = trivial.length / 12;
            assertArrayEquals(Arrays.copyOfRange(ours, plane, 2 * plane),
                    Arrays.copyOfRange(trivial, 3 * plane, 4 * plane), 1e-6f);
        }
    }

    /** A table that an earlier version left lacks scores, and its maps lack planes: both are made anew. */
    @Test
    void whatAnEarlierVersionLeftIsMadeAnew() throws IOException {
        GrayImage image = GrayImage.black(32, 32);
        for (int n = 0; n < 3; n++) {
            for (int i = 0; i < 1024; i++) image.pixels()[i] = 20 * n + i % 97;
            image.writePng(folder.resolve("scans/good/x-p" + n + "-1.png"));
        }
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("scans")),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("patches"));
        RunFolder run = new RunFolder(folder.resolve("run"));
        TrivialScores.write(run, patches, OPTIONS);
        List<String> now = Files.readAllLines(run.file("baselines.csv"));
        Files.write(run.file("baselines.csv"), now.stream().map(l -> l.substring(0, l.lastIndexOf(','))).toList());
        TrivialScores.write(run, patches, OPTIONS);
        assertEquals(now, Files.readAllLines(run.file("baselines.csv")));
        Files.write(run.file("baselines.csv"), now.stream().map(l -> l.replace("0.", "1.")).toList());
        Files.writeString(run.file("mapping/trivial.json"), "{\"mirror\":true,\"smoothing\":2.5}");
        TrivialScores.write(run, patches, OPTIONS);
        assertEquals(now, Files.readAllLines(run.file("baselines.csv")), "rivals of another smoothing are no rivals");
    }

    private static int mirrored(float[] rows) {
        int n = 0;
        for (int i = 0; i < rows.length; i += 1024) if (rows[i] < rows[i + 31]) n++;
        return n;
    }

    @Test
    void everyEvaluationPatchHasItsRowAndEveryMaskedScanItsMaps() {
        Patches patches = Patches.prepare(new PhantomScans(8, 2, 5, 1), PrepareOptions.defaults(32),
                folder.resolve("patches"));
        TrivialScores.write(new RunFolder(folder.resolve("run")), patches, OPTIONS);
        List<Csv.Row> rows = Csv.read(folder.resolve("run/baselines.csv"), "scan", "group", "class", "split", "label",
                "row", "column", "mean_intensity", "noise_level", "retina_thickness", "pca_residual", "pca_log_ratio",
                "nearest_normal", "pca_Z_sum", "pca_Z_highest", "pca_Z_ratio", "pca_combined", "nearest_Z_sum",
                "nearest_Z_highest", "nearest_Z_ratio", "nearest_combined", "strip_Z_sum", "strip_Z_highest",
                "strip_Z_ratio", "strip_combined");
        assertEquals(15 * (2 + 5 * 3), rows.size());
        int i = 0;
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (int scan : patches.scans(split)) {
                for (Patch p : patches.grid(scan)) {
                    Csv.Row row = rows.get(i++);
                    assertEquals(patches.scans().get(scan).scan() + " " + p.column() + " " + p.label().csv(),
                            row.get("scan") + " " + row.get("column") + " " + row.get("label"));
                    assertEquals(mean(patches, p), Double.parseDouble(row.get("mean_intensity")), 1e-3);
                    assertEquals(thickness(patches, p), Double.parseDouble(row.get("retina_thickness")), 1e-4);
                }
            }
        }
        for (ScanInfo scan : patches.scans()) {
            Path map = folder.resolve("run/baseline_maps/" + scan.scan() + ".npy");
            assertEquals(scan.masked(), Files.exists(map));
            if (scan.masked()) assertMaps(patches, patches.scans().indexOf(scan), Npy.read(map));
        }
    }

    private static double mean(Patches patches, Patch p) {
        float[] pixels = new float[32 * 32];
        patches.copyPatch(p.scan(), p.row(), p.column(), false, pixels, 0);
        double sum = 0;
        for (float v : pixels) sum += (v + 1) * 127.5 / pixels.length;
        return sum;
    }

    private static double thickness(Patches patches, Patch p) {
        boolean[] retina = patches.retina(p.scan());
        int rows = 0;
        for (int i = 0; i < retina.length; i++)
            if (retina[i] && i % 256 >= p.column() && i % 256 < p.column() + 32) rows++;
        return rows / 32.0;
    }

    /** Against each normal patch in turn. */
    @Test
    void theNearestNormalPatchIsTheNearest() {
        SplittableRandom random = new SplittableRandom(1);
        float[] normal = new float[50 * 9];
        float[] queries = new float[4 * 9];
        for (int i = 0; i < normal.length; i++) normal[i] = (float) random.nextDouble(-1, 1);
        for (int i = 0; i < queries.length; i++) queries[i] = (float) random.nextDouble(-1, 1);
        System.arraycopy(normal, 9 * 17, queries, 0, 9);   // the first query is one of them
        try (NearestNormal nearest = new NearestNormal(normal, 50)) {
            List<NearestNormal.Nearest> found = nearest.nearest(queries, 4);
            float[] residual = nearest.residual(queries, 4);
            assertEquals(0, found.get(0).distance(), 1e-3);
            assertEquals(17, found.get(0).patch());
            assertArrayEquals(new float[9], Arrays.copyOf(residual, 9));
            for (int q = 1; q < 4; q++) {
                double least = Double.POSITIVE_INFINITY;
                int which = 0;
                for (int k = 0; k < 50; k++) {
                    double sum = 0;
                    for (int i = 0; i < 9; i++) sum += Math.pow(queries[9 * q + i] - normal[9 * k + i], 2);
                    if (Math.sqrt(sum / 9) < least) which = k;
                    least = Math.min(least, Math.sqrt(sum / 9));
                }
                assertEquals(least, found.get(q).distance(), 1e-5);
                assertEquals(which, found.get(q).patch());
                for (int i = 0; i < 9; i++)
                    assertEquals(queries[9 * q + i] - normal[9 * which + i], residual[9 * q + i]);
            }
        }
    }

    private static void assertMaps(Patches patches, int scan, FloatArray maps) {
        assertArrayEquals(new int[] {12, 187, 512}, maps.shape());
        boolean[] negative = new boolean[12];
        float[] own = patches.unflatten(scan, patches.strip(scan)).data();
        for (int i = 0; i < own.length; i++) {
            assertEquals(own[i], maps.data()[i]);
            for (int k = 1; k < 12; k++) {
                float value = maps.data()[k * own.length + i];
                assertEquals(Float.isNaN(own[i]), Float.isNaN(value));
                negative[k] |= value < 0;
            }
        }
        for (int k = 1; k < 12; k++) assertEquals(k >= 6, negative[k], "what is by depth keeps its sign: " + k);
    }

    /**
     * White noise of a known standard deviation around a known grey: both are found, and a gradient does not pass for
     * noise.
     */
    @Test
    void noiseLevelIsTheStandardDeviation() {
        Random random = new Random(1);
        double[] sigma = {4, 4, 4, 12};
        for (int n = 0; n < 4; n++) {
            GrayImage image = GrayImage.black(64, 64);
            for (int i = 0; i < 4096; i++)
                image.pixels()[i] = (float) (60 + (i % 64) + sigma[n] * random.nextGaussian());
            image.writePng(folder.resolve("scans/" + (n < 3 ? "good" : "bad") + "/x-p" + n + "-1.png"));
        }
        Scans source = Scans.folder(folder.resolve("scans"));
        Patches patches = Patches.prepare(source, PrepareOptions.defaults(64).withFlatten(false),
                folder.resolve("patches"));
        TrivialScores.write(new RunFolder(folder.resolve("run")), patches, OPTIONS);
        List<Csv.Row> rows = Csv.read(folder.resolve("run/baselines.csv"));
        assertEquals(3, rows.size());
        assertFalse(rows.get(0).fields().containsKey("retina_thickness"), "nothing was flattened");
        for (Csv.Row row : rows) {
            double expected = row.get("class").equals("bad") ? 12 : 4;
            double found = Double.parseDouble(row.get("noise_level"));
            assertTrue(found > 0.9 * expected && found < 1.05 * expected,
                    "noise of " + expected + " is found as " + found);   // a blur keeps a little
            assertEquals(91.5, Double.parseDouble(row.get("mean_intensity")), 1);
        }
    }
}
