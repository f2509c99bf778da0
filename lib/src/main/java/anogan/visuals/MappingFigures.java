package anogan.visuals;

import anogan.scans.Label;
import anogan.scoring.RecordedDescents;
import anogan.statistics.MapScale;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The search for z, seen: what G(z) looks like on its way to the query, and how the mapping loss falls. */
public final class MappingFigures {
    private static final int ROWS = 8;
    private static final int WORDS = 100;

    private MappingFigures() {}

    /** One row per query: x, G(z) along the way, the residual, and the residual over x. */
    public static Figure strips(RecordedDescents descents, long seed) {
        int[] shown = shown(descents);
        int[] times = times(descents.steps());
        List<String> heads = new ArrayList<>(List.of("query x"));
        for (int t : times)
            heads.add((descents.steps()[t] == descents.gamma() ? "Γ = " : "step ") + descents.steps()[t]);
        heads.addAll(List.of("|x − G(z)|", "over x"));
        int room = (Style.WIDTH - WORDS) / heads.size() - ImageGrid.GAP;
        ImageGrid grid = new ImageGrid(heads, tile(descents.size(), room), WORDS, true);
        double scale = MapScale.of(IntStream.range(0, descents.count()).mapToObj(descents::residual).toList());
        for (int k : shown) grid.row(words(descents, k), tiles(descents, k, times, scale));
        BufferedImage strip = grid.draw();
        BufferedImage bar = Heat.bar("residual, in units of the patch's range [−1, 1]", scale, false,
                strip.getWidth() / Style.SCALE);
        return new Figure("mapping.png", "From noise to the nearest healthy patch", Format.of("""
                %d queries, Γ = %d steps, seed %d; every residual on one scale. Good: after Γ steps G(z) has \
                the layers of the query where they are healthy, and the residual is bright where the query is \
                not. G draws no lesion, since it never saw one.""", shown.length, descents.gamma(), seed),
                Sheets.column(12, strip, bar));
    }

    /** The mapping loss of every recorded query against the step. */
    public static Figure descent(RecordedDescents descents, long seed) {
        XYChart chart = Charts.chart("", "step of the descent on z", "mapping loss L(z)", Style.WIDTH, 380);
        double[] step = IntStream.rangeClosed(0, descents.gamma()).asDoubleStream().toArray();
        double top = IntStream.range(0, descents.count()).mapToObj(descents::loss).flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite).max().orElse(1);
        Charts.range(chart, 0, Math.max(1, descents.gamma()), 0, Math.max(1e-6, top));
        for (int k = 0; k < descents.count(); k++)
            Charts.line(chart, "query " + k, step, descents.loss(k), colour(descents.label(k)), 1.8f);
        List<Legend.Entry> entries = new ArrayList<>();
        for (Label label : Label.values()) {
            long n = IntStream.range(0, descents.count()).filter(k -> descents.label(k) == label).count();
            if (n > 0) entries.add(Legend.Entry.line(colour(label), word(label) + " (" + n + ")"));
        }
        return new Figure("descent.png", "Descent on z", Format.of("""
                Mapping loss of %d queries over Γ = %d steps, seed %d. Good: all lines fall and level off before the \
                end, and anomalous queries stay above normal ones; lines that still fall ask for more steps, lines \
                that jump for a smaller learning rate.""", descents.count(), descents.gamma(), seed),
                Sheets.column(0, Legend.strip(entries, Style.WIDTH), Charts.render(chart)));
    }

    private static List<ImageGrid.Tile> tiles(RecordedDescents descents, int k, int[] times, double scale) {
        int size = descents.size();
        List<BufferedImage> tiles = new ArrayList<>(List.of(Heat.patch(descents.query(k), 0, size)));
        for (int t : times) tiles.add(Heat.patch(descents.generated(k, t), 0, size));
        tiles.add(Heat.alone(descents.residual(k), size, size, scale));
        tiles.add(Heat.over(Heat.greyLevels(descents.query(k), 0, size), descents.residual(k), size, size, scale));
        return tiles.stream().map(ImageGrid.Tile::of).toList();
    }

    private static List<String> words(RecordedDescents descents, int k) {
        return List.of(descents.queries().stringColumn("class").get(k), word(descents.label(k)),
                Format.of("L = %.0f", descents.loss(k)[descents.gamma()]),
                descents.queries().stringColumn("scan").get(k),
                "column " + (int) descents.queries().doubleColumn("column").getDouble(k));
    }

    /** Whole numbers of pixels for each pixel of the patch, as many as fit. */
    private static int tile(int size, int room) {
        return Math.max(1, room * Style.SCALE / size) * size / Style.SCALE;
    }

    /**
     * At most eight queries, half of them anomalous where there are enough, in the order in which they were recorded.
     */
    private static int[] shown(RecordedDescents descents) {
        int[] anomalous = IntStream.range(0, descents.count()).filter(k -> descents.label(k) == Label.ANOMALOUS)
                .toArray();
        int[] others = IntStream.range(0, descents.count()).filter(k -> descents.label(k) != Label.ANOMALOUS).toArray();
        int take = Math.min(anomalous.length, Math.max(ROWS / 2, ROWS - others.length));
        return IntStream.concat(spread(others, ROWS - take), spread(anomalous, take)).toArray();
    }

    /** At most so many of them, evenly spread over the classes that they are ordered by. */
    private static IntStream spread(int[] all, int most) {
        int n = Math.min(all.length, most);
        return IntStream.range(0, n).map(i -> all[i * all.length / n]);
    }

    /** Which recorded steps are shown: those nearest to 1, 10 and 50, and the last. */
    private static int[] times(int[] steps) {
        IntStream early = IntStream.of(1, 10, 50).map(wanted -> IntStream.range(0, steps.length).boxed()
                .min(java.util.Comparator.comparingInt(t -> Math.abs(steps[t] - wanted))).orElseThrow());
        return IntStream.concat(early, IntStream.of(steps.length - 1)).distinct().sorted().toArray();
    }

    private static Color colour(Label label) {
        return label == Label.UNKNOWN ? Style.TRAIN : Style.label(label);
    }

    private static String word(Label label) {
        return label == Label.UNKNOWN ? "label unknown" : label.word();
    }
}
