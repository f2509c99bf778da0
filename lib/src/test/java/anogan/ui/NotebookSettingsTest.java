package anogan.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotebookSettingsTest {
    @Test
    void aVariableReplacesTheDefaultAndThePrintSaysSo() {
        NotebookSettings settings = new NotebookSettings(Map.of("ANOGAN_STEPS", " 30 ", "ANOGAN_HOME", "/somewhere",
                "ANOGAN_COMMIT", "0123456789abcdef0123456789abcdef01234567 with changes"));
        assertEquals(30, settings.whole("ANOGAN_STEPS", 1200, "training steps"));
        assertEquals(0.25, settings.number("ANOGAN_WIDTH", 0.25, "width of the networks"));
        assertEquals("tour", settings.word("ANOGAN_RUN", "tour", "name of the run"));
        assertEquals(Path.of("/somewhere/data"), settings.data());
        String[] lines = settings.toString().split("\n");
        assertEquals("ANOGAN_STEPS             30       training steps [default 1200]", lines[0]);
        assertEquals("ANOGAN_WIDTH             0.25     width of the networks", lines[1]);
        assertTrue(lines[3].startsWith("library at commit 0123456 with changes, Java "), lines[3]);
    }

    @Test
    void withoutAKernelOfOursTheFolderAboveIsMeant() {
        assertEquals(Path.of("../data"), new NotebookSettings(Map.of()).data());
        assertEquals(Path.of("/somewhere/data/results"),
                new NotebookSettings(Map.of("ANOGAN_DATA", "/tmp/small", "ANOGAN_HOME", "/somewhere")).results());
        assertEquals(Path.of("/tmp/small"),
                new NotebookSettings(Map.of("ANOGAN_DATA", "/tmp/small", "ANOGAN_HOME", "/somewhere")).data());
    }

    @Test
    void whatIsNoNumberIsNamed() {
        NotebookSettings settings = new NotebookSettings(Map.of("ANOGAN_STEPS", "many", "ANOGAN_EYES", "0"));
        UserError e = assertThrows(UserError.class, () -> settings.whole("ANOGAN_STEPS", 1, ""));
        assertEquals("The environment variable ANOGAN_STEPS must be a whole number of at least 1, not \"many\".",
                e.getMessage());
        assertThrows(UserError.class, () -> settings.whole("ANOGAN_EYES", 1, ""));
        assertThrows(UserError.class, () -> settings.number("ANOGAN_STEPS", 1, ""));
    }
}
