package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The hull's area against shapes that are known, and against every half-plane that two corners make. */
class HullTest {
    private static Region region(int width, boolean... mask) {
        return new Region(0, 0, width, mask.length / width, mask, 1, Optional.empty(), 1, 1, Optional.empty());
    }

    @Test
    void knownShapes() {
        assertEquals(1, Hull.area(region(1, true), 1, 1));
        assertEquals(6 * 0.5 * 2, Hull.area(region(3, true, true, true, true, true, true), 0.5, 2));
        assertEquals(3, Hull.area(region(2, true, false, false, true), 1, 1), "two pixels at a corner");
        assertEquals(3.5, Hull.area(region(2, true, false, true, true), 1, 1));
        assertEquals(9 - 4 * 0.5, Hull.area(region(3, false, true, false, true, true, true, false, true, false), 1, 1));
    }

    /** A point is in the hull unless a line through two corners of pixels has all corners on its other side. */
    @Property(tries = 60)
    void isWhatNoLineCutsOff(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int w,
            @ForAll @IntRange(min = 1, max = 4) int h) {
        Random random = new Random(seed);
        boolean[] mask = new boolean[w * h];
        for (int y = 0; y < h; y++) {   // each row has a pixel, as a connected region's has
            for (int x = 0; x < w; x++) mask[y * w + x] = random.nextInt(3) == 0;
            mask[y * w + random.nextInt(w)] = true;
        }
        int fine = 16;
        int inside = 0;
        for (int i = 0; i < w * fine; i++)
            for (int j = 0; j < h * fine; j++) if (isInside((i + 0.5) / fine, (j + 0.5) / fine, mask, w)) inside++;
        assertEquals((double) inside / fine / fine, Hull.area(region(w, mask), 1, 1), 0.05 * (w + h));
    }

    private static boolean isInside(double px, double py, boolean[] mask, int w) {
        for (int angle = 0; angle < 180; angle++) {
            double nx = Math.cos(angle * Math.PI / 90);
            double ny = Math.sin(angle * Math.PI / 90);
            double farthest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < mask.length; i++) {
                if (!mask[i]) continue;
                for (int corner = 0; corner < 4; corner++)
                    farthest = Math.max(farthest, nx * (i % w + corner % 2) + ny * (i / w + corner / 2));
            }
            if (nx * px + ny * py > farthest) return false;
        }
        return true;
    }
}
