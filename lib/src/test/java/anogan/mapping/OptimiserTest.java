package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How z moves; Adam's steps are checked along a whole descent in {@link MapperChecks}. */
class OptimiserTest {
    /**
     * Against numpy (src/test/resources/golden/fullmatrix.py): the first steps number for number, then where they lead.
     */
    @Test
    void fullMatrixStepsAreThoseOfNumpy() {
        Map<String, FloatArray> golden = Npy.readZip(GoldenMappingTest.GOLDEN.resolve("fullmatrix.npz"));
        float[] bowl = golden.get("bowl").data();
        float[] path = golden.get("path").data();
        float[] z = golden.get("start").data().clone();
        int n = z.length;
        Optimiser.Moments state = new Optimiser.FullMatrix(0.3).start(n);
        for (int step = 0; step < path.length / n; step++) {
            float[] gradient = new float[n];
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) sum += (double) bowl[i * n + j] * z[j];
                gradient[i] = (float) sum;
            }
            state.step(z, gradient);
            for (int i = 0; i < n; i++) assertEquals(path[step * n + i], z[i], 2e-4, "step " + (step + 1));
        }
    }

    /**
     * A bowl a thousand times as steep one way as the other, at 45 degrees to the axes: no scaling of single numbers of
     * z can help.
     */
    @Test
    void fullMatrixSeesDirectionsThatAdamCannot() {
        double adam = descend(new Optimiser.Adam(0.1));
        double full = descend(new Optimiser.FullMatrix(0.1));
        assertTrue(full < adam / 2, "full matrix " + full + ", Adam " + adam);
    }

    /** Inside the prior a bounded descent is the free one; what would leave it stays at its edge. */
    @Test
    void aBoundedDescentStaysInThePrior() {
        Optimiser free = new Optimiser.Adam(0.1);
        Optimiser.Moments bounded = new Optimiser.Bounded(free).start(2);
        Optimiser.Moments unbounded = free.start(2);
        float[] z = {0.95f, -0.3f};
        float[] same = z.clone();
        for (int step = 1; step <= 6; step++) {
            bounded.step(z, new float[] {-2, 0.5f});
            unbounded.step(same, new float[] {-2, 0.5f});
            assertEquals(Math.min(1, same[0]), z[0]);
            assertEquals(same[1], z[1]);
        }
        assertTrue(same[0] > 1.4, "the free one has left: " + same[0]);
    }

    private static double descend(Optimiser optimiser) {
        float[] z = {1, 0.9f};
        Optimiser.Moments state = optimiser.start(2);
        for (int step = 0; step < 15; step++) {
            double steep = 1000 * (z[0] - z[1]);
            double flat = z[0] + z[1];
            state.step(z, new float[] {(float) (steep + flat), (float) (flat - steep)});
        }
        return 500 * Math.pow(z[0] - z[1], 2) + 0.5 * Math.pow(z[0] + z[1], 2);
    }
}
