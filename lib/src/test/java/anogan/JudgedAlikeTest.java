package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TrainOptions;
import anogan.io.Csv;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.GrayImage;
import anogan.scans.GreyRange;
import anogan.scans.Scans;
import anogan.scans.Spacing;
import anogan.scans.Split;
import anogan.statistics.AnalysisOptions;
import anogan.visuals.FiguresOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of 16 bits, whose black and white no file says: a model judges them as the run did that it came from. */
class JudgedAlikeTest {
    private static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);
    private static final double BRIGHT = 12;    // times 255: 12 bits are used
    private static final double DARK = 3.9;     // 10 bits, by itself
    private static final String DARK_SCAN = "SRF/SRF-p8-1.png";

    @TempDir
    static Path home;
    private static Experiment run;
    private static Path model;
    @TempDir
    Path here;

    @BeforeAll
    static void train() throws IOException {
        for (int eye = 0; eye < 7; eye++) write("NORMAL/NORMAL-p" + eye + "-1.png", Phantom.draw(1, eye, 0), BRIGHT);
        write("SRF/SRF-p7-1.png", Phantom.draw(1, 7, 0, LesionKind.SRF), BRIGHT);
        write(DARK_SCAN, Phantom.draw(1, 8, 0, LesionKind.SRF), DARK);
        Patches patches = Patches.prepare(Scans.folder(home.resolve("scans")), PrepareOptions.defaults(32),
                home.resolve("patches"));
        run = Experiment.at(home.resolve("run"));
        run.train(patches, Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625),
                TrainOptions.defaults().withBatch(4).withSteps(2));
        run.map(MappingOptions.defaults().withSteps(3));
        model = home.resolve("deep.anogan");
        run.export(model, "");
    }

    private static void write(String name, Phantom.Scan scan, double gain) throws IOException {
        GrayImage grey = scan.image();
        BufferedImage deep = new BufferedImage(grey.width(), grey.height(), BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < grey.pixels().length; i++)
            deep.getRaster().setSample(i % grey.width(), i / grey.width(), 0, Math.round(gain * grey.pixels()[i]));
        Path file = home.resolve("scans").resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(deep, "png", file.toFile()));
    }

    private static Map<String, Double> judged(Path by, Path folder, Path... scans) {
        Map<String, Double> scores = new TreeMap<>();
        Detector.load(by).examine(Scans.each(List.of(scans)), folder, 0.2, COMPUTE)
                .forEach(f -> scores.put(f.scan(), f.score().orElseThrow()));
        return scores;
    }

    private static Map<String, Double> own() {
        Map<String, Double> scores = new TreeMap<>();
        Csv.read(run.folder().file("scans.csv"), "scan", "split", "combined_mean").stream()
                .filter(row -> row.get("split").equals("test"))
                .forEach(row -> scores.put(row.get("scan"), Double.valueOf(row.get("combined_mean"))));
        return scores;
    }

    @Test
    void aDarkScanIsDarkAloneToo() throws IOException {
        assertEquals(Map.of("uint16", new GreyRange(0, 4095)), ModelFile.read(model).ranges());
        Path dark = home.resolve("scans").resolve(DARK_SCAN);
        Map<String, Double> own = own();
        double score = own.get("SRF-p8-1");
        assertEquals(Map.of("SRF-p8-1", score), judged(model, here.resolve("alone"), dark));
        Map<String, Double> together = judged(model, here.resolve("all"), home.resolve("scans"));
        assertTrue(own.size() >= 3, own.toString());
        own.forEach((scan, s) -> assertEquals(s, together.get(scan), scan));

        Path older = here.resolve("older.anogan");   // as they were before they told their ranges
        withoutRanges(older);
        assertEquals(Map.of(), ModelFile.read(older).ranges());
        assertNotEquals(score, judged(older, here.resolve("older"), dark).get("SRF-p8-1"), "its own range is another");
    }

    private static void withoutRanges(Path to) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(model.toFile()); ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (ZipEntry e : from.stream().toList()) {
                byte[] content = from.getInputStream(e).readAllBytes();
                if (e.getName().equals("anogan.json")) {
                    ObjectNode manifest = (ObjectNode) json.readTree(content);
                    assertTrue(manifest.has("ranges"));
                    manifest.remove("ranges");
                    content = json.writeValueAsBytes(manifest);
                }
                zip.putNextEntry(new ZipEntry(e.getName()));
                zip.write(content);
            }
        }
        Files.write(to, bytes.toByteArray());
    }

    /** How far apart pixels lie changes areas, and nothing that costs time. */
    @Test
    void anotherSpacingNeedsNoMapping() throws IOException {
        Path out = here.resolve("out");
        Scans scans = Scans.each(List.of(home.resolve("scans/SRF")));
        Detector detector = Detector.load(model);
        detector.examine(scans, out, 0.2, COMPUTE);
        String scores = Files.readString(out.resolve("patches.csv"));
        FileTime then = FileTime.fromMillis(1_000_000_000_000L);
        List<Path> mapped;
        try (Stream<Path> files = Files.list(out.resolve("scores/mapping/scans"))) {
            mapped = files.toList();
        }
        assertEquals(2, mapped.size());
        for (Path m : mapped) Files.setLastModifiedTime(m, then);
        for (double um : new double[] {4, 5}) {
            detector.examine(scans.withSpacing(new Spacing(um, 11)), out, 0.2, COMPUTE);
            for (Path m : mapped) assertEquals(then, Files.getLastModifiedTime(m), m.toString());
            assertEquals(scores, Files.readString(out.resolve("patches.csv")));
            Patches.open(out.resolve("patches")).scans()
                    .forEach(s -> assertEquals(um, Spacing.of(s.attributes()).orElseThrow().row()));
        }
    }

    /** A run's own page outlines what detect's page outlines. */
    @Test
    void bothPagesShowTheSameRegions() throws IOException {
        run.analyze(AnalysisOptions.defaults().withBootstrap(100));
        Map<String, JsonNode> own = regions(run.report(FiguresOptions.defaults()).scans());
        judged(model, here.resolve("out"), home.resolve("scans"));
        Map<String, JsonNode> judged = regions(here.resolve("out/report.html"));
        int tests = run.patches().scans(Split.TEST).size();
        assertEquals(tests, own.size());
        own.forEach((scan, regions) -> assertEquals(judged.get(scan), regions, scan));
        assertFalse(own.values().stream().allMatch(JsonNode::isEmpty), "there is nothing to see");
    }

    private static Map<String, JsonNode> regions(Path page) throws IOException {
        Map<String, JsonNode> regions = new TreeMap<>();
        Matcher block = Pattern
                .compile("class=\"scan\">(.*?)</script>.*?class=\"pictures\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(page));
        ObjectMapper json = new ObjectMapper();
        while (block.find()) regions.put(json.readTree(block.group(1)).get("name").asText(),
                json.readTree(block.group(2)).get("regions"));
        return regions;
    }
}
