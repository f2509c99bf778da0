package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import anogan.statistics.RocCurves;
import anogan.scoring.ScoreColumn;
import anogan.scoring.Aggregate;
import anogan.UserError;
import anogan.statistics.PatchKind;
import anogan.statistics.FeatureLayout;
import anogan.statistics.Examples;
import anogan.scans.Label;
import anogan.io.Csv;
import anogan.networks.Architecture;
import anogan.patches.Patch;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.PhantomScans;
import anogan.scoring.FrozenRun;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.statistics.MethodTable;
import anogan.statistics.SweepAnalysis;
import anogan.statistics.TSne;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** The paper's figures of a run with networks: what is drawn is what the run's tables say. */
class PaperFiguresTest {
    private static final Set<String> PAPER = Set.of("paper-1-framework.svg", "paper-2-features.svg",
            "paper-3-pixels.svg", "paper-4-scores.png", "sweep.png");

    @TempDir
    static Path folder;
    private static Path run;
    private static RunData data;
    private static Set<String> drawn;

    @BeforeAll
    static void draw() {
        run = MappedRun.write(folder);
        drawn = names(Figures.write(RunData.open(run), FiguresOptions.defaults()));
        data = RunData.open(run);
    }

    private static Set<String> names(Figures.Written written) {
        return written.figures().stream().map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }

    @Test
    void everyFigureOfThePaperIsDrawn() throws Exception {
        assertTrue(drawn.containsAll(PAPER), drawn.toString());
        for (String name : PAPER) {
            if (name.endsWith(".svg")) {
                Element svg = svg(name).getDocumentElement();
                assertEquals("" + Style.WIDTH, svg.getAttribute("width"));
                assertTrue(Integer.parseInt(svg.getAttribute("height")) > 400, name);
                assertTrue(svg.getElementsByTagName("image").getLength() > 1, name + " has no pictures");
                continue;
            }
            BufferedImage image = read(name);
            assertTrue(
                    image.getWidth() <= Style.WIDTH * Style.SCALE && image.getWidth() > Style.WIDTH * Style.SCALE - 40,
                    name + " is " + image.getWidth() + " wide");
            assertTrue(image.getHeight() > 600 && image.getHeight() < 2200,
                    name + " is " + image.getHeight() + " high");
        }
    }

    /**
     * The area under each drawn line is the table's AUROC, its circle the table's Youden point; what was not run is not
     * there.
     */
    @Test
    void rocCurvesAreThoseOfTheMethodTable() {
        MethodTable table = MethodTable.read(run);
        assertEquals(MappedRun.PREVALENCE, table.prevalence(), 0.03);
        List<Score> both = Stream.concat(MethodFigures.METHODS.stream(), MethodFigures.PARTS.stream())
                .filter(m -> m != Score.ACAE).toList();
        XYChart chart = MethodFigures.roc("", Stream.concat(both.stream(), Stream.of(Score.ACAE)).toList(), table,
                data.roc().orElseThrow());
        for (Score method : both) {
            MethodTable.Row row = table.row(method).orElseThrow();
            XYSeries line = chart.getSeries(method.column());
            assertEquals(row.separation().auroc(), area(line), 1e-6, method.title());
            assertEquals(Style.score(method), line.getLineColor());
            XYSeries circle = chart.getSeries(method.column() + " Youden point");
            assertEquals(1 - row.oracle().specificity(), circle.getXData()[0]);
            assertEquals(row.oracle().sensitivity(), circle.getYData()[0]);
        }
        assertNull(chart.getSeries("aCAE"));
        assertEquals(both.size(), both.stream().map(Style::score).distinct().count(),
                "each curve has a colour of its own");
    }

    private static double area(XYSeries line) {
        double area = 0;
        double[] x = line.getXData();
        double[] y = line.getYData();
        for (int i = 1; i < x.length; i++) area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        return area;
    }

