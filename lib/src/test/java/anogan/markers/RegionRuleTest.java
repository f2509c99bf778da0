package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Spacing;
import anogan.scans.Split;
import anogan.scoring.Plane;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions against a flood that visits pixel after pixel, and against rectangles that were drawn. */
class RegionRuleTest {
    @TempDir
    static Path folder;
    private static Patches patches;

    @BeforeAll
    static void prepare() {
        patches = Patches.prepare(new PhantomScans(1, 3, 1, 1).withSpacing(new Spacing(4, 11)),
                PrepareOptions.defaults(32), folder.resolve("patches"));
    }

    /** How many pixels of magnitude above the level hang together with this one, and how high they are. */
    private static double[] flood(float[] z, boolean[] seen, int width, int at, double level) {
        Deque<Integer> open = new ArrayDeque<>(List.of(at));
        double[] found = new double[2];
        while (!open.isEmpty()) {
            int i = open.poll();
            if (seen[i] || !(Math.abs(z[i]) > level)) continue;
            seen[i] = true;
            found[0]++;
            found[1] = Math.max(found[1], Math.abs(z[i]));
            for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
                int x = i % width + dx;
                int y = i / width + dy;
                if (x >= 0 && x < width && y >= 0 && y < z.length / width) open.add(y * width + x);
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void regionsAreThoseOfAFlood(int seed) {
        Random random = new Random(seed);
        int scan = patches.scans(Split.TEST).get(0);
        int width = patches.scans().get(scan).width();
        boolean[] retina = patches.scanRetina(scan);
        float[] z = new float[retina.length];
        float[] inside = new float[retina.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(15) - 7;
            inside[i] = retina[i] ? z[i] : Float.NaN;
        }
        int level = 4 + seed % 2;
        int least = 1 + seed % 4;
        int expected = 0;
        boolean[] seen = new boolean[z.length];
        for (int i = 0; i < z.length; i++) {
            double[] region = flood(inside, seen, width, i, level);
            if (region[0] >= least && region[1] > level + 1) expected++;
        }
        assertTrue(expected > 10, "there is something to find");
        RegionRule rule = new RegionRule(level, Optional.of(level + 1.0), (least - 0.5) / patches.ownPixels(scan));
        assertEquals(expected, rule.regions(patches, scan, z).size());
    }

    @Test
    void theMapIsTheOneThatDepartsMore() {
        List<float[]> planes = Plane.OURS.stream().map(p -> new float[] {9, 9}).collect(Collectors.toList());
        planes.set(Plane.OURS.indexOf(Plane.Z), new float[] {-3, 1});
        planes.set(Plane.OURS.indexOf(Plane.COMBINED), new float[] {2, -4});
        assertArrayEquals(new float[] {-3, -4}, new RegionRule(1, 2, 64).map(planes));
        assertArrayEquals(new float[] {2, -4}, new RegionRule(1, Optional.empty(), 12).map(planes), "earlier versions");
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
        List<Region> found = new RegionRule(3, Optional.of(3.0), 3.15).regions(patches, scan, z);
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
        assertFalse(new RegionRule(3.5, Optional.of(4.0), 3.15).regions(patches, scan, z).contains(bright),
                "a peak must be exceeded");
    }
}
