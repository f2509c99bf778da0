package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The examples that scikit-learn's documentation gives for adjusted_rand_score, and numbers that follow on paper. */
class AgreementTest {
    @Test
    void randIndex() {
        assertEquals(1, Agreement.randIndex(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}), 1e-12);
        assertEquals(4.0 / 7, Agreement.randIndex(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}), 1e-12);
        assertEquals(0, Agreement.randIndex(new int[] {0, 0, 0, 0}, new int[] {0, 1, 2, 3}), 1e-12);
        assertEquals(-0.5, Agreement.randIndex(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}), 1e-12);
    }

    /** Entropies of 1/2, 1/4, 1/4 and of 1/2, 1/2 are 3/2 and 1 bit, and what both share is 1 bit. */
    @Test
    void mutualInformation() {
        assertEquals(2 * 1 / (1.5 + 1), Agreement.mutualInformation(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}),
                1e-12);
        assertEquals(0, Agreement.mutualInformation(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}), 1e-12);
    }
}