    @Test
    void sweepsAreThoseOfTheFile() {
        List<SweepAnalysis> sweeps = data.sweeps();
        List<Csv.Row> rows = Csv.read(run.resolve(SweepAnalysis.FILE));
        assertEquals(3 * (3 + 2), rows.size());
        for (SweepAnalysis s : sweeps) {
            XYChart chart = SweepFigures.chart(s, 500);
            for (String score : List.of("A", "R", "D")) {
                List<Csv.Row> own = rows.stream()
                        .filter(r -> r.get("kind").equals(s.kind().word()) && r.get("score").equals(score)).toList();
                XYSeries line = chart.getSeries(score);
                assertEquals(own.size(), line.getXData().length);
                for (int i = 0; i < own.size(); i++) {
                    double value = Double.parseDouble(own.get(i).get("value"));
                    assertEquals(value, line.getXData()[i], 0.02 + 0.1 * value, "moved aside a little");
                    assertEquals(Double.parseDouble(own.get(i).get("auroc")), line.getYData()[i], 1e-5);
                    double[] whisker = chart.getSeries(score + " interval " + i).getYData();
                    assertEquals(Double.parseDouble(own.get(i).get("low")), whisker[0], 1e-5);
                    assertEquals(Double.parseDouble(own.get(i).get("high")), whisker[1], 1e-5);
                }
            }
            Set<String> chosen = rows.stream()
                    .filter(r -> r.get("kind").equals(s.kind().word()) && r.get("chosen").equals("1"))
                    .map(r -> r.get("value")).collect(Collectors.toSet());
            XYSeries rule = chart.getSeries("chosen");
            assertEquals(chosen.isEmpty(), rule == null);
            if (rule != null) assertEquals(Double.parseDouble(chosen.iterator().next()), rule.getXData()[0]);
        }
    }

    /** By hand: of n validation normals the ⌈(n + 1)·¾⌉-th lowest is the last score that is not flagged. */
    @Test
    void flagsAreThoseOfTheThresholds() throws Exception {
        Examples examples = Examples.read(data.folder()).orElseThrow();
        assertEquals(List.of("normal, training", "normal, test", "anomalous, annotated", "unlabelled"),
                examples.index().kinds());
        List<Examples.Example> shown = examples.index().kinds().stream().flatMap(k -> examples.of(k).stream()).toList();
        assertEquals(9, shown.size());
        for (Examples.Example e : shown) {
            Csv.Row row = row(e.patch());
            assertEquals(Double.parseDouble(row.get("A")), e.a(), 1e-4 * e.a());
            for (Score s : List.of(Score.R, Score.D))
                assertEquals(Double.parseDouble(row.get(s.column())) > threshold(s.column()), e.flags().contains(s),
                        row.toString());
        }
        long bars = shown.stream().filter(e -> e.flags().contains(Score.R)).count();
        assertTrue(bars > 0 && bars < shown.size(), bars + " of the patches are flagged by R: nothing is tested");
        assertEquals(bars, rectangles(PixelExamples.FILE, Style.score(Score.R)));
        assertEquals(shown.stream().filter(e -> e.flags().contains(Score.D)).count(),
                rectangles(PixelExamples.FILE, Style.score(Score.D)));
    }

    private static long rectangles(String file, Color fill) throws Exception {
        NodeList all = svg(file).getElementsByTagName("rect");
        return IntStream.range(0, all.getLength())
                .filter(i -> ((Element) all.item(i)).getAttribute("fill").equals(Svg.hex(fill))).count();
    }

    @Test
    void examplesAreOfTheirKind() {
        Examples examples = Examples.read(data.folder()).orElseThrow();
        for (Examples.Example c : examples.of("normal, training")) assertEquals("train", row(c.patch()).get("split"));
        for (Examples.Example c : examples.of("normal, test"))
            assertEquals("test NORMAL", row(c.patch()).get("split") + " " + data.scan(c.patch().scan()).className());
        for (Examples.Example c : examples.of("anomalous, annotated")) {
            boolean[] strip = data.patches().mask(c.patch().scan());
            int annotated = 0;
            for (int y = 0; y < 32; y++) for (int x = 0; x < 32; x++)
                if (strip[y * data.patches().stripWidth() + c.patch().column() + x]) annotated++;
            assertTrue(annotated >= 0.02 * 1024, "no lesion is in sight: " + annotated + " pixels");
        }
        List<Examples.Example> unlabelled = examples.of("unlabelled");
        assertEquals(2, unlabelled.stream().map(c -> c.patch().scan()).distinct().count());
        for (Examples.Example c : unlabelled) {
            assertEquals(MappedRun.UNLABELLED.name(), data.scan(c.patch().scan()).className());
            double highest = Csv.read(run.resolve("scores.csv")).stream()
                    .filter(r -> r.get("scan").equals(scan(c.patch()))).mapToDouble(r -> Double.parseDouble(r.get("A")))
                    .max().orElseThrow();
            assertEquals(highest, c.a(), 1e-4 * highest, "a scan's worst patch");
        }
    }

