package anogan.visuals;

import anogan.scoring.Score;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.MethodTable;
import anogan.statistics.MethodTable.AtThreshold;
import anogan.statistics.MethodTable.Paper;
import anogan.statistics.MethodTable.Row;
import anogan.statistics.SweepAnalysis;
import anogan.visuals.Html.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The paper's Table 1 for a run, the paper's own numbers below ours, and what λ and Γ do. */
final class PaperTables {
    private PaperTables() {}

    static String methods(MethodTable table) {
        String cases = table.level().equals("patch") ? "patches" : "scans";
        return Html.element("h3", "Table 1, at Youden points (oracle)")
                + Html.element("p", Format.of("""
                        %s test %s of %d groups, %s anomalous; in the paper %s, on which precision depends. Each \
                        method stands at its Youden point, the best one on these very cases: an oracle, as in the \
                        paper, whose numbers stand below ours.""", Format.count(table.cases()), cases, table.groups(),
                        Format.percent(table.prevalence()), Format.percent(MethodTable.PAPER_PREVALENCE)))
                + Html.table(table.rows(), PaperTables::ours, List.of(
                        new Column<Row>("method", r -> ReportTables.name(r.method())),
                        new Column<>("precision\noracle", r -> beside(r.oracle().precision(), r, Paper::precision)),
                        new Column<>("recall\nsensitivity, oracle",
                                r -> beside(r.oracle().sensitivity(), r, Paper::sensitivity)),
                        new Column<>("specificity\noracle",
                                r -> beside(r.oracle().specificity(), r, Paper::specificity)),
                        new Column<>("AUC", r -> beside(r.separation().auroc(), r, Paper::auc))))
                + Html.element("h3", "The same methods, with intervals and at thresholds that a user would have")
                + Html.element("p", """
                        Intervals of 95 %, once resampling groups, once by DeLong, which takes all cases as \
                        independent and is too narrow. The lead of AnoGAN is paired on the same cases, p is \
                        two-sided, from exchanging the two scores of whole groups, whose number limits it. Thresholds \
                        are set by normals that are not tested.""")
                + Html.table(table.rows(), PaperTables::ours, List.of(
                        new Column<Row>("method", r -> ReportTables.name(r.method())),
                        new Column<>("AUC\n95 % by groups",
                                r -> ReportTables.number(r.separation().auroc(), r.separation().bootstrap())),
                        new Column<>("95 %\nby DeLong", r -> r.separation().deLong().toString()),
                        new Column<>("AnoGAN leads by\n95 % by groups", r -> ReportTables.lead(r.lead())),
                        new Column<>("p", r -> r.lead().flatMap(Difference::pByGroups).map(PaperTables::p).orElse("–")),
                        new Column<>("precision\nat threshold", r -> at(r, AtThreshold::precision)),
                        new Column<>("sensitivity\nat threshold", r -> at(r, t -> Optional.of(t.sensitivity()))),
                        new Column<>("specificity\nat threshold", r -> at(r, t -> Optional.of(t.specificity())))))
                + table.notes().stream().map(note -> Html.element("p", note)).collect(Collectors.joining());
    }

    private static boolean ours(Row r) {
        return r.method() == Score.ANOGAN;
    }

    /** Our number, and the paper's below it where it has one. */
    private static String beside(double value, Row r, ToDoubleFunction<Paper> theirs) {
        return Format.number(value)
                + r.paper().map(p -> "\npaper " + Format.number(theirs.applyAsDouble(p))).orElse("");
    }

    private static String at(Row r, Function<AtThreshold, Optional<Double>> number) {
        return r.atThreshold().flatMap(number).map(Format::number).orElse("–");
    }

    private static String p(double value) {
        return value < 0.001 ? "< 0.001" : Format.number(value);
    }

    /** AUROC at each value; the chosen one is set off. */
    static String sweep(SweepAnalysis sweep) {
        Optional<Double> chosen = sweep.choice().map(SweepAnalysis.Choice::mostOften);
        return Html
                .table(sweep.points(), p -> chosen.filter(c -> c == p.value()).isPresent(), List.of(
                        new Column<>(
                                sweep.kind().symbol() + chosen
                                        .map(c -> "\nchosen by cross-validation: " + SweepFigures.number(c)).orElse(""),
                                p -> SweepFigures.number(p.value())),
                        auroc(Score.A), auroc(Score.R), auroc(Score.D),
                        new Column<>("mean A", p -> Format.of("%.1f", p.loss()))));
    }

    private static Column<SweepAnalysis.Point> auroc(Score score) {
        return new Column<>(score.title() + "\nAUROC, 95 % by groups", p -> ReportTables.auroc(p.of(score)));
    }
}
