package anogan.scoring;

import anogan.io.AtomicFiles;
import anogan.io.Tables;
import anogan.scans.Label;
import anogan.scans.Split;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * From patches to scans: every {@link Aggregate} of each score over a scan's patches.
 */
public final class ScanScores {
    private ScanScores() {}

    /**
     * Reads a table of patch scores, and writes one of scans: keys, label of the scan, patches, and
     * {@code <score>_mean}, {@code <score>_top5}.
     */
    public static void aggregate(Path patchScores, Path scanScores, Function<String, Label> scanLabel) {
        aggregate(patchScores, scanScores, scanLabel, Optional.empty());
    }

    /**
     * The same.
     *
     * @param  scales of the parts of combined scores, by column; empty to learn them from the table's validation
     *                normals
     * @return        the scales
     */
    static Map<String, Scale> aggregate(Path patchScores, Path scanScores, Function<String, Label> scanLabel,
            Optional<Map<String, Scale>> scales) {
        Table patches = Tables.read(patchScores, "map", ScoreFiles.KEYS);
        Table scans = aggregate(patches, scanLabel);
        Map<String, Scale> used = scales.orElseGet(() -> scales(scans));
        for (String score : ScoreFiles.scores(patches))
            ScoreColumn.of(score).score().ifPresent(s -> combine(scans, s, used));
        AtomicFiles.write(scanScores, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            scans.write().csv(writer);
            writer.flush();
        });
        return used;
    }

    static Table aggregate(Table patches, Function<String, Label> scanLabel) {
        List<String> scores = ScoreFiles.scores(patches);
        Table scans = Table.create(StringColumn.create("scan"), StringColumn.create("group"),
                StringColumn.create("class"), StringColumn.create("split"), StringColumn.create("label"),
                IntColumn.create("patches"));
        for (String score : scores)
            for (Aggregate a : Aggregate.values()) scans.addColumns(DoubleColumn.create(score + a.ending()));
        rowsByScan(patches).forEach((scan, rows) -> {
            for (String key : List.of("scan", "group", "class", "split"))
                scans.stringColumn(key).append(patches.stringColumn(key).get(rows.get(0)));
            scans.stringColumn("label").append(scanLabel.apply(scan).csv());
            scans.intColumn("patches").append(rows.size());
            for (String score : scores) {
                double[] values = rows.stream().mapToDouble(patches.doubleColumn(score)::getDouble).toArray();
                for (Aggregate a : Aggregate.values()) scans.doubleColumn(score + a.ending()).append(a.of(values));
            }
        });
        return scans;
    }

    /** What validation normals show of each part of a combined score; none without validation normals. */
    private static Map<String, Scale> scales(Table scans) {
        List<Integer> normals = IntStream.range(0, scans.rowCount())
                .filter(i -> scans.stringColumn("split").get(i).equals(Split.VALIDATION.word())
                        && scans.stringColumn("label").get(i).equals(Label.NORMAL.csv()))
                .boxed().toList();
        Map<String, Scale> scales = new TreeMap<>();
        if (normals.isEmpty()) return scales;
        for (Score combined : Score.values())
            for (Score part : combined.parts()) for (Aggregate a : Aggregate.values()) {
                String column = part.column() + a.ending();
                if (scans.containsColumn(column)) scales.put(column,
                        Scale.of(normals.stream().mapToDouble(scans.doubleColumn(column)::getDouble).toArray()));
            }
        return scales;
    }

    /**
     * A combined score of whole scans: the mean of its parts, each in deviations of validation normals. Parts that the
     * table lacks have no say; without scales it stays the mean over patches.
     */
    private static void combine(Table scans, Score combined, Map<String, Scale> scales) {
        for (Aggregate a : Aggregate.values()) {
            Map<String, Scale> parts = new TreeMap<>(scales);
            parts.keySet().retainAll(
                    combined.parts().stream().map(p -> p.column() + a.ending()).filter(scans::containsColumn).toList());
            if (parts.isEmpty()) continue;
            double[] mean = new double[scans.rowCount()];
            parts.forEach((part, scale) -> {
                for (int i = 0; i < mean.length; i++)
                    mean[i] += scale.of(scans.doubleColumn(part).getDouble(i)) / parts.size();
            });
            for (int i = 0; i < mean.length; i++) scans.doubleColumn(combined.column() + a.ending()).set(i, mean[i]);
        }
    }

    /** The rows of each scan; scans in the order of the table. */
    static Map<String, List<Integer>> rowsByScan(Table patches) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        StringColumn scans = patches.stringColumn("scan");
        for (int i = 0; i < scans.size(); i++) rows.computeIfAbsent(scans.get(i), scan -> new ArrayList<>()).add(i);
        return rows;
    }
}