    /**
     * Blue dots are patches of normal scans, red ones annotated patches, and each lies where the features of its own
     * patch put it.
     */
    @Test
    void coloursOfTSneMatchTheLabels() throws Exception {
        List<FeatureLayout.Point> points = FeatureLayout.read(data.folder()).orElseThrow().points();
        List<String> scans = data.patches().scans().stream().map(s -> s.scan()).toList();
        List<Patch> all = points.stream()
                .map(p -> new Patch(scans.indexOf(p.scan()), p.row(), p.column(), Label.UNKNOWN)).toList();
        try (FrozenRun frozen = FrozenRun.open(data.folder(), data.patches()).orElseThrow()) {
            List<float[]> alone = all.stream().map(p -> frozen.features(List.of(p)).get(0)).toList();
            TSne again = TSne.of(alone, new TSne.Options(Math.min(30, (all.size() - 1) / 3.0), 750, 42));
            assertArrayEquals(again.x(), points.stream().mapToDouble(FeatureLayout.Point::x).toArray());
            assertArrayEquals(again.y(), points.stream().mapToDouble(FeatureLayout.Point::y).toArray());
        }
        assertEquals(2, points.stream().map(FeatureLayout.Point::kind).distinct().count());
        NodeList dots = svg(FeatureSpace.FILE).getElementsByTagName("circle");
        for (int i = 0; i < points.size(); i++) {
            boolean anomalous = points.get(i).kind() == PatchKind.ANOMALOUS;
            assertEquals(anomalous ? "1" : "0", row(all.get(i)).get("label"));
            assertEquals(anomalous ? "anomalous" : "normal", ((Element) dots.item(i)).getAttribute("class"));
        }
        assertEquals(points.size() + 2, dots.getLength(), "and two in the legend");
    }

    /** A run of images as they are, without masks: everything is drawn all the same. */
    @Test
    void imagesWithoutMasksHaveFiguresToo() throws IOException {
        List<LesionKind> kinds = List.of(LesionKind.IRF, LesionKind.SRF);
        Path plain = MappedRun.write(new PhantomScans(2, 4, 6, 1).with(kinds, Set.copyOf(kinds)),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("plain"));
        RunData of = RunData.open(plain);
        Map<String, Figure> figures = Figures.draw(of, MapFigures.scales(of));
        Set<String> expected = new HashSet<>(PAPER);
        expected.remove("sweep.png");
        assertTrue(figures.keySet().containsAll(expected), figures.keySet().toString());
        assertFalse(figures.containsKey("sweep.png"));
        assertEquals("patch", MethodTable.read(plain).level(), "an image is a patch, and its label is known");
        assertTrue(figures.get("paper-1-framework.svg").caption().contains("nothing is annotated"));
        String three = new String(figures.get("paper-3-pixels.svg").content().bytes(), StandardCharsets.UTF_8);
        assertTrue(three.contains(">residual<") && !three.contains(">annotated<"),
                "there is no row of what is annotated");
    }

    @Test
    void aRunWithoutNetworksHasTheFiguresOfItsTables() throws IOException {
        Path bare = folder.resolve("bare");
        for (String file : List.of("run.json", "losses.csv", "scores.csv", "scans.csv", "analysis.json", "methods.json",
                "analysis/roc.npz", "analysis/sweeps.json")) {
            Files.createDirectories(bare.resolve(file).getParent());
            Files.copy(run.resolve(file), bare.resolve(file));
        }
        Set<String> figures = names(Figures.write(RunData.open(bare), FiguresOptions.defaults()));
        assertTrue(figures.containsAll(Set.of("paper-4-scores.png", "sweep.png")), figures.toString());
        assertFalse(figures.contains("paper-1-framework.svg"));
        assertTrue(Files.readString(bare.resolve("report.html")).contains("no model here"));
    }

