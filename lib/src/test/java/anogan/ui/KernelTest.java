package anogan.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kernel is found by its static methods; progress moves in place in it, and ends where the thread is interrupted. */
class KernelTest {
    private static final List<String> SHOWN = new ArrayList<>();

    /**
     * Stands in for a kernel: its methods have the shape of IJava's and JJava's. The notebooks' own test runs in the
     * real one.
     */
    public static final class Fake {
        private Fake() {}

        public static String display(Object o, String... as) {
            SHOWN.add("display " + as[0] + " " + o);
            return "id-7";
        }

        public static void updateDisplay(String id, Object o, String... as) {
            SHOWN.add("update " + id + " " + as[0] + " " + o);
        }
    }

    @BeforeEach
    void forget() {
        SHOWN.clear();
    }

    @Test
    void aPlainProgramHasNoKernel() {
        assertTrue(Kernel.running().isEmpty());
        assertTrue(Kernel.among(List.of("no.such.Kernel", "java.lang.String")).isEmpty());
    }

    @Test
    void theFirstKernelThatIsThereShowsAndReplaces() {
        Kernel kernel = Kernel.among(List.of("no.such.Kernel", Fake.class.getName())).orElseThrow();
        String id = kernel.display("<b>x</b>", "text/html");
        kernel.update(id, "<b>y</b>", "text/html");
        assertEquals(List.of("display text/html <b>x</b>", "update id-7 text/html <b>y</b>"), SHOWN);
    }

    /**
     * IJava and JJava run cells by JShell and print what it throws: of a mistake the sentence, and no line of our code.
     */
    @Test
    void aMistakeInACellIsOneSentence() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            SnippetEvent cell = shell.eval("anogan.patches.Patches.open(java.nio.file.Path.of(\"nowhere\"));").get(0);
            assertTrue(cell.exception() instanceof EvalException, cell::toString);
            StringWriter printed = new StringWriter();
            cell.exception().printStackTrace(new PrintWriter(printed, true));
            assertTrue(printed.toString().contains(": There is no folder nowhere"), printed::toString);
            assertEquals(1, printed.toString().lines().count(), printed::toString);
        }
    }

    @Test
    void aBarIsDrawnOnceAndThenMovesInItsPlace() {
        try (Progress bar = bar("scans & <more>", 4, 8)) {
            bar.step(3);
            bar.say("L < 5");
        }
        assertEquals(2, SHOWN.size());
        assertTrue(SHOWN.get(0).startsWith("display text/html ") && SHOWN.get(0).contains("4 of 8 scan"), SHOWN.get(0));
        String end = SHOWN.get(1);
        assertTrue(
                end.startsWith("update id-7 text/html ") && end.contains("7 of 8 scan") && end.contains("width:87.5%"),
                end);
        assertTrue(end.contains("scans &amp; &lt;more>") && end.contains("L &lt; 5"), end);
    }

    @Test
    void anInterruptedThreadStopsAtItsNextStep() {
        try (Progress bar = bar("train", 0, 10)) {
            bar.step();
            Thread.currentThread().interrupt();
            CancellationException e = assertThrows(CancellationException.class, bar::step);
            assertEquals("train was interrupted", e.getMessage());
            assertFalse(Thread.currentThread().isInterrupted(), "the interruption is used up");
            bar.step();
        }
    }

    private static Progress bar(String task, long done, long total) {
        return new Progress(task,
                new NotebookBar(Kernel.among(List.of(Fake.class.getName())).orElseThrow(), task, done, total, "scan"));
    }
}
