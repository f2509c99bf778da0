package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedPermutationTest {
    private static final int EYES = 14;

    /** Scores of eyes with several patches each, the even eyes anomalous; the patches of an eye resemble each other. */
    private record Eyes(RankedCases first, RankedCases second, List<String> groups) {
        static Eyes of(int eyes, int patches, double firstShift, Random random) {
            int n = eyes * patches;
            boolean[] positive = new boolean[n];
            double[][] scores = new double[2][n];
            List<String> groups = new ArrayList<>();
            for (int eye = 0; eye < eyes; eye++) {
                groups.addAll(Collections.nCopies(patches, "eye" + eye));
                for (int score = 0; score < 2; score++) {
                    double ofEye = random.nextGaussian();
                    for (int i = eye * patches; i < (eye + 1) * patches; i++) {
                        positive[i] = eye % 2 == 0;
                        double shift = positive[i] ? score == 0 ? firstShift : 1 : 0;
                        scores[score][i] = ofEye + random.nextGaussian() + shift;
                    }
                }
            }
            return new Eyes(RankedCases.of(scores[0], positive), RankedCases.of(scores[1], positive), groups);
        }

        double p(int draws) {
            return PairedPermutation.p(first, second, groups, draws, 1);
        }
    }

    /** Six cases of their own: all 64 exchanges by hand, AUROCs by counting pairs of the exchanged ranks. */
    @Test
    void allExchangesByBruteForce() {
        boolean[] positive = {true, false, true, false, true, false};
        double[] first = {6, 1, 5, 2, 4, 4};
        double[] second = {1, 2, 30, 4, 5, 6};
        double[][] ranks = {{6, 1, 5, 2, 3.5, 3.5}, {1, 2, 6, 3, 4, 5}};
        double found = BruteForce.auroc(ranks[0], positive) - BruteForce.auroc(ranks[1], positive);
        int hits = 0;
        for (int pattern = 0; pattern < 64; pattern++) {
            double[][] now = new double[2][6];
            for (int i = 0; i < 6; i++) for (int k = 0; k < 2; k++) now[k][i] = ranks[k ^ (pattern >> i & 1)][i];
            double difference = BruteForce.auroc(now[0], positive) - BruteForce.auroc(now[1], positive);
            if (Math.abs(difference) >= Math.abs(found) - 1e-12) hits++;
        }
        List<String> own = IntStream.range(0, 6).mapToObj(i -> "g" + i).toList();
        assertEquals(hits / 64.0,
                PairedPermutation.p(RankedCases.of(first, positive), RankedCases.of(second, positive), own, 64, 1),
                1e-15);
        assertTrue(hits > 2 && hits < 64, "else nothing is compared");
    }

    /** What began this: 14 scans, thousands of patches, and DeLong's p of 2e-167. */
    @Test
    void soFewGroupsLimitIt() {
        Eyes clear = Eyes.of(EYES, 300, 30, new Random(1));
        assertTrue(PairedDeLong.of(clear.first, clear.second).p() < 1e-50);
        assertTrue(clear.p(1999) >= 1 / 2000.0, "draws");
        Eyes few = Eyes.of(5, 300, 30, new Random(2));
        assertTrue(few.p(1999) >= 2 / 32.0, "all 32 exchanges");
        assertEquals(1, PairedPermutation.p(few.first, few.first, few.groups, 100, 1), "a score against itself");
    }

    @Test
    void drawsAgreeWithTheCount() {
        Eyes eyes = Eyes.of(10, 5, 2, new Random(3));
        double exact = eyes.p(1024);
        assertEquals(exact, eyes.p(1023), 4 * Math.sqrt(exact * (1 - exact) / 1023) + 1e-3);
    }

    /**
     * Two scores that are equally good: DeLong, which takes patches as independent, finds a difference far too often;
     * this test about as often as it says. A difference that is there is found.
     */
    @Test
    void patchesOfOnePatientAreNoEvidenceOfTheirOwn() {
        Random random = new Random(5);
        int trials = 300;
        int permutation = 0;
        int deLong = 0;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            Eyes equal = Eyes.of(EYES, 20, 1, random);
            if (equal.p(199) <= 0.05) permutation++;
            if (PairedDeLong.of(equal.first, equal.second).p() <= 0.05) deLong++;
            if (trial < 50 && Eyes.of(EYES, 20, 6, random).p(199) <= 0.05) found++;
        }
        double allowed = 0.05 + 4 * Math.sqrt(0.05 * 0.95 / trials);
        assertTrue(permutation <= trials * allowed, permutation + " of " + trials);
        assertTrue(deLong > 2 * trials * allowed, deLong + " of " + trials);
        assertTrue(found > 25, found + " of 50");
    }
}
