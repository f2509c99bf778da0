package anogan.visuals;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.Interval;
import anogan.statistics.RocCurve;
import anogan.statistics.ScoreTable;
import anogan.statistics.YoudenOracle;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * ROC curves as in Figure 4 a and b of the paper, of patches and of whole scans. The numbers in their legends are those
 * of the analysis.
 */
public final class RocFigures {
    private static final int REPLICATES = 400;
    private static final int SIDE = 560;
    private static final int GAP = 16;
    private static final String BAND = """
            The band is the 95 % interval of A at each false-positive rate (groups resampled), numbers in brackets are 95 % intervals of the AUROC; \
            the circle is the best point of A on the test set itself, an oracle.""";

    private RocFigures() {}

    /**
     * One curve of a chart.
     *
     * @param title  its name for a reader
     * @param width  of the line
     * @param scores of the cases
     * @param auroc  the number beside the name, with its interval
     */
    record Curve(String title, Color colour, float width, double[] scores, String auroc) {
        /** Of several, the one that is drawn with its band. */
        static final float STRONG = 3.4f;

        boolean complete() {
            return Arrays.stream(scores).noneMatch(Double::isNaN);
        }
    }

    /**
     * Patches with an annotated pixel against all other test patches whose label is known; empty without annotated
     * patches.
     *
     * @param patches our scores and the trivial ones, one row a patch
     */
    public static Optional<Figure> patches(ScoreTable patches, Analysis analysis, long seed) {
        ScoreTable cases = patches.where(c -> c.split() == Split.TEST && c.label() != Label.UNKNOWN);
        if (!cases.hasBothKinds()) return Optional.empty();
        List<Curve> curves = curves(cases, score -> analysis.patch(score).map(r -> text(r.separation())).orElse(""));
        BufferedImage image = draw(curves, cases.positive(), cases.groups(), oracle(analysis, "patch", Score.A), seed);
        return Optional.of(new Figure("roc.png", "ROC of patches",
                """
                        %s test patches, %s of them anomalous, from %d groups, seed %d. %s \
                        Good, as in the paper's Figure 4: A at or above Â and R, clearly above D and P_D, and D\u0302 on the diagonal; all grey lines below.\
                        """
                        .formatted(Names.count(cases.cases().size()), Names.count(count(cases.positive())),
                                groups(cases), seed, BAND),
                image));
    }

    /**
     * Anomalous against normal test scans by the mean score of their patches; empty if one kind is missing.
     *
     * @param scans our scores and the trivial ones, one row a scan
     */
    public static Optional<Figure> scans(ScoreTable scans, Analysis analysis, long seed) {
        ScoreTable cases = scans.where(c -> c.split() == Split.TEST && c.label() != Label.UNKNOWN).of(Aggregate.MEAN);
        if (!cases.hasBothKinds()) return Optional.empty();
        List<Curve> curves = curves(cases, s -> analysis.scan(s, Aggregate.MEAN, Analysis.ALL, Analysis.ALL)
                .map(r -> text(r.separation())).orElse(""));
        BufferedImage image = draw(curves, cases.positive(), cases.groups(),
                oracle(analysis, "scan", Score.A.of(Aggregate.MEAN)), seed);
        return Optional.of(new Figure("roc-scans.png", "ROC of scans",
                """
                        %s test scans, %s of them of an anomalous class, from %d groups, seed %d; a scan's score is the mean of its patches. %s \
                        Good: A clear above the grey lines. Where a grey line is as high, classes differ in brightness or noise as well.\
                        """
                        .formatted(Names.count(cases.cases().size()), Names.count(count(cases.positive())),
                                groups(cases), seed, BAND),
                image));
    }

    private static List<Curve> curves(ScoreTable cases, Function<Score, String> auroc) {
        return Stream.concat(Score.PAPER.stream(), Score.TRIVIAL.stream()).filter(s -> cases.scores().containsKey(s))
                .map(s -> new Curve(s.title(), Style.score(s), s == Score.A ? Curve.STRONG : s.trivial() ? 1.4f : 2,
                        cases.of(s), auroc.apply(s)))
                .filter(Curve::complete).toList();
    }