    /** A run that was analysed before the curves and examples were kept. */
    @Test
    void anOlderAnalysisIsDrawnAsFarAsItGoesAndNamesTheStageThatMakesTheRest() throws IOException {
        Path old = folder.resolve("old");
        for (String file : List.of("run.json", "losses.csv", "scores.csv", "scans.csv", "analysis.json",
                "methods.json")) {
            Files.createDirectories(old);
            Files.copy(run.resolve(file), old.resolve(file));
        }
        Figures.Written written = Figures.write(RunData.open(old), FiguresOptions.defaults());
        assertEquals(1, written.notes().size());
        assertTrue(written.notes().get(0).contains("stage analyze"), written.notes().get(0));
        assertTrue(Files.readString(written.report()).contains("after stage analyze"));
        assertTrue(names(written).contains("scores.png") && !names(written).contains("roc.png"));
    }

    /** All six, in curves, tables and as the rival that the report names. */
    @Test
    void everyTrivialScoreStandsBesideOurs() throws IOException {
        String report = Files.readString(run.resolve("report.html"));
        RocCurves roc = data.roc().orElseThrow();
        assertEquals(18, Score.TRIVIAL.size());
        for (Score s : Score.TRIVIAL) {
            for (String level : List.of(RocCurves.PATCH, RocCurves.SCAN))
                assertEquals(level.equals(RocCurves.PATCH) ? data.analysis().patch(s).orElseThrow().separation().auroc()
                        : data.analysis().scan(s, Aggregate.MEAN, Analysis.ALL, Analysis.ALL).orElseThrow().separation()
                                .auroc(),
                        area(roc.curve(level, s.column())), 1e-6, s.column());
            assertTrue(report.contains("<td>" + s.title()), s.title());
        }
        Analysis.ScanResult best = data.analysis().bestTrivial().orElseThrow();
        assertTrue(report.contains("Best trivial score of scans, " + best.score().title()));
    }

    /** All pixels of so small a run are drawn, on 2,000 levels. */
    @Test
    void curvesOfPixelsHaveTheAreasThatStandBesideThem() {
        RocCurves roc = data.roc().orElseThrow();
        List<Plane> drawn = Stream.of(Plane.values()).filter(p -> roc.has(RocCurves.PIXEL, p.word())).toList();
        assertTrue(drawn.containsAll(List.of(Plane.RESIDUAL, Plane.Z, Plane.COMBINED, Plane.STRIP_Z)),
                drawn.toString());
        for (Plane p : drawn) assertEquals(data.analysis().pixel(p, "retina").orElseThrow().auroc(),
                area(roc.curve(RocCurves.PIXEL, p.word())), 0.01, p.title());
    }

    private static double area(double[][] curve) {
        return IntStream.range(1, curve[0].length)
                .mapToDouble(i -> (curve[0][i] - curve[0][i - 1]) * (curve[1][i] + curve[1][i - 1]) / 2).sum();
    }

    /** Of more scans than asked for, those of highest and lowest score; all, if there are not more. */
    @Test
    void mapsAreDrawnOfTheHighestAndLowestScores() {
        List<Integer> all = MapFigures.judged(data);
        ScoreColumn leading = Score.RECOMMENDED.of(Aggregate.MEAN);
        List<Double> scores = all.stream().map(i -> data.score(i, leading)).sorted().toList();
        List<Integer> chosen = MapFigures.chosen(data, 5);
        List<Double> expected = new ArrayList<>(scores.subList(scores.size() - 3, scores.size()));
        expected.addAll(scores.subList(0, 2));
        assertEquals(expected, chosen.stream().map(i -> data.score(i, leading)).toList());
        assertEquals(all, MapFigures.chosen(data, all.size()));
        assertEquals(all, MapFigures.chosen(data, FiguresOptions.defaults().withAllMaps().maps()));
        assertTrue(MapFigures.chosen(data, 0).isEmpty());
        assertThrows(UserError.class, () -> FiguresOptions.defaults().withMaps(-1));
    }

