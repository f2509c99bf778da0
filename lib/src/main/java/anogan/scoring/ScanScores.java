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
        Table scans = aggregate(Tables.read(patchScores, "map", ScoreFiles.KEYS), scanLabel);
        AtomicFiles.write(scanScores, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            scans.write().csv(writer);
            writer.flush();
        });
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
        for (String score : scores) ScoreColumn.of(score).score().ifPresent(s -> combine(scans, s));
        return scans;
    }

    /**
     * A combined score of whole scans: the mean of its parts, each in deviations of the validation normals. Parts that
     * the table lacks have no say; without validation normals it stays the mean over patches.
     */
    private static void combine(Table scans, Score combined) {
        List<Integer> normals = IntStream.range(0, scans.rowCount())
                .filter(i -> scans.stringColumn("split").get(i).equals(Split.VALIDATION.word())
                        && scans.stringColumn("label").get(i).equals(Label.NORMAL.csv()))
                .boxed().toList();
        for (Aggregate a : Aggregate.values()) {
            List<DoubleColumn> parts = combined.parts().stream().map(p -> p.column() + a.ending())
                    .filter(scans::containsColumn).map(scans::doubleColumn).toList();
            if (parts.isEmpty() || normals.isEmpty()) continue;
            double[] mean = new double[scans.rowCount()];
            for (DoubleColumn part : parts) {
                Scale scale = Scale.of(normals.stream().mapToDouble(part::getDouble).toArray());
                for (int i = 0; i < mean.length; i++) mean[i] += scale.of(part.getDouble(i)) / parts.size();
            }
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
