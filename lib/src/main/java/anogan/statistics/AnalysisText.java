package anogan.statistics;

import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Cohort;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.Distribution;
import anogan.statistics.Analysis.PatchResult;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.Rate;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.Analysis.WithinScanResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An {@link Analysis} as tables for a terminal: the main numbers; the file has all. */
public final class AnalysisText {
    private static final String[] SEPARATION = {"score", "cases", "positive", "AUROC", "by group", "DeLong", "AP",
            "A − score", "by group", "p by group"};
    private static final Set<ScoreColumn> FIGURE_4 = Set.of(Score.R, Score.D, Score.A);

    private final Analysis analysis;
    private final StringBuilder text = new StringBuilder();

    private AnalysisText(Analysis analysis) {
        this.analysis = analysis;
    }

    public static String of(Analysis analysis) {
        AnalysisText t = new AnalysisText(analysis);
        t.text.append("Intervals are 95 %: \"by group\" resamples whole groups (patients), \"DeLong\" and \"Wilson\" "
                + "take cases as independent.\n\n");
        t.cohorts();
        t.scans();
        t.classes();
        t.patches();
        t.withinScan();
        t.pixels();
        t.thresholds();
        t.distributions();
        if (!analysis.notes().isEmpty()) t.text.append("Notes\n");
        for (String note : analysis.notes()) t.text.append("- ").append(note).append("\n");
        return t.text.toString();
    }

    private void cohorts() {
        TextTable table = new TextTable("split", "class", "kind", "scans", "groups", "patches", "labelled",
                "anomalous");
        for (Cohort c : analysis.cohorts()) {
            table.row(c.split(), c.className(), c.label().word(), c.scans(), c.groups(), c.patches(), c.labelled(),
                    c.positives());
        }
        section("Scans and their scored patches", table);
    }

    private void scans() {
        List<String> subsets = analysis.scans().stream().map(ScanResult::subset).distinct().toList();
        for (String subset : subsets) {
            TextTable table = new TextTable(SEPARATION);
            analysis.scans().stream().filter(r -> r.subset().equals(subset) && r.anomalous().equals(Analysis.ALL))
                    .forEach(r -> separation(table, r.score().column() + " " + r.aggregate().word(), r.separation(),
                            r.lead()));
            String which = subset.equals(Analysis.ALL) ? "all test scans" : "test scans with " + subset + " = 1";
            section("Whole scans, anomalous against normal (" + which + ")", table);
        }
    }

    private void classes() {
        List<ScoreColumn> scores = analysis.scans().stream().map(ScanResult::score).distinct().toList();
        for (Aggregate aggregate : Aggregate.values()) {
            Stream<String> header = Stream.concat(Stream.of("class", "subset", "positive", "by group"),
                    scores.stream().map(ScoreColumn::column));
            TextTable table = new TextTable(header.toArray(String[]::new));
            List<ScanResult> of = analysis.scans().stream()
                    .filter(r -> r.aggregate() == aggregate && !r.anomalous().equals(Analysis.ALL)).toList();
            for (ScanResult first : of.stream().filter(r -> r.score().equals(scores.get(0))).toList()) {
                Object[] row = new Object[4 + scores.size()];
                row[0] = first.anomalous();
                row[1] = first.subset();
                row[2] = first.separation().positives() + " of " + first.separation().cases();
                row[3] = sameCases(first, analysis.leading()).flatMap(Separation::bootstrap);
                for (int k = 0; k < scores.size(); k++)
                    row[4 + k] = sameCases(first, scores.get(k)).map(s -> number(s.auroc()));
                table.row(row);
            }
            if (!of.isEmpty())
                section("AUROC of each class against all normal test scans (" + aggregate.word() + " over patches)",
                        table);
        }
    }

    private Optional<Separation> sameCases(ScanResult r, ScoreColumn score) {
        return analysis.scan(score, r.aggregate(), r.subset(), r.anomalous()).map(ScanResult::separation);
    }

    private void patches() {
        TextTable table = new TextTable(SEPARATION);
        for (PatchResult r : analysis.patches()) separation(table, r.score().column(), r.separation(), r.lead());
        if (!analysis.patches().isEmpty())
            section("Patches with a known label (DeLong takes patches as independent: too narrow)", table);
    }

