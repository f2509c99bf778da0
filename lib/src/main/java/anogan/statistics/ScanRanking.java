package anogan.statistics;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.ScoreTable.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The test scans of a run, the most unusual first: the list that one looks through from the top. It needs no label;
 * what it stands on are the validation normals, which were neither trained on nor looked at before.
 *
 * @param threshold above which a scan is flagged; empty without validation normals
 * @param normals   how many of these there are
 * @param rows      highest score first
 */
public record ScanRanking(Optional<NormalThreshold> threshold, int normals, List<Row> rows) {
    public static final String FILE = "ranked.csv";
    /** A(x), mean over the patches of a scan. */
    private static final ScoreColumn SCORE = Score.A.of(Aggregate.MEAN);
    private static final int SHOWN = 20;

    /**
     * @param score      A, mean over the scan's patches
     * @param percentile share of the validation normals that score lower, equal ones counting half, in percent; empty
     *                   without any
     * @param flagged    whether the score is above the threshold; empty without one
     * @param confidence of the scan's boundaries, 0 to 1; empty where nothing was flattened
     */
    public record Row(int rank, Case scan, double score, Optional<Double> percentile, Optional<Boolean> flagged,
            Optional<Double> confidence) {}

    /** @param table of whole scans, as {@link ScoreTable#ofScans} reads it */
    public static ScanRanking of(ScoreTable table, Patches patches, AnalysisOptions options) {
        double[] normals = normals(table);
        Optional<NormalThreshold> threshold = threshold(table, options);
        Map<String, Double> confidence = !patches.options().flatten() ? Map.of()
                : patches.scans().stream().collect(Collectors.toMap(ScanInfo::scan, ScanInfo::confidence));
        ScoreTable test = table.where(c -> c.split() == Split.TEST);
        double[] scores = test.of(SCORE);
        List<Integer> order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i])).toList();
        List<Row> rows = new ArrayList<>();
        for (int i : order) {
            Case scan = test.cases().get(i);
            Optional<Double> percentile = normals.length == 0 ? Optional.empty()
                    : Optional.of(percentile(scores[i], normals));
            rows.add(new Row(rows.size() + 1, scan, scores[i], percentile, threshold.map(t -> t.flags(scores[i])),
                    Optional.ofNullable(confidence.get(scan.scan()))));
        }
        return new ScanRanking(threshold, normals.length, rows);
    }

    /** That the validation normals set for the mean A of a scan; empty without any. */
    public static Optional<NormalThreshold> threshold(ScoreTable table, AnalysisOptions options) {
        double[] normals = normals(table);
        return normals.length == 0 ? Optional.empty() : Optional.of(NormalThreshold.of(normals, options.fpr()));
    }

    private static double[] normals(ScoreTable table) {
        return table.where(c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL).of(SCORE);
    }

    private static double percentile(double score, double[] normals) {
        double lower = Arrays.stream(normals).map(v -> v < score ? 1 : v == score ? 0.5 : 0).sum();
        return 100 * lower / normals.length;
    }

    /** What the columns say, in two sentences or three. */
    public String words() {
        String flags = threshold
                .map(t -> format(" Flagged is what scores above %.4g, the threshold for %s false positives. %s",
                        t.threshold(), NormalThreshold.percent(t.targetFpr()), t.promise()))
                .orElse("");
        return format("A(x), mean over the patches of a scan; the percentile is the share of the %d validation normals "
                + "that score lower.%s", normals, flags);
    }

    /** {@value #FILE}: a row for each test scan; label is 1, 0 or empty for unknown, flagged is 1 or 0. */
    void write(Path run) {
        StringBuilder csv = new StringBuilder(
                Csv.line("rank", "scan", "group", "class", "label", "score", "percentile", "flagged", "confidence"));
        for (Row r : rows) csv.append(Csv.line(r.rank, r.scan.scan(), r.scan.group(), r.scan.className(),
                r.scan.label().csv(), format("%.7g", r.score), r.percentile.map(p -> format("%.1f", p)).orElse(""),
                r.flagged.map(f -> f ? "1" : "0").orElse(""), r.confidence.map(c -> format("%.2f", c)).orElse("")));
        AtomicFiles.writeString(run.resolve(FILE), csv.toString());
    }

    /** The head of the list, for a terminal. */
    String text() {
        TextTable table = new TextTable("rank", "scan", "class", "label", "score", "percentile", "flagged",
                "confidence");
        for (Row r : rows.subList(0, Math.min(SHOWN, rows.size()))) table.row(r.rank, r.scan.scan(), r.scan.className(),
                r.scan.label().word(), format("%.4g", r.score), r.percentile.map(p -> format("%.1f", p)).orElse("–"),
                r.flagged.map(f -> f ? "yes" : "no").orElse("–"), r.confidence.map(c -> format("%.2f", c)).orElse("–"));
        String more = rows.size() > SHOWN ? format("The first %d of %d; ", SHOWN, rows.size()) : "";
        return "Test scans, the most unusual first\n" + table + words() + "\n" + more + (more.isEmpty() ? "All" : "all")
                + " of them: " + FILE + "\n\n";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
