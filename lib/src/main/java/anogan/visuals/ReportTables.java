package anogan.visuals;

import anogan.io.Csv;
import anogan.scans.Label;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.PlaneOfStarts;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Cohort;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.PatchResult;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.Rate;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.Analysis.WithinScanResult;
import anogan.statistics.Analysis;
import anogan.statistics.Interval;
import anogan.visuals.Html.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The analysis as tables of the report: our scores and the trivial ones always in the same table. A table of nothing is
 * empty.
 */
final class ReportTables {
    private static final int VOLUMES = 50;
    /** That of {@link Score}, then what it does not know. */
    private static final Comparator<ScoreColumn> ORDER = Comparator
            .comparingInt(s -> s.score().map(Score::ordinal).orElse(Integer.MAX_VALUE));

    private final Analysis analysis;

    ReportTables(Analysis analysis) {
        this.analysis = analysis;
    }

    String cohorts() {
        return Html.<Cohort>table(analysis.cohorts(), c -> false,
                List.of(new Column<>("class, split", c -> c.className() + ", " + c.split()),
                        new Column<>("scans", c -> Format.count(c.scans())),
                        new Column<>("groups\npatients or eyes", c -> Format.count(c.groups())),
                        new Column<>("patches\nscored", c -> Format.count(c.patches())),
                        new Column<>("labelled\nof these", c -> Format.count(c.labelled())),
                        new Column<>("anomalous\nwith annotated pixels", c -> Format.count(c.positives()))));
    }

    /** Scores down, classes across: AUROC with interval of whole scans. */
    String scans(Aggregate aggregate, String subset) {
        List<ScanResult> results = analysis.scans().stream()
                .filter(r -> r.aggregate() == aggregate && r.subset().equals(subset)).toList();
        List<Column<ScoreColumn>> columns = new ArrayList<>();
        columns.add(new Column<>("score\nanomalous + normal scans", ReportTables::name));
        Comparator<ScanResult> allFirst = Comparator.comparing(r -> !r.anomalous().equals(Analysis.ALL));
        results.stream().sorted(allFirst).filter(r -> r.score() == analysis.leading())
                .forEach(a -> columns.add(new Column<>(
                        Format.of("%s\n%d + %d", a.anomalous().replace('\n', ' '), a.separation().positives(),
                                a.separation().cases() - a.separation().positives()),
                        score -> analysis.scan(score, aggregate, subset, a.anomalous()).map(r -> auroc(r.separation()))
                                .orElse("–"))));
        return Html.table(results.stream().map(ScanResult::score).distinct().sorted(ORDER).toList(),
                analysis.leading()::equals, columns);
    }

    String patches() {
        if (analysis.patches().isEmpty()) return "";
        List<PatchResult> rows = analysis.patches().stream().sorted(Comparator.comparing(PatchResult::score, ORDER))
                .toList();
        String chance = Format.number(rows.get(0).separation().prevalence());
        return Html.table(rows, r -> r.score() == analysis.leading(),
                List.of(new Column<>("score", r -> name(r.score())),
                        new Column<>("AUROC\n95 % interval", r -> auroc(r.separation())),
                        new Column<>("average precision\nchance: " + chance,
                                r -> Format.number(r.separation().averagePrecision())),
                        new Column<>("lead of " + analysis.leading().title() + "\npaired, 95 % interval",
                                r -> lead(r.lead()))));
    }

    String withinScan() {
        List<WithinScanResult> rows = analysis.withinScan().stream()
                .sorted(Comparator.comparing(WithinScanResult::score, ORDER)).toList();
        return Html.table(rows, r -> r.score() == analysis.leading(), List.of(
                new Column<>("score", r -> name(r.score())),
                new Column<>("AUROC within scans\nscans weigh by their pairs", r -> number(r.auroc(), r.bootstrap())),
                new Column<>("mean of scans\nscans weigh the same", r -> number(r.meanAuroc(), r.meanBootstrap()))));
    }

