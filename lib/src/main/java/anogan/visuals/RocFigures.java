package anogan.visuals;

import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.RocCurves;
import anogan.statistics.YoudenOracle;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * ROC curves as in Figure 4 a and b of the paper, of patches, of whole scans and of pixels: those that stage analyze
 * left in {@link RocCurves}. The numbers in their legends are those of the analysis.
 */
public final class RocFigures {
    private static final String REGION = "retina";
    private static final int SIDE = 560;
    private static final int GAP = 16;
    private static final float STRONG = 3.4f;
    private static final String BAND = """
            The band is the 95 % interval of A at each false-positive rate (groups resampled), numbers in brackets are \
            95 % intervals of the AUROC; the circle is the best point of A on the test set itself, an oracle.""";

    private RocFigures() {}

    /**
     * One curve of a chart.
     *
     * @param name  of the score or map in {@link RocCurves}
     * @param title its name for a reader
     * @param width of the line
     * @param auroc the number beside the title, with its interval
     */
    record Curve(String name, String title, Color colour, float width, String auroc) {
        /** A score in its colour. */
        static Curve of(ScoreColumn score, float width, String auroc) {
            return new Curve(score.column(), score.title(), Style.score(score), width, auroc);
        }
    }

    /**
     * Patches with an annotated pixel against all other test patches whose label is known; empty without annotated
     * patches.
     */
    public static Optional<Figure> patches(RunData run) {
        Function<Score, Optional<Separation>> judged = s -> run.analysis().patch(s)
                .map(Analysis.PatchResult::separation);
        return judged.apply(Score.A).flatMap(a -> draw(run, RocCurves.PATCH, scores(judged),
                oracle(run, "patch", Score.A))
                .map(image -> new Figure("roc.png", "ROC of patches", Format.of("""
                        %s test patches, %s of them anomalous, from %d groups, seed %d. %s Good, as in \
                        the paper's Figure 4: A at or above Â and R, clearly above D and P_D, and D\u0302 on the \
                        diagonal; the combined score above all, and above the rivals that are treated alike.""",
                        Format.count(a.cases()), Format.count(a.positives()), a.groups(), run.info().seed(), BAND),
                        image)));
    }

    /** Anomalous against normal test scans by the mean score of their patches; empty if one kind is missing. */
    public static Optional<Figure> scans(RunData run) {
        Function<Score, Optional<Separation>> judged = s -> run.analysis()
                .scan(s, Aggregate.MEAN, Analysis.ALL, Analysis.ALL).map(Analysis.ScanResult::separation);
        return judged.apply(Score.A)
                .flatMap(a -> draw(run, RocCurves.SCAN, scores(judged), oracle(run, "scan", Score.A.of(Aggregate.MEAN)))
                        .map(image -> new Figure("roc-scans.png", "ROC of scans", Format.of("""
                                %s test scans, %s of them of an anomalous class, from %d groups, seed %d; a \
                                scan's score is the mean of its patches. %s Good: the combined score clear above \
                                the trivial ones. Where one of brightness or noise is as high, classes differ in these \
                                as well.""", Format.count(a.cases()), Format.count(a.positives()), a.groups(),
                                run.info().seed(), BAND), image)));
    }

    /** Pixels between the retina's boundaries on masked test scans; empty without such scans. */
    public static Optional<Figure> pixels(RunData run) {
        List<Curve> curves = Stream.of(Plane.values()).flatMap(p -> run.analysis().pixel(p, REGION).stream().map(
                r -> new Curve(p.word(), p.title(), Style.plane(p), width(p), Format.number(r.auroc(), r.bootstrap()))))
                .toList();
        if (curves.isEmpty()) return Optional.empty();
        PixelResult any = run.analysis().pixel(Plane.RESIDUAL, REGION).orElseThrow();
        return draw(run, RocCurves.PIXEL, curves, Optional.empty())
                .map(image -> new Figure("pixels.png", "ROC of pixels inside the retina", Format.of("""
                        %s pixels of %d masked test scans, %s of them annotated, seed %d; band and brackets: \
                        95 %% intervals (groups resampled). Good: the combined map lies above PCA's. \
                        Maps with a sign are drawn by magnitude; their dark halves are in the table. Fluid is \
                        dark and has little speckle, so that a plain |residual| may fall below the diagonal, \
                        and so does intensity, as far as lesions are dark: 1 − its AUROC is what darkness \
                        alone finds. Retina that the strip does not reach counts as never flagged: the \
                        straight end of the curves.""", Format.count(any.pixels()), any.scans(),
                        Format.percent(any.prevalence()), run.info().seed()), image));
    }

