package anogan.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;

class SeedsTest {
    /**
     * Computed by a few lines of Python from FNV-1a's and SplitMix64's definitions: a run of last year must be
     * repeatable.
     */
    @Example
    void stayWhatTheyAre() {
        assertEquals(-780787492076525413L, Seeds.of(0, ""));
        assertEquals(8905122065500161950L, Seeds.of(1, "generator"));
        assertEquals(-2373199195062938733L, Seeds.of(1, "batch 1"));
        assertEquals(-2307240503733568603L, Seeds.of(-5, "z 0 NORMAL-062-2 0 32"));
        assertEquals(4573861486820604700L, Seeds.of(20170317, "Fundus Ä"));
    }

    /** Also from Python: float32(2u − 1), where u are SplitMix64's upper 53 bits. */
    @Example
    void uniformNumbersStayWhatTheyAre() {
        float[] expected = {-0.0993422120809555f, -0.7252680659294128f, 0.9168496131896973f, 0.4866013824939728f};
        assertArrayEquals(expected, Seeds.uniform(1, "noise 1", 4));
    }

    @Example
    void differForNeighbouringSeedsAndNames() {
        Set<Long> seen = new HashSet<>();
        Set<Integer> lowBits = new HashSet<>();
        for (int seed = -20; seed < 20; seed++) {
            for (int step = 0; step < 1000; step++) {
                long s = Seeds.of(seed, "batch " + step);
                seen.add(s);
                lowBits.add((int) s & 0xffff);
            }
        }
        assertEquals(40_000, seen.size());
        // 40,000 throws into 65,536 boxes leave about 65,536·(1 − e^−0.61) = 29,940 of them filled, standard deviation
        // about 70
        assertEquals(29_940, lowBits.size(), 400);
    }

    /** From Python too: a generator's first numbers, which a starting point and a split hang on. */
    @Example
    void aGeneratorsNumbersStayWhatTheyAre() {
        SplittableRandom random = Seeds.random(1, "sweep");
        assertEquals(9079542431640388746L, random.nextLong());
        assertEquals(-3491541915071500708L, random.nextLong());
    }
}
