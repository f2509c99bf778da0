package anogan.visuals;

import anogan.scoring.Score;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Interval;
import anogan.statistics.MethodTable;
import anogan.statistics.MethodTable.Paper;
import anogan.statistics.MethodTable.Row;
import anogan.statistics.SweepAnalysis;
import anogan.visuals.Html.Cell;
import anogan.visuals.Html.Column;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The paper's Table 1 for a run, the paper's own numbers below ours, and what λ and Γ do. */
final class PaperTables {
    private final Html html;

    PaperTables(Html html) {
        this.html = html;
    }

    void methods(MethodTable table) {
        html.element("h3", "Table 1, at Youden points (oracle)");
        html.paragraph("",
                """
                        %s test %s of %d groups, %s anomalous; in the paper %s, on which precision depends. Each method stands at its Youden point, the best one on these \
                        very cases: an oracle, as in the paper, whose numbers stand below ours."""
                        .formatted(Names.count(table.cases()), cases(table), table.groups(),
                                Names.percent(table.prevalence()), Names.percent(MethodTable.PAPER_PREVALENCE)));
        html.table(table.rows(), PaperTables::ours, List.of(new Column<Row>("method", "", r -> name(r)),
                new Column<>("precision", "oracle", r -> beside(r.oracle().precision(), r, Paper::precision)),
                new Column<>("recall", "sensitivity, oracle",
                        r -> beside(r.oracle().sensitivity(), r, Paper::sensitivity)),
                new Column<>("specificity", "oracle", r -> beside(r.oracle().specificity(), r, Paper::specificity)),
                new Column<>("AUC", "", r -> beside(r.separation().auroc(), r, Paper::auc))));
        html.element("h3", "The same methods, with intervals and at thresholds that a user would have");
        html.paragraph("",
                """
                        Intervals of 95 %, once resampling groups, once by DeLong, which takes all cases as independent and is too narrow. The lead of AnoGAN is paired on the same cases, p is \
                        two-sided, by DeLong. Thresholds are set by validation normals alone.""");
        html.table(table.rows(), PaperTables::ours,
                List.of(new Column<Row>("method", "", r -> name(r)),
                        new Column<>("AUC", "95 % by groups",
                                r -> ReportTables.number(r.separation().auroc(), r.separation().bootstrap())),
                        new Column<>("95 %", "by DeLong", r -> Cell.of(text(r.separation().deLong()))),
                        new Column<>("AnoGAN leads by", "95 % by groups",
                                r -> r.lead() == null ? Cell.of("–") : ReportTables.lead(r.lead())),
                        new Column<>("p", "", r -> Cell.of(p(r.lead()))),
                        new Column<>("precision", "at threshold",
                                r -> r.atThreshold() == null || r.atThreshold().precision() == null ? Cell.of("–")
                                        : Cell.of(Names.number(r.atThreshold().precision()))),
                        new Column<>("sensitivity", "at threshold",
                                r -> Cell.of(
                                        r.atThreshold() == null ? "–" : Names.number(r.atThreshold().sensitivity()))),
                        new Column<>("specificity", "at threshold", r -> Cell
                                .of(r.atThreshold() == null ? "–" : Names.number(r.atThreshold().specificity())))));
        table.notes().forEach(note -> html.paragraph("sub", note));
    }

    private static boolean ours(Row r) {
        return r.method() == Score.ANOGAN;
    }

    private static String cases(MethodTable table) {
        return table.level().equals("patch") ? "patches" : "scans";
    }

    private static Cell name(Row r) {
        return ReportTables.name(r.method());
    }

    /** Our number, and the paper's below it where it has one. */
    private static Cell beside(double value, Row r, ToDoubleFunction<Paper> theirs) {
        return new Cell(Names.number(value),
                r.paper().map(p -> "paper " + Names.number(theirs.applyAsDouble(p))).orElse(""));
    }

    private static String text(Interval interval) {
        return interval == null ? "–" : interval.toString();
    }

    private static String p(Difference lead) {
        if (lead == null || lead.p() == null) return "–";
        return lead.p() < 0.001 ? "< 0.001" : Names.number(lead.p());
    }

    /** AUROC at each value; the chosen one is set off. */
    void sweep(SweepAnalysis sweep) {
        String symbol = SweepFigures.SYMBOL.get(sweep.kind());
        html.table(sweep.points(), p -> sweep.choice() != null && sweep.choice().mostOften() == p.value(), List.of(
                new Column<SweepAnalysis.Point>(symbol,
                        sweep.choice() == null ? ""
                                : "chosen by cross-validation: " + SweepFigures.number(sweep.choice().mostOften()),
                        p -> Cell.of(SweepFigures.number(p.value()))),
                new Column<>("A(x)", "AUROC, 95 % by groups", p -> auroc(p, Score.A)),
                new Column<>("R(x)", "AUROC, 95 % by groups", p -> auroc(p, Score.R)),
                new Column<>("D(x)", "AUROC, 95 % by groups", p -> auroc(p, Score.D)),
                new Column<>("mean A", "", p -> Cell.of(String.format(Locale.ROOT, "%.1f", p.loss())))));
    }

    private static Cell auroc(SweepAnalysis.Point p, Score score) {
        return ReportTables.number(p.scores().get(score).auroc(), ScoreFigures.interval(p.scores().get(score)));
    }
}