    private static float width(Plane p) {
        return p == Plane.COMBINED ? STRONG : p.trivial() ? 1.4f : 2;
    }

    private static List<Curve> scores(Function<Score, Optional<Separation>> judged) {
        return Score.IN_FIGURES.stream()
                .flatMap(s -> judged.apply(s).stream().map(of -> Curve.of(s,
                        s == Score.RECOMMENDED || s == Score.A ? STRONG : s.trivial() ? 1.4f : 2, Format.auroc(of))))
                .toList();
    }

    private static Optional<YoudenOracle> oracle(RunData run, String level, ScoreColumn score) {
        return run.analysis().thresholds().stream().filter(t -> t.level().equals(level) && t.score().equals(score))
                .map(Analysis.ThresholdResult::oracle).findFirst();
    }

    /** The curves and their legend side by side; empty where the run's curves were not kept. */
    private static Optional<BufferedImage> draw(RunData run, String level, List<Curve> all,
            Optional<YoudenOracle> oracle) {
        List<Curve> curves = run.roc().map(roc -> all.stream().filter(c -> roc.has(level, c.name)).toList())
                .orElse(List.of());
        return curves.isEmpty() ? Optional.empty() : Optional.of(draw(run.roc().orElseThrow(), level, curves, oracle));
    }

    static BufferedImage draw(RocCurves roc, String level, List<Curve> curves, Optional<YoudenOracle> oracle) {
        XYChart chart = chart("", SIDE + 30, SIDE, 0);
        curves.forEach(c -> roc.band(level, c.name).ifPresent(band -> band(chart, c, band)));
        lines(chart, roc, level, curves);
        List<Legend.Entry> entries = new ArrayList<>(legend(curves));
        oracle.ifPresent(o -> {
            Color colour = Style.score(Score.A);
            Charts.ring(chart, "oracle", 1 - o.specificity(), o.sensitivity(), colour);
            entries.add(new Legend.Entry(colour, Legend.RING, "best point of A on the test set: an oracle", ""));
        });
        BufferedImage legend = Legend.table("score", "AUROC [95 % interval]", entries,
                Style.WIDTH - chart.getWidth() - GAP, 16);
        return Sheets.row(GAP, List.of(Charts.render(chart), legend));
    }

    /** An empty chart of both rates, with so much room beyond 0 and 1. */
    static XYChart chart(String title, int width, int height, double room) {
        XYChart chart = Charts.chart(title, "false-positive rate (1 − specificity)", "true-positive rate (sensitivity)",
                width, height);
        Charts.range(chart, -room, 1 + room, -room, 1 + room);
        chart.getStyler().setYAxisTickMarkSpacingHint(90).setPlotGridVerticalLinesVisible(true);
        return chart;
    }

    /** Chance and the curves, of which the first lies on top. */
    static void lines(XYChart chart, RocCurves roc, String level, List<Curve> curves) {
        Charts.rule(chart, "chance", 0, 0, 1, 1, Style.MUTED);
        List<Curve> reversed = new ArrayList<>(curves);
        Collections.reverse(reversed);
        for (Curve c : reversed) {
            double[][] xy = roc.curve(level, c.name);
            Charts.line(chart, c.name, xy[0], xy[1], c.colour, c.width);
        }
    }

    static List<Legend.Entry> legend(List<Curve> curves) {
        return curves.stream().map(c -> new Legend.Entry(c.colour, Style.solid(c.width), c.title, c.auroc)).toList();
    }

    private static void band(XYChart chart, Curve curve, double[][] band) {
        Charts.shape(chart, "band", around(band[0], band[0]), around(band[2], band[1]), Style.tint(curve.colour, 0.15));
    }

    /** Along one side and back along the other. */
    private static double[] around(double[] there, double[] back) {
        DoubleStream reversed = java.util.stream.IntStream.range(0, back.length)
                .mapToDouble(i -> back[back.length - 1 - i]);
        return DoubleStream.concat(DoubleStream.of(there), reversed).toArray();
    }
}
