package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/**
 * What every message to a user must be: one sentence or two with a full stop, that says the words expected of it and
 * nothing of the code.
 */
public final class Sentences {
    private Sentences() {}

    /** A right call that failed: exit code 1. */
    public static UserError assertFails(Executable call, String... words) {
        return check(1, call, words);
    }

    /** A wrong call: exit code 2. */
    public static UserError assertRefused(Executable call, String... words) {
        return check(2, call, words);
    }

    private static UserError check(int exitCode, Executable call, String... words) {
        UserError e = assertThrows(UserError.class, call);
        String said = e.getMessage();
        for (String word : words) assertTrue(said.contains(word), "\"" + word + "\" is missing in: " + said);
        assertFalse(said.contains("null") || said.contains("java.") || said.contains("Exception"),
                "speaks of the code: " + said);
        assertEquals(exitCode == 2, e.isUsage(), said);
        return e;
    }
}
