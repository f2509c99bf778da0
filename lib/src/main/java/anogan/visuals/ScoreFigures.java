package anogan.visuals;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.Interval;
import anogan.statistics.ScoreTable;
import anogan.statistics.ScoreTable.Case;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Scores as distributions: per patch as in Figure 4 c and d of the paper, per scan and class, and beside the trivial
 * scores.
 */
public final class ScoreFigures {
    private ScoreFigures() {}

    /** Patches of one kind, as they are shown together. */
    record Cohort(String name, Color colour, ScoreTable patches) {
        double[] values(Score score) {
            return finite(patches, score);
        }
    }

    /** The column's numbers, rising; what is not finite is left out. */
    private static double[] finite(ScoreTable table, ScoreColumn column) {
        return Arrays.stream(table.of(column)).filter(Double::isFinite).sorted().toArray();
    }

    /**
     * Densities of R, D and A for training patches, normal test patches and anomalous test patches.
     *
     * @param patches one row a patch
     * @param scans   one row a scan, for the scans' labels
     */
    public static Figure densities(ScoreTable patches, ScoreTable scans, long seed) {
        List<Cohort> cohorts = cohorts(patches, scans);
        List<BufferedImage> panels = Stream.of(Score.R, Score.D, Score.A).map(score -> Charts.render(
                density(score, cohorts, Charts.chart(score.title(), score.meaning(), "density", Style.WIDTH / 3, 320))))
                .toList();
        return new Figure("scores.png", "Scores of patches",
                """
                        Densities of the residual score R, the discrimination score D and the anomaly score A, seed %d; each area is 1. Good, as in Figure 4 \
                        c and d of the paper: normal test patches lie almost where training patches lie, and anomalous ones to the right. A test curve well \
                        to the right of training means that the test scans differ in more than lesions, or that G has learned its patches by heart.\
                        """
                        .formatted(seed),
                Sheets.column(0, legend(cohorts), Sheets.row(0, panels)));
    }

    static BufferedImage legend(List<Cohort> cohorts) {
        return Legend.strip(
                cohorts.stream()
                        .map(c -> Legend.Entry.line(c.colour,
                                "%s (n = %s)".formatted(c.name, Names.count(c.patches.cases().size()))))
                        .toList(),
                Style.WIDTH);
    }

    /**
     * Training patches, those of normal test scans, and anomalous ones: of annotated lesions or, where there are no
     * masks, of anomalous scans.
     */
    static List<Cohort> cohorts(ScoreTable patches, ScoreTable scans) {
        Set<String> anomalousScans = scans.cases().stream().filter(c -> c.label() == Label.ANOMALOUS).map(Case::scan)
                .collect(Collectors.toSet());
        ScoreTable test = patches.where(c -> c.split() == Split.TEST);
        ScoreTable annotated = test.where(c -> c.label() == Label.ANOMALOUS);
        ScoreTable anomalous = test.where(c -> anomalousScans.contains(c.scan()));
        boolean masks = !annotated.cases().isEmpty() && annotated.cases().size() < anomalous.cases().size();
        List<Cohort> cohorts = List.of(
                new Cohort("training patches", Style.TRAIN, patches.where(c -> c.split() == Split.TRAIN)),
                new Cohort("test, normal scans", Style.NORMAL, test.where(c -> !anomalousScans.contains(c.scan()))),
                masks ? new Cohort("test, patches with annotated pixels", Style.ANOMALOUS, annotated)
                        : new Cohort("test, all patches of anomalous scans", Style.ANOMALOUS, anomalous));
        return cohorts.stream().filter(c -> !c.patches.cases().isEmpty()).toList();
    }

    /** The density of a score in each cohort, in an empty chart. */
    static XYChart density(Score score, List<Cohort> cohorts, XYChart chart) {
        chart.getStyler().setYAxisTicksVisible(false).setXAxisTickMarkSpacingHint(64).setPlotGridLinesVisible(false);
        double[] all = cohorts.stream().flatMapToDouble(c -> Arrays.stream(c.values(score))).sorted().toArray();
        if (all.length == 0) return chart;
        double far = Density.quantile(all, 0.997);
        double margin = Math.max(0.06 * (far - all[0]), 1e-6);
        double low = all[0] - margin;
        double high = far + margin;
        Map<Cohort, Density> densities = new LinkedHashMap<>();
        for (Cohort c : cohorts)
            if (c.values(score).length > 0) densities.put(c, Density.of(c.values(score), low, high));
        double top = densities.values().stream().flatMapToDouble(d -> Arrays.stream(d.density())).max().orElse(1);
        Charts.range(chart, low, high, 0, 1.05 * top);
        densities.forEach((c, d) -> area(chart, c, d, low, high));   // all areas first, so that no line is covered
        densities.forEach((c, d) -> Charts.line(chart, c.name, d.x(), d.density(), c.colour, 2.2f));
        return chart;
    }

