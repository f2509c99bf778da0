package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The line that the points were made from comes back, whatever a fifth of them, side by side, says. */
class RobustPolynomialTest {
    @Property(tries = 40)
    void aFifthOfThePointsHasNoSay(@ForAll int seed) {
        Random random = new Random(seed);
        float[] truth = line(random, 512);
        float[] seen = truth.clone();
        int from = 60 + random.nextInt(290);   // not at the very ends, where a fourth power could follow them
        for (int x = 0; x < 512; x++) seen[x] += 0.3f * (float) random.nextGaussian();
        for (int x = from; x < from + 102; x++) seen[x] -= 15 + 10 * random.nextFloat();   // a dome of drusen, say
        float[] trust = new float[512];
        Arrays.fill(trust, 1);
        float[] fitted = RobustPolynomial.fit(seen, trust, 4);
        double worst = 0;
        for (int x = 0; x < 512; x++) worst = Math.max(worst, Math.abs(fitted[x] - truth[x]));
        assertTrue(worst < 2, "off by " + worst + " rows");
    }

    @Test
    void withoutTrustPointsSayLess() {
        float[] truth = line(new Random(3), 300);
        float[] seen = truth.clone();
        float[] trust = new float[300];
        Arrays.fill(trust, 1);
        for (int x = 220; x < 300; x++) {
            seen[x] += 4;
            trust[x] = 0;
        }
        float[] without = RobustPolynomial.fit(seen, trust, 4);
        Arrays.fill(trust, 1);
        float[] with = RobustPolynomial.fit(seen, trust, 4);
        assertTrue(Math.abs(without[260] - truth[260]) < 0.7 * Math.abs(with[260] - truth[260]),
                without[260] + " against " + with[260] + ", truly " + truth[260]);
    }

    @Test
    void fewPointsAreFitted() {
        assertEquals(7, RobustPolynomial.fit(new float[] {7}, new float[] {1}, 4)[0], 1e-3);
    }

    private static float[] line(Random random, int n) {
        double a = 100 + 10 * random.nextGaussian();
        double b = 20 * random.nextGaussian();
        double c = 15 * random.nextGaussian();
        float[] line = new float[n];
        for (int i = 0; i < n; i++) {
            double x = 2.0 * i / (n - 1) - 1;
            line[i] = (float) (a + b * x + c * x * x);
        }
        return line;
    }
}
