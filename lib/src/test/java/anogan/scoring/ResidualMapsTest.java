package anogan.scoring;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TinyPatches;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Gaussian;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidualMapsTest {
    private static final int PIXELS = 32 * 32;
    private static Patches patches;
    private static int scan;
    private static ScanInfo info;

    @BeforeAll
    static void prepare(@TempDir Path folder) {
        patches = TinyPatches.prepare(folder, 1);
        scan = patches.scans(Split.TEST).get(0);
        info = patches.scans().get(scan);
    }

    /** The maps of a scan whose patches have these residuals x − G, pixel by pixel of all patches in turn. */
    private static FloatArray maps(double sigma, IntToDoubleFunction residual) {
        List<Patch> grid = patches.grid(scan);
        List<float[]> residuals = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            float[] own = new float[PIXELS];
            for (int k = 0; k < PIXELS; k++) own[k] = (float) residual.applyAsDouble(i * PIXELS + k);
            residuals.add(own);
        }
        return ResidualMaps.unflatten(patches, scan, ResidualMaps.of(patches, grid, residuals).strips(sigma));
    }

    @Test
    void aConstantResidualGivesConstantMaps() {
        for (double r : new double[] {0.5, -0.5}) {
            FloatArray maps = maps(2.5, i -> r);
            assertArrayEquals(new int[] {3, info.height(), info.width()}, maps.shape());
            int inside = 0;
            for (int i = 0; i < 2 * maps.data().length / 3; i++) {
                float v = maps.data()[i];
                if (Float.isNaN(v)) continue;
                assertEquals(0.5, v, 1e-5);
                inside++;
            }
            // a strip of 32 rows at 256 columns is 64 rows of the scan at its 512, over what its rows are scaled by
            double rows = 64 / patches.options().scale();
            assertTrue(inside > 2 * 0.7 * rows * info.width() && inside < 2 * 1.1 * rows * info.width(),
                    inside + " pixels");
        }
    }

    @Test
    void speckleAveragesOutOfTheSmoothedMapAndStaysInThePlainOne() {
        SplittableRandom random = new SplittableRandom(1);
        FloatArray maps = maps(2.5, i -> random.nextBoolean() ? 0.5 : -0.5);
        double[] mean = means(maps);
        assertEquals(0.5, mean[0], 1e-5);
        assertTrue(mean[1] < 0.1, "mean of the smoothed map " + mean[1]);
    }

    /**
     * What is drawn half as bright everywhere has the ratio 2, up to the floor of {@link LogRatio}; what is drawn as it
     * is has none.
     */
    @Test
    void theLogRatioSaysHowManyTimesAsBright() {
        float[] strip = patches.strip(scan);
        List<Patch> grid = patches.grid(scan);
        List<float[]> residuals = new ArrayList<>();
        for (Patch p : grid) {
            float[] half = new float[PIXELS];   // the residual of a drawing that is half as bright
            for (int i = 0; i < PIXELS; i++)
                half[i] = strip[(p.row() + i / 32) * patches.stripWidth() + p.column() + i % 32] / 2 / 127.5f;
            residuals.add(half);
        }
        float[] smooth = Gaussian.blur(strip, 32, patches.stripWidth(), 2, 2);
        float[] ratio = ResidualMaps.of(patches, grid, residuals).strips(2)[2];
        for (int i = 0; i < ratio.length; i++)
            assertEquals(Math.log((smooth[i] + 4) / (smooth[i] / 2 + 4)), ratio[i], 1e-4);
        ResidualMaps same = ResidualMaps.of(patches, grid, grid.stream().map(p -> new float[PIXELS]).toList());
        for (float v : same.strips(2)[2]) assertEquals(0, v, 1e-6);
    }

    /** What is written is read again, bit by bit; what is no strip of these patches is told in a sentence. */
    @Test
    void residualStripsComeBackFromTheirFile(@TempDir Path folder) {
        SplittableRandom random = new SplittableRandom(3);
        List<Patch> grid = patches.grid(scan);
        ResidualMaps maps = ResidualMaps.of(patches, grid, grid.stream().map(p -> {
            float[] residual = new float[PIXELS];
            for (int k = 0; k < PIXELS; k++) residual[k] = (float) random.nextDouble(-1, 1);
            return residual;
        }).toList());
        maps.write(folder.resolve("strip.npy"));
        ResidualMaps back = ResidualMaps.read(patches, scan, folder.resolve("strip.npy"));
        assertArrayEquals(maps.signed(), back.signed());
        assertArrayEquals(maps.strips(2), back.strips(2));
        Npy.write(folder.resolve("short.npy"), FloatArray.zeros(2, 32, 31));
        assertFails(() -> ResidualMaps.read(patches, scan, folder.resolve("short.npy")), "short.npy", "run map again");
    }

    /**
     * Where nothing is smoothed, the magnitude of a mean is at most the mean of magnitudes, and equal to it where all
     * signs are.
     */
    @Test
    void withoutSmoothingTheSignedMapIsAtMostThePlainOne() {
        SplittableRandom random = new SplittableRandom(2);
        FloatArray mixed = maps(0.01, i -> random.nextDouble(-1, 1));
        FloatArray negative = maps(0.01, i -> -random.nextDouble());
        int half = mixed.data().length / 3;
        int less = 0;
        for (int i = 0; i < half; i++) {
            if (Float.isNaN(mixed.data()[i])) continue;
            assertTrue(mixed.data()[half + i] <= mixed.data()[i] + 1e-5);
            assertEquals(negative.data()[i], negative.data()[half + i], 1e-5);
            if (mixed.data()[half + i] < mixed.data()[i] - 1e-3) less++;
        }
        assertTrue(less > half / 20, "overlapping patches of two signs cancel");
    }

    private static double[] means(FloatArray maps) {
        int half = maps.data().length / 3;
        double[] mean = new double[2];
        int n = 0;
        for (int i = 0; i < half; i++) {
            if (Float.isNaN(maps.data()[i])) continue;
            n++;
            for (int k = 0; k < 2; k++) mean[k] += maps.data()[k * half + i];
        }
        return new double[] {mean[0] / n, mean[1] / n};
    }
}
