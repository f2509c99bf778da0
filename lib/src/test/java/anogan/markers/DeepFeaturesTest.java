package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mean of cells whose features say which cell they are. */
class DeepFeaturesTest {
    @TempDir
    Path folder;

    /** Channels: the cell's row, its column, and the number of the patch. */
    private static List<float[]> numbered(int patches) {
        List<float[]> all = new ArrayList<>();
        int deep = Architecture.DEEP;
        for (int p = 0; p < patches; p++) {
            float[] f = new float[deep * deep * 3];
            for (int i = 0; i < deep * deep; i++) {
                f[3 * i] = i / deep;
                f[3 * i + 1] = i % deep;
                f[3 * i + 2] = p;
            }
            all.add(f);
        }
        return all;
    }

    private static Region region(int x, int y, int width, int height) {
        boolean[] mask = new boolean[width * height];
        Arrays.fill(mask, true);
        return new Region(x, y, width, height, mask, mask.length, Optional.empty(), 1, 1, Optional.empty());
    }

    /** A picture that is resized to one patch, of whose height and width a cell has a quarter. */
    @Test
    void cellsCountByTheMagnitudeOfZ() {
        Patches patches = Patches.prepare(new PhantomScans(1, 1, 1, 1), PrepareOptions.defaults(32).withFlatten(false),
                folder.resolve("patches"));
        int scan = patches.scans(Split.TEST).get(0);
        int width = patches.scans().get(scan).width();
        int height = patches.scans().get(scan).height();
        assertEquals(1, patches.grid(scan).size());
        float[] z = new float[width * height];
        Arrays.fill(z, 1);
        DeepFeatures.Scan own = new DeepFeatures.Scan(patches, scan, z, numbered(1));
        // the middle of the cell in row 2, column 1
        assertArrayEquals(new float[] {2, 1, 0},
                own.mean(region(width * 5 / 16, height * 9 / 16, width / 8, height / 8)), 1e-6f);
        // half of it in column 0, half in column 1, and the right half three times as unlike, whatever its sign
        for (int y = 0; y < height; y++) for (int x = width / 4; x < width; x++) z[y * width + x] = -3;
        assertArrayEquals(new float[] {0, 0.75f, 0}, own.mean(region(width / 8, height / 16, width / 4, height / 16)),
                1e-6f);
    }

    /** Patches lie half over each other: a pixel in two of them counts with the cells that it has in both. */
    @Test
    void everyPatchThatHoldsAPixelCounts() {
        Patches patches = Patches.prepare(new PhantomScans(1, 1, 1, 1), PrepareOptions.defaults(32),
                folder.resolve("patches"));
        int scan = patches.scans(Split.TEST).get(0);
        int width = patches.scans().get(scan).width();
        int height = patches.scans().get(scan).height();
        float[] z = new float[width * height];
        Arrays.fill(z, 2);
        boolean[] retina = patches.scanRetina(scan);
        // columns 33 to 39 of the strip: of patch 1 (from 16 on) cells 2, of patch 2 (from 32 on) cells 0
        int x = (int) Math.ceil(33 * patches.ownColumns(scan));
        int y = 0;
        while (!retina[y * width + x]) y++;
        float[] mean = new DeepFeatures.Scan(patches, scan, z, numbered(patches.grid(scan).size()))
                .mean(region(x, y + 2, (int) (5 * patches.ownColumns(scan)), 1));
        assertEquals(1, mean[1], 1e-6);
        assertEquals(1.5, mean[2], 1e-6);
    }
}
