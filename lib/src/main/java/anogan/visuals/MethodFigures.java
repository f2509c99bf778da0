package anogan.visuals;

import anogan.scoring.Score;
import anogan.statistics.MethodTable;
import anogan.statistics.PatchKind;
import anogan.statistics.RocCurves;
import anogan.statistics.ScoreTable;
import anogan.visuals.RocFigures.Curve;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.XYChart;

/**
 * Figure 4 of the paper for a run: (a) ROC of the compared methods, (b) of the parts of the score, each with its Youden
 * point, and the densities of (c) R and (d) D. The numbers in the legends are those of {@link MethodTable}, and the
 * curves are of the same cases.
 */
final class MethodFigures {
    static final String SCORES = "paper-4-scores.png";
    /** In the order of the legends. */
    static final List<Score> METHODS = List.of(Score.ANOGAN, Score.GAN_R, Score.P_D, Score.ACAE);
    static final List<Score> PARTS = List.of(Score.R, Score.D, Score.D_HAT);
    private static final int PANEL = Style.WIDTH / 2;

    private MethodFigures() {}

    /** Empty where methods were not compared; a method that the run lacks is absent from chart and legend. */
    static Optional<Figure> scores(RunData run) {
        return run.methods().flatMap(table -> run.roc().map(roc -> {
            Map<PatchKind, ScoreTable> kinds = PatchKind.of(run.patchScores(), run.scanScores());
            BufferedImage image = Sheets.column(14,
                    Sheets.row(0,
                            List.of(panel("(a) methods", METHODS, table, roc),
                                    panel("(b) parts of the score", PARTS, table, roc))),
                    ScoreFigures.legend(run, kinds),
                    Sheets.row(0, List.of(density("(c) ", Score.R, kinds), density("(d) ", Score.D, kinds))));
            return new Figure(SCORES, "The paper's Figure 4", caption(run, table), image);
        }));
    }

    private static String caption(RunData run, MethodTable table) {
        boolean patches = table.level().equals("patch");
        return Format.of("""
                %s test %s of %d groups, %s anomalous (%s in the paper), seed %d. (a, b) Circles are Youden points: \
                the best on these very cases, an oracle. Brackets: 95 %% intervals that resample groups. (c, d) \
                Densities of patches, each of area 1. Good, as in the paper: AnoGAN (AUC 0.89) at or above GAN_R \
                (0.88) and R (0.88), clearly above D (0.74), aCAE (0.73) and P_D (0.72), D\u0302 on the diagonal \
                (0.50); normal test patches lie only slightly right of training patches, anomalous ones clearly. \
                Unlike the paper, a method that was not run is left out%s.""", Format.count(table.cases()),
                table.level() + (patches ? "es" : "s"), table.groups(), Format.percent(table.prevalence()),
                Format.percent(MethodTable.PAPER_PREVALENCE), run.info().seed(), patches ? ""
                        : ", and cases are whole scans by the mean of their patches, since nobody annotated patches");
    }

    private static BufferedImage panel(String title, List<Score> methods, MethodTable table, RocCurves roc) {
        BufferedImage legend = Legend.table("method", "AUC [95 % interval]",
                RocFigures.legend(curves(methods, table, roc)), PANEL - 90, 0);
        return Sheets.column(4, Charts.render(roc(title, methods, table, roc)),
                Sheets.row(0, List.of(Style.sheet(64, 1), legend)));
    }

    /** A curve and a circle for each of the methods that the run has. */
    static XYChart roc(String title, List<Score> methods, MethodTable table, RocCurves roc) {
        XYChart chart = RocFigures.chart(title, PANEL, PANEL - 30, 0.01);   // room for a circle at the edge
        RocFigures.lines(chart, roc, RocCurves.METHOD, curves(methods, table, roc));
        for (Score m : methods) table.row(m).ifPresent(row -> Charts.ring(chart, m.column() + " Youden point",
                1 - row.oracle().specificity(), row.oracle().sensitivity(), Style.score(m)));
        return chart;
    }

    private static List<Curve> curves(List<Score> methods, MethodTable table, RocCurves roc) {
        return methods.stream().filter(m -> roc.has(RocCurves.METHOD, m.column())).flatMap(m -> table.row(m).stream()
                .map(r -> Curve.of(m, m == Score.ANOGAN ? 3.4f : 2.2f, Format.auroc(r.separation())))).toList();
    }

    private static BufferedImage density(String letter, Score score, Map<PatchKind, ScoreTable> kinds) {
        XYChart chart = Charts.chart(letter + score.title(), score.meaning(), "density", PANEL, 320);
        ScoreFigures.density(score, kinds, chart).getStyler().setXAxisTickMarkSpacingHint(90);
        return Charts.render(chart);
    }
}
