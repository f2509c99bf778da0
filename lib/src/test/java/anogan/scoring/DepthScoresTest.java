package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.AtomicFiles;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.PixelOptions;
import anogan.patches.PrepareOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against SciPy and NumPy (src/test/resources/golden/depth.py), on a prepared folder of its own making. */
class DepthScoresTest {
    private static final Map<String, FloatArray> GOLDEN = Npy.readZip(Path.of("src/test/resources/golden/depth.npz"));
    private static final int W = 64;
    private static final int PIXELS = 32 * W;
    private static final List<String> SPLITS = List.of("train", "validation", "validation", "test", "test");
    private static final List<Integer> NORMALS = List.of(1, 2);
    private static Patches patches;

    @BeforeAll
    static void prepare(@TempDir Path folder) {
        patches = write(folder, 0, 1, 2, 3, 4);
    }

    /** A prepared folder of the golden strips in some order. */
    private static Patches write(Path folder, int... order) {
        PrepareOptions options = new PrepareOptions(32, W, 48, 0, 27, true, 16, 0.15, 0.2,
                PrepareOptions.defaults().normalClasses(), 1, 0.5, List.of(), PixelOptions.defaults());
        Json.write(folder.resolve("patches.json"), new Patches.Manifest(1, "golden", 1, options, List.of(), List.of(),
                List.of(), List.of(), Map.of(), null));
        StringBuilder table = new StringBuilder("scan,group,class,split,label,masked,width,height,confidence\n");
        byte[] strips = new byte[order.length * PIXELS];
        float[] bounds = new float[order.length * 3 * W];
        float[] references = new float[order.length * W];
        for (int i = 0; i < order.length; i++) {
            table.append("s%d,g%d,NORMAL,%s,0,0,%d,48,1\n".formatted(order[i], order[i], SPLITS.get(order[i]), W));
            float[] strip = golden("strips", order[i]);
            for (int k = 0; k < PIXELS; k++) strips[i * PIXELS + k] = (byte) strip[k];
            System.arraycopy(golden("bounds", order[i]), 0, bounds, i * 3 * W, 3 * W);
            System.arraycopy(golden("reference", order[i]), 0, references, i * W, W);
        }
        AtomicFiles.writeString(folder.resolve("scans.csv"), table.toString());
        Npy.writeBytes(folder.resolve("strips.npy"), strips, order.length, 32, W);
        Npy.writeBytes(folder.resolve("masks.npy"), new byte[strips.length], order.length, 32, W);
        Npy.write(folder.resolve("bounds.npy"), new FloatArray(bounds, order.length, 3, W));
        Npy.write(folder.resolve("reference.npy"), new FloatArray(references, order.length, W));
        return Patches.open(folder);
    }

    /** Of one of the five scans. */
    private static float[] golden(String name, int scan) {
        FloatArray all = GOLDEN.get(name);
        int each = all.data().length / all.shape()[0];
        return Arrays.copyOfRange(all.data(), scan * each, (scan + 1) * each);
    }

    private static float[] residual(int scan) {
        return golden("residuals", scan);
    }

    private static double[] scores(DepthScores scores, int scan) {
        DepthScores.Maps maps = scores.maps(scan);
        return patches.grid(scan).stream().flatMapToDouble(p -> Arrays.stream(scores.scores(maps, p))).toArray();
    }

    @Test
    void aDepartureIsScipys() {
        for (int scan = 0; scan < 5; scan++) {
            Departure departure = Departure.of(golden("strips", scan), residual(scan), 32, W,
                    DepthScores.SMOOTHING * 32);
            assertArrayEquals(golden("difference", scan), departure.difference(), 2e-6f);
            assertArrayEquals(golden("ratio", scan), departure.ratio(), 2e-5f);
        }
    }

