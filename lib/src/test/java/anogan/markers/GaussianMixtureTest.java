package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The mixture against closed forms, against itself with doubled cases, and against clusters that were drawn. */
class GaussianMixtureTest {
    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[][] drawn(long seed, double[][] centres, double[] deviations, int each) {
        Random random = new Random(seed);
        double[][] x = new double[centres.length * each][];
        for (int i = 0; i < x.length; i++) {
            int k = i % centres.length;
            x[i] = Arrays.stream(centres[k]).map(c -> c + deviations[k] * random.nextGaussian()).toArray();
        }
        return x;
    }

    /** Of one cluster the likeliest middle is the mean, the likeliest variance that of the sample, plus 0.01. */
    @Test
    void oneClusterIsMeanAndVariance() {
        double[][] x = {{1, 2}, {3, 2}, {5, 8}};
        GaussianMixture m = GaussianMixture.fit(x, ones(3), 1, 1, 1).orElseThrow();
        assertArrayEquals(new double[] {1}, m.shares(), 1e-12);
        assertArrayEquals(new double[] {3, 4}, m.means()[0], 1e-12);
        assertArrayEquals(new double[] {8.0 / 3 + 0.01, 8 + 0.01}, m.variances()[0], 1e-9);
        assertEquals(4 / (8.0 / 3 + 0.01) + 4 / 8.01, m.distance(new double[] {5, 2}, 0), 1e-9);
    }

    /** Clusters of unlike size and width, which k-means would cut in the middle. */
    @Test
    void drawnClustersAreFound() {
        double[][] centres = {{0, 0, 0}, {6, 0, 3}, {0, 7, -3}};
        double[] deviations = {0.3, 1, 2};
        double[][] x = drawn(1, centres, deviations, 400);
        GaussianMixture m = GaussianMixture.fit(x, ones(x.length), 3, 5, 1).orElseThrow();
        for (int k = 0; k < 3; k++) {
            int found = m.cluster(centres[k]);
            for (int d = 0; d < 3; d++) {
                assertEquals(centres[k][d], m.means()[found][d], 4 * deviations[k] / 20 + 0.1);
                assertEquals(deviations[k] * deviations[k] + 0.01, m.variances()[found][d], 0.3 * deviations[k]);
            }
        }
        long right = java.util.stream.IntStream.range(0, x.length)
                .filter(i -> m.cluster(x[i]) == m.cluster(centres[i % 3])).count();
        assertTrue(right > 0.97 * x.length, right + " of " + x.length);
    }

    /** A case that counts twice is the same as two such cases; one that counts 0 is none. */
    @Test
    void weightsAreCopies() {
        double[][] x = drawn(2, new double[][] {{0, 0}, {4, 4}}, new double[] {1, 1}, 30);
        GaussianMixture start = GaussianMixture.fit(x, ones(60), 2, 1, 3).orElseThrow();
        double[] weights = new double[60];
        for (int i = 0; i < 60; i++) weights[i] = i % 3;
        double[][] copies = java.util.stream.IntStream.range(0, 60).boxed()
                .flatMap(i -> java.util.Collections.nCopies(i % 3, x[i]).stream()).toArray(double[][]::new);
        GaussianMixture weighted = start.refined(x, weights);
        GaussianMixture copied = start.refined(copies, ones(copies.length));
        for (int k = 0; k < 2; k++) {
            assertArrayEquals(copied.means()[k], weighted.means()[k], 1e-9);
            assertArrayEquals(copied.variances()[k], weighted.variances()[k], 1e-9);
        }
    }

    @Test
    void theSameBitsAgainAndNothingWhereCasesDoNotDiffer() {
        double[][] x = drawn(3, new double[][] {{0}, {9}}, new double[] {1, 1}, 20);
        assertEquals(GaussianMixture.fit(x, ones(40), 2, 3, 7), GaussianMixture.fit(x, ones(40), 2, 3, 7));
        assertEquals(Optional.empty(), GaussianMixture.fit(new double[][] {{1}, {1}, {1}}, ones(3), 2, 3, 7));
    }
}
