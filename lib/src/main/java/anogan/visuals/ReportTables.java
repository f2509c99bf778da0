package anogan.visuals;

import anogan.scans.Label;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.PlaneOfStarts;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.Analysis.Cohort;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.PatchResult;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.Rate;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.Analysis.WithinScanResult;
import anogan.statistics.Interval;
import anogan.visuals.Html.Cell;
import anogan.visuals.Html.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The analysis as tables of the report: our scores and the trivial ones always in the same table. */
final class ReportTables {
    private static final int VOLUMES = 50;

    private final Html html;
    private final Analysis analysis;

    ReportTables(Html html, Analysis analysis) {
        this.html = html;
        this.analysis = analysis;
    }

    void cohorts() {
        html.table(analysis.cohorts(), c -> false,
                List.of(new Column<Cohort>("class, split", "", c -> Cell.of(c.className() + ", " + c.split())),
                        new Column<>("scans", "", c -> Cell.of(c.scans())),
                        new Column<>("groups", "patients or eyes", c -> Cell.of(c.groups())),
                        new Column<>("patches", "scored", c -> Cell.of(c.patches())),
                        new Column<>("labelled", "of these", c -> Cell.of(c.labelled())),
                        new Column<>("anomalous", "with annotated pixels", c -> Cell.of(c.positives()))));
    }

    /** Scores down, classes across: AUROC with interval of whole scans. */
    void scans(Aggregate aggregate, String subset) {
        Predicate<ScanResult> wanted = r -> r.aggregate() == aggregate && r.subset().equals(subset);
        List<ScanResult> results = analysis.scans().stream().filter(wanted).toList();
        List<Column<ScoreColumn>> columns = new ArrayList<>(
                List.of(new Column<>("score", "anomalous + normal scans", ReportTables::name)));
        Comparator<ScanResult> allFirst = Comparator.comparing(r -> !r.anomalous().equals(Analysis.ALL));
        results.stream().sorted(allFirst).filter(r -> r.score() == Score.A).forEach(a -> {
            String n = a.separation().positives() + " + " + (a.separation().cases() - a.separation().positives());
            columns.add(new Column<>(a.anomalous(), n,
                    score -> analysis.scan(score, aggregate, subset, a.anomalous())
                            .map(r -> number(r.separation().auroc(), ScoreFigures.interval(r.separation())))
                            .orElse(Cell.of("–"))));
        });
        html.table(ordered(results.stream().map(ScanResult::score)), Score.A::equals, columns);
    }

    void patches() {
        List<PatchResult> rows = analysis.patches().stream().sorted(Comparator.comparingInt(r -> rank(r.score())))
                .toList();
        Separation any = rows.get(0).separation();
        html.table(rows, r -> r.score() == Score.A,
                List.of(new Column<PatchResult>("score", "", r -> name(r.score())),
                        new Column<>("AUROC", "95 % interval",
                                r -> number(r.separation().auroc(), ScoreFigures.interval(r.separation()))),
                        new Column<>("average precision", "chance: " + Names.number(any.prevalence()),
                                r -> Cell.of(Names.number(r.separation().averagePrecision()))),
                        new Column<>("lead of A", "paired, 95 % interval",
                                r -> r.leadOfA() == null ? Cell.of("–") : lead(r.leadOfA()))));
    }

    void withinScan() {
        List<WithinScanResult> rows = analysis.withinScan().stream()
                .sorted(Comparator.comparingInt(r -> rank(r.score()))).toList();
        html.table(rows, r -> r.score() == Score.A, List.of(
                new Column<WithinScanResult>("score", "", r -> name(r.score())),
                new Column<>("AUROC within scans", "scans weigh by their pairs", r -> number(r.auroc(), r.bootstrap())),
                new Column<>("mean of scans", "scans weigh the same", r -> number(r.meanAuroc(), r.meanBootstrap()))));
    }

