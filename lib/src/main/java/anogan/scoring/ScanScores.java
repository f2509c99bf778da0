package anogan.scoring;

import anogan.io.AtomicFiles;
import anogan.io.Tables;
import anogan.scans.Label;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * From patches to scans: for each score the mean over a scan's patches, and the mean of its {@value #TOP} highest. The
 * mean sees what is spread out, the top what is small.
 */
public final class ScanScores {
    /** How many of the highest patches the top aggregate averages. */
    public static final int TOP = 5;

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
            scans.addColumns(DoubleColumn.create(score + "_mean"), DoubleColumn.create(score + "_top" + TOP));
        rowsByScan(patches).forEach((scan, rows) -> {
            for (String key : List.of("scan", "group", "class", "split"))
                scans.stringColumn(key).append(patches.stringColumn(key).get(rows.get(0)));
            scans.stringColumn("label").append(scanLabel.apply(scan).csv());
            scans.intColumn("patches").append(rows.size());
            for (String score : scores) {
                double[] values = rows.stream().mapToDouble(patches.doubleColumn(score)::getDouble).toArray();
                scans.doubleColumn(score + "_mean").append(mean(values));
                scans.doubleColumn(score + "_top" + TOP).append(top(values));
            }
        });
        return scans;
    }

    /** The rows of each scan; scans in the order of the table. */
    static Map<String, List<Integer>> rowsByScan(Table patches) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        StringColumn scans = patches.stringColumn("scan");
        for (int i = 0; i < scans.size(); i++) rows.computeIfAbsent(scans.get(i), scan -> new ArrayList<>()).add(i);
        return rows;
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The mean of the highest. */
    static double top(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, Math.max(0, sorted.length - TOP), sorted.length).average().orElse(Double.NaN);
    }
}
