package anogan.scoring;

import anogan.UserError;
import anogan.io.Csv;
import anogan.mapping.MappingResult;
import anogan.patches.Patch;
import anogan.patches.ScanInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The words of {@code scores.csv} and {@code baselines.csv}: one row per patch, what it is about and then its scores.
 * The label is 1 for anomalous, 0 for normal, empty for unknown; scores have seven significant digits.
 */
public final class ScoreFiles {
    static final List<String> KEYS = List.of("scan", "group", "class", "split", "label", "row", "column");
    /** The paper's scores, as {@link #row} writes them. */
    private static final List<Score> PAPER = List.of(Score.R, Score.D, Score.D_HAT, Score.A, Score.A_HAT, Score.P_D);

    private ScoreFiles() {}

    /** The names of a table's scores: of all columns that do not say what a row is about. */
    public static List<String> scores(Table table) {
        return table.columnNames().stream().filter(name -> !KEYS.contains(name) && !name.equals("patches")).toList();
    }

    static String header(List<Score> scores) {
        return Csv.line(Stream.concat(KEYS.stream(), scores.stream().map(Score::column)).toArray());
    }

    /** A header of the paper's scores and others beside them. */
    static String mappedHeader(List<Score> more) {
        return header(Stream.concat(PAPER.stream(), more.stream()).toList());
    }

    static String row(ScanInfo scan, Patch patch, MappingResult m, double lambda, double... more) {
        DoubleStream paper = DoubleStream.of(m.residual(), m.features(), m.reference(), m.anomaly(lambda),
                m.referenceAnomaly(lambda), m.discriminator());
        return row(scan, patch, DoubleStream.concat(paper, DoubleStream.of(more)).toArray());
    }

    /** A row with further scores behind the others. */
    static String with(String row, double... more) {
        StringBuilder longer = new StringBuilder(row);
        for (double v : more) longer.append(',').append(number(v));
        return longer.append('\n').toString();
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.7g", score);
    }

    /** @throws UserError if a score is no finite number: nothing that reads the table could rank it */
    static String row(ScanInfo scan, Patch patch, double... scores) {
        if (!DoubleStream.of(scores).allMatch(Double::isFinite)) throw UserError.failure(
                "The patch at row %d, column %d of %s has scores that are no finite numbers: %s. Prepare the "
                        + "scans anew if its pixels are none, train anew if the weights of the networks are none.",
                patch.row(), patch.column(), scan.scan(), Arrays.toString(scores));
        Stream<Object> keys = Stream.of(scan.scan(), scan.group(), scan.className(), scan.split().word(),
                patch.label().csv(), patch.row(), patch.column());
        return Csv.line(Stream.concat(keys, DoubleStream.of(scores).mapToObj(ScoreFiles::number)).toArray());
    }
}
