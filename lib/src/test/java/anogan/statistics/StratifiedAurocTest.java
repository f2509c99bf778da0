package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.statistics.BruteForce.Data;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StratifiedAurocTest {
    @Property(tries = 100)
    void onlyPairsOfTheSameScanCount(@ForAll long seed) {
        Data d = BruteForce.random(seed, 8, 5);
        List<String> scan = IntStream.range(0, d.scores().length).mapToObj(i -> "s" + i % 4).toList();
        double concordant = 0;
        long pairs = 0;
        for (int i = 0; i < d.scores().length; i++) {
            for (int j = 0; j < d.scores().length; j++) {
                if (!d.positive()[i] || d.positive()[j] || !scan.get(i).equals(scan.get(j))) continue;
                concordant += d.scores()[i] > d.scores()[j] ? 1 : d.scores()[i] == d.scores()[j] ? 0.5 : 0;
                pairs++;
            }
        }
        StratifiedAuroc auroc = StratifiedAuroc.of(d.scores(), d.positive(), scan);
        assertEquals(pairs, auroc.pairs());
        assertEquals(concordant / pairs, auroc.pooled(), 1e-12);
    }

    /** A score that knows the scan but not the place in it: excellent over all patches, chance within scans. */
    @Test
    void knowingTheScanIsNoUse() {
        Random random = new Random(2);
        int n = 4000;
        double[] scores = new double[n];
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            boolean sick = i / 20 % 2 == 0;
            positive[i] = random.nextDouble() < (sick ? 0.8 : 0.1);
            scores[i] = (sick ? 10 : 0) + random.nextDouble();
        }
        List<String> scan = IntStream.range(0, n).mapToObj(i -> "scan" + i / 20).toList();
        assertTrue(Auroc.of(scores, positive).value() > 0.8);
        assertEquals(0.5, StratifiedAuroc.of(scores, positive, scan).pooled(), 0.03);
        assertEquals(0.5, StratifiedAuroc.of(scores, positive, scan).mean(), 0.03);
    }

    @Test
    void theTwoAveragesDiffer() {
        double[] scores = {3, 1, 2, 0, 1, 5};
        boolean[] positive = {true, false, false, true, false, true};
        List<String> scan = List.of("a", "a", "a", "b", "b", "only positive");
        StratifiedAuroc auroc = StratifiedAuroc.of(scores, positive, scan);
        assertEquals(2, auroc.strata().size());
        assertEquals(2 / 3.0, auroc.pooled(), 1e-12);   // a: 2 of 2 pairs, b: 0 of 1
        assertEquals(1 / 2.0, auroc.mean(), 1e-12);
        assertThrows(IllegalArgumentException.class,
                () -> StratifiedAuroc.of(new double[] {1, 2}, new boolean[] {true, false}, List.of("a", "b")));
    }
}
