package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.markers.Region;
import anogan.visuals.ScanPage.Layer;
import anogan.visuals.ScanPage.NamedRegion;
import anogan.visuals.ScanPage.Scan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page to look through scans, as far as no browser is needed: environment/page_test.py uses one. */
class ScanPageTest {
    private static final String HOSTILE = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>{scans}\u2028";
    private static final Pattern SCRIPT = Pattern
            .compile("<script(?: type=\"application/json\" class=\"(\\w+)\")?>(.*?)</script>", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static Scan scan(String name, int height, int width, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[height * width];
        float[] z = new float[pixels.length];
        float[] plain = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
            z[i] = i < width ? Float.NaN : (float) random.nextGaussian();
            plain[i] = random.nextFloat();
        }
        Region region = new Region(1, 2, 2, 1, new boolean[] {true, true}, 2, Optional.empty(), -3, -4,
                Optional.of(0.5));
        return new Scan(name, name, Optional.of("volume"), Optional.of((int) seed), name, Label.UNKNOWN,
                Optional.of(seed + 0.25), Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty(),
                List.of(name), new GrayImage(height, width, pixels),
                List.of(new Layer("Z", 3, z), new Layer("plain", 1, plain)), Optional.empty(),
                List.of(new NamedRegion(region, name)), Optional.empty());
    }

    private Path write(List<Scan> scans, int limit) {
        Path file = folder.resolve("scans.html");
        ScanPage.write(file, "T " + HOSTILE, "W " + HOSTILE, scans.size(), scans.iterator(), limit);
        return file;
    }

