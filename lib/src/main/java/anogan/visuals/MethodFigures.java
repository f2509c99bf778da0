package anogan.visuals;

import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.MethodTable;
import anogan.statistics.ScoreTable;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;

/**
 * Figure 4 of the paper for a run: (a) ROC of the compared methods, (b) of the parts of the score, each with its Youden
 * point, and the densities of (c) R and (d) D. The numbers in the legends are those of {@link MethodTable}, and the
 * curves are of the same cases.
 */
final class MethodFigures {
    static final String SCORES = "paper-4-scores.png";
    /** In the order of the legends; drawn the other way round, so that the first lies on top. */
    static final List<Score> METHODS = List.of(Score.ANOGAN, Score.GAN_R, Score.P_D, Score.ACAE);
    static final List<Score> PARTS = List.of(Score.R, Score.D, Score.D_HAT);
    private static final int PANEL = Style.WIDTH / 2;

    private MethodFigures() {}

    /** Empty where methods were not compared; a method that the run lacks is absent from chart and legend. */
    static Optional<Figure> scores(RunData run) {
        return run.methods().map(table -> {
            ScoreTable cases = table.cases(run.folder().path(), run.analysis().options());
            List<ScoreFigures.Cohort> cohorts = ScoreFigures.cohorts(run.patchScores(), run.scanScores());
            BufferedImage image = Sheets.column(14,
                    Sheets.row(0,
                            List.of(panel("(a) methods", METHODS, table, cases),
                                    panel("(b) parts of the score", PARTS, table, cases))),
                    ScoreFigures.legend(cohorts),
                    Sheets.row(0, List.of(density("(c) ", Score.R, cohorts), density("(d) ", Score.D, cohorts))));
            return new Figure(SCORES, "The paper's Figure 4", caption(run, table), image);
        });
    }

    private static String caption(RunData run, MethodTable table) {
        boolean patches = table.level().equals("patch");
        return """
                %s test %s of %d groups, %s anomalous (%s in the paper), seed %d. (a, b) Circles are Youden points: the best on these very cases, an \
                oracle. Brackets: 95 %% intervals that resample groups. (c, d) Densities of patches, each of area 1. Good, as in the paper: AnoGAN \
                (AUC 0.89) at or above GAN_R (0.88) and R (0.88), clearly above D (0.74), aCAE (0.73) and P_D (0.72), D\u0302 on the diagonal (0.50); normal \
                test patches lie only slightly right of training patches, anomalous ones clearly. Unlike the paper, a method that was not run is left out\
                %s."""
                .formatted(Names.count(table.cases()), table.level() + (patches ? "es" : "s"), table.groups(),
                        Names.percent(table.prevalence()), Names.percent(MethodTable.PAPER_PREVALENCE),
                        run.info().seed(), patches ? ""
                                : ", and cases are whole scans by the mean of their patches, since nobody annotated patches");
    }

    private static BufferedImage panel(String title, List<Score> methods, MethodTable table, ScoreTable cases) {
        List<Legend.Entry> entries = new ArrayList<>();
        rows(methods, table, cases).forEach(r -> entries.add(new Legend.Entry(Style.score(r.method()),
                Style.solid(width(r.method())), r.method().title(), RocFigures.text(r.separation()))));
        BufferedImage legend = Legend.table("method", "AUC [95 % interval]", entries, PANEL - 90, 0);
        return Sheets.column(4, Charts.render(roc(title, methods, table, cases)),
                Sheets.row(0, List.of(Style.sheet(64, 1), legend)));
    }

    /** A curve and a circle for each of the methods that the run has. */
    static XYChart roc(String title, List<Score> methods, MethodTable table, ScoreTable cases) {
        XYChart chart = Charts.chart(title, "false-positive rate (1 − specificity)", "true-positive rate (sensitivity)",
                PANEL, PANEL - 30);
        Charts.range(chart, -0.01, 1.01, -0.01, 1.01);   // room for a circle at the edge
        chart.getStyler().setYAxisTickMarkSpacingHint(90).setPlotGridVerticalLinesVisible(true);
        Charts.rule(chart, "chance", 0, 0, 1, 1, Style.MUTED);
        List<MethodTable.Row> rows = new ArrayList<>(rows(methods, table, cases));
        Collections.reverse(rows);
        for (MethodTable.Row row : rows) {
            RocFigures.line(chart, new RocFigures.Curve(row.method().title(), Style.score(row.method()),
                    width(row.method()), cases.of(row.method()), ""), cases.positive());
            Charts.ring(chart, row.method().title() + " Youden point", 1 - row.oracle().specificity(),
                    row.oracle().sensitivity(), Style.score(row.method()));
        }
        return chart;
    }

    /** Of these methods the ones that the run has, then and now. */
    private static List<MethodTable.Row> rows(List<Score> methods, MethodTable table, ScoreTable cases) {
        return methods.stream().filter(cases.scores()::containsKey).flatMap(m -> table.row(m).stream()).toList();
    }

    private static float width(ScoreColumn method) {
        return method == Score.ANOGAN ? 3.4f : 2.2f;
    }

    private static BufferedImage density(String letter, Score score, List<ScoreFigures.Cohort> cohorts) {
        XYChart chart = Charts.chart(letter + score.title(), score.meaning(), "density", PANEL, 320);
        ScoreFigures.density(score, cohorts, chart).getStyler().setXAxisTickMarkSpacingHint(90);
        return Charts.render(chart);
    }
}
