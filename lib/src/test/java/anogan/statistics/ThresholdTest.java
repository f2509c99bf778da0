package anogan.statistics;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    @Test
    void orderStatisticsOnPaper() {
        double[] ninetyNine = IntStream.rangeClosed(1, 99).mapToDouble(i -> 100 - i).toArray();
        NormalThreshold t = NormalThreshold.of(ninetyNine, 0.05);
        assertEquals(95, t.threshold());            // (99 + 1)·0.95 = 95 exactly
        assertEquals(0.05, t.expectedFpr(), 1e-12);
        assertTrue(!t.flags(95) && t.flags(95.1));
        double[] nineteen = IntStream.rangeClosed(1, 19).asDoubleStream().toArray();
        assertEquals(19, NormalThreshold.of(nineteen, 0.05).threshold());
        assertEquals(0.05, NormalThreshold.of(nineteen, 0.05).expectedFpr(), 1e-12);
        NormalThreshold few = NormalThreshold.of(new double[] {1, 2, 3}, 0.05);
        assertEquals(3, few.threshold());
        assertEquals(0.25, few.expectedFpr(), 1e-12);
    }

    /**
     * Whatever the number of normals, new normals are flagged as often as promised; the plain sample quantile is not
     * that careful.
     */
    @ParameterizedTest
    @CsvSource({"3, 0.05", "19, 0.05", "25, 0.05", "40, 0.1", "200, 0.05", "10, 0.5"})
    void newNormalsAreFlaggedAsOftenAsPromised(int n, double fpr) {
        Random random = new Random(n);
        double flagged = 0;
        double promised = 0;
        int trials = 40_000;
        for (int trial = 0; trial < trials; trial++) {
            NormalThreshold t = NormalThreshold.of(random.doubles(n).toArray(), fpr);
            flagged += t.flags(random.nextDouble()) ? 1 : 0;
            promised = t.expectedFpr();
        }
        assertEquals(promised, flagged / trials, 4 * Math.sqrt(promised / trials));
        assertTrue(n < 1 / fpr - 1 || promised <= fpr);
        assertTrue(promised > fpr - 1.0 / (n + 1), "no more careful than needed");
    }

    /** Of 7 scores the highest is exceeded with a probability U whose distribution is 1 − (1 − u)^7. */
    @Test
    void soFewNormalsPromiseSoMuch() {
        NormalThreshold seven = NormalThreshold.of(new double[] {1, 2, 3, 4, 5, 6, 7}, 0.05);
        assertEquals(1 - Math.pow(0.975, 1 / 7.0), seven.trueFpr().low(), 1e-9);
        assertEquals(1 - Math.pow(0.025, 1 / 7.0), seven.trueFpr().high(), 1e-9);
        assertEquals("With 7 validation normals no threshold below 12.5 % can be promised, 5 % takes 19: the highest "
                + "of them is taken; 5 % aimed at, 0.4–41 % to be expected.", seven.promise());
        assertEquals("Set by 19 validation normals: 5 % aimed at, 0.1–18 % to be expected.",
                NormalThreshold.of(new double[19], 0.05).promise());   // 1 − .975^(1/19), 1 − .025^(1/19)
        assertTrue(NormalThreshold.of(new double[18], 0.05).promise().contains("takes 19:"));
    }

    /** Thresholds of uniform scores, whose true rate is 1 − threshold: 95 % of them lie in the interval. */
    @Test
    void theTrueRateLiesWhereItIsSaidToLie() {
        Random random = new Random(3);
        int trials = 20_000;
        int inside = 0;
        for (int trial = 0; trial < trials; trial++) {
            NormalThreshold t = NormalThreshold.of(random.doubles(30).toArray(), 0.1);
            Interval said = t.trueFpr();
            if (said.low() <= 1 - t.threshold() && 1 - t.threshold() <= said.high()) inside++;
        }
        assertEquals(0.95, (double) inside / trials, 4 * Math.sqrt(0.05 * 0.95 / trials));
    }

    @Test
    void whatSetsNoThresholdIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NormalThreshold.of(new double[0], 0.05));
        assertThrows(IllegalArgumentException.class, () -> NormalThreshold.of(new double[] {1, Double.NaN}, 0.05));
        assertRefused(() -> NormalThreshold.of(new double[] {1}, 1), "between 0 and 1, not 1.0");
    }

    /** Newcombe, Statistics in Medicine 17 (1998) 857, Table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void publishedWilsonIntervals(int hits, int cases, double low, double high) {
        Interval interval = Interval.wilson(hits, cases);
        assertEquals(low, interval.low(), 5e-5);
        assertEquals(high, interval.high(), 5e-5);
        Interval mirrored = Interval.wilson(cases - hits, cases);
        assertEquals(1 - interval.high(), mirrored.low(), 1e-12);
    }

    @Test
    void quantilesAreThoseOfNumPy() {
        double[] sorted = {1, 2, 4, 8};
        assertEquals(1.75, Interval.quantile(sorted, 0.25), 1e-12);   // numpy.quantile([1, 2, 4, 8], .25)
        assertEquals(3, Interval.quantile(sorted, 0.5), 1e-12);
        assertEquals(8, Interval.quantile(sorted, 1));
        Interval middle = Interval
                .percentile(Arrays.stream(IntStream.rangeClosed(0, 1000).toArray()).asDoubleStream().toArray())
                .orElseThrow();
        assertEquals(25, middle.low(), 1e-9);
        assertEquals(975, middle.high(), 1e-9);
    }
}
