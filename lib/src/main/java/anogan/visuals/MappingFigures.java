package anogan.visuals;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.io.Tables;
import anogan.scans.Label;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/** The search for z, seen: what G(z) looks like on its way to the query, and how the mapping loss falls. */
public final class MappingFigures {
    private static final int ROWS = 8;

    private MappingFigures() {}

    /**
     * A few queries whose mapping was recorded.
     *
     * @param query     K×S×S, values in [−1, 1]
     * @param steps     T: after how many steps of descent a picture was taken, rising; the last is Γ
     * @param generated K×T×S×S, values in [−1, 1]: G(z) at those steps
     * @param loss      K×(Γ+1): the mapping loss before each step and at the end
     * @param queries   K rows: scan, row, column, class, label (NaN: unknown)
     */
    public record Frames(FloatArray query, int[] steps, FloatArray generated, FloatArray loss, Table queries) {
        public Frames {
            boolean pictures = query.shape().length == 3 && query.shape()[1] == query.shape()[2];
            int k = pictures ? query.shape()[0] : 0;
            int size = pictures ? query.shape()[1] : 0;
            boolean fits = pictures && steps.length > 0
                    && Arrays.equals(generated.shape(), new int[] {k, steps.length, size, size})
                    && loss.shape().length == 2 && loss.shape()[0] == k && queries.rowCount() == k;
            if (!fits) throw UserError.failure(
                    "The frames of the mapping do not fit together. Delete mapping/frames.npz and make it anew with: map --run RUN");
        }

        /** @throws UserError if the files are missing or do not belong together */
        public static Frames read(Path npz, Path csv) {
            Map<String, FloatArray> arrays = Npy.readZip(npz);
            for (String name : List.of("query", "steps", "generated", "loss")) {
                if (!arrays.containsKey(name)) throw UserError
                        .failure("%s has no array %s. Delete it and make it anew with: map --run RUN", npz, name);
            }
            float[] at = arrays.get("steps").data();
            int[] steps = IntStream.range(0, at.length).map(i -> (int) at[i]).toArray();
            return new Frames(arrays.get("query"), steps, arrays.get("generated"), arrays.get("loss"),
                    Tables.read(csv, "map", List.of("scan", "row", "column", "class", "label")));
        }

        int size() {
            return query.shape()[1];
        }

        int gamma() {
            return loss.shape()[1] - 1;
        }

        private float[] generated(int k, int t) {
            int area = size() * size();
            return Arrays.copyOfRange(generated.data(), (k * steps.length + t) * area,
                    (k * steps.length + t + 1) * area);
        }

        private double[] loss(int k) {
            double[] losses = new double[gamma() + 1];
            for (int t = 0; t < losses.length; t++) losses[t] = loss.data()[k * losses.length + t];
            return losses;
        }

        /** |x − G(z_Γ)|. */
        private float[] residual(int k) {
            float[] residual = generated(k, steps.length - 1);
            for (int i = 0; i < residual.length; i++)
                residual[i] = Math.abs(query.data()[k * residual.length + i] - residual[i]);
            return residual;
        }

        private Label label(int k) {
            double label = queries.doubleColumn("label").getDouble(k);
            return Double.isNaN(label) ? Label.UNKNOWN : label == 1 ? Label.ANOMALOUS : Label.NORMAL;
        }
    }

    /** One row per query: x, G(z) along the way, the residual, and the residual over x. */
    public static Figure strips(Frames frames, long seed) {
        int[] shown = shown(frames);
        int[] times = times(frames.steps);
        List<String> heads = new ArrayList<>(List.of("query x"));
        for (int t : times) heads.add((frames.steps[t] == frames.gamma() ? "Γ = " : "step ") + frames.steps[t]);
        heads.addAll(List.of("|x − G(z)|", "over x"));
        int words = 100;
        ImageGrid grid = new ImageGrid(heads, tile(frames.size(), (Style.WIDTH - words) / heads.size() - ImageGrid.GAP),
                words, true);
        double scale = scale(frames);
        for (int k : shown) grid.row(words(frames, k), tiles(frames, k, times, scale));
        BufferedImage strip = grid.draw();
        BufferedImage bar = Heat.bar("residual, in units of the patch's range [−1, 1]", scale, false,
                strip.getWidth() / Style.SCALE);
        return new Figure("mapping.png", "From noise to the nearest healthy patch",
                """
                        %d queries, Γ = %d steps, seed %d; every residual on one scale. Good: after Γ steps G(z) has the layers of the query where they are \
                        healthy, and the residual is bright where the query is not. G draws no lesion, since it never saw one.\
                        """
                        .formatted(shown.length, frames.gamma(), seed),
                Sheets.column(12, strip, bar));
    }

