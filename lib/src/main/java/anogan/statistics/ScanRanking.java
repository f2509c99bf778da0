package anogan.statistics;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Split;
import anogan.scoring.ScoreColumn;
import anogan.statistics.ScoreTable.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The test scans of a run, the most unusual first: the list that one looks through from the top. It needs no label;
 * what it stands on are the scans of a {@link NormalReference}.
 *
 * @param score     what scans are ranked by: the first of those that get a threshold
 * @param normals   whom scans are compared with; empty without validation normals
 * @param threshold above which a scan is flagged; empty likewise
 * @param rows      highest score first
 */
public record ScanRanking(ScoreColumn score, Optional<NormalReference> normals, Optional<NormalThreshold> threshold,
        List<Row> rows) {
    public static final String FILE = "ranked.csv";
    private static final int SHOWN = 20;

    /**
     * @param score      of the scan
     * @param percentile share of the normals that score lower, equal ones counting half, in percent; empty without any
     * @param pValue     how likely a healthy scan scores at least so much ({@link NormalReference#pValue}); empty
     *                   likewise
     * @param flagged    whether the score is above the threshold; empty without one
     * @param confidence of the scan's boundaries, 0 to 1; empty where nothing was flattened
     */
    public record Row(int rank, Case scan, double score, Optional<Double> percentile, Optional<Double> pValue,
            Optional<Boolean> flagged, Optional<Double> confidence) {}

    /** @param table of whole scans, as {@link ScoreTable#ofScans} reads it */
    public static ScanRanking of(ScoreTable table, Patches patches, AnalysisOptions options) {
        ScoreColumn score = ThresholdLevel.OF_SCANS.stream().filter(table.scores()::containsKey).findFirst()
                .orElse(ThresholdLevel.OF_SCANS.get(0));
        Optional<NormalReference> normals = NormalReference.of(table, score, options);
        Optional<NormalThreshold> threshold = normals.map(n -> n.threshold(options.fpr()));
        Map<String, Double> confidence = !patches.options().flatten() ? Map.of()
                : patches.scans().stream().collect(Collectors.toMap(ScanInfo::scan, ScanInfo::confidence));
        ScoreTable test = table.where(c -> c.split() == Split.TEST);
        double[] scores = test.of(score);
        List<Integer> order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i])).toList();
        List<Row> rows = new ArrayList<>();
        for (int i : order) {
            Case scan = test.cases().get(i);
            rows.add(new Row(rows.size() + 1, scan, scores[i], normals.map(n -> n.percentile(scores[i])),
                    normals.map(n -> n.pValue(scores[i])), threshold.map(t -> t.flags(scores[i])),
                    Optional.ofNullable(confidence.get(scan.scan()))));
        }
        return new ScanRanking(score, normals, threshold, rows);
    }

    /** What the columns say, in a few sentences. */
    public String words() {
        String compared = normals.map(n -> format(
                " The percentile is the share of the %d healthy scans behind the "
                        + "threshold that score lower, p how likely a healthy scan scores at least so much.",
                n.number())).orElse(" There are no validation normals to compare with.");
        String first = rows.isEmpty() ? ""
                : normals.map(n -> format(" The first one is %s.", n.words(rows.get(0).score, "scans"))).orElse("");
        String flags = threshold.map(t -> format(" Flagged is what scores above %.4g. %s", t.threshold(), t.promise()))
                .orElse("");
        return format("Score: %s over the patches of a scan.%s%s%s", score.title(), compared, first, flags);
    }

    /** {@value #FILE}: a row for each test scan; label is 1, 0 or empty for unknown, flagged is 1 or 0. */
    void write(Path run) {
        StringBuilder csv = new StringBuilder(Csv.line("rank", "scan", "group", "class", "label", "score", "percentile",
                "p_value", "flagged", "confidence"));
        for (Row r : rows) csv.append(Csv.line(r.rank, r.scan.scan(), r.scan.group(), r.scan.className(),
                r.scan.label().csv(), format("%.7g", r.score), r.percentile.map(p -> format("%.1f", p)).orElse(""),
                r.pValue.map(p -> format("%.4g", p)).orElse(""), r.flagged.map(f -> f ? "1" : "0").orElse(""),
                r.confidence.map(c -> format("%.2f", c)).orElse("")));
        AtomicFiles.writeString(run.resolve(FILE), csv.toString());
    }

    /** The head of the list, for a terminal. */
    String text() {
        TextTable table = new TextTable("rank", "scan", "class", "label", "score", "percentile", "p", "flagged",
                "confidence");
        for (Row r : rows.subList(0, Math.min(SHOWN, rows.size()))) table.row(r.rank, r.scan.scan(), r.scan.className(),
                r.scan.label().word(), format("%.4g", r.score), r.percentile.map(p -> format("%.1f", p)).orElse("–"),
                r.pValue.map(p -> format("%.2g", p)).orElse("–"), r.flagged.map(f -> f ? "yes" : "no").orElse("–"),
                r.confidence.map(c -> format("%.2f", c)).orElse("–"));
        String more = rows.size() > SHOWN ? format("The first %d of %d; ", SHOWN, rows.size()) : "";
        return "Test scans, the most unusual first\n" + table + words() + "\n" + more + (more.isEmpty() ? "All" : "all")
                + " of them: " + FILE + "\n\n";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