    @Test
    void calibrationMapsAndScoresAreNumpys() {
        DepthScores scores = DepthScores.calibrated(patches, DepthScoresTest::residual);
        assertRms("rms_difference", scores.calibration().difference());
        assertRms("rms_ratio", scores.calibration().ratio());
        for (int scan = 0; scan < 5; scan++) {
            boolean[] retina = patches.retina(scan);
            for (int i = 0; i < PIXELS; i++) assertEquals(golden("retina", scan)[i] == 1, retina[i]);
            assertArrayEquals(golden("z", scan), scores.maps(scan).z(), 1e-4f);
            assertArrayEquals(golden("z_ratio", scan), scores.maps(scan).zRatio(), 2e-4f);
            float[] expected = golden("scores", scan);
            double[] actual = scores(scores, scan);
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++)
                assertEquals(expected[i], actual[i], 2e-4 * Math.max(1, Math.abs(expected[i])), scan + " " + i);
        }
    }

    private static void assertRms(String name, DepthCalibration calibration) {
        float[] expected = GOLDEN.get(name).data();
        for (int row = 0; row < 32; row++) assertEquals(expected[row], calibration.rms()[row], 1e-5 * expected[row]);
    }

    /** Whatever is drawn of a scan that is trained on or tested: what is usual is said by validation normals. */
    @Test
    void nothingButValidationNormalsCalibrates() {
        DepthScores scores = DepthScores.calibrated(patches, DepthScoresTest::residual);
        DepthScores others = DepthScores.calibrated(patches,
                scan -> NORMALS.contains(scan) ? residual(scan) : changed(residual(scan), i -> true));
        assertEquals(scores.calibration(), others.calibration());
        assertArrayEquals(scores(scores, 1), scores(others, 1));
        assertTrue(scores(scores, 3)[0] < scores(others, 3)[0], "what is drawn otherwise is scored otherwise");
        for (int normal : NORMALS) assertNotEquals(scores.calibration(),
                DepthScores
                        .calibrated(patches,
                                scan -> scan == normal ? changed(residual(scan), i -> true) : residual(scan))
                        .calibration());
    }

    /** What lies further from the retina than the smoothing reaches, which is two pixels, has no say. */
    @Test
    void pixelsOutsideTheRetinaHaveNoSay() {
        DepthScores scores = DepthScores.calibrated(patches, DepthScoresTest::residual);
        DepthScores others = DepthScores.calibrated(patches,
                scan -> changed(residual(scan), i -> isFarFrom(patches.retina(scan), i)));
        assertEquals(scores.calibration(), others.calibration());
        for (int scan = 0; scan < 5; scan++) {
            assertArrayEquals(scores(scores, scan), scores(others, scan));
            assertTrue(!Arrays.equals(scores.maps(scan).z(), others.maps(scan).z()), "outside it something changed");
        }
    }

    private static float[] changed(float[] residual, IntPredicate where) {
        float[] changed = residual.clone();
        for (int i = 0; i < changed.length; i++) if (where.test(i)) changed[i] = 1.5f * changed[i] + 0.25f;
        return changed;
    }

    private static boolean isFarFrom(boolean[] retina, int i) {
        for (int y = Math.max(0, i / W - 2); y <= Math.min(31, i / W + 2); y++)
            for (int x = Math.max(0, i % W - 2); x <= Math.min(W - 1, i % W + 2); x++)
                if (retina[y * W + x]) return false;
        return true;
    }

    /** A scan that is drawn as it is departs nowhere; twice the residual has twice the Z. */
    @Test
    void withoutADepartureZIsZeroAndItGrowsWithIt() {
        DepthScores scores = DepthScores.calibrated(patches, DepthScoresTest::residual);
        IntFunction<float[]> perfect = scan -> scan == 3 ? new float[PIXELS] : residual(scan);
        DepthScores drawn = DepthScores.calibrated(patches, perfect);
        for (float z : drawn.maps(3).z()) assertEquals(0, z);
        for (float z : drawn.maps(3).zRatio()) assertEquals(0, z);
        for (Patch p : patches.grid(3)) assertEquals(new DepthScores.Parts(0, 0, 0), drawn.parts(drawn.maps(3), p));
        DepthScores twice = DepthScores.calibrated(patches, scan -> {
            float[] residual = residual(scan);
            for (int i = 0; i < PIXELS; i++) if (scan == 4) residual[i] *= 2;
            return residual;
        });
        float[] z = scores.maps(4).z();
        float[] doubled = twice.maps(4).z();
        for (int i = 0; i < PIXELS; i++) assertEquals(2 * z[i], doubled[i], 1e-4);
    }

    @Test
    void theOrderOfScansDoesNotMatter(@TempDir Path folder) {
        int[] order = {4, 2, 0, 3, 1};
        DepthScores scores = DepthScores.calibrated(patches, DepthScoresTest::residual);
        DepthScores shuffled = DepthScores.calibrated(write(folder, order), i -> residual(order[i]));
        for (int i = 0; i < 5; i++) assertArrayEquals(scores(scores, order[i]), scores(shuffled, i), 1e-9);
    }

    /** A patch in which no retina lies says nothing of it. */
    @Test
    void whereNoRetinaIsSeenNothingDeparts(@TempDir Path folder) {
        Patches none = write(folder, 0, 1, 2, 3, 4);
        FloatArray bounds = Npy.read(folder.resolve("bounds.npy"));
        Arrays.fill(bounds.data(), 3 * 3 * W, 3 * 3 * W + W, 1000);   // the fourth scan begins below its end
        Npy.write(folder.resolve("bounds.npy"), bounds);
        none = Patches.open(none.path());
        DepthScores scores = DepthScores.calibrated(none, DepthScoresTest::residual);
        for (Patch p : none.grid(3)) assertEquals(new DepthScores.Parts(0, 0, 0), scores.parts(scores.maps(3), p));
        assertEquals(DepthScores.calibrated(patches, DepthScoresTest::residual).calibration(), scores.calibration());
    }
}