    private static void area(XYChart chart, Cohort cohort, Density density, double low, double high) {
        double[] x = DoubleStream
                .concat(DoubleStream.concat(DoubleStream.of(low), Arrays.stream(density.x())), DoubleStream.of(high))
                .toArray();
        double[] y = DoubleStream
                .concat(DoubleStream.concat(DoubleStream.of(0), Arrays.stream(density.density())), DoubleStream.of(0))
                .toArray();
        Charts.shape(chart, cohort.name + " area", x, y, Style.translucent(cohort.colour, 0.14));
    }

    /**
     * The scores of whole test scans, class by class: box (quartiles, median), whiskers (1.5 box lengths) and every
     * scan as a dot. Empty without test scans.
     *
     * @param column such as {@code A_mean}
     */
    public static Optional<Figure> classes(ScoreTable scans, Analysis analysis, ScoreColumn column, long seed) {
        ScoreTable test = scans.where(c -> c.split() == Split.TEST);
        Map<String, Label> label = new LinkedHashMap<>();
        test.cases().forEach(c -> label.put(c.className(), c.label()));
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String name : label.keySet())
            values.put(name, finite(test.where(c -> c.className().equals(name)), column));
        values.values().removeIf(v -> v.length == 0);
        if (values.isEmpty()) return Optional.empty();
        Comparator<String> normalFirst = Comparator.comparing(label::get);
        List<String> order = values.keySet().stream()
                .sorted(normalFirst.thenComparing(n -> -Density.quantile(values.get(n), 0.5))).toList();
        double[] all = values.values().stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double margin = 0.05 * Math.max(all[all.length - 1] - all[0], 1e-6);
        XYChart chart = categories("score of the scan: " + column.title(),
                order.stream().map(n -> n + " (" + values.get(n).length + ")").toList(), all[0] - margin,
                all[all.length - 1] + margin, 420);
        List<Legend.Entry> legend = new ArrayList<>();
        legend.add(Legend.Entry.box(Style.NORMAL, "normal"));
        legend.add(Legend.Entry.box(Style.ANOMALOUS, "anomalous"));
        analysis.thresholds().stream().filter(t -> t.level().equals("scan") && t.score().equals(column)).findFirst()
                .ifPresent(t -> {
                    Charts.rule(chart, "threshold", 0.5, t.threshold().threshold(), order.size() + 0.5,
                            t.threshold().threshold(), Style.INK);
                    legend.add(new Legend.Entry(Style.INK, Style.dashes(1.5f),
                            "threshold set by " + t.threshold().normals() + " validation normals", ""));
                });
        for (int i = 0; i < order.size(); i++)
            box(chart, order.get(i), i + 1, values.get(order.get(i)), Style.label(label.get(order.get(i))));
        return Optional.of(new Figure("classes.png", "Scores of scans, class by class",
                """
                        The %s in %d test scans of %d groups, seed %d; in brackets the scans of a class. Box: quartiles and median; each dot is a scan. \
                        Good: the normal box lies below the dashed threshold, the anomalous boxes above it.\
                        """
                        .formatted(column.title(), test.cases().size(), test.groups().stream().distinct().count(),
                                seed),
                Sheets.column(0, Legend.strip(legend, Style.WIDTH), Charts.render(chart))));
    }

    private static void box(XYChart chart, String name, int at, double[] sorted, Color colour) {
        double q1 = Density.quantile(sorted, 0.25);
        double median = Density.quantile(sorted, 0.5);
        double q3 = Density.quantile(sorted, 0.75);
        double reach = 1.5 * (q3 - q1);
        double low = Arrays.stream(sorted).filter(v -> v >= q1 - reach).min().orElse(q1);
        double high = Arrays.stream(sorted).filter(v -> v <= q3 + reach).max().orElse(q3);
        SplittableRandom jitter = new SplittableRandom(at);
        double[] x = Arrays.stream(sorted).map(v -> at + jitter.nextDouble(-0.2, 0.2)).toArray();
        Charts.box(chart, name + " box", at - 0.3, at + 0.3, q1, q3, Style.tint(colour, 0.22));
        Charts.line(chart, name + " lower whisker", new double[] {at, at}, new double[] {low, q1}, colour, 1.5f);
        Charts.line(chart, name + " upper whisker", new double[] {at, at}, new double[] {q3, high}, colour, 1.5f);
        Charts.dots(chart, name + " scans", x, sorted, Style.translucent(colour, 0.45));
        Charts.line(chart, name + " median", new double[] {at - 0.3, at + 0.3}, new double[] {median, median}, colour,
                3);
    }

    /**
     * AUROC of whole scans with intervals: the paper's score beside the trivial ones, for all test scans, each subset
     * and each class.
     */
    public static Figure trivial(Analysis analysis, long seed) {
        List<Score> scores = Stream.concat(Stream.of(Score.A), Score.TRIVIAL.stream()).toList();
        List<Column> columns = analysis.scans().stream()
                .filter(r -> r.score() == Score.A && r.aggregate() == Aggregate.MEAN)
                .filter(r -> r.anomalous().equals(Analysis.ALL) || r.subset().equals(Analysis.ALL))
                .map(r -> new Column(r.subset(), r.anomalous()))
                .sorted(Comparator.comparing((Column c) -> !c.anomalous.equals(Analysis.ALL))).toList();
        double lowest = Math.min(0.45,
                analysis.scans().stream().filter(r -> r.aggregate() == Aggregate.MEAN && scores.contains(r.score()))
                        .mapToDouble(r -> interval(r.separation()).low()).min().orElse(0.45));
        XYChart chart = categories("AUROC against normal scans", columns.stream().map(Column::name).toList(), lowest, 1,
                400);
        double width = 0.8 / scores.size();
        for (int c = 0; c < columns.size(); c++) {
            for (int s = 0; s < scores.size(); s++) {
                String name = c + " " + scores.get(s).column();
                double left = c + 0.6 + s * width;
                Color colour = Style.score(scores.get(s));
                analysis.scan(scores.get(s), Aggregate.MEAN, columns.get(c).subset, columns.get(c).anomalous)
                        .ifPresent(r -> bar(chart, name, left, 0.86 * width, r.separation(), colour));
            }
        }
        Charts.rule(chart, "chance", 0.5, 0.5, columns.size() + 0.5, 0.5, Style.INK);
        List<Legend.Entry> legend = scores.stream().map(s -> Legend.Entry.box(Style.score(s), s.title())).toList();
        int n = columns.isEmpty() ? 0
                : analysis.scan(Score.A, Aggregate.MEAN, columns.get(0).subset, columns.get(0).anomalous).orElseThrow()
                        .separation().cases();
        return new Figure("trivial.png", "Beside the trivial scores",
                """
                        AUROC of the scan's mean score for all anomalous scans and for each class against the same normal scans, n = %s, seed %d; bars start \
                        at chance, whiskers are 95 %% intervals (patients resampled). Good: A stands clear above the others. If brightness or noise does as \
                        well as A, the classes differ in brightness or noise, and A may measure just that."""
                        .formatted(Names.count(n), seed),
                Sheets.column(0, Legend.strip(legend, Style.WIDTH), Charts.render(chart)));
    }

    /** Which scans a group of bars is about. */
    private record Column(String subset, String anomalous) {
        String name() {
            return !anomalous.equals(Analysis.ALL) ? anomalous : subset.equals(Analysis.ALL) ? "all" : "all, " + subset;
        }
    }

    private static void bar(XYChart chart, String name, double left, double width, Analysis.Separation separation,
            Color colour) {
        double middle = left + width / 2;
        double auroc = separation.auroc();
        Interval interval = interval(separation);
        Charts.box(chart, name, left, left + width, 0.5, auroc, Style.tint(colour, 0.75));
        Charts.line(chart, name + " interval", new double[] {middle, middle},
                new double[] {interval.low(), interval.high()}, Style.INK, 1.6f);
        Charts.dots(chart, name + " value", new double[] {middle}, new double[] {auroc}, Style.INK)
                .setMarker(SeriesMarkers.CIRCLE);
    }

    /** The interval that resamples groups; DeLong's where there are too few groups for that. */
    static Interval interval(Analysis.Separation separation) {
        return separation.bootstrap() != null ? separation.bootstrap() : separation.deLong();
    }

    /** An empty chart with named places 1, 2, … along the x axis. */
    private static XYChart categories(String yTitle, List<String> names, double low, double high, int height) {
        XYChart chart = Charts.chart("", "", yTitle, Style.WIDTH, height);
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
