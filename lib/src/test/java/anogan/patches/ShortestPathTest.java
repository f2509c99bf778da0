package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against every path there is. */
class ShortestPathTest {
    @Property(tries = 100)
    void noPathIsCheaper(@ForAll @IntRange(min = 1, max = 5) int h, @ForAll @IntRange(min = 1, max = 6) int w,
            @ForAll @IntRange(min = 0, max = 2) int maxStep, @ForAll int seed) {
        Random random = new Random(seed);
        float[] cost = new float[h * w];
        for (int i = 0; i < cost.length; i++) cost[i] = random.nextFloat();
        int[] path = ShortestPath.find(cost, h, w, maxStep, 0.1f);
        double own = 0;
        for (int x = 0; x < w; x++) {
            own += cost[path[x] * w + x];
            if (x > 0) assertTrue(Math.abs(path[x] - path[x - 1]) <= maxStep);
            if (x > 0) own += 0.1 * Math.abs(path[x] - path[x - 1]);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int y = 0; y < h; y++) best = Math.min(best, cheapest(cost, h, w, maxStep, 0, y));
        assertEquals(best, own, 1e-5);
    }

    private static double cheapest(float[] cost, int h, int w, int maxStep, int x, int y) {
        if (x == w - 1) return cost[y * w + x];
        double best = Double.POSITIVE_INFINITY;
        for (int to = Math.max(0, y - maxStep); to <= Math.min(h - 1, y + maxStep); to++) {
            best = Math.min(best, 0.1 * Math.abs(to - y) + cheapest(cost, h, w, maxStep, x + 1, to));
        }
        return cost[y * w + x] + best;
    }
}
