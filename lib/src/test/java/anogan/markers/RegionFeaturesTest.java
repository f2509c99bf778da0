package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rectangle of known values in a phantom's retina: what is measured of it follows on paper. */
class RegionFeaturesTest {
    @TempDir
    static Path folder;
    private static Patches patches;
    private static int scan;
    private static int width;
    private static int middle;
    private static int top;
    private static int bottom;

    @BeforeAll
    static void prepare() {
        patches = Patches.prepare(new PhantomScans(1, 3, 1, 1), PrepareOptions.defaults(32), folder.resolve("p"));
        scan = patches.scans(Split.TEST).get(0);
        width = patches.scans().get(scan).width();
        middle = width / 2;
        boolean[] retina = patches.scanRetina(scan);
        while (!retina[top * width + middle]) top++;
        for (bottom = top; retina[(bottom + 1) * width + middle];) bottom++;
    }

    /** Twenty columns by six rows from {@code row} on: the left half −2, the right half 4, one pixel 8. */
    private static Map<Feature, Double> rectangle(int row) {
        float[] z = new float[patches.scanRetina(scan).length];
        boolean[] mask = new boolean[120];
        for (int i = 0; i < 120; i++) {
            mask[i] = true;
            z[(row + i / 20) * width + middle - 10 + i % 20] = i % 20 < 10 ? -2 : i == 15 ? 8 : 4;
        }
        return new RegionFeatures(patches, scan, z)
                .of(new Region(middle - 10, row, 20, 6, mask, 120, Optional.empty(), 1, 8, Optional.of(0.5)));
    }

    @Test
    void shapeAndDeparture() {
        Map<Feature, Double> f = rectangle(top + 8);
        double columns = patches.ownColumns(scan);
        double rows = patches.ownRows(scan);
        assertEquals(120 / columns / rows, f.get(Feature.AREA), 1e-9);
        assertEquals(20 / columns, f.get(Feature.WIDTH), 1e-9);
        assertEquals(6 / rows, f.get(Feature.HEIGHT), 1e-9);
        assertEquals(1, f.get(Feature.SOLIDITY), 1e-9);
        double across = (20 * 20 - 1) / 12.0 / columns / columns + 1 / 12.0;   // variance of 20 evenly spaced columns
        double down = (6 * 6 - 1) / 12.0 / rows / rows + 1 / 12.0;
        assertEquals(Math.sqrt(across / down), f.get(Feature.ELONGATION), 1e-6);
        assertEquals(1, f.get(Feature.DARK), 1e-9);
        assertEquals((59 * 4 + 8) / 120.0, f.get(Feature.BRIGHT), 1e-9);
        assertEquals(2, f.get(Feature.DARKEST), 1e-9);
        assertEquals(8, f.get(Feature.BRIGHTEST), 1e-9);
        assertEquals(0.5, f.get(Feature.DARK_SHARE), 1e-9);
        assertTrue(f.values().stream().allMatch(Double::isFinite), f.toString());
    }

    @Test
    void place() {
        double rows = patches.ownRows(scan);
        double thickness = (bottom - top + 1) / rows;
        Map<Feature, Double> upper = rectangle(top + 4);
        Map<Feature, Double> lower = rectangle(bottom - 9);
        assertEquals(0.5, upper.get(Feature.LATERAL), 0.01);
        assertEquals((4 + 2.5) / rows, upper.get(Feature.BELOW_ILM), 1.5);
        assertEquals((bottom - 9 + 2.5 - top) / (bottom - top), lower.get(Feature.DEPTH), 0.06);
        assertTrue(upper.get(Feature.TOP) < upper.get(Feature.DEPTH)
                && upper.get(Feature.DEPTH) < upper.get(Feature.BOTTOM));
        assertEquals(thickness, upper.get(Feature.THICKNESS), 1.5);
        assertTrue(upper.get(Feature.ABOVE_RPE) > lower.get(Feature.ABOVE_RPE));
        List<float[]> lines = patches.scanLines(scan);
        assertEquals(top, lines.get(0)[middle], 1.01, "the line is the edge of the retina");
        assertEquals(bottom, lines.get(2)[middle], 1.01);
    }

    /** The pigment epithelium is brighter than what surrounds it, and the middle of the retina darker than that. */
    @Test
    void look() {
        Map<Feature, Double> inner = rectangle(top + (bottom - top) / 2);
        Map<Feature, Double> epithelium = rectangle(bottom - 7);
        assertTrue(epithelium.get(Feature.BRIGHTNESS) > inner.get(Feature.BRIGHTNESS) + 20);
        assertTrue(
                epithelium.get(Feature.CONTRAST) > 0 && inner.get(Feature.CONTRAST) < epithelium.get(Feature.CONTRAST));
        assertTrue(inner.get(Feature.VARIATION) > 0 && inner.get(Feature.RIM) > 0);
    }
}
