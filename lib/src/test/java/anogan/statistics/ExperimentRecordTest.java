package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.AtomicFiles;
import anogan.run.ExperimentConfig;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRecordTest {
    private static final ExperimentConfig EXPERIMENT = new ExperimentConfig("r", "t", "e", Optional.empty(),
            List.of(""), "--layout phantom", "--steps 3", List.of(), "--steps 4", Optional.empty(), Map.of(),
            Optional.empty(), "", Optional.empty(), true);
    @TempDir
    Path folder;

    private static ExperimentRecord record(ExperimentRecord.Value... values) {
        return new ExperimentRecord(EXPERIMENT, Map.of("commit", "c"), "2020-01-01T00:00:00Z", List.of(),
                Map.of("train", 120.0), Optional.empty(), List.of(values));
    }

    private static ExperimentRecord.Value value(String name, double value, Interval interval) {
        return new ExperimentRecord.Value("patches", name, "", value, Optional.of(interval));
    }

    private static ExperimentRecord.Value value(String name, double value) {
        return new ExperimentRecord.Value("patches", name, "", value, Optional.empty());
    }

    @Test
    void aChangedNumberIsCaught() {
        ExperimentRecord before = record(value("a", 0.8, new Interval(0.7, 0.9)), value("b", 0.6),
                value("c", 0.5, new Interval(0.4, 0.6)), value("gone", 1));
        ExperimentRecord now = record(value("a", 0.71, new Interval(0.6, 0.8)), value("b", 0.600002),
                value("c", 0.61, new Interval(0.5, 0.7)), value("new", 0.3));
        Map<String, String> first = new LinkedHashMap<>();
        before.compare(now).forEach(c -> first.put(c.name(), c.toString().split(" ")[0]));
        assertEquals(Map.of("patches, a", "agrees", "patches, b", "DIFFERS", "patches, c", "DIFFERS", "patches, gone",
                "missing", "patches, new", "new"), first);
        assertTrue(before.compare(before).stream().allMatch(ExperimentRecord.Compared::agrees));
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        ExperimentRecord record = record(value("a", 0.8, new Interval(0.7, 0.9)), value("b", 0.6));
        record.write(folder.resolve("r.json"));
        assertEquals(record, ExperimentRecord.read(folder.resolve("r.json")));
    }

    @Test
    void meansAreOverWhatAllClassesHave() {
        List<ExperimentRecord.Value> means = ExperimentRecord.means(
                Map.of("0", List.of(value("A", 0.8, new Interval(0.7, 0.9)), value("B", 0.5), value("only here", 1)),
                        "1", List.of(value("A", 0.6, new Interval(0.55, 0.7)), value("B", 0.7))));
        Map<String, ExperimentRecord.Value> byName = new LinkedHashMap<>();
        means.forEach(v -> byName.put(v.name(), v));
        assertEquals(2, means.size());
        assertEquals(0.7, byName.get("patches, A, mean of classes").value(), 1e-12);
        assertEquals(0.625, byName.get("patches, A, mean of classes").interval().orElseThrow().low(), 1e-12);
        assertEquals(0.8, byName.get("patches, A, mean of classes").interval().orElseThrow().high(), 1e-12);
        assertEquals(Optional.empty(), byName.get("patches, B, mean of classes").interval());
    }

    @Test
    void aPageShowsTheRecordInItsPlaces() {
        ExperimentRecord record = record(value("A", 0.8, new Interval(0.7, 0.9)),
                new ExperimentRecord.Value("pixels", "log_ratio", "pooled", 0.75, Optional.empty()));
        String page = "before\n<!-- record r patches -->\nold\n<!-- end -->\nbetween\n<!-- record r patches: B, "
                + "C -->\n<!-- end -->\n<!-- record other patches -->\nkept\n<!-- end -->\n<!-- record r made "
                + "-->\n<!-- end -->\n";
        assertEquals("before\n<!-- record r patches -->\n| patches | AUROC |\n|---|---|\n| A | 0.800 [0.700–0.900] "
                + "|\n<!-- end -->\nbetween\n"
                + "<!-- record r patches: B, C -->\n<!-- end -->\n<!-- record other patches "
                + "-->\nkept\n<!-- end -->\n<!-- record r made -->\nMade at commit c, in 2 "
                + "minutes and those of preparation, variants and sweeps, on an unknown system.\n<!-- end -->\n",
                RecordTables.into(page, "r", record));
    }

    private static Stage stage(double seconds, String commit) {
        return new Stage(Map.of(), seconds, List.of(commit),
                Map.of("processor", "Good 9000", "instructions", "avx2", "threads", "2", "system", "Linux amd64"),
                Map.of());
    }

    /**
     * Each stage by its own commit; preparation, sweep and variants take their minutes too, and a variant's training
     * none.
     */
    @Test
    void aRecordSaysWhoMadeItAndHowLongAllOfItTook() {
        String a = "a".repeat(40);
        String b = "b".repeat(40) + " with changes";
        RunFolder run = new RunFolder(folder.resolve("run"));
        RunInfo info = RunInfo.begin(Path.of("p"), "f", 1).with("prepare", stage(60, a)).with("train", stage(120, a));
        RunFolder variant = run.variant("raw");
        variant.write(info.ofVariant(Path.of("p")).with("map", stage(240, b)));
        AtomicFiles.writeString(variant.file("scores.csv"), "");
        run.write(info.with("map", stage(60, b)).with("sweep", stage(60, b)));
        ExperimentRecord record = ExperimentRecord.of(EXPERIMENT, List.of(run), Optional.empty(),
                Map.of("", List.of()));
        assertEquals(List.of(a, b), record.commits());
        assertEquals(240, record.seconds().get("map raw"));
        assertEquals(540, record.seconds().values().stream().mapToDouble(s -> s).sum());
        String page = RecordTables.into("<!-- record r made -->\n<!-- end -->", "r", record);
        assertTrue(page.contains("Made at commits aaaaaaa and bbbbbbb with changes, in 9 minutes, on Good 9000 (avx2, "
                + "threads: 2; Linux amd64)."), page);
        record.write(folder.resolve("r.json"));
        assertEquals(record, ExperimentRecord.read(folder.resolve("r.json")));
    }

    /** A checkout on Windows has its line ends. */
    @Test
    void aPageKeepsItsLineEnds() {
        ExperimentRecord record = record(value("A", 0.8), value("B", 0.7));
        String page = "<!-- record r patches -->\r\nold\r\n<!-- end -->\r\n<!-- record r made -->\r\n<!-- end -->\r\n";
        String into = RecordTables.into(page, "r", record);
        assertTrue(into.contains("| A | 0.800 |\r\n"), into);
        assertEquals(RecordTables.into(page.replace("\r\n", "\n"), "r", record), into.replace("\r\n", "\n"));
        assertEquals(into.chars().filter(c -> c == '\n').count(), into.split("\r\n", -1).length - 1);
    }

    /** The tables of README and of data/results are those of the committed records. */
    @Test
    void readmeShowsTheRecordsAsTheyAre() throws IOException {
        Path results = Path.of("../data/results");
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                ExperimentRecord record = ExperimentRecord.read(file);
                for (Path page : List.of(Path.of("../README.md"), results.resolve("README.md"))) {
                    String text = Files.readString(page);
                    assertEquals(RecordTables.into(text, name, record), text, page + " does not show " + file);
                }
            }
        }
    }
}
