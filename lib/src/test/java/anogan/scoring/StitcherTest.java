package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against a list of the values at every pixel. */
class StitcherTest {
    @Property(tries = 50)
    void overlapsAreAveraged(@ForAll @IntRange(min = 4, max = 12) int h, @ForAll @IntRange(min = 4, max = 20) int w,
            @ForAll @IntRange(min = 0, max = 12) int patches, @ForAll int seed) {
        Random random = new Random(seed);
        Stitcher stitcher = new Stitcher(h, w);
        List<List<Float>> seen = new ArrayList<>();
        for (int i = 0; i < h * w; i++) seen.add(new ArrayList<>());
        for (int p = 0; p < patches; p++) {
            int row = random.nextInt(h - 3);
            int column = random.nextInt(w - 3);
            float[] values = new float[20];
            for (int i = 0; i < 20; i++) values[i] = random.nextFloat();
            stitcher.add(row, column, 4, values, 3);
            for (int i = 0; i < 16; i++) seen.get((row + i / 4) * w + column + i % 4).add(values[3 + i]);
        }
        float[] mean = stitcher.mean();
        for (int i = 0; i < h * w; i++) {
            if (seen.get(i).isEmpty()) assertTrue(Float.isNaN(mean[i]));
            else assertEquals(seen.get(i).stream().mapToDouble(Float::doubleValue).average().orElseThrow(), mean[i],
                    1e-6);
        }
    }

    @Test
    void aPatchMustLieInTheStrip() {
        assertThrows(IllegalArgumentException.class, () -> new Stitcher(4, 8).add(0, 5, 4, new float[16], 0));
        assertThrows(IllegalArgumentException.class, () -> new Stitcher(4, 8).add(-1, 0, 4, new float[16], 0));
    }
}
