package anogan.visuals;

import anogan.io.AtomicFiles;
import anogan.markers.EnFace;
import anogan.markers.Feature;
import anogan.markers.Markers;
import anogan.markers.RegionRow;
import anogan.markers.RegionRule;
import anogan.patches.ScanInfo;
import anogan.scoring.ScanMaps;
import anogan.statistics.Interval;
import anogan.statistics.Marker;
import anogan.statistics.Marker.Frequency;
import anogan.statistics.MarkerAnalysis;
import anogan.statistics.TSne;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * Candidate markers as pictures: examples of each, where they sit, in volumes also from above, how often each class has
 * them, and all regions in a plane; and {@value #PAGE}, which shows them beside their numbers.
 */
public final class MarkerFigures {
    /** Beside {@code scans.html}, to which it links. */
    public static final String PAGE = "markers.html";
    private static final int MOST_POINTS = 1000;   // of the plane, which takes their square of time
    private static final int PERPLEXITY = 20;

    /** Tol's muted colours and four more, which tell twelve markers apart for the colour-blind as well. */
    private static final List<Color> COLOURS = List.of(new Color(0x332288), new Color(0xCC6677), new Color(0x117733),
            new Color(0xDDCC77), new Color(0x88CCEE), new Color(0x882255), new Color(0x44AA99), new Color(0x999933),
            new Color(0xAA4499), new Color(0xEE7733), new Color(0x0077BB), new Color(0x775544));

    private final List<RegionRow> rows;
    private final MarkerAnalysis analysis;
    private final int[] marker;   // of each region

    private MarkerFigures(List<RegionRow> rows, MarkerAnalysis analysis) {
        this.rows = rows;
        this.analysis = analysis;
        marker = rows.stream().mapToInt(analysis.markers()::of).toArray();
    }

    static Color colour(int marker) {
        return marker == Markers.NONE ? Style.MUTED : COLOURS.get((marker - 1) % COLOURS.size());
    }

    /**
     * Writes {@code figures/markers-*.png} and the page into the run.
     *
     * @param scans that were looked at
     * @param rows  their regions
     */
    public static Path write(ScanMaps maps, RegionRule rule, List<ScanInfo> scans, List<RegionRow> rows,
            MarkerAnalysis analysis) {
        Style.requireFonts();
        MarkerFigures drawn = new MarkerFigures(rows, analysis);
        List<Figure> figures = new ArrayList<>();
        drawn.frequencies().ifPresent(figures::add);
        drawn.places().ifPresent(figures::add);
        EnFaceFigure.of(EnFace.of(scans, rows, drawn.marker), drawn.legend()).ifPresent(figures::add);
        drawn.plane().ifPresent(figures::add);
        MarkerGallery gallery = new MarkerGallery(maps, rule, analysis);
        List<MarkerGallery.Shown> galleries = new ArrayList<>();
        for (Marker m : analysis.found()) gallery.of(m, drawn.own(m.number())).ifPresent(galleries::add);
        Path folder = maps.run().file("figures");
        removeOthers(folder);
        for (Figure f : figures) f.writeTo(folder);
        for (MarkerGallery.Shown g : galleries) g.figure().writeTo(folder);
        Path page = maps.run().file(PAGE);
        AtomicFiles.writeString(page, new MarkerPage(analysis, figures, galleries).html());
        return page;
    }

    /** Those of other markers. */
    private static void removeOthers(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> there = Files.list(folder)) {
            there.filter(p -> p.getFileName().toString().startsWith("markers-")).forEach(AtomicFiles::delete);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(folder, e);
        }
    }

    private List<RegionRow> own(int number) {
        return IntStream.range(0, rows.size()).filter(i -> marker[i] == number).mapToObj(rows::get).toList();
    }

    private List<Legend.Entry> legend() {
        return analysis.found().stream().filter(m -> m.regions() > 0).map(m -> Legend.Entry.box(colour(m.number()),
                m.number() == Markers.NONE ? "none" : Format.of("%d (%d)", m.number(), m.regions()))).toList();
    }

    /** Regions per scan of each class, with intervals over patients: a group of whiskers for each marker. */
    private Optional<Figure> frequencies() {
        List<Marker> shown = analysis.found().stream().filter(m -> m.number() != Markers.NONE).toList();
        if (shown.isEmpty()) return Optional.empty();
        List<String> classes = shown.get(0).classes().stream().filter(f -> f.scans() > 0).map(Frequency::className)
                .toList();
        double top = shown.stream().flatMap(m -> m.classes().stream())
                .mapToDouble(f -> f.range().map(Interval::high).orElse(f.perScan())).max().orElse(1);
        XYChart chart = ScoreFigures.categories("marker", "regions per scan",
                shown.stream().map(m -> String.valueOf(m.number())).toList(), 0, Math.max(0.1, 1.05 * top), 420);
        List<Legend.Entry> legend = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            Color colour = classes.get(c).equals(MarkerAnalysis.NORMAL) ? Style.NORMAL
                    : classes.get(c).equals(MarkerAnalysis.ANOMALOUS) ? Style.INK
                    : COLOURS.get((c + 1) % COLOURS.size());
            legend.add(Legend.Entry.box(colour, classes.get(c)));
            for (int m = 0; m < shown.size(); m++) {
                String name = classes.get(c);
                Frequency f = shown.get(m).classes().stream().filter(k -> k.className().equals(name)).findFirst()
                        .orElseThrow();
                double x = m + 1 + 0.8 * ((c + 0.5) / classes.size() - 0.5);
                f.range().ifPresent(i -> Charts.segment(chart, name + "|" + x, x, i.low(), x, i.high(), colour, 2));
                Charts.dots(chart, name + "." + x, new double[] {x}, new double[] {f.perScan()}, colour);
            }
        }
        return Optional.of(new Figure("markers-frequency.png", "How often each class has each marker", Format.of("""
                Regions of each marker per scan, in %d scans of %d patients; bars are 95 %% intervals over patients. \
                A candidate marker stands well above the normal scans in some class; what normal scans show as often \
                is an artefact.""", analysis.scans(), analysis.groups()),
                Sheets.column(4, Legend.strip(legend, Style.WIDTH), Charts.render(chart))));
    }

    /** Where the regions of each marker lie: along the scan, and by depth. */
    private Optional<Figure> places() {
        if (rows.isEmpty()) return Optional.empty();
        XYChart chart = Charts.chart("", "place along the scan, 0 at its left edge",
                "−u: 0 at the ILM, −1 at Bruch's membrane", Style.WIDTH, 420);
        Charts.range(chart, 0, 1, -1.25, 0.25);
        for (Marker m : analysis.found()) {
            List<RegionRow> own = own(m.number());
            if (own.isEmpty()) continue;
            Charts.dots(chart, "marker " + m.number(), own.stream().mapToDouble(r -> r.get(Feature.LATERAL)).toArray(),
                    own.stream().mapToDouble(r -> -Math.max(-0.25, Math.min(1.25, r.get(Feature.DEPTH)))).toArray(),
                    colour(m.number()));
        }
        Charts.rule(chart, "ILM", 0, 0, 1, 0, Style.MUTED);
        Charts.rule(chart, "BM", 0, -1, 1, -1, Style.MUTED);
        return Optional.of(new Figure("markers-places.png", "Where the markers sit", Format.of(
                """
                        The middle of each of %d regions; in brackets the regions of a marker. Good: a marker keeps to a layer, \
                        and lies along the whole scan unless it belongs to the fovea or the optic nerve head.""",
                rows.size()), Sheets.column(4, Legend.strip(legend(), Style.WIDTH), Charts.render(chart))));
    }

    /** All regions, like beside like; empty with too few of them. */
    private Optional<Figure> plane() {
        int every = (rows.size() + MOST_POINTS - 1) / MOST_POINTS;
        int[] shown = IntStream.range(0, rows.size()).filter(i -> i % Math.max(1, every) == 0).toArray();
        if (shown.length <= 3 * PERPLEXITY) return Optional.empty();
        TSne layout = TSne.of(IntStream.of(shown).mapToObj(i -> analysis.markers().standardised(rows.get(i))).toList(),
                new TSne.Options(PERPLEXITY, 750, analysis.options().seed()));
        XYChart chart = Charts.chart("", "", "", Style.WIDTH, 480);
        chart.getStyler().setAxisTicksVisible(false);
        Charts.range(chart, min(layout.x()), max(layout.x()), min(layout.y()), max(layout.y()));
        for (Marker m : analysis.found()) {
            int[] own = IntStream.range(0, shown.length).filter(k -> marker[shown[k]] == m.number()).toArray();
            if (own.length > 0)
                Charts.dots(chart, "marker " + m.number(), IntStream.of(own).mapToDouble(k -> layout.x()[k]).toArray(),
                        IntStream.of(own).mapToDouble(k -> layout.y()[k]).toArray(), colour(m.number()));
        }
        return Optional.of(new Figure("markers-plane.png", "All regions, like beside like", Format.of("""
                t-SNE of the features of %d of %d regions, coloured by marker, seed %d. Good: colours keep together; a \
                marker in several places is several kinds, or none.""", shown.length, rows.size(),
                analysis.options().seed()),
                Sheets.column(4, Legend.strip(legend(), Style.WIDTH), Charts.render(chart))));
    }

    private static double min(double[] v) {
        return 1.05 * Math.min(-1e-6, Arrays.stream(v).min().orElse(0));
    }

    private static double max(double[] v) {
        return 1.05 * Math.max(1e-6, Arrays.stream(v).max().orElse(0));
    }
}
