package anogan.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.Sentences;
import anogan.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a user sees of a script's end: the exit code, and one sentence on stderr. */
class CliTest {
    enum Loss { matching, reference }

    @Command(name = "probe", description = "Does what the test says.", footer = {"", "Examples:", "  probe --steps 3"})
    static final class Probe extends Cli.Script {
        @Option(names = "--steps")
        int steps;
        @Option(names = "--loss")
        Loss loss;
        @Option(names = "--batch")
        int batch;
        private final Runnable body;

        Probe(Runnable body) {
            this.body = body;
        }

        @Override
        protected void run() {
            if (steps == 0) refuse("without option steps", "--batch", "--loss");
            body.run();
        }
    }

    private record End(int code, String out, String err) {}

    private static End end(Runnable body, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int code = Cli.run(new Probe(body), args);
            return new End(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void successIsZeroAndSilent() {
        End end = end(() -> {
        }, "--steps", "3", "--loss", "MATCHING");
        assertEquals(new End(0, "", ""), end);
    }

    @Test
    void helpGoesToStdout() {
        End end = end(() -> {
            throw new AssertionError("must not run");
        }, "--help");
        assertEquals(0, end.code);
        assertTrue(end.out.contains("Does what the test says.") && end.out.contains("--stacktrace")
                && end.out.contains("probe --steps 3"), end.out);
        assertEquals("", end.err);
    }

    @Test
    void aFailureIsOneAndOneSentence() {
        End end = end(() -> {
            throw UserError.failure("There is no folder %s.", "100%");
        });
        assertEquals(new End(1, "", "probe: There is no folder 100%.\n"), end);
    }

    @Test
    void aWrongCallIsTwo() {
        assertEquals(new End(2, "", "probe: Lambda must lie between 0 and 1, not 2.0.\n"), end(() -> {
            throw UserError.usage("Lambda must lie between 0 and 1, not %s.", 2.0);
        }));
        assertWrongCall(end(() -> {
        }, "--stepz", "3"), "--stepz");
        assertWrongCall(end(() -> {
        }, "--steps"), "--steps");
        assertWrongCall(end(() -> {
        }, "--steps", "many"), "many");
        assertWrongCall(end(() -> {
        }, "--steps", "99999999999"), "99999999999");
        assertWrongCall(end(() -> {
        }, "--loss", "love"), "love");
        assertWrongCall(end(() -> {
        }, "surplus"), "surplus");
    }

    private static void assertWrongCall(End end, String word) {
        assertEquals(2, end.code, end.err);
        assertEquals("", end.out);
        assertTrue(end.err.startsWith("probe: ") && end.err.contains(word) && end.err.contains("See --help"), end.err);
        assertEquals(1, end.err.lines().count(), end.err);
    }

    @Test
    void anOptionThatWouldBeIgnoredIsRefused() {
        assertEquals(new End(2, "", "probe: --loss has no effect without --steps. Leave it out.\n"), end(() -> {
            throw new AssertionError("must not run");
        }, "--loss", "matching"));
        assertEquals(0, end(() -> {
        }, "--steps", "3", "--loss", "matching", "--batch", "2").code);
    }

    /** Arguments for later are refused now, and nothing is run. */
    @Test
    void argumentsAreCheckedBeforehand() {
        Cli.Script probe = new Probe(() -> {
            throw new AssertionError("must not run");
        });
        Cli.check(probe, "--steps", "3", "--loss", "Matching");
        Sentences.assertRefused(() -> Cli.check(probe, "--stepz", "3"), "probe: ", "--stepz", "See probe --help.");
        Sentences.assertRefused(() -> Cli.check(probe, "--steps", "many"), "probe: ", "'many'");
    }

    @Test
    void whatNobodyForesawIsOneAndAsksForAReport() {
        End end = end(() -> {
            throw new IllegalStateException("a mistake of ours");
        });
        assertEquals(1, end.code);
        assertTrue(end.err.contains("a mistake of ours") && end.err.contains("--stacktrace"), end.err);
        assertEquals(1, end.err.lines().count(), end.err);
    }

    @Test
    void memoryThatDoesNotSufficeSaysWhichOptionToLower() {
        End end = end(() -> {
            throw new OutOfMemoryError("Physical memory usage is too high");
        });
        assertEquals(end, end(() -> {
            throw new IllegalStateException(new OutOfMemoryError("Physical memory usage is too high"));
        }), "of a thread that works for ours");
        assertEquals(1, end.code);
        assertTrue(end.err.contains("Physical memory usage is too high") && end.err.contains("Lower --batch."),
                end.err);
        assertEquals(1, end.err.lines().count(), end.err);
    }

    /** Loading fails deep inside ND4J, and later uses of its classes fail by what failed first. */
    @Test
    void nativeLibrariesThatCannotBeLoadedSayFromWhereAndWhatToDo() {
        UnsatisfiedLinkError outer = new UnsatisfiedLinkError("no jniopenblas in java.library.path: /lib:/usr/lib");
        outer.initCause(new UnsatisfiedLinkError("/a/libx.so: /a/libx.so: failed to map segment from shared object"));
        End end = end(() -> {
            throw new ExceptionInInitializerError(new RuntimeException("ND4J is probably missing dependencies", outer));
        });
        assertEquals(1, end.code);
        assertTrue(end.err.contains("cannot be loaded from ")
                && end.err.contains("(failed to map segment from shared object)")
                && end.err.contains("org.bytedeco.javacpp.cachedir"), end.err);
        assertEquals(1, end.err.lines().count(), end.err);
        assertTrue(end(() -> {
            throw new UnsatisfiedLinkError("no jniopenblas in java.library.path: /lib:/usr/lib");
        }).err.contains("(no jniopenblas)"));
        End other = end(() -> {
            throw new StackOverflowError();
        });
        assertEquals(1, other.code);
        assertTrue(other.err.contains("StackOverflowError") && other.err.contains("report this"), other.err);
    }

    /** The library says "option steps" and "stage map"; a script prints what its user has to type. */
    @Test
    void optionsAndStagesGetTheirNamesOfTheCommandLine() {
        assertSaid("Lower --steps or --batch.", "Lower option steps or option batch.");
        assertSaid("--steps needs (--loss).", "Option steps needs (option loss).");
        assertSaid("x has no scores.csv yet. Make it with environment/jbang map.",
                "x has no scores.csv yet. Make it with stage map.");
        assertSaid("Finish it: environment/jbang train --resume.", "Finish it: stage train with option resume.");
        assertSaid("Run environment/jbang map --train-patches 0 --raw.",
                "Run stage map with option train-patches 0 option raw.");
        End end = end(() -> {
            throw UserError.failure("Choose another option batch.");
        });
        assertEquals(new End(1, "", "probe: Choose another --batch.\n"), end);
    }

    @Test
    void proseAndPathsStayAsTheyAre() {
        for (String prose : List.of("The option of last resort is an option that works.",
                "stage by stage, option by option", "Cannot read /data/option steps/stage map/x.png.",
                "Cannot read stage map/x.png or option steps/x.", "another option name than this script knows",
                "stage mapping", "option stepsize", "a STAGE map"))
            assertSaid(prose, prose);
    }

    private static void assertSaid(String printed, String sentence) {
        assertEquals(printed, Cli.inWordsOfTheCommandLine(sentence, new Probe(() -> {
        })));
    }

    @Test
    void everyScriptOfTheCatalogueIsAStage() throws IOException {
        Matcher names = Pattern.compile("jbang-scripts/(\\w+)[.]java")
                .matcher(Files.readString(Path.of("../jbang-catalog.json")));
        assertEquals(Set.copyOf(Cli.STAGES), names.results().map(m -> m.group(1)).collect(Collectors.toSet()));
    }

    @Test
    void theStackTraceIsThereForWhoAsks() {
        Runnable fails = () -> {
            throw UserError.failure(new IllegalStateException("the cause"), "A sentence.");
        };
        assertFalse(end(fails).err.contains("at anogan"));
        End end = end(fails, "--stacktrace");
        assertEquals(1, end.code);
        assertTrue(end.err.startsWith("probe: A sentence.\n") && end.err.contains("at anogan.ui.CliTest")
                && end.err.contains("Caused by: java.lang.IllegalStateException: the cause"), end.err);
    }
}