    void pixels(String region) {
        List<PixelResult> rows = analysis.pixels().stream().filter(r -> r.region().equals(region)).toList();
        html.table(rows, r -> r.map().equals(new PlaneOfStarts(Plane.LOG_RATIO, 1)),
                List.of(new Column<PixelResult>("map", "", r -> Cell.of(r.map().title())),
                        new Column<>("AUROC", "all pixels together", r -> number(r.auroc(), r.bootstrap())),
                        new Column<>("mean AUROC", "of the scans", r -> number(r.meanAuroc(), r.meanBootstrap())),
                        new Column<>("AP", "", r -> Cell.of(Names.number(r.averagePrecision()))),
                        new Column<>("AUPRO", "to 30 % false pos.", r -> Cell.of(Names.number(r.aupro()))),
                        new Column<>("Dice", "oracle threshold", r -> Cell.of(Names.number(r.diceOracle().dice()))),
                        new Column<>("Dice", "threshold of normals", r -> r.diceAtThreshold() == null ? Cell.of("–")
                                : new Cell(Names.number(r.diceAtThreshold().dice()),
                                        Names.percent(r.diceAtThreshold().falsePositiveRate()) + " false pos."))));
    }

    /** @param rows of volumes.csv, the highest score first */
    void volumes(List<Map<String, String>> rows) {
        html.paragraph("", "%d test volumes by the mean of A over all of their patches%s.".formatted(rows.size(),
                rows.size() > VOLUMES ? "; the " + VOLUMES + " highest are listed" : ""));
        html.table(rows.stream().limit(VOLUMES).toList(), r -> false,
                List.of(new Column<Map<String, String>>("volume", "", r -> Cell.of(r.get("volume"))),
                        new Column<>("class", "", r -> new Cell(r.get("class"), Label.of(r.get("label")).word())),
                        new Column<>("slices", "", r -> Cell.of(r.get("slices"))),
                        new Column<>("patches", "", r -> Cell.of(r.get("patches"))),
                        new Column<>("mean A", "of all patches", r -> Cell.of(tenth(r.get("A_mean")))),
                        new Column<>("mean A", "of the five worst", r -> Cell.of(tenth(r.get("A_top5"))))));
    }

    private static String tenth(String value) {
        return String.format(Locale.ROOT, "%.1f", Double.parseDouble(value));
    }

    void thresholds() {
        html.table(analysis.thresholds(), t -> false, List.of(
                new Column<ThresholdResult>("threshold for", "set by",
                        t -> new Cell(cases(t), t.threshold().normals() + " validation normals")),
                new Column<>("asked for", "false positives", t -> Cell.of(Names.percent(t.threshold().targetFpr()))),
                new Column<>("threshold", "",
                        t -> Cell.of(String.format(Locale.ROOT, "%.1f", t.threshold().threshold()))),
                new Column<>("false positives", "on test, 95 % interval", t -> rate(t.falsePositives())),
                new Column<>("sensitivity", "on test, 95 % interval", t -> rate(t.sensitivity())),
                new Column<>("Youden point", "oracle, set on test",
                        t -> new Cell(Names.percent(t.oracle().sensitivity()),
                                "at specificity " + Names.percent(t.oracle().specificity())))));
    }

    private static String cases(ThresholdResult t) {
        return (t.level().equals("patch") ? "patches by " : "scans by ") + t.score().title();
    }

    private static Cell rate(Rate r) {
        Interval i = r.bootstrap() != null ? r.bootstrap() : r.wilson();
        return new Cell("%s (%s/%s)".formatted(Names.percent(r.rate()), Names.count(r.hits()), Names.count(r.cases())),
                String.format(Locale.ROOT, "%.1f–%.1f %%", 100 * i.low(), 100 * i.high()));
    }

    static Cell number(double value, Interval interval) {
        return new Cell(Names.number(value), interval == null ? "" : interval.toString());
    }

    static Cell lead(Difference d) {
        Interval i = d.bootstrap() != null ? d.bootstrap() : d.deLong();
        return new Cell(signed(d.difference()), i == null ? "" : signed(i.low()) + " to " + signed(i.high()));
    }

    private static String signed(double difference) {
        return String.format(Locale.ROOT, "%+.3f", difference).replace('-', '−');
    }

    static Cell name(ScoreColumn score) {
        return new Cell(score.title(), score.meaning());
    }

    /** In the order of {@link Score}, then what it does not know. */
    private static List<ScoreColumn> ordered(Stream<ScoreColumn> scores) {
        return scores.distinct().sorted(Comparator.comparingInt(ReportTables::rank)).toList();
    }

    private static int rank(ScoreColumn score) {
        return score.score().map(Score::ordinal).orElse(Integer.MAX_VALUE);
    }
}
