package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tree shows the flow of the data: a room knows the rooms to its left and {@link UserError}; the front door, which
 * is the root package, knows them all and none knows it. What imports do not show stands here too.
 */
class ArchitectureTest {
    private static final List<String> ROOMS = List.of("io", "run", "ui", "scans", "phantom", "patches", "networks",
            "dcgan", "mapping", "scoring", "markers", "statistics", "visuals");
    private static final Path SOURCES = Path.of("src/main/java/anogan");
    /** The root package's name in {@code public-types.txt}. */
    private static final String FRONT = "anogan";

    @Test
    void aRoomKnowsOnlyTheRoomsToItsLeft() {
        Pattern reference = Pattern.compile("\\banogan\\.([a-z]\\w*)\\.");
        assertNone(f -> !room(f).equals(FRONT), reference,
                (file, m) -> ROOMS.indexOf(m.group(1)) > ROOMS.indexOf(room(file)));
    }

    @Test
    void noRoomKnowsTheFrontDoor() {
        assertNone(f -> !room(f).equals(FRONT), Pattern.compile("\\banogan\\.([A-Z]\\w*)"),
                (file, m) -> !m.group(1).equals("UserError"));
    }

    @Test
    void everyFolderIsARoomAndEveryFileSaysItsPackage() {
        for (Path file : files()) {
            assertTrue(room(file).equals(FRONT) || ROOMS.contains(room(file)), file + " belongs to no room");
            String name = room(file).equals(FRONT) ? FRONT : "anogan." + room(file);
            assertTrue(text(file).contains("package " + name + ";"), file + " is not in package " + name);
        }
    }

    @Test
    void everyRoomSaysWhatItIs() {
        for (String room : ROOMS) {
            Path file = SOURCES.resolve(room).resolve("package-info.java");
            assertTrue(Files.exists(file) && text(file).startsWith("/**"), room + " has no " + file.getFileName());
        }
    }

    /** A clock that is set back, or forward, changes nothing: only {@code run.json} says when a run began. */
    @Test
    void nobodyAsksTheClockOnTheWall() {
        Pattern clock = Pattern
                .compile("currentTimeMillis|(Instant|Local\\w*|Zoned\\w*|Year)\\.now|new Date\\(|Clock\\.");
        assertNone(f -> !SOURCES.relativize(f).equals(Path.of("run", "RunInfo.java")), clock, (file, m) -> true);
    }

    /** Numbers are made in {@code statistics}; what is drawn of them, and where it is printed, is for others. */
    @Test
    void statisticsNamesNoPicture() {
        assertNone(f -> room(f).equals("statistics"), Pattern.compile("(?i)\\bpng\\b|figures/|README"),
                (file, m) -> true);
    }

    /** The library says {@code option size} and {@code stage map}; {@code ui} knows what a script calls them. */
    @Test
    void noMessageSpeaksOfACommandLine() {
        Set<String> ofOtherPrograms = Set.of("--all-frames", "--write-png");
        Pattern literal = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
        Pattern command = Pattern.compile("--[a-z][a-z-]*|environment/jbang");
        assertNone(f -> !room(f).equals("ui"), literal, (file, m) -> command.matcher(m.group()).results()
                .anyMatch(found -> !ofOtherPrograms.contains(found.group())));
    }

    @Test
    void anErrorKnowsNeitherKernelNorExitCode() {
        assertNone(f -> f.getFileName().toString().equals("UserError.java"),
                Pattern.compile("(?i)kernel|notebook|exit|picocli"), (file, m) -> true);
    }

    @Test
    void noClassIsCalledLikeOneOfJavaLang() throws IOException {
        Set<String> taken;
        try (Stream<Path> classes = Files
                .list(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java", "lang"))) {
            taken = classes.map(c -> c.getFileName().toString().replace(".class", "")).collect(Collectors.toSet());
        }
        assertTrue(taken.contains("Record") && taken.contains("String"));
        assertNone(f -> true, Pattern.compile("(?m)^\\s*(?:[a-z]+ )*(?:class|record|interface|enum) (\\w+)"),
                (file, m) -> taken.contains(m.group(1)));
    }

    /** Making a type public is a decision: it is entered in {@code public-types.txt}. */
    @Test
    void thePublicTypesAreThoseOfTheList() throws IOException {
        Pattern type = Pattern.compile("(?m)^public [a-z -]*?(?:class|record|interface|enum|@interface) (\\w+)");
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path file : files()) {
            type.matcher(text(file)).results()
                    .forEach(m -> found.computeIfAbsent(room(file), r -> new TreeSet<>()).add(m.group(1)));
        }
        Map<String, Set<String>> listed = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/public-types.txt"))) {
            String[] words = line.split("[: ]+");
            listed.put(words[0], new TreeSet<>(List.of(words).subList(1, words.length)));
        }
        assertEquals(lines(listed), lines(found));
    }

    /** A line a room, as in the file. */
    private static String lines(Map<String, Set<String>> types) {
        return types.entrySet().stream().map(e -> e.getKey() + ": " + String.join(" ", e.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private interface Forbids {
        boolean test(Path file, MatchResult found);
    }

    /**
     * Fails with file, line and text of all that {@code pattern} finds in {@code files} and {@code forbids} objects to.
     */
    private static void assertNone(Predicate<Path> files, Pattern pattern, Forbids forbids) {
        List<String> wrong = new ArrayList<>();
        for (Path file : files()) {
            if (!files.test(file)) continue;
            String text = text(file);
            pattern.matcher(text).results().filter(m -> forbids.test(file, m)).forEach(m -> wrong.add(
                    SOURCES.relativize(file) + ":" + text.substring(0, m.start()).lines().count() + ": " + m.group()));
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static String room(Path file) {
        Path inside = SOURCES.relativize(file);
        return inside.getNameCount() == 1 ? FRONT : inside.getName(0).toString();
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
            assertTrue(java.size() > 30, "the sources are not where this test looks for them");
            return java;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
