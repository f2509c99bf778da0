package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LabelTest {
    /** What R and pandas read. */
    @Test
    void csvTextIsZeroOneOrNothing() {
        assertEquals("0", Label.NORMAL.csv());
        assertEquals("1", Label.ANOMALOUS.csv());
        assertEquals("", Label.UNKNOWN.csv());
        for (Label label : Label.values()) assertEquals(label, Label.of(label.csv()));
    }

    @Test
    void anythingElseIsRefused() {
        String sentence = assertThrows(IllegalArgumentException.class, () -> Label.of("2")).getMessage();
        assertTrue(sentence.contains("\"2\""), sentence);
    }
}
