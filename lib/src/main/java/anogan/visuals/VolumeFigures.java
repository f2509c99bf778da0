package anogan.visuals;

import anogan.io.Csv;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/** Scans that are slices of volumes: the scores of a volume slice by slice, and where its residual is. */
final class VolumeFigures {
    private static final int MOST = 6;
    private static final int TILES = 8;

    private final RunData run;
    private final ScoreColumn leading;
    private final Map<String, Double> scoreOfScan;
    private final List<Volume> volumes;

    /** @param run its test volumes are shown, as far as they were scored */
    VolumeFigures(RunData run) {
        this.run = run;
        leading = run.analysis().leading().of(Aggregate.MEAN);
        scoreOfScan = run.scores(leading);
        volumes = Volume.of(run.patches(), Split.TEST).stream()
                .filter(v -> Arrays.stream(scores(v)).noneMatch(Double::isNaN)).toList();
    }

    /** The rows of {@code volumes.csv} that are about test volumes, the highest score first. */
    static List<Csv.Row> rows(RunData run) {
        if (!Files.exists(run.folder().file("volumes.csv"))) return List.of();
        return Csv
                .read(run.folder().file("volumes.csv"), "volume", "class", "split", "label", "slices", "patches",
                        "A_mean", "A_top5")
                .stream().filter(r -> r.get("split").equals(Split.TEST.word()))
                .sorted(Comparator.comparingDouble(r -> -Double.parseDouble(r.get("A_mean")))).toList();
    }

    /**
     * The slices' scores of up to six volumes, in their order: normal ones at the left, anomalous ones at the right.
     */
    Optional<Figure> slices() {
        List<List<Volume>> columns = Stream.of(Label.NORMAL, Label.ANOMALOUS).map(this::spread)
                .filter(c -> !c.isEmpty()).toList();
        if (columns.isEmpty()) return Optional.empty();
        OptionalDouble threshold = run.analysis().thresholds().stream()
                .filter(t -> t.level().equals("scan") && t.score().equals(leading))
                .mapToDouble(t -> t.threshold().threshold()).findFirst();
        double[] all = Stream
                .concat(columns.stream().flatMap(List::stream).flatMap(v -> Arrays.stream(scores(v)).boxed()),
                        threshold.stream().boxed())
                .mapToDouble(d -> d).sorted().toArray();
        double margin = Math.max(1e-6, 0.06 * (all[all.length - 1] - all[0]));
        List<BufferedImage> drawn = columns.stream().map(column -> Sheets.column(4,
                column.stream()
                        .map(v -> Charts.render(chart(v, threshold, all[0] - margin, all[all.length - 1] + margin)))
                        .toArray(BufferedImage[]::new)))
                .toList();
        List<Legend.Entry> legend = new ArrayList<>(
                List.of(Legend.Entry.line(Style.NORMAL, "normal"), Legend.Entry.line(Style.ANOMALOUS, "anomalous")));
        if (threshold.isPresent()) legend.add(Legend.Entry.dashes("threshold of normal scans"));
        return Optional.of(new Figure("volumes.png", "Volumes, slice by slice",
                Format.of("""
                        %d of %d test volumes, seed %d, of each kind those at even steps of the ranking by mean A; \
                        each point is the mean A of a slice. Good: normal volumes stay below the threshold \
                        throughout, anomalous ones rise above it over the slices that hold the lesion.""",
                        columns.stream().mapToInt(List::size).sum(), volumes.size(), run.info().seed()),
                Sheets.column(4, Legend.strip(legend, Style.WIDTH), Sheets.row(0, drawn))));
    }

    /** A volume's slices with their leading map: of the anomalous volumes the one of median score. */
    Optional<Figure> maps(double[] scales) {
        List<Volume> ill = ranked(Label.ANOMALOUS);
        if (ill.isEmpty()) return Optional.empty();
        Volume volume = ill.get(ill.size() / 2);
        List<ScanInfo> mapped = volume.slices().stream().filter(s -> run.hasMaps(index(s))).toList();
        if (mapped.isEmpty()) return Optional.empty();
        int n = Math.min(TILES, mapped.size());
        List<ImageGrid.Tile> tiles = IntStream.range(0, n)
                .mapToObj(i -> mapped.get(n == 1 ? 0 : i * (mapped.size() - 1) / (n - 1)))
                .map(s -> new ImageGrid.Tile(MapFigures.leading(run, index(s), scales), "slice " + Volume.number(s)))
                .toList();
        int plane = MapFigures.leading(scales);
        String map = Plane.OURS.get(plane).title();
        int columns = Math.min(4, n);
        ImageGrid grid = new ImageGrid(List.of(), (Style.WIDTH + ImageGrid.GAP) / columns - ImageGrid.GAP, 0, false);
        for (int i = 0; i < n; i += columns) grid.row(List.of(), tiles.subList(i, Math.min(n, i + columns)));
        return Optional.of(new Figure("volume-maps.png", "One volume, slice by slice",
                Format.of("""
                        %s of %s, of median score among %d anomalous test volumes, seed %d: %d of its %d slices, \
                        evenly spaced, with the %s as heat. Good: heat goes on from slice to \
                        slice where a lesion does; what glows in one slice alone is noise.""", volume.name(),
                        volume.className(), ill.size(), run.info().seed(), n, volume.slices().size(), map),
                Sheets.column(8, grid.draw(), Heat.bar(map, scales[plane], true, Style.WIDTH - ImageGrid.GAP))));
    }

    /** The volumes of normal or of anomalous classes, rising by mean A. */
    private List<Volume> ranked(Label label) {
        return volumes.stream().filter(v -> v.label() == label)
                .sorted(Comparator.comparingDouble(v -> Arrays.stream(scores(v)).average().orElseThrow())).toList();
    }

    private List<Volume> spread(Label label) {
        List<Volume> ranked = ranked(label);
        int n = Math.min(MOST / 2, ranked.size());
        return IntStream.range(0, n).mapToObj(i -> ranked.get((2 * i + 1) * ranked.size() / (2 * n))).toList();
    }

    /** The mean A of each slice. */
    double[] scores(Volume volume) {
        return volume.slices().stream().mapToDouble(s -> scoreOfScan.getOrDefault(s.scan(), Double.NaN)).toArray();
    }

    private int index(ScanInfo slice) {
        return run.patches().index(slice.scan()).orElseThrow();
    }

    XYChart chart(Volume volume, OptionalDouble threshold, double low, double high) {
        String title = Style.fit(volume.className() + " · " + volume.name(), Style.heading(), Style.WIDTH / 2 - 80);
        XYChart chart = Charts.chart(title, "slice", "mean A", Style.WIDTH / 2, 260);
        double[] number = volume.slices().stream().mapToDouble(Volume::number).toArray();
        double last = Math.max(1, number[number.length - 1]);
        Charts.range(chart, 0, last, low, high);
        threshold.ifPresent(t -> Charts.rule(chart, "threshold", 0, t, last, t, Style.INK));
        Color colour = Style.label(volume.label());
        Charts.line(chart, "scores", number, scores(volume), colour, 2.2f);
        Charts.dots(chart, "slices", number, scores(volume), colour);
        return chart;
    }
}