    /** Each block of JSON of that kind. */
    private static List<JsonNode> blocks(String html, String kind) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (Matcher m = SCRIPT.matcher(html); m.find();)
            if (kind.equals(m.group(1))) found.add(new ObjectMapper().readTree(m.group(2)));
        return found;
    }

    /** The levels of a map as JavaScript gets them back: sums along the rows, then down the columns, modulo 256. */
    private static int[] levels(String address) throws IOException {
        byte[] png = Base64.getDecoder().decode(address.replace("data:image/png;base64,", ""));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int w = image.getWidth();
        int[] levels = image.getRaster().getPixels(0, 0, w, image.getHeight(), (int[]) null);
        for (int i = 0; i < levels.length; i++) if (i % w > 0) levels[i] = (levels[i] + levels[i - 1]) & 255;
        for (int i = w; i < levels.length; i++) levels[i] = (levels[i] + levels[i - w]) & 255;
        return levels;
    }

    @Test
    void hostileNamesAreTextAndEveryPartIsThere() throws IOException {
        String html = Files.readString(write(List.of(scan(HOSTILE, 4, 5, 1), scan("b", 4, 5, 2)), ScanPage.LIMIT));
        assertFalse(html.contains("<img src=x") || html.contains("<script>alert"));
        assertEquals(2 + 2 + 1 + 1, SCRIPT.matcher(html).results().count());
        assertEquals(6, html.split("<script", -1).length - 1);
        JsonNode first = blocks(html, "scan").get(0);
        for (String field : List.of("name", "file", "className")) assertEquals(HOSTILE, first.get(field).asText());
        assertEquals(HOSTILE, first.get("warnings").get(0).asText());
        assertEquals(HOSTILE, blocks(html, "pictures").get(0).get("regions").get(0).get("marker").asText());
        assertEquals(1.25, first.get("score").asDouble());
        assertNull(first.get("percentile"), "what is not known is absent");
        assertEquals("M1 2L3 2L3 3L1 3Z",
                blocks(html, "pictures").get(1).get("regions").get(0).get("outline").asText());
        for (String outside : List.of("http:", "https:", "<link", "@import", "url("))
            assertFalse(html.replaceAll("http://www\\.w3\\.org/2000/svg", "").contains(outside), outside);
    }

    @Test
    void valuesComeBackWithinOne255thOfTheirScale() throws IOException {
        Scan scan = scan("a", 30, 40, 3);
        String html = Files.readString(write(List.of(scan), ScanPage.LIMIT));
        for (int m = 0; m < 2; m++) {
            float[] values = scan.maps().get(m).values();
            JsonNode about = blocks(html, "scan").get(0).get("maps").get(m);
            double low = about.get("low").asDouble();
            double range = about.get("high").asDouble() - low;
            int[] levels = levels(blocks(html, "pictures").get(0).get("maps").get(m).asText());
            for (int i = 0; i < values.length; i++) {
                assertEquals(Float.isNaN(values[i]), levels[i] == 0);
                if (levels[i] > 0) assertEquals(values[i], low + (levels[i] - 1) / 254.0 * range, range / 507);
            }
        }
    }

    @Property(tries = 100)
    void everyMapHasLevels(@ForAll float[] values) {
        if (values.length == 0) return;
        EightBitMap map = EightBitMap.of(values, 1, values.length);
        double range = map.high() - map.low();
        for (int i = 0; i < values.length; i++) {
            int level = map.levels()[i] & 255;
            assertEquals(Float.isFinite(values[i]), level > 0);
            if (level > 0) assertEquals(values[i], map.low() + (level - 1) / 254.0 * range,
                    range / 507 + 1e-6 * Math.abs(values[i]));
        }
    }

    /** Around holes a line runs the other way, so that the lines' areas add up to the pixels. */
    @Property(tries = 200)
    void outlinesEncloseTheMask(@ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width, @ForAll long seed) {
        Random random = new Random(seed);
        boolean[] mask = new boolean[height * width];
        for (int i = 0; i < mask.length; i++) mask[i] = random.nextBoolean();
        double area = 0;
        for (String line : Outline.path(mask, height, width, 100, 1000).split("Z")) {
            if (line.isEmpty()) continue;
            double[][] points = Arrays.stream(line.substring(1).split("L"))
                    .map(p -> Arrays.stream(p.split(" ")).mapToDouble(Double::parseDouble).toArray())
                    .toArray(double[][]::new);
            for (int i = 0; i < points.length; i++) {
                double[] to = points[(i + 1) % points.length];
                assertTrue(points[i][0] == to[0] || points[i][1] == to[1], line);
                area += (points[i][0] * to[1] - to[0] * points[i][1]) / 2;
            }
        }
        assertEquals(IntStream.range(0, mask.length).filter(i -> mask[i]).count(), area, 1e-6);
    }

    @Test
    void theEnFaceMapHasTheMeanOfEachColumn() throws IOException {
        float[] means = ScanPage.columns(new float[] {1, Float.NaN, -2, 3, Float.NaN, Float.NaN}, 3);
        assertEquals("[2.0, NaN, -2.0]", Arrays.toString(means));
        JsonNode columns = blocks(Files.readString(write(List.of(scan("a", 6, 5, 1)), ScanPage.LIMIT)), "scan").get(0)
                .get("maps").get(1).get("columns");
        assertEquals(5, Base64.getDecoder().decode(columns.get("levels").asText()).length);
        assertTrue(columns.get("low").asDouble() > 0 && columns.get("high").asDouble() < 1);
    }

    /** The last maps are left out, by name; pictures never. What the first scan leaves, the second may take. */
    @Test
    void thePageStaysBelowItsLimit() throws IOException {
        List<Scan> scans = List.of(scan("small", 10, 10, 1), scan("a", 90, 100, 2), scan("b", 90, 100, 3));
        long whole = Files.size(write(scans, ScanPage.LIMIT));
        int limit = (int) whole + 50_000 - 14_000;
        String html = Files.readString(write(scans, limit));
        assertTrue(html.length() <= limit, html.length() + " characters");
        List<String> leftOut = blocks(html, "scan").stream().map(s -> s.get("leftOut").toString()).toList();
        assertEquals(List.of("[]", "[\"plain\"]", "[]"), leftOut);
        for (JsonNode p : blocks(html, "pictures"))
            assertTrue(p.get("scan").asText().startsWith("data:image/jpeg;base64,"));
    }

    /** A scan is asked for when the one before is on its way to disk and nobody holds it any more. */
    @Test
    void scansPassThroughOneAfterTheOther() {
        Path file = folder.resolve("stream.html");
        Path aside = folder.resolve(".stream.html.part");
        List<WeakReference<Scan>> before = new ArrayList<>();
        Iterator<Scan> source = IntStream.range(0, 6).mapToObj(i -> {
            if (i > 2) assertTrue(size(aside) > (i - 2) * 40_000L, "scan " + i + " is asked for too early");
            if (i == 5) {
                System.gc();
                for (WeakReference<Scan> s : before.subList(0, 4)) assertNull(s.get());
            }
            Scan scan = scan("s" + i, 150, 200, i);
            before.add(new WeakReference<>(scan));
            return scan;
        }).iterator();
        ScanPage.write(file, "", "", 6, source);
        assertTrue(Files.exists(file) && !Files.exists(aside));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPageThatFailsLeavesTheOldOne() throws IOException {
        Path file = write(List.of(scan("a", 4, 5, 1)), ScanPage.LIMIT);
        byte[] old = Files.readAllBytes(file);
        Iterator<Scan> broken = IntStream.range(0, 2).mapToObj(i -> {
            if (i == 1) throw new IllegalStateException("a map is damaged");
            return scan("b", 4, 5, 1);
        }).iterator();
        assertThrows(IllegalStateException.class, () -> ScanPage.write(file, "", "", 2, broken));
        assertEquals(Base64.getEncoder().encodeToString(old),
                Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }

    /** A reader's verdicts are kept by the fingerprint: they stay while the scans do, whatever the scores. */
    @Test
    void theFingerprintIsOfTheScansInAnyOrder() throws IOException {
        Scan a = scan("a", 4, 5, 1);
        Scan b = scan("b", 4, 5, 2);
        String own = fingerprint(List.of(a, b));
        assertEquals(own, fingerprint(List.of(b, a)));
        assertNotEquals(own, fingerprint(List.of(a)));
        assertNotEquals(own, fingerprint(List.of(a, scan("b", 4, 5, 3))));
    }

    private String fingerprint(List<Scan> scans) throws IOException {
        return blocks(Files.readString(write(scans, ScanPage.LIMIT)), "page").get(0).get("fingerprint").asText();
    }
}
