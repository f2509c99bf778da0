package anogan.statistics;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * The layout against its definition, written out plainly here, and against what another implementation reaches on the
 * same points.
 */
class TSneTest {
    private static final int N = 240;
    private static final int KINDS = 4;
    private static final double REFERENCE = 1.0078;

    /** Points around four centres in twenty dimensions; point i is of kind i % 4. */
    private static List<float[]> clusters(double distance) {
        Random random = new Random(1);
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            float[] p = new float[20];
            for (int k = 0; k < p.length; k++)
                p[k] = (float) (random.nextGaussian() + (k % KINDS == i % KINDS ? distance : 0));
            points.add(p);
        }
        return points;
    }

    private static TSne layout(List<float[]> points, int steps) {
        return TSne.of(points, new TSne.Options(15, steps, 5));
    }

    /** KL(P‖Q) from its definition, with P by a plain search for each width. */
    private static double divergence(List<float[]> points, double perplexity, double[] x, double[] y) {
        int n = points.size();
        double[][] conditional = new double[n][n];
        for (int i = 0; i < n; i++) conditional[i] = plain(points, i, perplexity);
        double z = 0;
        for (int k = 0; k < n; k++)
            for (int l = 0; l < n; l++) if (k != l) z += 1 / (1 + sq(x[k] - x[l]) + sq(y[k] - y[l]));
        double kl = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i == j) continue;
                double p = (conditional[i][j] + conditional[j][i]) / (2 * n);
                double q = 1 / (1 + sq(x[i] - x[j]) + sq(y[i] - y[j])) / z;
                if (p > 0) kl += p * Math.log(p / q);
            }
        }
        return kl;
    }

    /** p(j|i) with σ found by halving an interval of its logarithm. */
    private static double[] plain(List<float[]> points, int i, double perplexity) {
        double low = -10;
        double high = 10;
        double[] p = null;
        for (int round = 0; round < 60; round++) {
            double sigma = Math.exp((low + high) / 2);
            p = new double[points.size()];
            for (int j = 0; j < p.length; j++) {
                double d = 0;
                for (int k = 0; k < points.get(i).length; k++) d += sq(points.get(i)[k] - points.get(j)[k]);
                p[j] = j == i ? 0 : Math.exp(-d / (2 * sigma * sigma));
            }
            double sum = Arrays.stream(p).sum();
            for (int j = 0; j < p.length; j++) p[j] /= sum;
            if (perplexity(p) > perplexity) high = (low + high) / 2;
            else low = (low + high) / 2;
        }
        return p;
    }

    private static double perplexity(double[] p) {
        return Math.exp(-Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum());
    }

    private static double sq(double v) {
        return v * v;
    }

    @Property(tries = 40)
    void eachPointHasAsManyNeighboursAsAskedFor(@ForAll @IntRange(max = 1000) int seed,
            @ForAll @DoubleRange(min = 2, max = 60) double perplexity,
            @ForAll @DoubleRange(min = -4, max = 4) double scale) {
        Random random = new Random(seed);
        double[] distances = random.doubles(200, 1, 9).map(d -> d * Math.pow(10, scale)).toArray();
        distances[7] = 0;
        double[] p = TSne.conditional(distances, 7, Math.log(perplexity));
        assertEquals(0, p[7]);
        assertEquals(1, Arrays.stream(p).sum(), 1e-9);
        assertEquals(perplexity, perplexity(p), 1e-4 * perplexity);
        for (int j = 0; j < 200; j++)
            for (int k : new int[] {3, 90}) if (j != 7 && distances[j] < distances[k]) assertTrue(p[j] >= p[k]);
    }

    @Test
    void theDivergenceIsTheDefinitions() {
        List<float[]> points = clusters(1.5);
        for (int steps : new int[] {1, 40, 400}) {
            TSne t = layout(points, steps);
            assertEquals(divergence(points, 15, t.x(), t.y()), t.divergence(), 1e-4);
        }
    }

    /**
     * REFERENCE is what tsne-js 1.0.3 (npm) reaches on these points: perplexity 15, learningRate 100, earlyExaggeration
     * 4, nIter 1000. (TSNE of smile-core 1.5.3, with any step size and up to 3,000 steps, ends at 1.28 or more.)
     */
    @Test
    void theDescentGoesAsDeepAsAnotherImplementation() {
        List<float[]> points = clusters(1.5);
        double divergence = layout(points, 750).divergence();
        assertTrue(divergence < 1.02 * REFERENCE && divergence > 0.9 * REFERENCE, "KL " + divergence);
    }

    @Test
    void theEndOfADescentIsFlat() {
        List<float[]> points = clusters(1.5).subList(0, 80);
        TSne t = layout(points, 3000);
        double here = divergence(points, 15, t.x(), t.y());
        for (int i : new int[] {0, 33, 79}) {
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] moved = t.x().clone();
                moved[i] += step;
                assertTrue(Math.abs(divergence(points, 15, moved, t.y()) - here) < 1e-5 * Math.abs(step) / 1e-3,
                        "still falling at point " + i);
            }
        }
    }

    @Test
    void clustersStayApart() {
        List<float[]> points = clusters(3);
        TSne t = layout(points, 750);
        int same = 0;
        for (int i = 0; i < N; i++) {
            int nearest = -1;
            for (int j = 0; j < N; j++) {
                if (j != i && (nearest < 0 || sq(t.x()[i] - t.x()[j])
                        + sq(t.y()[i] - t.y()[j]) < sq(t.x()[i] - t.x()[nearest]) + sq(t.y()[i] - t.y()[nearest])))
                    nearest = j;
            }
            if (nearest % KINDS == i % KINDS) same++;
        }
        assertTrue(same > 0.98 * N, same + " of " + N + " have a neighbour of their kind");
    }

    @Test
    void theSeedDecidesAndNothingElse() throws InterruptedException {
        List<float[]> points = clusters(2);
        TSne first = layout(points, 100);
        TSne[] elsewhere = new TSne[1];
        Thread other = new Thread(() -> elsewhere[0] = layout(points, 100));
        other.start();
        other.join();
        assertArrayEquals(first.x(), elsewhere[0].x());
        assertArrayEquals(first.y(), elsewhere[0].y());
        assertFalse(Arrays.equals(first.x(), TSne.of(points, new TSne.Options(15, 100, 6)).x()));
    }

    @Test
    void copiesOfAPointDoNoHarm() {
        List<float[]> points = new ArrayList<>(clusters(2).subList(0, 60));
        for (int i = 0; i < 30; i++) points.set(i, points.get(0));
        TSne t = TSne.of(points, new TSne.Options(5, 300, 1));
        for (int i = 0; i < 60; i++) assertTrue(Double.isFinite(t.x()[i]) && Double.isFinite(t.y()[i]));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused(() -> new TSne.Options(1, 750, 1), "perplexity", "above 1");
        assertRefused(() -> new TSne.Options(Double.NaN, 750, 1), "perplexity");
        assertRefused(() -> new TSne.Options(30, 0, 1), "at least one step");
        assertRefused(() -> TSne.of(clusters(1).subList(0, 45), new TSne.Options(15, 10, 1)),
                "more than 45 points, not 45");
    }
}