    /** The mapping loss of every recorded query against the step. */
    public static Figure descent(Frames frames, long seed) {
        XYChart chart = Charts.chart("", "step of the descent on z", "mapping loss L(z)", Style.WIDTH, 380);
        int points = frames.gamma() + 1;
        double[] step = IntStream.range(0, points).asDoubleStream().toArray();
        int k = frames.queries.rowCount();
        double[] losses = IntStream.range(0, k).mapToObj(frames::loss).flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite).toArray();
        Charts.range(chart, 0, Math.max(1, points - 1), 0, Math.max(1e-6, Arrays.stream(losses).max().orElse(1)));
        for (int i = 0; i < k; i++)
            Charts.line(chart, "query " + i, step, frames.loss(i), colour(frames.label(i)), 1.8f);
        List<Legend.Entry> entries = new ArrayList<>();
        for (Label label : Label.values()) {
            long n = IntStream.range(0, k).filter(i -> frames.label(i) == label).count();
            if (n > 0) entries.add(Legend.Entry.line(colour(label), word(label) + " (" + n + ")"));
        }
        return new Figure("descent.png", "Descent on z",
                """
                        Mapping loss of %d queries over Γ = %d steps, seed %d. Good: all lines fall and level off before the end, and anomalous queries stay \
                        above normal ones; lines that still fall ask for more steps, lines that jump for a smaller learning rate.\
                        """
                        .formatted(k, frames.gamma(), seed),
                Sheets.column(0, Legend.strip(entries, Style.WIDTH), Charts.render(chart)));
    }

    private static List<ImageGrid.Tile> tiles(Frames frames, int k, int[] times, double scale) {
        int size = frames.size();
        int at = k * size * size;
        List<ImageGrid.Tile> tiles = new ArrayList<>();
        tiles.add(ImageGrid.Tile.of(Heat.patch(frames.query.data(), at, size)));
        for (int t : times) tiles.add(ImageGrid.Tile.of(Heat.patch(frames.generated(k, t), 0, size)));
        tiles.add(ImageGrid.Tile.of(Heat.alone(frames.residual(k), size, size, scale)));
        tiles.add(ImageGrid.Tile
                .of(Heat.over(Heat.greyLevels(frames.query.data(), at, size), frames.residual(k), size, size, scale)));
        return tiles;
    }

    private static List<String> words(Frames frames, int k) {
        double loss = frames.loss(k)[frames.gamma()];
        return List.of(frames.queries.stringColumn("class").get(k), word(frames.label(k)),
                String.format(Locale.ROOT, "L = %.0f", loss), frames.queries.stringColumn("scan").get(k),
                "column " + (int) frames.queries.doubleColumn("column").getDouble(k));
    }

    /** Whole numbers of pixels for each pixel of the patch, as many as fit. */
    private static int tile(int size, int room) {
        return Math.max(1, room * Style.SCALE / size) * size / Style.SCALE;
    }

    /** The residual that is shown strongest; the bright end belongs to the few pixels that stand out of all queries. */
    private static double scale(Frames frames) {
        int area = frames.size() * frames.size();
        float[] all = new float[frames.queries.rowCount() * area];
        for (int k = 0; k < frames.queries.rowCount(); k++)
            System.arraycopy(frames.residual(k), 0, all, k * area, area);
        return Heat.scale(all);
    }

    /**
     * At most eight queries, half of them anomalous where there are enough, in the order in which they were recorded.
     */
    private static int[] shown(Frames frames) {
        int n = frames.queries.rowCount();
        int[] anomalous = IntStream.range(0, n).filter(k -> frames.label(k) == Label.ANOMALOUS).toArray();
        int[] others = IntStream.range(0, n).filter(k -> frames.label(k) != Label.ANOMALOUS).toArray();
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
        IntStream early = IntStream.of(1, 10, 50).map(wanted -> nearest(steps, wanted));
        return IntStream.concat(early, IntStream.of(steps.length - 1)).distinct().sorted().toArray();
    }

    private static int nearest(int[] steps, int wanted) {
        int best = 0;
        for (int t = 1; t < steps.length; t++)
            if (Math.abs(steps[t] - wanted) < Math.abs(steps[best] - wanted)) best = t;
        return best;
    }

    private static Color colour(Label label) {
        return label == Label.UNKNOWN ? Style.TRAIN : Style.label(label);
    }

    private static String word(Label label) {
        return label == Label.UNKNOWN ? "label unknown" : label.word();
    }
}
