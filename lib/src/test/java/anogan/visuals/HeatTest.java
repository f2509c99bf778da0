package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.statistics.MapScale;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HeatTest {
    @Test
    void aMapOfZerosOverAScanIsTheScan() {
        Random random = new Random(1);
        float[] scan = new float[30 * 50];
        for (int i = 0; i < scan.length; i++) scan[i] = random.nextInt(256);
        float[] nowhere = new float[scan.length];
        Arrays.fill(nowhere, Float.NaN);
        for (float[] map : new float[][] {new float[scan.length], nowhere}) {
            BufferedImage over = Heat.over(scan, map, 30, 50, 0.3);
            for (int i = 0; i < scan.length; i++) {
                int grey = (int) scan[i];
                assertEquals(0xff000000 | grey << 16 | grey << 8 | grey, over.getRGB(i % 50, i / 50));
            }
        }
    }

    @Test
    void aPatchIsGreyFromBlackToWhite() {
        BufferedImage patch = Heat.patch(new float[] {99, -1, 0, 1, 0.5f}, 1, 2);
        assertEquals(0xff000000, patch.getRGB(0, 0));
        assertEquals(0xff808080, patch.getRGB(1, 0));
        assertEquals(0xffffffff, patch.getRGB(0, 1));
        assertEquals(0xffbfbfbf, patch.getRGB(1, 1));
    }

    /** At least 99.5 % of the numbers are not above the scale's end, and it is one of them. */
    @Property
    void theScaleEndsAtAHighQuantile(
            @ForAll @Size(min = 1, max = 2000) List<@FloatRange(min = 0.01f, max = 10) Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i);
        double end = Heat.scale(values);
        long notAbove = count(values, end);
        assertTrue(notAbove >= MapScale.QUANTILE * values.length);
        assertTrue(Arrays.binarySearch(sorted(values), (float) end) >= 0);
        float[] withGaps = Arrays.copyOf(values, values.length + 50);
        Arrays.fill(withGaps, values.length, withGaps.length, Float.NaN);
        assertEquals(end, Heat.scale(withGaps));
    }

    @Test
    void aScaleOfNothingIsOne() {
        assertEquals(1, Heat.scale(new float[] {Float.NaN, 0, 0}));
        assertEquals(1, Heat.scale(new float[0]));
    }

    /** The outline encloses the annotated pixels and leaves their inside and everything farther away as it was. */
    @Test
    void theOutlineFollowsTheEdge() {
        int n = 20;
        boolean[] mask = new boolean[n * n];
        for (int y = 5; y < 15; y++) for (int x = 5; x < 15; x++) mask[y * n + x] = true;
        BufferedImage picture = Heat.grey(new float[n * n], n, n);
        BufferedImage outlined = Heat.outlined(picture, mask, 4);
        assertEquals(4 * n, outlined.getWidth());
        int drawn = 0;
        for (int y = 0; y < 4 * n; y++) {
            for (int x = 0; x < 4 * n; x++) {
                if ((outlined.getRGB(x, y) & 0xffffff) == 0) continue;
                drawn++;
                double toEdge = Math.min(Math.min(Math.abs(x + .5 - 20), Math.abs(x + .5 - 60)),
                        Math.min(Math.abs(y + .5 - 20), Math.abs(y + .5 - 60)));
                assertTrue(toEdge <= 4, "drawn at " + x + ", " + y);
            }
        }
        assertTrue(drawn >= 4 * 40, "only " + drawn + " pixels of a line of 160");
    }

    private static long count(float[] values, double end) {
        long n = 0;
        for (float v : values) if (v <= end) n++;
        return n;
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
