package anogan.visuals;

import anogan.patches.Patch;
import anogan.run.Seeds;
import anogan.scoring.FrozenRun;
import anogan.statistics.ScoreTable;
import anogan.statistics.TSne;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.knowm.xchart.XYChart;

/**
 * Figure 2 of the paper for a run: (a) G and D as feature maps, (b) normal and anomalous test patches in the space of
 * f, D's last convolution, by t-SNE.
 */
final class FeatureSpace {
    static final String FILE = "paper-2-features.png";
    private static final int MOST = 300;       // patches of each kind
    private static final int LEAST = 10;       // patches in all
    private static final int STEPS = 750;
    private static final double PERPLEXITY = 30;
    private static final int CHART = 452;

    private FeatureSpace() {}

    /**
     * Patches of one kind in the plane.
     *
     * @param name    as in the legend, with n
     * @param patches whose f is at these places
     */
    record Cloud(String name, Color colour, List<Patch> patches, double[] x, double[] y) {}

    /** Empty without normal and anomalous test patches. */
    static Optional<Figure> draw(RunData run, FrozenRun frozen) {
        List<Cloud> clouds = clouds(run, frozen);
        if (clouds.isEmpty()) return Optional.empty();
        int n = clouds.stream().mapToInt(c -> c.patches.size()).sum();
        Patch real = clouds.get(0).patches.get(0);
        BufferedImage networks = NetworkDiagram.draw(frozen.architecture(), frozen.samples(1, run.info().seed()).get(0),
                frozen.query(real), Style.WIDTH - CHART);
        BufferedImage legend = Legend.strip(clouds.stream().map(c -> Legend.Entry.box(c.colour, c.name)).toList(),
                CHART);
        BufferedImage image = Sheets.row(0, List.of(networks, Sheets.column(0, Charts.render(chart(clouds)), legend)));
        return Optional.of(new Figure(FILE, "The paper's Figure 2",
                """
                        (a) The networks of this run, channels above extent; f, the output of D's last convolution, is what the discrimination score compares. (b) f of %d \
                        test patches (%d numbers each), seed %d, laid out by t-SNE (perplexity %.0f, at most %d patches of each kind by lot). Good, as in the paper: \
                        anomalous patches gather in pockets of their own; mixed evenly with the normal ones, D sees no difference. Neighbourhood means something here, \
                        distance and size do not. Unlike the paper, the networks are drawn as they are in this run.\
                        """
                        .formatted(n, frozen.architecture().features(), run.info().seed(), perplexity(n), MOST),
                image));
    }

    private static double perplexity(int n) {
        return Math.min(PERPLEXITY, (n - 1) / 3.0);
    }

    /**
     * Normal and anomalous test patches in the plane; none where one kind is missing or there are too few for a layout.
     */
    static List<Cloud> clouds(RunData run, FrozenRun frozen) {
        Map<String, List<Patch>> kinds = kinds(run);
        List<Patch> all = kinds.values().stream().flatMap(List::stream).toList();
        if (kinds.size() < 2 || all.size() < LEAST) return List.of();
        return clouds(kinds,
                TSne.of(frozen.features(all), new TSne.Options(perplexity(all.size()), STEPS, run.info().seed())));
    }

    /** Test patches by what the legend calls them, normal ones first. */
    private static Map<String, List<Patch>> kinds(RunData run) {
        Map<String, List<Patch>> kinds = new LinkedHashMap<>();
        for (ScoreFigures.Cohort c : ScoreFigures.cohorts(run.patchScores(), run.scanScores())) {
            if (c.colour() == Style.TRAIN) continue;
            List<Patch> chosen = run.patches(lot(c.patches(), Seeds.random(run.info().seed(), c.name())));
            kinds.put("%s (%d)".formatted(c.colour() == Style.NORMAL ? "normal" : "anomalous", chosen.size()), chosen);
        }
        return kinds;
    }

    private static ScoreTable lot(ScoreTable table, SplittableRandom random) {
        List<ScoreTable.Case> left = new ArrayList<>(table.cases());
        while (left.size() > MOST) left.remove(random.nextInt(left.size()));
        Set<ScoreTable.Case> kept = new HashSet<>(left);
        return table.where(kept::contains);
    }

    private static List<Cloud> clouds(Map<String, List<Patch>> kinds, TSne layout) {
        List<Cloud> clouds = new ArrayList<>();
        int from = 0;
        for (Map.Entry<String, List<Patch>> e : kinds.entrySet()) {
            int to = from + e.getValue().size();
            Color colour = clouds.isEmpty() ? Style.NORMAL : Style.ANOMALOUS;
            clouds.add(new Cloud(e.getKey(), colour, e.getValue(), Arrays.copyOfRange(layout.x(), from, to),
                    Arrays.copyOfRange(layout.y(), from, to)));
            from = to;
        }
        return clouds;
    }

    /** Dots without axes: only neighbourhood means something. */
    static XYChart chart(List<Cloud> clouds) {
        XYChart chart = Charts.chart("(b) f(x) of test patches, t-SNE", "", "", CHART, 400);
        chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false).setPlotBorderVisible(true)
                .setPlotBorderColor(Style.RULE);
        DoubleSummaryStatistics x = clouds.stream().flatMapToDouble(c -> Arrays.stream(c.x)).summaryStatistics();
        DoubleSummaryStatistics y = clouds.stream().flatMapToDouble(c -> Arrays.stream(c.y)).summaryStatistics();
        double reach = 0.53 * Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin()) + 1e-9;   // the same scale both ways
        double left = (x.getMax() + x.getMin()) / 2 - reach;
        double bottom = (y.getMax() + y.getMin()) / 2 - reach;
        Charts.range(chart, left, left + 2 * reach, bottom, bottom + 2 * reach);
        for (Cloud c : clouds) Charts.dots(chart, c.name, c.x, c.y, Style.translucent(c.colour, 0.6));
        return chart;
    }
}
