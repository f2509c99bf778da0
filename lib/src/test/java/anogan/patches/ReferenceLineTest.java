package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The course that the points were made from comes back, whatever lesions and lost edges say. */
class ReferenceLineTest {
    private static final int W = 512;
    private static final double THICK = 38;

    /** An eye that is no parabola: waves from six tenths of the width on are part of its course. */
    @Property(tries = 40)
    void slowWavesAreFollowed(@ForAll int seed, @ForAll @DoubleRange(min = 0.6, max = 1) double length,
            @ForAll @DoubleRange(min = 0, max = 6) double phase) {
        Random random = new Random(seed);
        float[] truth = course(random);
        for (int x = 0; x < W; x++) truth[x] += (float) (3 * Math.sin(phase + 2 * Math.PI * x / (length * W)));
        float[] seen = noisy(truth, random);
        double worst = worst(fit(seen, trusted()), truth, 0, W);
        assertTrue(worst < 1, "off by " + worst + " rows");
    }

    /** What lies this far above the course in the picture does so, to a tenth, in the strip. */
    @Property(tries = 60)
    void domesKeepTheirHeight(@ForAll int seed, @ForAll @IntRange(min = 20, max = 100) int columns,
            @ForAll @DoubleRange(min = 0.2, max = 0.7) double height,
            @ForAll @IntRange(min = 60, max = 450) int centre) {
        Random random = new Random(seed);
        float[] truth = course(random);
        float[] seen = noisy(truth, random);
        dome(seen, centre, columns, height * THICK);
        double kept = 1 - (truth[centre] - fit(seen, trusted())[centre]) / (height * THICK);
        assertTrue(kept > 0.9 && kept < 1.1, "of the height " + kept + " is left");
    }

    /** A detachment of three tenths of the width. */
    @Property(tries = 40)
    void detachmentsStayDetached(@ForAll int seed, @ForAll @IntRange(min = 140, max = 370) int centre) {
        Random random = new Random(seed);
        float[] truth = course(random);
        float[] seen = noisy(truth, random);
        dome(seen, centre, 150, 22);
        double kept = 1 - (truth[centre] - fit(seen, trusted())[centre]) / 22;
        assertTrue(kept > 0.8, "of the height " + kept + " is left");
    }

    /** Where the finder slipped to another layer, between two steps. */
    @Property(tries = 40)
    void stepsHaveNoSay(@ForAll int seed, @ForAll @IntRange(min = 100, max = 340) int from,
            @ForAll @DoubleRange(min = -12, max = 12) double step) {
        Random random = new Random(seed);
        float[] truth = course(random);
        float[] seen = noisy(truth, random);
        for (int x = from; x < from + 70; x++) seen[x] += (float) (Math.signum(step) * (6 + Math.abs(step)));
        double worst = worst(fit(seen, trusted()), truth, 0, W);
        assertTrue(worst < 1.5, "off by " + worst + " rows");
    }

    /** At the optic nerve head there is no membrane: beside it the line is right, across it it goes on. */
    @Property(tries = 40)
    void theOpticNerveHeadHasNoSay(@ForAll int seed, @ForAll @IntRange(min = 30, max = 65) int columns,
            @ForAll boolean sinks) {
        Random random = new Random(seed);
        float[] truth = course(random);
        float[] seen = noisy(truth, random);
        for (int x = 0; x < columns; x++) seen[x] += (sinks ? 1 : -1) * Math.min(40, 2 * (columns - x));
        float[] fitted = fit(seen, trusted());
        double worst = worst(fitted, truth, columns, W);
        assertTrue(worst < 1.5, "beside it off by " + worst + " rows");
        assertTrue(worst(fitted, truth, 0, columns) < 8, "it swings");
    }

    @Test
    void withoutTrustPointsSayLess() {
        float[] truth = course(new Random(3));
        float[] seen = truth.clone();
        float[] trust = trusted();
        for (int x = 200; x < 300; x++) {
            seen[x] += 2;
            trust[x] = 0;
        }
        double without = fit(seen, trust)[250] - truth[250];
        double with = fit(seen, trusted())[250] - truth[250];
        assertTrue(with > 0.2 && without < 0.7 * with, without + " against " + with);
    }

    /** Scans resized to other heights are flattened alike: distances are shares of the retina. */
    @Property(tries = 20)
    void heightsScale(@ForAll int seed, @ForAll @DoubleRange(min = 0.4, max = 3) double scale) {
        Random random = new Random(seed);
        float[] seen = noisy(course(random), random);
        dome(seen, 200, 120, 14);
        float[] scaled = new float[W];
        for (int x = 0; x < W; x++) scaled[x] = (float) (scale * seen[x]);
        float[] fitted = fit(seen, trusted());
        for (int x = 0; x < W; x++) fitted[x] *= (float) scale;
        assertArrayEquals(fitted, ReferenceLine.fit(scaled, trusted(), scale * THICK), 0.02f);
    }

    @Test
    void fewPointsAreFitted() {
        assertEquals(7, ReferenceLine.fit(new float[] {7}, new float[] {1}, 4)[0], 1e-3);
        assertArrayEquals(new float[] {7, 9}, ReferenceLine.fit(new float[] {7, 9}, new float[] {1, 1}, 4), 1e-3f);
        assertArrayEquals(new float[] {7, 9, 8}, ReferenceLine.fit(new float[] {7, 9, 8}, new float[] {1, 1, 0}, 4),
                1e-3f);
    }

    private static float[] fit(float[] seen, float[] trust) {
        return ReferenceLine.fit(seen, trust, THICK);
    }

    private static float[] trusted() {
        float[] trust = new float[W];
        Arrays.fill(trust, 1);
        return trust;
    }

    private static float[] noisy(float[] truth, Random random) {
        float[] seen = truth.clone();
        for (int x = 0; x < W; x++) seen[x] += 0.3f * (float) random.nextGaussian();
        return seen;
    }

    private static void dome(float[] line, int centre, int columns, double height) {
        for (int x = Math.max(0, centre - columns / 2); x < Math.min(W, centre + columns / 2); x++)
            line[x] -= (float) (height * Math.pow(Math.cos(Math.PI * (x - centre) / columns), 2));
    }

    private static double worst(float[] fitted, float[] truth, int from, int to) {
        double worst = 0;
        for (int x = from; x < to; x++) worst = Math.max(worst, Math.abs(fitted[x] - truth[x]));
        return worst;
    }

    private static float[] course(Random random) {
        double a = 100 + 10 * random.nextGaussian();
        double b = 20 * random.nextGaussian();
        double c = 15 * random.nextGaussian();
        float[] line = new float[W];
        for (int i = 0; i < W; i++) {
            double x = 2.0 * i / (W - 1) - 1;
            line[i] = (float) (a + b * x + c * x * x);
        }
        return line;
    }
}
