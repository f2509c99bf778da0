package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.scans.GrayImage;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** There and back: what a strip shows comes to lie where it was taken from. */
class StripGeometryTest {
    /** A picture that is linear down each column and along rows has no interpolation error. */
    @Property(tries = 40)
    void unflatteningIsTheInverse(@ForAll @IntRange(min = 40, max = 300) int height,
            @ForAll @IntRange(min = 30, max = 200) int width, @ForAll @DoubleRange(min = -0.2, max = 0.2) double tilt,
            @ForAll @DoubleRange(min = 40, max = 60) double depth) {
        GrayImage own = GrayImage.black(height, width);
        for (int i = 0; i < own.pixels().length; i++) {
            own.pixels()[i] = (float) (100.0 * (i / width + 0.5) / height + 50.0 * (i % width + 0.5) / width);
        }
        GrayImage working = own.resize(100, 64);
        float[] reference = new float[64];
        for (int x = 0; x < 64; x++) reference[x] = (float) (depth + tilt * x);
        StripGeometry geometry = new StripGeometry(100, reference, 24, 32);
        FloatArray back = geometry.unflatten(geometry.flatten(working, 0), height, width);
        int seen = 0;
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                float value = back.data()[r * width + c];
                double x = (c + 0.5) * 64 / width - 0.5;
                double y = (r + 0.5) * 100 / height - 0.5;
                double strip = y - (depth + tilt * x) + 24;
                if (x < 1 || x > 62) continue;   // at the sides the last column holds
                if (strip < -0.6 || strip > 31.6)
                    assertTrue(Float.isNaN(value), "a value outside the strip at " + r + ", " + c);
                if (strip < 0 || strip > 31 || y < 1 || y > 98) continue;
                assertEquals(own.at(r, c), value, 0.8, "at " + r + ", " + c);
                seen++;
            }
        }
        assertTrue(seen > 0);
    }

    @Test
    void aShiftByWholeRowsCopies() {
        GrayImage image = GrayImage.black(50, 3);
        for (int i = 0; i < 150; i++) image.pixels()[i] = i;
        float[] strip = new StripGeometry(50, new float[] {20, 21, 45}, 6, 8).flatten(image, -1);
        for (int y = 0; y < 8; y++) {
            assertEquals(image.at(14 + y, 0), strip[y * 3]);
            assertEquals(image.at(15 + y, 1), strip[y * 3 + 1]);
            assertEquals(39 + y < 50 ? image.at(39 + y, 2) : -1, strip[y * 3 + 2]);
        }
    }

    /** The retina drawn in the strip and the one drawn in the scan are the same region. */
    @Test
    void theRetinaIsTheSameInStripAndScan() {
        float[] reference = new float[64];
        float[] ilm = new float[64];
        for (int x = 0; x < 64; x++) {
            reference[x] = 60 + 0.3f * x;
            ilm[x] = reference[x] - 10 - x / 16f;
        }
        StripGeometry geometry = new StripGeometry(100, reference, 24, 32);
        boolean[] strip = geometry.betweenInStrip(ilm, reference);
        boolean[] scan = geometry.betweenInScan(ilm, reference, 200, 128);
        float[] asFloats = new float[strip.length];
        for (int i = 0; i < strip.length; i++) asFloats[i] = strip[i] ? 1 : 0;
        float[] back = geometry.unflatten(asFloats, 200, 128).data();
        int differing = 0;
        int inside = 0;
        for (int i = 0; i < scan.length; i++) {
            if (scan[i]) inside++;
            if (scan[i] != (back[i] >= 0.5f)) differing++;
        }
        assertTrue(inside > 2500 && differing < 0.1 * inside, differing + " of " + inside + " pixels differ");
    }

    @Test
    void aPictureThatIsNotFlattenedIsOnlyResized() {
        float[] reference = new float[32];
        Arrays.fill(reference, 24);
        GrayImage image = GrayImage.black(32, 32);
        for (int i = 0; i < 1024; i++) image.pixels()[i] = i % 251;
        StripGeometry geometry = new StripGeometry(32, reference, 24, 32);
        assertEquals(Arrays.toString(image.pixels()), Arrays.toString(geometry.flatten(image, 0)));
        assertEquals(Arrays.toString(image.pixels()),
                Arrays.toString(geometry.unflatten(image.pixels(), 32, 32).data()));
    }
}
