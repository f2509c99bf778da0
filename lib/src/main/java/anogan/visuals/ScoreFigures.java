package anogan.visuals;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis;
import anogan.statistics.Density;
import anogan.statistics.Interval;
import anogan.statistics.NormalReference;
import anogan.statistics.PatchKind;
import anogan.statistics.ScoreTable.Case;
import anogan.statistics.ScoreTable;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * Scores as distributions: per patch as in Figure 4 c and d of the paper, per scan and class, and beside the trivial
 * scores.
 */
public final class ScoreFigures {
    private ScoreFigures() {}

    /** Densities of R, D and A for training patches, normal test patches and anomalous test patches. */
    public static Figure densities(RunData run) {
        Map<PatchKind, ScoreTable> kinds = PatchKind.of(run.patchScores(), run.scanScores());
        List<BufferedImage> panels = Stream.of(Score.R, Score.D, Score.A).map(score -> Charts.render(
                density(score, kinds, Charts.chart(score.title(), score.meaning(), "density", Style.WIDTH / 3, 320))))
                .toList();
        return new Figure("scores.png", "Scores of patches", Format.of("""
                Densities of the residual score R, the discrimination score D and the anomaly score A, seed %d; each \
                area is 1. Good, as in Figure 4 c and d of the paper: normal test patches lie almost where training \
                patches lie, and anomalous ones to the right. A test curve well to the right of training means that \
                the test scans differ in more than lesions, or that G has learned its patches by heart.""",
                run.info().seed()), Sheets.column(0, legend(run, kinds), Sheets.row(0, panels)));
    }

    static BufferedImage legend(RunData run, Map<PatchKind, ScoreTable> kinds) {
        return Legend.strip(kinds.entrySet().stream()
                .map(e -> Legend.Entry.line(Style.kind(e.getKey()), Format.of("%s (n = %s)",
                        name(e.getKey(), run.annotated()), Format.count(e.getValue().cases().size()))))
                .toList(), Style.WIDTH);
    }

    private static String name(PatchKind kind, boolean masks) {
        return switch (kind) {
            case TRAINING -> "training patches";
            case NORMAL -> "test, normal scans";
            case ANOMALOUS -> masks ? "test, patches with annotated pixels" : "test, all patches of anomalous scans";
        };
    }

    /** The density of a score in each kind of patches, in an empty chart. */
    static XYChart density(Score score, Map<PatchKind, ScoreTable> kinds, XYChart chart) {
        chart.getStyler().setYAxisTicksVisible(false).setXAxisTickMarkSpacingHint(64).setPlotGridLinesVisible(false);
        Map<PatchKind, double[]> values = new EnumMap<>(PatchKind.class);
        kinds.forEach((kind, table) -> values.put(kind, finite(table, score)));
        values.values().removeIf(v -> v.length == 0);
        double[] all = values.values().stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        if (all.length == 0) return chart;
        double far = Interval.quantile(all, 0.997);
        double margin = Math.max(0.06 * (far - all[0]), 1e-6);
        Map<PatchKind, Density> densities = new EnumMap<>(PatchKind.class);
        values.forEach((kind, v) -> densities.put(kind, Density.of(v, all[0] - margin, far + margin)));
        double top = densities.values().stream().flatMapToDouble(d -> Arrays.stream(d.density())).max().orElse(1);
        Charts.range(chart, all[0] - margin, far + margin, 0, 1.05 * top);
        densities.forEach((kind, d) -> Charts.area(chart, kind.word(), d.x(), d.density(), Style.kind(kind)));
        return chart;
    }

    /** The column's numbers, rising; what is not finite is left out. */
    private static double[] finite(ScoreTable table, ScoreColumn column) {
        return Arrays.stream(table.of(column)).filter(Double::isFinite).sorted().toArray();
    }