    String pixels(String region) {
        List<PixelResult> rows = analysis.pixels().stream().filter(r -> r.region().equals(region)).toList();
        return Html.table(rows, r -> r.map().equals(new PlaneOfStarts(Plane.COMBINED_DARK, 1)), List.of(
                new Column<>("map", r -> r.map().title()),
                new Column<>("AUROC\nall pixels together", r -> number(r.auroc(), r.bootstrap())),
                new Column<>("mean AUROC\nof the scans", r -> number(r.meanAuroc(), r.meanBootstrap())),
                new Column<>("AP", r -> Format.number(r.averagePrecision())),
                new Column<>("AUPRO\nto 30 % false pos.", r -> Format.number(r.aupro())),
                new Column<>("Dice\noracle threshold", r -> Format.number(r.diceOracle().dice())),
                new Column<>("Dice\nthreshold of normals", r -> r.diceAtThreshold().map(
                        d -> Format.number(d.dice()) + "\n" + Format.percent(d.falsePositiveRate()) + " false pos.")
                        .orElse("–"))));
    }

    /** @param rows of volumes.csv, the highest score first */
    String volumes(List<Csv.Row> rows) {
        if (rows.isEmpty()) return "";
        String words = Format.of("%d test volumes by the mean of A over all of their patches%s.", rows.size(),
                rows.size() > VOLUMES ? "; the " + VOLUMES + " highest are listed" : "");
        return Html.element("h2", "Volumes") + Html.element("p", words) + Html.table(
                rows.stream().limit(VOLUMES).toList(), r -> false,
                List.of(new Column<>("volume", r -> r.get("volume")),
                        new Column<>("class", r -> r.get("class") + "\n" + Label.of(r.get("label")).word()),
                        new Column<>("slices", r -> r.get("slices")), new Column<>("patches", r -> r.get("patches")),
                        new Column<>("mean A\nof all patches", r -> tenth(r.get("A_mean"))),
                        new Column<>("mean A\nof the five worst", r -> tenth(r.get("A_top5")))));
    }

    private static String tenth(String value) {
        return Format.of("%.1f", Double.parseDouble(value));
    }

    String thresholds() {
        if (analysis.thresholds().isEmpty()) return "";
        String words = """
                Each threshold is set by normals alone, so that a share of them is flagged as asked for; no anomalous \
                case and no test case has a say. Validation normals set it, and training normals beside them where a \
                test by groups shows no gap between the two: the model has learned from these, and a threshold from \
                scores that are too low would flag too many. What is to be expected heeds that scans of one group and \
                patches of one scan are alike. Good: about as many test normals are flagged as asked for. The Youden \
                point beside it is set on the test set itself: an oracle, for comparison with the paper's Table 1.""";
        return Html.element("p", words) + Html.<ThresholdResult>table(analysis.thresholds(), t -> false, List.of(
                new Column<>("threshold for\nset by",
                        t -> (t.level().equals("patch") ? "patches by " : "scans by ") + t.score().title() + "\n"
                                + t.threshold().origin()),
                new Column<>("asked for\nfalse positives", t -> Format.percent(t.threshold().targetFpr())),
                new Column<>("to be expected\ntrue rate, 95 %", t -> percents(t.threshold().trueFpr())),
                new Column<>("threshold", t -> Format.of("%.1f", t.threshold().threshold())),
                new Column<>("false positives\non test, 95 % interval", t -> rate(t.falsePositives())),
                new Column<>("sensitivity\non test, 95 % interval", t -> rate(t.sensitivity())),
                new Column<>("Youden point\noracle, set on test", t -> Format.percent(t.oracle().sensitivity())
                        + "\nat specificity " + Format.percent(t.oracle().specificity()))));
    }

    private static String rate(Rate r) {
        return Format.of("%s (%s/%s)\n%s", Format.percent(r.rate()), Format.count(r.hits()), Format.count(r.cases()),
                percents(r.interval()));
    }

    private static String percents(Interval shares) {
        return Format.of("%.1f–%.1f %%", 100 * shares.low(), 100 * shares.high());
    }

    /** With its interval in small letters. */
    static String number(double value, Optional<Interval> interval) {
        return Format.number(value) + interval.map(i -> "\n" + i).orElse("");
    }

    /** The AUROC with its interval. */
    static String auroc(Separation s) {
        return number(s.auroc(), Optional.of(s.interval()));
    }

    static String lead(Optional<Difference> lead) {
        return lead
                .map(d -> signed(d.difference())
                        + d.interval().map(i -> "\n" + signed(i.low()) + " to " + signed(i.high())).orElse(""))
                .orElse("–");
    }

    private static String signed(double difference) {
        return Format.of("%+.3f", difference).replace('-', '−');
    }

    static String name(ScoreColumn score) {
        return score.title() + "\n" + score.meaning();
    }
}