    private static YoudenOracle oracle(Analysis analysis, String level, ScoreColumn score) {
        return analysis.thresholds().stream().filter(t -> t.level().equals(level) && t.score().equals(score))
                .map(Analysis.ThresholdResult::oracle).findFirst().orElse(null);
    }

    private static long groups(ScoreTable cases) {
        return cases.groups().stream().distinct().count();
    }

    /** The curves and their legend side by side. */
    static BufferedImage draw(List<Curve> curves, boolean[] positive, List<String> groups, YoudenOracle oracle,
            long seed) {
        XYChart chart = Charts.chart("", "false-positive rate (1 − specificity)", "true-positive rate (sensitivity)",
                SIDE + 30, SIDE);
        Charts.range(chart, 0, 1, 0, 1);
        chart.getStyler().setYAxisTickMarkSpacingHint(90).setPlotGridVerticalLinesVisible(true);
        curves.stream().filter(c -> c.width == Curve.STRONG).findFirst()
                .ifPresent(c -> band(chart, c, positive, groups, seed));
        Charts.rule(chart, "chance", 0, 0, 1, 1, Style.MUTED);
        List<Legend.Entry> entries = new ArrayList<>();
        for (int i = curves.size() - 1; i >= 0; i--) line(chart, curves.get(i), positive);   // the first lies on top
        for (Curve c : curves) entries.add(new Legend.Entry(c.colour, Style.solid(c.width), c.title, c.auroc));
        if (oracle != null) {
            Charts.ring(chart, "oracle", 1 - oracle.specificity(), oracle.sensitivity(), Style.score(Score.A));
            entries.add(new Legend.Entry(Style.score(Score.A), Legend.RING,
                    "best point of A on the test set: an oracle", ""));
        }
        BufferedImage legend = Legend.table("score", "AUROC [95 % interval]", entries,
                Style.WIDTH - chart.getWidth() - GAP, 16);
        return Sheets.row(GAP, List.of(Charts.render(chart), legend));
    }

    static void line(XYChart chart, Curve curve, boolean[] positive) {
        double[][] xy = thin(RocCurve.of(curve.scores, positive).points());
        Charts.line(chart, curve.title, xy[0], xy[1], curve.colour, curve.width);
    }

    private static void band(XYChart chart, Curve curve, boolean[] positive, List<String> groups, long seed) {
        RocCurve.Band band = RocCurve.band(curve.scores, positive, groups, REPLICATES, seed, 100);
        int n = band.falsePositiveRate().length;
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = band.falsePositiveRate()[i];
            y[i] = band.high()[i];
            x[2 * n - 1 - i] = band.falsePositiveRate()[i];
            y[2 * n - 1 - i] = band.low()[i];
        }
        Charts.shape(chart, "band", x, y, Style.tint(curve.colour, 0.15));
    }

    /** At most a thousand points: beyond that a line only gets slower. */
    private static double[][] thin(List<RocCurve.Point> points) {
        int step = Math.max(1, points.size() / 1000);
        int[] kept = IntStream.range(0, points.size()).filter(i -> i % step == 0 || i == points.size() - 1).toArray();
        return new double[][] {Arrays.stream(kept).mapToDouble(i -> points.get(i).falsePositiveRate()).toArray(),
                Arrays.stream(kept).mapToDouble(i -> points.get(i).truePositiveRate()).toArray()};
    }

    static int count(boolean[] set) {
        int n = 0;
        for (boolean b : set) if (b) n++;
        return n;
    }

    static String text(Analysis.Separation s) {
        return text(s.auroc(), ScoreFigures.interval(s));
    }

    static String text(double value, Interval interval) {
        return Names.number(value) + (interval == null ? "" : " [" + interval + "]");
    }
}
