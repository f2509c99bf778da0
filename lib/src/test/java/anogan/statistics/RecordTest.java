package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.Experiment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
    private static final Experiment EXPERIMENT = new Experiment("r", "t", "e", null, null, "--layout phantom", "--steps 3", "--steps 4", null, null, null, null, true);
    @TempDir
    Path folder;

    private static Record record(Record.Value... values) {
        return new Record(EXPERIMENT, Map.of("commit", "c"), "2020-01-01T00:00:00Z", Map.of("train", 2.0), List.of(values));
    }

    private static Record.Value value(String name, double value, Interval interval) {
        return new Record.Value(name, value, interval);
    }

    @Test
    void aChangedNumberIsCaught() {
        Record before = record(value("a", 0.8, new Interval(0.7, 0.9)), value("b", 0.6, null), value("c", 0.5, new Interval(0.4, 0.6)), value("gone", 1, null));
        Record now = record(value("a", 0.71, new Interval(0.6, 0.8)), value("b", 0.600002, null), value("c", 0.61, new Interval(0.5, 0.7)), value("new", 0.3, null));
        Map<String, String> first = new LinkedHashMap<>();
        before.compare(now).forEach(c -> first.put(c.name(), c.toString().split(" ")[0]));
        assertEquals(Map.of("a", "agrees", "b", "DIFFERS", "c", "DIFFERS", "gone", "missing", "new", "new"), first);
        assertTrue(before.compare(before).stream().allMatch(Record.Compared::agrees));
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        Record record = record(value("a", 0.8, new Interval(0.7, 0.9)), value("b", 0.6, null));
        record.write(folder.resolve("r.json"));
        assertEquals(record, Record.read(folder.resolve("r.json")));
    }

    @Test
    void meansAreOverWhatAllClassesHave() {
        List<Record.Value> means = Record.means(Map.of(
                "0", List.of(value("A", 0.8, new Interval(0.7, 0.9)), value("B", 0.5, null), value("only here", 1, null)),
                "1", List.of(value("A", 0.6, new Interval(0.55, 0.7)), value("B", 0.7, null))));
        Map<String, Record.Value> byName = new LinkedHashMap<>();
        means.forEach(v -> byName.put(v.name(), v));
        assertEquals(2, means.size());
        assertEquals(0.7, byName.get("A, mean of classes").value(), 1e-12);
        assertEquals(0.625, byName.get("A, mean of classes").interval().low(), 1e-12);
        assertEquals(0.8, byName.get("A, mean of classes").interval().high(), 1e-12);
        assertEquals(null, byName.get("B, mean of classes").interval());
    }
}