    /**
     * The leading score of whole test scans, class by class: box (quartiles, median), whiskers (1.5 box lengths) and
     * every scan as a dot. Empty without test scans.
     */
    public static Optional<Figure> classes(RunData run, Aggregate aggregate) {
        ScoreColumn column = run.analysis().leading().of(aggregate);
        ScoreTable test = run.scanScores().where(c -> c.split() == Split.TEST);
        List<ClassScores> classes = test.cases().stream()
                .collect(Collectors.toMap(Case::className, Case::label, (first, last) -> last, LinkedHashMap::new))
                .entrySet().stream()
                .map(e -> new ClassScores(e.getKey(), e.getValue(),
                        finite(test.where(c -> c.className().equals(e.getKey())), column)))
                .filter(c -> c.rising.length > 0)
                .sorted(Comparator.comparing(ClassScores::label).thenComparing(c -> -c.quantile(0.5))).toList();
        if (classes.isEmpty()) return Optional.empty();
        double[] all = classes.stream().flatMapToDouble(c -> Arrays.stream(c.rising)).sorted().toArray();
        double margin = 0.05 * Math.max(all[all.length - 1] - all[0], 1e-6);
        XYChart chart = categories("", column.title(),
                classes.stream().map(c -> c.name + " (" + c.rising.length + ")").toList(), all[0] - margin,
                all[all.length - 1] + margin, 420);
        List<Legend.Entry> legend = new ArrayList<>(
                List.of(Legend.Entry.box(Style.NORMAL, "normal"), Legend.Entry.box(Style.ANOMALOUS, "anomalous")));
        if (classes.stream().anyMatch(c -> c.label == Label.UNKNOWN))
            legend.add(Legend.Entry.box(Style.label(Label.UNKNOWN), "nobody has judged"));
        run.analysis().thresholds().stream().filter(t -> t.level().equals("scan") && t.score().equals(column))
                .findFirst().map(Analysis.ThresholdResult::threshold)
                .or(() -> NormalReference.of(run.scanScores(), column, run.analysis().options())
                        .map(n -> n.threshold(run.analysis().options().fpr())))
                .ifPresent(t -> {
                    Charts.rule(chart, "threshold", 0.5, t.threshold(), classes.size() + 0.5, t.threshold(), Style.INK);
                    legend.add(Legend.Entry.dashes("threshold set by " + t.normals() + " normals"));
                });
        for (int i = 0; i < classes.size(); i++) box(chart, classes.get(i), i + 1);
        return Optional.of(new Figure("classes.png", "Scores of scans, class by class", Format.of("""
                The %s in %d test scans of %d groups, seed %d; in brackets the scans of a class. Box: quartiles and \
                median; each dot is a scan. Good: the normal box lies below the dashed threshold, the anomalous boxes \
                above it.""", column.title(), test.cases().size(), test.groups().stream().distinct().count(),
                run.info().seed()), Sheets.column(0, Legend.strip(legend, Style.WIDTH), Charts.render(chart))));
    }

    /** The finite scores of a class, rising. */
    private record ClassScores(String name, Label label, double[] rising) {
        double quantile(double q) {
            return Interval.quantile(rising, q);
        }
    }

    private static void box(XYChart chart, ClassScores of, int at) {
        String name = of.name;
        double[] sorted = of.rising;
        Color colour = Style.label(of.label);
        double q1 = of.quantile(0.25);
        double median = of.quantile(0.5);
        double q3 = of.quantile(0.75);
        double reach = 1.5 * (q3 - q1);
        double low = Arrays.stream(sorted).filter(v -> v >= q1 - reach).min().orElse(q1);
        double high = Arrays.stream(sorted).filter(v -> v <= q3 + reach).max().orElse(q3);
        SplittableRandom jitter = new SplittableRandom(at);
        double[] x = Arrays.stream(sorted).map(v -> at + jitter.nextDouble(-0.2, 0.2)).toArray();
        Charts.box(chart, name + " box", at - 0.3, at + 0.3, q1, q3, Style.tint(colour, 0.22));
        Charts.segment(chart, name + " lower whisker", at, low, at, q1, colour, 1.5f);
        Charts.segment(chart, name + " upper whisker", at, q3, at, high, colour, 1.5f);
        Charts.dots(chart, name + " scans", x, sorted, Style.translucent(colour, 0.45));
        Charts.segment(chart, name + " median", at - 0.3, median, at + 0.3, median, colour, 3);
    }

    /** Which scans a group of bars is about. */
    private record Column(String subset, String anomalous) {
        String name() {
            return !anomalous.equals(Analysis.ALL) ? anomalous : subset.equals(Analysis.ALL) ? "all" : "all, " + subset;
        }

        Optional<ScanResult> of(Analysis analysis, Score score) {
            return analysis.scan(score, Aggregate.MEAN, subset, anomalous);
        }
    }

