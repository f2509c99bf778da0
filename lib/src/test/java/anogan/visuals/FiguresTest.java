package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.dcgan.HeldOutCurve;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.PhantomScans;
import anogan.run.RunFolder;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.statistics.ScanRanking;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A whole synthetic run, drawn: all files are there, are pictures of something, and the report holds exactly them and
 * the analysis's numbers.
 */
class FiguresTest {
    private static final Set<String> CHARTS = Set.of("losses.png", "heldout.png", "descent.png", "scores.png",
            "roc.png", "roc-scans.png", "classes.png", "trivial.png", "pixels.png", "paper-4-scores.png");
    private static final Set<String> PICTURES = Set.of("samples.png", "mapping.png", "heatmaps.png");
    private static final PhantomScans SOURCE = new PhantomScans(2, 2, 4, 1);

    @TempDir
    static Path folder;
    private static Path run;
    private static Figures.Written written;

    @BeforeAll
    static void draw() throws IOException {
        Patches patches = Patches.prepare(SOURCE, PrepareOptions.defaults(64), folder.resolve("patches"));
        run = SyntheticRun.write(patches, folder.resolve("run"));
        written = Figures.write(RunData.open(run), FiguresOptions.defaults());
    }

    @Test
    void everyFigureIsWrittenAndNothingElse() throws IOException {
        Set<String> expected = new HashSet<>(CHARTS);
        expected.addAll(PICTURES);
        try (Stream<Path> files = Files.list(run.resolve("figures"))) {
            assertEquals(expected, files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals(expected,
                written.figures().stream().map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        assertTrue(Files.isRegularFile(written.report()));
    }

    @Test
    void figuresFillTheReportAndShowSomething() {
        for (Path file : written.figures()) {
            BufferedImage image = read(file);
            assertTrue(image.getWidth() <= Style.WIDTH * Style.SCALE, file + " is wider than the page");
            assertTrue(image.getWidth() > Style.WIDTH * Style.SCALE - 40, file + " is narrower than the page");
            assertTrue(image.getHeight() > 600 && image.getHeight() < 4000, file + " has an odd height");
            assertTrue(colours(image).length > 50, file + " is blank");
        }
    }

    /** Letters or lines at the edge of a sheet would be cut off. */
    @Test
    void nothingOfAChartTouchesItsEdge() {
        for (String name : CHARTS) {
            BufferedImage image = read(run.resolve("figures").resolve(name));
            int w = image.getWidth();
            int h = image.getHeight();
            for (int x = 0; x < w; x++)
                assertTrue(white(image, x, 0) && white(image, x, h - 1), name + " touches its edge at column " + x);
            for (int y = 0; y < h; y++)
                assertTrue(white(image, 0, y) && white(image, w - 1, y), name + " touches its edge at row " + y);
        }
    }

    /** The lowest held-out loss is 400 at step 2,000, the last one 450 at step 3,000, 60 above that of training. */
    @Test
    void theCurveOfHeldOutNormalsSaysWhereItIsLowest() throws IOException {
        Figure figure = TrainingFigures.heldOut(HeldOutCurve.of(new RunFolder(run)), 42).orElseThrow();
        for (String words : List.of("at step 2,000 with 400.0", "at step 3,000 it is 450.0, 60.0 above"))
            assertTrue(figure.caption().contains(words), figure.caption());
        assertContains(Files.readString(written.report()), "at step 2,000 with 400.0");
        for (Color c : List.of(Style.TRAIN, Style.NORMAL)) assertDrawnIn(c, "heldout.png");
        List<HeldOutCurve.Row> one = HeldOutCurve.of(new RunFolder(run)).rows().subList(0, 1);
        assertTrue(TrainingFigures.heldOut(new HeldOutCurve(one), 42).isEmpty(), "one row is no curve");
        List<HeldOutCurve.Row> equal = List.of(new HeldOutCurve.Row(1, 5, 5, 5, 5),
                new HeldOutCurve.Row(2, 5, 5, 5, 5));
        assertTrue(TrainingFigures.heldOut(new HeldOutCurve(equal), 42).isPresent(), "a flat curve has a range");
    }

    @Test
    void chartsUseTheColoursOfTheirMeaning() {
        for (Color c : List.of(Style.TRAIN, Style.NORMAL, Style.ANOMALOUS)) assertDrawnIn(c, "scores.png");
        for (Color c : List.of(Style.NORMAL, Style.ANOMALOUS)) assertDrawnIn(c, "classes.png");
        for (String roc : List.of("roc.png", "roc-scans.png")) assertDrawnIn(Style.score(Score.A), roc);
    }

    @Test
    void everyJudgedScanHasItsMap() {
        Patches patches = Patches.open(folder.resolve("patches"));
        Set<String> expected = patches.scans().stream().filter(s -> s.split() != Split.TRAIN)
                .map(s -> s.scan() + ".png").collect(Collectors.toSet());
        assertEquals(expected,
                written.maps().stream().map(p -> p.getFileName().toString()).collect(Collectors.toSet()));
        for (Path map : written.maps()) assertTrue(colours(read(map)).length > 200, map + " is blank");
    }

    @Test
    void reportNeedsNothingElse() throws Exception {
        String html = Files.readString(written.report());
        for (String outside : List.of("http:", "https:", "<link", "<script", "url(", "@import", "src=\"/")) {
            assertFalse(html.contains(outside), "the report refers to " + outside);
        }
        NodeList images = parse(html).getElementsByTagName("img");
        assertEquals(CHARTS.size() + PICTURES.size(), images.getLength());
        for (int i = 0; i < images.getLength(); i++) {
            Element image = (Element) images.item(i);
            String prefix = "data:image/png;base64,";
            assertTrue(image.getAttribute("src").startsWith(prefix));
            byte[] png = Base64.getDecoder().decode(image.getAttribute("src").substring(prefix.length()));
            String id = ((Element) image.getParentNode().getParentNode()).getAttribute("id");
            assertArrayEquals(Files.readAllBytes(run.resolve("figures").resolve(id + ".png")), png,
                    "the report shows another " + id);
            assertEquals(ImageIO.read(new ByteArrayInputStream(png)).getWidth() / Style.SCALE,
                    Integer.parseInt(image.getAttribute("width")));
            assertFalse(image.getAttribute("alt").isBlank());
        }
    }

    /** The page to look through shows the test scans with their maps; the report's list leads to each. */
    @Test
    void theScansCanBeLookedThrough() throws Exception {
        String page = Files.readString(written.scans());
        ScanRanking ranking = RunData.open(run).ranking();
        Matcher block = Pattern.compile("class=\"scan\">(.*?)</script>", Pattern.DOTALL).matcher(page);
        for (ScanRanking.Row row : ranking.rows()) {
            assertTrue(block.find(), row.scan().scan() + " is not on the page");
            JsonNode entry = new ObjectMapper().readTree(block.group(1));
            assertEquals(row.scan().scan(), entry.get("name").asText());
            assertEquals(row.score(), entry.get("score").asDouble());
            assertEquals(row.flagged().orElseThrow(), entry.get("flagged").asBoolean());
            // this run, as those of earlier versions, has two planes
            assertEquals(List.of("smoothed, signed residual", "plain |x − G(z)|"),
                    entry.get("maps").findValuesAsText("name"));
        }
        assertFalse(block.find());
        NodeList links = parse(Files.readString(written.report())).getElementsByTagName("a");
        assertEquals(1 + ranking.rows().size(), links.getLength());
        assertEquals("scans.html#" + ranking.rows().get(0).scan().scan(),
                ((Element) links.item(1)).getAttribute("href"));
        assertEquals("scans.html#a%20b%2F'%22%3C%C3%BC(1)", RunScans.address("a b/'\"<ü(1)"));
    }

    @Test
    void everyCaptionTellsTheSeedAndWhatIsGood() throws Exception {
        NodeList captions = parse(Files.readString(written.report())).getElementsByTagName("figcaption");
        for (int i = 0; i < captions.getLength(); i++) {
            assertContains(captions.item(i).getTextContent(), "seed 42");
            assertContains(captions.item(i).getTextContent(), "Good");
        }
    }

    @Test
    void reportTellsTheNumbersOfTheAnalysis() throws Exception {
        Analysis analysis = Analysis.read(run);
        String text = parse(Files.readString(written.report())).getDocumentElement().getTextContent();
        for (Analysis.ScanResult r : analysis.scans()) assertContains(text, number(r.separation().auroc()));
        for (Analysis.PatchResult r : analysis.patches()) {
            assertContains(text, number(r.separation().auroc()));
            assertContains(text, number(r.separation().averagePrecision()));
            assertContains(text, r.separation().bootstrap().orElseThrow().toString());
        }
        for (Analysis.PixelResult r : analysis.pixels()) assertContains(text, number(r.aupro()));
        for (Analysis.WithinScanResult r : analysis.withinScan()) assertContains(text, number(r.meanAuroc()));
        for (Analysis.Cohort c : analysis.cohorts()) assertContains(text, c.className() + ", " + c.split());
        assertContains(text, "no medical device");
        assertContains(text, analysis.options().bootstrap() + " bootstrap replicates");
        assertContains(text, Patches.open(folder.resolve("patches")).fingerprint());
    }

    /** A run without masks whose folder and classes carry markup for names. */
    @Test
    void hostileNamesStayTextAndWhatIsMissingIsSaid() throws Exception {
        String name = "<script>alert('x')</script>&amp;\u0007<img src=//evil>";
        Path patches = changed(folder.resolve("changed"), name);
        Path hostile = SyntheticRun.write(Patches.open(patches), folder.resolve("<b>run & co"));
        Set<String> drawn = Figures.write(RunData.open(hostile), FiguresOptions.defaults()).figures().stream()
                .map(f -> f.getFileName().toString()).collect(Collectors.toSet());
        assertFalse(drawn.contains("roc.png") || drawn.contains("pixels.png"), drawn.toString());
        assertTrue(drawn.containsAll(Set.of("paper-4-scores.png", "roc-scans.png", "scores.png", "classes.png",
                "heatmaps.png", "mapping.png")), drawn.toString());

        Document page = parse(Files.readString(hostile.resolve("report.html")));
        String text = page.getDocumentElement().getTextContent();
        assertContains(text, "ROC and table of patches are left out");
        assertContains(text, "ROC and table of pixels are left out");
        assertContains(page.getElementsByTagName("h1").item(0).getTextContent(), "<b>run & co");
        assertContains(text, name.replace('\u0007', '\uFFFD'));
        assertEquals(0, page.getElementsByTagName("script").getLength());
        for (int i = 0; i < page.getElementsByTagName("img").getLength(); i++) {
            assertTrue(((Element) page.getElementsByTagName("img").item(i)).getAttribute("src").startsWith("data:"));
        }
    }

    @Test
    void missingPartsNameTheCommandThatMakesThem() throws IOException {
        Path part = Files.createDirectories(folder.resolve("part"));
        assertSentence(part, "train");
        Files.copy(run.resolve("run.json"), part.resolve("run.json"));
        assertSentence(part, "train");
        for (String[] next : new String[][] {{"losses.csv", "map"}, {"scores.csv", "map"}, {"scans.csv", "analyze"}}) {
            Files.copy(run.resolve(next[0]), part.resolve(next[0]));
            assertSentence(part, "Make it with stage " + next[1]);
        }
        Files.copy(run.resolve("analysis.json"), part.resolve("analysis.json"));
        Files.createDirectories(part.resolve("analysis"));
        Files.copy(run.resolve("analysis/roc.npz"), part.resolve("analysis/roc.npz"));
        // No samples, frames, baselines or maps: what is left is drawn.
        assertEquals(7, Figures.write(RunData.open(part), FiguresOptions.defaults()).figures().size());
    }

    @Test
    void anotherPreparedFolderIsRefused() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        for (String name : List.of("losses.csv", "scores.csv", "scans.csv", "analysis.json"))
            Files.copy(run.resolve(name), other.resolve(name));
        String json = Files.readString(run.resolve("run.json"));
        Files.writeString(other.resolve("run.json"),
                json.replace(Patches.open(folder.resolve("patches")).fingerprint(), "0".repeat(64)));
        assertSentence(other, "other patches");
    }

    private static void assertSentence(Path run, String words) {
        UserError e = assertThrows(UserError.class, () -> Figures.write(RunData.open(run), FiguresOptions.defaults()));
        assertContains(e.getMessage(), words);
        assertFalse(e.isUsage());
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> "\"" + part + "\" is missing");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** The prepared folder again, with another class and no masks for the anomalous scans. */
    private static Path changed(Path copy, String className) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("patches"))) {
            for (Path f : files.sorted().toList())
                Files.copy(f, copy.resolve(folder.resolve("patches").relativize(f).toString()));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(copy.resolve("scans.csv")));
        List<String> columns = List.of(lines.get(0).split(","));
        List<ScanInfo> scans = Patches.open(folder.resolve("patches")).scans();
        for (int i = 1; i < lines.size(); i++) {
            if (scans.get(i - 1).normal()) continue;
            String[] fields = lines.get(i).split(",", -1);
            fields[columns.indexOf("class")] = className;
            fields[columns.indexOf("masked")] = "0";
            lines.set(i, String.join(",", fields));
        }
        Files.write(copy.resolve("scans.csv"), lines);
        return copy;
    }

    private static Document parse(String html) throws Exception {
        String xml = html.replaceFirst("<!DOCTYPE html>", "");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(new File(file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean white(BufferedImage image, int x, int y) {
        return (image.getRGB(x, y) & 0xffffff) == 0xffffff;
    }

    /** The colours of a picture, sorted, each once. */
    private static int[] colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Arrays.sort(pixels);
        int n = 0;
        for (int i = 0; i < pixels.length; i++) if (i == 0 || pixels[i] != pixels[i - 1]) pixels[n++] = pixels[i];
        return Arrays.copyOf(pixels, n);
    }

    private static void assertDrawnIn(Color colour, String name) {
        assertTrue(Arrays.binarySearch(colours(read(run.resolve("figures").resolve(name))), colour.getRGB()) >= 0,
                name + " lacks " + colour);
    }
}
