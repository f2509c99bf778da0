package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every notebook promises a reader, and the rules by which one notebook runs on IJava and on JJava. That they run
 * is tested by environment/notebooks --check.
 */
class NotebooksTest {
    private static final Path FOLDER = Path.of("../notebooks");
    private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*[%!]");
    /** What only one kernel puts into a notebook's scope. */
    private static final Pattern OF_A_KERNEL = Pattern
            .compile("(?<![\\w.])(display|updateDisplay|render|magic|lineMagic|cellMagic|eval)\\s*\\(");
    /** A number with digits after the point that a reader would take for a result; an arXiv number is none. */
    private static final Pattern RESULT = Pattern.compile("(?<![\\d.:])\\d+\\.\\d{2,}(?![\\d.])");
    private static final Pattern HOW_MANY = Pattern.compile("n = \\d|\\d (training|test|queries|scans|patches)");
    private static final Pattern SOMEBODYS_MACHINE = Pattern.compile("/(home|root|tmp|work|Users)/");

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
        }
    }

    @Test
    void thereAreNineInOrderAndTheyLinkToEachOther() throws Exception {
        List<String> names = notebooks().stream().map(f -> f.getFileName().toString()).toList();
        assertEquals(9, names.size());
        String tour = Files.readString(FOLDER.resolve(names.get(0)));
        for (int i = 0; i < 9; i++) {
            assertTrue(names.get(i).startsWith("0" + i + "-"), names.get(i));
            if (i > 0) assertTrue(tour.contains("(" + names.get(i) + ")"), "the tour links " + names.get(i));
        }
        long bytes = 0;
        for (Path f : notebooks()) bytes += Files.size(f);
        assertTrue(bytes < 6_600_000, bytes + " bytes are more than a clone should carry");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void codeIsShortAndRunsOnEitherKernel(Path file) throws Exception {
        for (JsonNode cell : cells(file, "code")) {
            String code = text(cell.get("source"));
            assertTrue(code.lines().count() <= 25, "a cell of " + code.lines().count() + " lines: " + code);
            code.lines().forEach(line -> assertTrue(line.length() <= 120, line));
            assertFalse(MAGIC.matcher(code).find(), "no magics: " + code);
            assertFalse(OF_A_KERNEL.matcher(code).find(), "shown through Show, not by a kernel's own methods: " + code);
            String last = code.lines().reduce((a, b) -> b).orElseThrow().strip();
            assertTrue(last.endsWith(";") || last.endsWith("}"),
                    "a cell ends with a statement, not with a value to print: " + code);
            int statement = code.stripTrailing().lastIndexOf("\nSystem.out.print");
            assertFalse(
                    statement >= 0 && code.startsWith("printf", statement + 12) && code.indexOf(";\n", statement) < 0,
                    "printf returns the stream, which a kernel prints below the cell: " + code);
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itReadsWellWithoutRunning(Path file) throws Exception {
        int pictures = 0;
        for (JsonNode cell : cells(file, "code")) {
            JsonNode outputs = cell.get("outputs");
            for (int i = 0; i < outputs.size(); i++) {
                JsonNode output = outputs.get(i);
                assertFalse(output.get("output_type").asText().equals("error"), "an error is committed: " + output);
                assertFalse("stderr".equals(output.path("name").asText()), output.toString());
                JsonNode data = output.path("data");
                boolean picture = data.has("image/png") || data.has("image/jpeg")
                        || text(data.path("text/html")).contains("<img");
                if (!picture) {
                    assertFalse(SOMEBODYS_MACHINE.matcher(output.toString()).find(), output.toString());
                    continue;
                }
                pictures++;
                assertTrue(
                        i + 1 < outputs.size()
                                && text(outputs.get(i + 1).path("data").path("text/html")).startsWith("<p"),
                        "a picture has no caption");
                String caption = text(outputs.get(i + 1).path("data").path("text/html"));
                assertTrue(caption.contains("seed") || caption.contains("OCTDL"),
                        "neither seed nor source: " + caption);
                assertTrue(HOW_MANY.matcher(caption).find(), "no n: " + caption);
            }
            assertFalse(outputs.toString().contains("java.io.PrintStream"),
                    "a value that nobody wants to read: " + outputs);
            assertTrue(cell.get("execution_count").isInt(), "a cell was not run: " + text(cell.get("source")));
        }
        assertTrue(pictures >= 2, "only " + pictures + " pictures");
        String settings = cells(file, "code").get(0).get("outputs").toString();
        assertTrue(settings.contains("library at commit"), "the first cell notes its settings");
    }

    /**
     * Results are computed and printed; prose that repeats one would be wrong after the next training. Settings and
     * formulas have fewer digits.
     */
    @ParameterizedTest
    @MethodSource("notebooks")
    void numbersInTheProseStandInAnOutputAboveIt(Path file) throws Exception {
        StringBuilder above = new StringBuilder();
        for (JsonNode cell : new ObjectMapper().readTree(file.toFile()).get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                for (JsonNode output : cell.get("outputs"))
                    above.append(text(output.path("text"))).append(text(output.path("data").path("text/html")));
                continue;
            }
            String prose = text(cell.get("source")).replaceAll("(?s)```.*?```", "");
            RESULT.matcher(prose).results().map(MatchResult::group).forEach(
                    number -> assertTrue(above.indexOf(number) >= 0, number + " is in no output above: " + prose));
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itEndsWithExercisesAndHiddenSolutions(Path file) throws Exception {
        List<JsonNode> prose = cells(file, "markdown");
        assertTrue(text(prose.get(0).get("source")).startsWith("# "));
        assertTrue(text(prose.get(prose.size() - 2).get("source")).contains("## Exercises"));
        String solutions = text(prose.get(prose.size() - 1).get("source"));
        assertTrue(solutions.startsWith("<details><summary>Solutions</summary>") && solutions.endsWith("</details>")
                && solutions.contains("```java"), solutions);
    }

    private static List<JsonNode> cells(Path file, String type) throws IOException {
        JsonNode notebook = new ObjectMapper().readTree(file.toFile());
        assertEquals("java", notebook.at("/metadata/kernelspec/name").asText());
        List<JsonNode> cells = new ArrayList<>();
        notebook.get("cells").forEach(c -> {
            if (c.get("cell_type").asText().equals(type)) cells.add(c);
        });
        return cells;
    }

    /** Jupyter stores text as a string or as its lines. */
    private static String text(JsonNode source) {
        if (!source.isArray()) return source.asText();
        return StreamSupport.stream(source.spliterator(), false).map(JsonNode::asText).reduce("", String::concat);
    }
}