    /**
     * AUROC of whole scans with intervals: ours beside the trivial ones, for all test scans, each subset and each
     * class.
     */
    public static Figure trivial(RunData run) {
        Analysis analysis = run.analysis();
        List<Column> columns = analysis.scans().stream()
                .filter(r -> r.score() == analysis.leading() && r.aggregate() == Aggregate.MEAN)
                .filter(r -> r.anomalous().equals(Analysis.ALL) || r.subset().equals(Analysis.ALL))
                .map(r -> new Column(r.subset(), r.anomalous()))
                .sorted(Comparator.comparing(c -> !c.anomalous.equals(Analysis.ALL))).toList();
        List<Score> scores = Score.IN_FIGURES.stream()
                .filter(s -> s == Score.RECOMMENDED || s == Score.A || s.trivial())
                .filter(s -> columns.stream().anyMatch(c -> c.of(analysis, s).isPresent())).toList();
        double lowest = columns.stream().flatMap(c -> scores.stream().flatMap(s -> c.of(analysis, s).stream()))
                .mapToDouble(r -> r.separation().interval().low()).reduce(0.45, Math::min);
        XYChart chart = categories("", "AUROC against normal scans", columns.stream().map(Column::name).toList(),
                lowest, 1, 400);
        double width = 0.84 / scores.size();
        for (int c = 0; c < columns.size(); c++) {
            for (int s = 0; s < scores.size(); s++) {
                String name = c + " " + scores.get(s).column();
                double left = c + 0.58 + s * width;
                Color colour = Style.score(scores.get(s));
                columns.get(c).of(analysis, scores.get(s))
                        .ifPresent(r -> bar(chart, name, left, 0.86 * width, r.separation(), colour));
            }
        }
        Charts.rule(chart, "chance", 0.5, 0.5, columns.size() + 0.5, 0.5, Style.INK);
        int n = columns.stream().findFirst().flatMap(c -> c.of(analysis, analysis.leading()))
                .map(r -> r.separation().cases()).orElse(0);
        return new Figure("trivial.png", "Beside the trivial scores", Format.of("""
                AUROC of the scan's mean score for all anomalous scans and for each class against the same normal \
                scans, n = %s, seed %d; bars start at chance, whiskers are 95 %% intervals (patients resampled). Good: \
                A stands clear above the others. If brightness or noise does as well as A, the classes differ in \
                brightness or noise, and A may measure just that.""", Format.count(n), run.info().seed()),
                Sheets.column(0,
                        Legend.strip(scores.stream().map(s -> Legend.Entry.box(Style.score(s), s.title())).toList(),
                                Style.WIDTH),
                        Charts.render(chart)));
    }

    private static void bar(XYChart chart, String name, double left, double width, Analysis.Separation separation,
            Color colour) {
        double middle = left + width / 2;
        Interval interval = separation.interval();
        Charts.box(chart, name, left, left + width, 0.5, separation.auroc(), Style.tint(colour, 0.75));
        Charts.segment(chart, name + " interval", middle, interval.low(), middle, interval.high(), Style.INK, 1.6f);
        Charts.dots(chart, name + " value", new double[] {middle}, new double[] {separation.auroc()}, Style.INK);
    }

    /** An empty chart with named places 1, 2, … along the x axis. */
    static XYChart categories(String xTitle, String yTitle, List<String> names, double low, double high, int height) {
        XYChart chart = Charts.chart("", xTitle, yTitle, Style.WIDTH, height);
        int place = (Style.WIDTH - 110) / names.size();
        // XChart drops labels of more than 20 letters, and all labels if those of both ends are the same.
        List<String> shown = names.stream().map(n -> n.length() > 20 ? n.substring(0, 19) + "…" : n)
                .map(n -> Style.fit(n, Style.text(), (int) (place / 1.15) - 4)).toList();
        chart.getStyler().setXAxisTickMarkSpacingHint(place).setXAxisTickLabelsFormattingFunction(x -> {
            int i = (int) Math.round(x) - 1;
            return Math.abs(x - Math.round(x)) < 1e-6 && i >= 0 && i < shown.size() ? shown.get(i) : x < 1 ? " " : "  ";
        });
        Charts.range(chart, 0.5, names.size() + 0.5, low, high);
        return chart;
    }
}
