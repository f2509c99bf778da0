package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tree shows the flow of the data: a stage knows the stages to its left and the root package; the root knows none
 * of them.
 */
class ArchitectureTest {
    private static final List<String> STAGES = List.of("io", "run", "ui", "scans", "phantom", "patches", "networks",
            "dcgan", "mapping", "scoring", "statistics", "visuals");
    private static final Path SOURCES = Path.of("src/main/java/anogan");
    private static final Pattern REFERENCE = Pattern.compile("\\banogan\\.([a-z]\\w*)\\.");

    @Test
    void aStageKnowsOnlyTheStagesToItsLeft() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : files()) {
            int own = stage(file);
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("package ")) continue;
                Matcher m = REFERENCE.matcher(line);
                while (m.find()) if (STAGES.indexOf(m.group(1)) > own) wrong.add(file + ": " + line.strip());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyFolderIsAStageAndEveryFileSaysItsPackage() throws IOException {
        for (Path file : files()) {
            assertTrue(file.getParent().equals(SOURCES) || stage(file) >= 0, file + " belongs to no stage");
            String name = file.getParent().equals(SOURCES) ? "anogan" : "anogan." + file.getParent().getFileName();
            assertTrue(Files.readString(file).contains("package " + name + ";"), file + " is not in package " + name);
        }
    }

    /** A clock that is set back, or forward, changes nothing: only {@code run.json} says when a run began. */
    @Test
    void nobodyAsksTheClockOnTheWall() throws IOException {
        Pattern clock = Pattern
                .compile("currentTimeMillis|Instant\\.now|Local(Date|Time|DateTime)\\b|new Date\\(|Clock\\.");
        List<String> asking = new ArrayList<>();
        for (Path file : files())
            if (clock.matcher(Files.readString(file)).find()) asking.add(SOURCES.relativize(file).toString());
        assertEquals(List.of("run/RunInfo.java"), asking);
    }

    /** Position of the file's stage in the flow; −1 for the root package. */
    private static int stage(Path file) {
        return STAGES.indexOf(SOURCES.relativize(file).getName(0).toString());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
            assertTrue(java.size() > 30, "the sources are not where this test looks for them");
            return java;
        }
    }
}