    @Test
    void theReportHoldsTable1BesideThePapers() throws IOException {
        String report = Files.readString(run.resolve("report.html"));
        MethodTable table = MethodTable.read(run);
        for (MethodTable.Row r : table.rows()) {
            assertTrue(report.contains(number(r.oracle().precision()))
                    && report.contains(number(r.oracle().specificity())), r.method().column());
            assertTrue(
                    report.contains(r.separation().deLong().toString())
                            && report.contains(r.separation().bootstrap().orElseThrow().toString()),
                    r.method().column());
            r.paper().ifPresent(p -> assertTrue(
                    report.contains("paper " + number(p.precision())) && report.contains("paper " + number(p.auc())),
                    r.method().column()));
            r.lead().ifPresent(lead -> assertTrue(
                    report.contains(String.format(Locale.ROOT, "%+.3f", lead.difference()).replace('-', '−')),
                    r.method().column()));
            r.atThreshold().ifPresent(at -> assertTrue(report.contains(number(at.sensitivity())), r.method().column()));
        }
        assertTrue(report.contains("oracle") && report.contains("GAN_R"));
        for (SweepAnalysis s : data.sweeps()) {
            for (SweepAnalysis.Point p : s.points()) {
                for (Analysis.Separation of : p.scores().values()) assertTrue(report.contains(number(of.auroc())));
            }
        }
    }

    @Test
    void pointersGoToTheLargestRegionsOrTheStrongestResidual() {
        boolean[] mask = new boolean[32 * 32];
        for (int y = 4; y < 10; y++) for (int x = 20; x < 30; x++) mask[y * 32 + x] = true;
        mask[20 * 32] = true;   // cut off by the patch's edge
        for (int y = 18; y < 22; y++) for (int x = 4; x < 8; x++) mask[y * 32 + x] = true;
        assertEquals("[6, 24] [19, 5]", text(Arrows.annotated(mask, 32)));
        float[] residual = new float[32 * 32];
        residual[3 * 32 + 3] = 3;   // speckle, brighter than any other pixel
        for (int y = 20; y < 25; y++) for (int x = 10; x < 15; x++) residual[y * 32 + x] = 1;
        assertEquals("[22, 12]", text(Arrows.strongest(residual, 32).subList(0, 1)));
        List<int[]> two = Arrows.strongest(residual, 32);
        assertTrue(Math.hypot(two.get(0)[0] - two.get(1)[0], two.get(0)[1] - two.get(1)[1]) >= 12);
    }

    @Test
    void networksOfAnyWidthFitOntoTheirSheet() {
        for (double width : new double[] {0.0625, 1, 4}) {
            String networks = FeatureSpace.networks(new Architecture(64, 1000, width), new float[4096],
                    new float[4096]);
            double[] x = Pattern.compile("(?<=points=\"| )([0-9.-]+) [0-9.-]+").matcher(networks).results()
                    .mapToDouble(m -> Double.parseDouble(m.group(1))).toArray();
            assertTrue(x.length > 60, "there are no blocks");
            for (double at : x) assertTrue(at >= 0 && at <= 600, "width " + width + " reaches " + at);
        }
    }

    private static String text(List<int[]> places) {
        return places.stream().map(Arrays::toString).collect(Collectors.joining(" "));
    }

    @Test
    void edgesFollowARegionColumnByColumn() {
        boolean[] inside = new boolean[6 * 3];
        for (int y = 1; y <= 3; y++) inside[y * 3] = true;
        for (int y = 2; y <= 5; y++) inside[y * 3 + 2] = true;
        List<float[]> edges = Framework.edges(inside, 6, 3);
        assertArrayEquals(new float[] {1, 1, 2}, edges.get(0));
        assertArrayEquals(new float[] {3, 3, 5}, edges.get(1));
    }

    private static String scan(Patch p) {
        return data.patches().scans().get(p.scan()).scan();
    }

    private static Csv.Row row(Patch p) {
        return Csv.read(run.resolve("scores.csv")).stream()
                .filter(r -> r.get("scan").equals(scan(p)) && r.get("column").equals("" + p.column())).findFirst()
                .orElseThrow();
    }

    private static double threshold(String score) {
        List<Double> normals = new ArrayList<>();
        for (Csv.Row r : Csv.read(run.resolve("scores.csv"))) {
            if (r.get("split").equals("validation") && r.get("label").equals("0"))
                normals.add(Double.parseDouble(r.get(score)));
        }
        normals.sort(null);
        return normals.get((int) Math.ceil((normals.size() + 1) * 0.75) - 1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static Document svg(String name) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(run.resolve("figures").resolve(name).toFile());
    }

    private static BufferedImage read(String name) throws IOException {
        return ImageIO.read(new File(run.resolve("figures").resolve(name).toString()));
    }
}