    private static void separation(TextTable table, String name, Separation s, Optional<Difference> lead) {
        table.row(name, s.cases(), s.positives() + " (" + percent(s.prevalence()) + ")", number(s.auroc()),
                s.bootstrap(), s.deLong(), number(s.averagePrecision()), lead.map(d -> signed(d.difference())),
                lead.flatMap(Difference::bootstrap), lead.flatMap(Difference::pByGroups).map(AnalysisText::p));
    }

    private void withinScan() {
        TextTable table = new TextTable("score", "scans", "groups", "anomalous", "other", "AUROC of pairs", "by group",
                "mean over scans", "by group");
        for (WithinScanResult r : analysis.withinScan()) {
            table.row(r.score().column(), r.scans(), r.groups(), r.positives(), r.negatives(), number(r.auroc()),
                    r.bootstrap(), number(r.meanAuroc()), r.meanBootstrap());
        }
        if (!analysis.withinScan().isEmpty())
            section("Anomalous patches against the other patches of the same scan", table);
    }

    private void pixels() {
        for (String region : analysis.pixels().stream().map(PixelResult::region).distinct().toList()) {
            TextTable table = new TextTable("map", "scans", "lesions", "prevalence", "AUROC", "by group", "scans' mean",
                    "by group", "AP", "AUPRO", "Dice", "oracle Dice");
            for (PixelResult r : analysis.pixels()) {
                if (!r.region().equals(region)) continue;
                table.row(r.map().word(), r.scans(), r.lesions(), percent(r.prevalence()), number(r.auroc()),
                        r.bootstrap(), number(r.meanAuroc()), r.meanBootstrap(), number(r.averagePrecision()),
                        number(r.aupro()), r.diceAtThreshold().map(d -> number(d.dice())),
                        number(r.diceOracle().dice()));
            }
            section("Pixels of masked test scans, within the " + region
                    + " (Dice at the threshold from validation normals; the oracle's threshold is chosen on the masks)",
                    table);
        }
    }

    private void thresholds() {
        if (analysis.thresholds().isEmpty()) return;
        TextTable table = new TextTable("score", "normals", "expected", "threshold", "false positives", "Wilson",
                "by group", "sensitivity", "Wilson", "by group");
        TextTable oracle = new TextTable("score", "threshold", "precision", "sensitivity", "specificity");
        for (ThresholdResult r : analysis.thresholds()) {
            String name = r.level() + " " + r.score().column();
            Rate f = r.falsePositives();
            Rate s = r.sensitivity();
            table.row(name, r.threshold().normals(), shares(r.threshold().trueFpr()), plain(r.threshold().threshold()),
                    percent(f.rate()), f.wilson(), f.bootstrap(), percent(s.rate()), s.wilson(), s.bootstrap());
            oracle.row(name, plain(r.oracle().threshold()), number(r.oracle().precision()),
                    number(r.oracle().sensitivity()), number(r.oracle().specificity()));
        }
        String aim = percent(analysis.options().fpr());
        section("Threshold that normals set, aiming at " + aim + " false positives, and what it does on test", table);
        text.setLength(text.length() - 1);
        analysis.thresholds().forEach(r -> text.append(r.level()).append(' ').append(r.score().column()).append(": ")
                .append(r.threshold().promise()).append('\n'));
        text.append('\n');
        section("Youden point of the test set itself: an oracle, for comparison with the paper's Table 1", oracle);
    }

    private void distributions() {
        TextTable table = new TextTable("score", "patches", "n", "mean", "sd", "5 %", "25 %", "median", "75 %", "95 %");
        for (Distribution d : analysis.distributions()) {
            if (!FIGURE_4.contains(d.score())) continue;
            table.row(d.score().column(), d.cohort(), d.n(), plain(d.mean()), plain(d.sd()), plain(d.q05()),
                    plain(d.q25()), plain(d.median()), plain(d.q75()), plain(d.q95()));
        }
        section("Scores of patches", table);
    }

    private void section(String title, TextTable table) {
        text.append(title).append('\n').append(table).append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String shares(Interval shares) {
        return String.format(Locale.ROOT, "%.1f–%.1f %%", 100 * shares.low(), 100 * shares.high());
    }

    private static String p(double value) {
        return value < 0.001 ? "< 0.001" : number(value);
    }
}
