package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Spacing;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions against a flood that visits pixel after pixel, and against rectangles that were drawn. */
class RegionRuleTest {
    private static final int W = 9;
    @TempDir
    static Path folder;
    private static Patches patches;

    @BeforeAll
    static void prepare() {
        patches = Patches.prepare(new PhantomScans(1, 3, 1, 1).withSpacing(new Spacing(4, 11)),
                PrepareOptions.defaults(32), folder.resolve("patches"));
    }

    /** How many pixels at or above the level hang together with this one, in a map of which they are taken. */
    private static int flood(float[] z, int width, int at, double level) {
        if (!(z[at] >= level)) return 0;
        z[at] = Float.NaN;
        int found = 1;
        for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
            int x = at % width + dx;
            int y = at / width + dy;
            if (x >= 0 && x < width && y >= 0 && y < z.length / width) found += flood(z, width, y * width + x, level);
        }
        return found;
    }

    private static int largest(float[] z, int width, int sign, double level) {
        float[] taken = z.clone();
        for (int i = 0; i < taken.length; i++) taken[i] *= sign;
        int largest = 0;
        for (int i = 0; i < taken.length; i++) largest = Math.max(largest, flood(taken, width, i, level));
        return largest;
    }

    @Property(tries = 300)
    void theHighestLevelIsTheHighestOfAll(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int least) {
        Random random = new Random(seed);
        float[] z = new float[W * 7];
        for (int i = 0; i < z.length; i++) z[i] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(13) - 6;
        double highest = 0;
        for (int level = 1; level <= 6; level++)
            for (int sign : new int[] {-1, 1}) if (largest(z, W, sign, level) >= least) highest = level;
        assertEquals(highest, RegionRule.highest(z, W, least));
    }

    private static float[] noise(int scan, long seed) {
        Random random = new Random(seed + scan);
        float[] z = new float[patches.scans().get(scan).height() * patches.scans().get(scan).width()];
        for (int i = 0; i < z.length; i++) z[i] = (float) random.nextGaussian();
        return z;
    }

    @Test
    void noNormalThatSetTheLevelShowsARegionAndSlightlyLowerOneDoes() {
        List<Integer> normals = patches.scans(Split.VALIDATION);
        assertEquals(3, normals.size());
        RegionRule rule = RegionRule.of(patches, normals, scan -> noise(scan, 1));
        RegionRule laxer = new RegionRule(Math.nextDown(rule.level()), rule.pixels());
        assertTrue(normals.stream().allMatch(s -> rule.regions(patches, s, noise(s, 1)).isEmpty()));
        assertEquals(1, normals.stream().filter(s -> !laxer.regions(patches, s, noise(s, 1)).isEmpty()).count());
    }

    @Test
    void aRectangleInTheRetinaIsFoundWithItsNumbers() {
        int scan = patches.scans(Split.TEST).get(0);
        int width = patches.scans().get(scan).width();
        boolean[] retina = patches.scanRetina(scan);
        int middle = width / 2;
        int top = 0;
        while (!retina[top * width + middle]) top++;
        int end = top;
        while (retina[end * width + middle]) end++;
        float[] z = new float[retina.length];
        Map<Integer, Float> drawn = new HashMap<>();
        for (int y = top + 10; y < top + 16; y++) for (int x = middle - 10; x < middle + 10; x++)
            drawn.put(y * width + x, x == middle && y == top + 12 ? -9f : -5f);
        for (int y = end - 9; y < end - 4; y++)
            for (int x = middle - 4; x < middle + 4; x++) drawn.put(y * width + x, 4f);
        drawn.forEach((i, value) -> {
            assertTrue(retina[i], "the phantom's retina is thick enough");
            z[i] = value;
        });
        for (int x = 0; x < width; x++) z[x] = -20;   // vitreous, which is no business of a region
        z[(top + 20) * width + middle] = 30;          // a grain
        List<Region> found = new RegionRule(3, 3.15).regions(patches, scan, z);
        assertEquals(2, found.size(), found.toString());
        Region dark = found.get(0);
        assertEquals(List.of(middle - 10, top + 10, 20, 6, 120, "dark"),
                List.of(dark.x(), dark.y(), dark.width(), dark.height(), dark.area(), dark.sign()));
        assertEquals((119 * -5.0 - 9) / 120, dark.meanZ(), 1e-9);
        assertEquals(-9, dark.highestZ());
        assertEquals(Optional.of(120 * 4.0 * 11), dark.um2());
        // from the upper to the lower edge of the retina in the middle column, which the rectangle is centred on
        assertEquals((12.5 + 0.5) / (end - top), dark.depth().orElseThrow(), 0.03);
        Region bright = found.get(1);
        assertEquals("bright", bright.sign());
        assertEquals(40, bright.area());
        assertTrue(bright.depth().orElseThrow() > 0.8 && bright.depth().orElseThrow() <= 1);
        assertFalse(new RegionRule(4, 3.15).regions(patches, scan, z).contains(bright), "a level must be exceeded");
    }
}
