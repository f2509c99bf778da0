package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.networks.Architecture;
import anogan.patches.Patch;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.PhantomScans;
import anogan.scoring.FrozenRun;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.statistics.MethodTable;
import anogan.statistics.ScoreTable;
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
    private static final Set<String> PAPER = Set.of("paper-1-framework.png", "paper-2-features.png",
            "paper-3-pixels.png", "paper-4-scores.png", "sweep.png");

    @TempDir
    static Path folder;
    private static Path run;
    private static RunData data;
    private static Set<String> drawn;

    @BeforeAll
    static void draw() {
        run = MappedRun.write(folder);
        drawn = names(Figures.write(run));
        data = RunData.open(run);
    }

    private static Set<String> names(Figures.Written written) {
        return written.figures().stream().map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }

    @Test
    void everyFigureOfThePaperIsDrawn() throws IOException {
        assertTrue(drawn.containsAll(PAPER), drawn.toString());
        for (String name : PAPER) {
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
        ScoreTable cases = table.cases(run, MappedRun.OPTIONS);
        assertEquals(table.cases(), cases.cases().size());
        assertEquals(MappedRun.PREVALENCE, table.prevalence(), 0.03);
        List<Score> both = Stream.concat(MethodFigures.METHODS.stream(), MethodFigures.PARTS.stream())
                .filter(m -> m != Score.ACAE).toList();
        XYChart chart = MethodFigures.roc("", Stream.concat(both.stream(), Stream.of(Score.ACAE)).toList(), table,
                cases);
        for (Score method : both) {
            MethodTable.Row row = table.row(method).orElseThrow();
            XYSeries line = chart.getSeries(method.title());
            assertEquals(row.separation().auroc(), area(line), 1e-9, method.title());
            assertEquals(Style.score(method), line.getLineColor());
            XYSeries circle = chart.getSeries(method.title() + " Youden point");
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
        List<Map<String, String>> rows = Csv.read(run.resolve(SweepAnalysis.FILE));
        assertEquals(3 * (3 + 2), rows.size());
        for (SweepAnalysis s : sweeps) {
            XYChart chart = SweepFigures.chart(s, 500);
            for (String score : List.of("A", "R", "D")) {
                List<Map<String, String>> own = rows.stream()
                        .filter(r -> r.get("kind").equals(s.kind()) && r.get("score").equals(score)).toList();
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
                    .filter(r -> r.get("kind").equals(s.kind()) && r.get("chosen").equals("1")).map(r -> r.get("value"))
                    .collect(Collectors.toSet());
            XYSeries rule = chart.getSeries("chosen");
            assertEquals(chosen.isEmpty(), rule == null);
            if (rule != null) assertEquals(Double.parseDouble(chosen.iterator().next()), rule.getXData()[0]);
        }
    }

    /** By hand: of n validation normals the ⌈(n + 1)·¾⌉-th lowest is the last score that is not flagged. */
    @Test
    void flagsAreThoseOfTheThresholds() throws IOException {
        List<ExampleChoice.Block> blocks = new ExampleChoice(data).blocks();
        assertEquals(List.of("normal, training", "normal, test", "anomalous, annotated", "unlabelled"),
                blocks.stream().map(ExampleChoice.Block::head).toList());
        List<ExampleChoice.Choice> shown = blocks.stream().flatMap(b -> b.choices().stream()).toList();
        assertEquals(9, shown.size());
        for (ExampleChoice.Choice c : shown) {
            Map<String, String> row = row(c.patch());
            assertEquals(Double.parseDouble(row.get("R")) > threshold("R"), c.flaggedByR(), row.toString());
            assertEquals(Double.parseDouble(row.get("D")) > threshold("D"), c.flaggedByD(), row.toString());
        }
        long bars = shown.stream().filter(ExampleChoice.Choice::flaggedByR).count();
        assertTrue(bars > 0 && bars < shown.size(), bars + " of the patches are flagged by R: nothing is tested");
        BufferedImage image = read(PixelExamples.FILE);
        BufferedImage tiles = image.getSubimage(0, 0, image.getWidth(), image.getHeight() - 80);   // without the legend
        assertEquals(bars, count(tiles, Style.score(Score.R)) / 1536.0, 0.05, "bars of 8 × 192 pixels");
        assertEquals(shown.stream().filter(ExampleChoice.Choice::flaggedByD).count(),
                count(tiles, Style.score(Score.D)) / 1536.0, 0.05);
    }

    @Test
    void examplesAreOfTheirKind() {
        Map<String, List<ExampleChoice.Choice>> blocks = new ExampleChoice(data).blocks().stream()
                .collect(Collectors.toMap(ExampleChoice.Block::head, ExampleChoice.Block::choices));
        for (ExampleChoice.Choice c : blocks.get("normal, training"))
            assertEquals("train", row(c.patch()).get("split"));
        for (ExampleChoice.Choice c : blocks.get("normal, test"))
            assertEquals("test NORMAL", row(c.patch()).get("split") + " " + c.className());
        for (ExampleChoice.Choice c : blocks.get("anomalous, annotated")) {
            boolean[] strip = data.patches().mask(c.patch().scan());
            int annotated = 0;
            for (int y = 0; y < 32; y++) for (int x = 0; x < 32; x++)
                if (strip[y * data.patches().stripWidth() + c.patch().column() + x]) annotated++;
            assertTrue(annotated >= 0.02 * 1024, "no lesion is in sight: " + annotated + " pixels");
        }
        List<ExampleChoice.Choice> unlabelled = blocks.get("unlabelled");
        assertEquals(2, unlabelled.stream().map(c -> c.patch().scan()).distinct().count());
        for (ExampleChoice.Choice c : unlabelled) {
            assertEquals(MappedRun.UNLABELLED.name(), c.className());
            double highest = Csv.read(run.resolve("scores.csv")).stream()
                    .filter(r -> r.get("scan").equals(scan(c.patch()))).mapToDouble(r -> Double.parseDouble(r.get("A")))
                    .max().orElseThrow();
            assertEquals(highest, c.a(), "a scan's worst patch");
        }
    }

    /**
     * Blue dots are patches of normal scans, red ones annotated patches, and each lies where the features of its own
     * patch put it.
     */
    @Test
    void coloursOfTSneMatchTheLabels() {
        try (FrozenRun frozen = FrozenRun.open(data.folder(), data.patches()).orElseThrow()) {
            List<FeatureSpace.Cloud> clouds = FeatureSpace.clouds(data, frozen);
            List<Patch> all = clouds.stream().flatMap(c -> c.patches().stream()).toList();
            List<float[]> alone = all.stream().map(p -> frozen.features(List.of(p)).get(0)).toList();
            TSne again = TSne.of(alone, new TSne.Options(Math.min(30, (all.size() - 1) / 3.0), 750, 42));
            XYChart chart = FeatureSpace.chart(clouds);
            int from = 0;
            for (FeatureSpace.Cloud c : clouds) {
                XYSeries dots = chart.getSeries(c.name());
                boolean anomalous = c.name().startsWith("anomalous");
                Color colour = dots.getMarkerColor();
                assertEquals(anomalous ? Style.ANOMALOUS : Style.NORMAL,
                        new Color(colour.getRed(), colour.getGreen(), colour.getBlue()));
                for (Patch p : c.patches()) assertEquals(anomalous ? "1" : "0", row(p).get("label"));
                assertArrayEquals(Arrays.copyOfRange(again.x(), from, from + c.patches().size()), dots.getXData());
                assertArrayEquals(Arrays.copyOfRange(again.y(), from, from + c.patches().size()), dots.getYData());
                from += c.patches().size();
            }
            assertEquals(2, clouds.size());
        }
    }

    /** A run of images as they are, without masks: cases are whole scans, and everything is drawn all the same. */
    @Test
    void imagesWithoutMasksHaveFiguresToo() throws IOException {
        List<LesionKind> kinds = List.of(LesionKind.IRF, LesionKind.SRF);
        Path plain = MappedRun.write(new PhantomScans(2, 4, 6, 2).with(kinds, Set.copyOf(kinds)),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("plain"));
        RunData of = RunData.open(plain);
        Map<String, Figure> figures = Figures.draw(of, MapFigures.scales(of));
        Set<String> expected = new HashSet<>(PAPER);
        expected.remove("sweep.png");
        assertTrue(figures.keySet().containsAll(expected), figures.keySet().toString());
        assertFalse(figures.containsKey("sweep.png"));
        assertEquals("scan", MethodTable.read(plain).level());
        assertTrue(figures.get("paper-4-scores.png").caption().contains("cases are whole scans"));
        assertTrue(figures.get("paper-1-framework.png").caption().contains("nothing is annotated"));
        BufferedImage three = figures.get("paper-3-pixels.png").image();
        assertTrue(three.getHeight() < read("paper-3-pixels.png").getHeight(), "there is no row of what is annotated");
        assertEquals(0, count(three, Style.OUTLINE));
    }

    @Test
    void aRunWithoutNetworksHasTheFiguresOfItsTables() throws IOException {
        Path bare = folder.resolve("bare");
        for (String file : List.of("run.json", "losses.csv", "scores.csv", "scans.csv", "analysis.json", "methods.json",
                "sweep/lambda-0.1.csv")) {
            Files.createDirectories(bare.resolve(file).getParent());
            Files.copy(run.resolve(file), bare.resolve(file));
        }
        Set<String> figures = names(Figures.write(bare));
        assertTrue(figures.containsAll(Set.of("paper-4-scores.png", "sweep.png")), figures.toString());
        assertFalse(figures.contains("paper-1-framework.png"));
        assertTrue(Files.readString(bare.resolve("report.html")).contains("no model here"));
    }

    @Test
    void theReportHoldsTable1BesideThePapers() throws IOException {
        String report = Files.readString(run.resolve("report.html"));
        MethodTable table = MethodTable.read(run);
        for (MethodTable.Row r : table.rows()) {
            assertTrue(report.contains(number(r.oracle().precision()))
                    && report.contains(number(r.oracle().specificity())), r.method().column());
            assertTrue(report.contains(r.separation().deLong().toString())
                    && report.contains(r.separation().bootstrap().toString()), r.method().column());
            r.paper().ifPresent(p -> assertTrue(
                    report.contains("paper " + number(p.precision())) && report.contains("paper " + number(p.auc())),
                    r.method().column()));
            if (r.lead() != null) assertTrue(
                    report.contains(String.format(Locale.ROOT, "%+.3f", r.lead().difference()).replace('-', '−')),
                    r.method().column());
            if (r.atThreshold() != null)
                assertTrue(report.contains(number(r.atThreshold().sensitivity())), r.method().column());
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
            BufferedImage sheet = NetworkDiagram.draw(new Architecture(64, 1000, width), new float[4096],
                    new float[4096], 600);
            for (int y = 0; y < sheet.getHeight(); y++) {
                assertEquals(Color.WHITE.getRGB(), sheet.getRGB(0, y), "width " + width + " is cut off at the left");
                assertEquals(Color.WHITE.getRGB(), sheet.getRGB(sheet.getWidth() - 1, y),
                        "width " + width + " is cut off at the right");
            }
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
        List<float[]> edges = Edges.of(inside, 6, 3);
        assertArrayEquals(new float[] {1, 1, 2}, edges.get(0));
        assertArrayEquals(new float[] {3, 3, 5}, edges.get(1));
    }

    private static String scan(Patch p) {
        return data.patches().scans().get(p.scan()).scan();
    }

    private static Map<String, String> row(Patch p) {
        return Csv.read(run.resolve("scores.csv")).stream()
                .filter(r -> r.get("scan").equals(scan(p)) && r.get("column").equals("" + p.column())).findFirst()
                .orElseThrow();
    }

    private static double threshold(String score) {
        List<Double> normals = new ArrayList<>();
        for (Map<String, String> r : Csv.read(run.resolve("scores.csv"))) {
            if (r.get("split").equals("validation") && r.get("label").equals("0"))
                normals.add(Double.parseDouble(r.get(score)));
        }
        normals.sort(null);
        return normals.get((int) Math.ceil((normals.size() + 1) * 0.75) - 1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static BufferedImage read(String name) throws IOException {
        return ImageIO.read(new File(run.resolve("figures").resolve(name).toString()));
    }

    private static int count(BufferedImage image, Color colour) {
        int n = 0;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) if (image.getRGB(x, y) == colour.getRGB()) n++;
        return n;
    }
}
