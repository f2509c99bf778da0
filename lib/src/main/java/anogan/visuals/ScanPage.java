package anogan.visuals;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Fingerprint;
import anogan.io.Json;
import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.markers.MarkedRegion;
import anogan.markers.Region;
import anogan.statistics.KnownMarkers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One page to look through judged scans: the list, most unusual first, to search, filter and sort; a scan large with
 * its maps over it and its regions outlined; the values at a place; slices of volumes and their en-face map; the
 * reader's own verdicts. It needs no other file and no network, and runs from disk.
 *
 * <p>
 * Scans are taken one after the other and written as they come, so that of any number only one is in memory. In the
 * file each stands in two blocks that no browser runs: what the list shows, and, looked at when the scan is chosen, its
 * pictures: the scan and G(z) as JPEG (values are right to a few grey levels), each map as 8-bit PNG
 * ({@link EightBitMap}: right to one 255th of its range, which stands beside it).
 *
 * <p>
 * A page stays below {@value #LIMIT} bytes, which browsers load in a second: what one scan leaves of its share the next
 * ones have, and maps that find no room are left out by name, the last ones first. Pictures are never left out; those
 * of some hundred scans have room.
 *
 * <pre>{@code
 * ScanPage.write(Path.of("scans.html"), "My scans", "Judged by octdl.anogan.", scans.size(),
 *         scans.stream().map(file -> judge(file)).iterator());
 * }</pre>
 */
public final class ScanPage {
    /** Bytes that a page has at most. */
    public static final int LIMIT = 50_000_000;
    /** As many scans as a reader looks through, and as have room for their maps. */
    public static final int MOST = 300;
    /** Of JPEG: letters and speckle stay what they are, at a third of the size of a PNG. */
    private static final float QUALITY = 0.8f;

    private ScanPage() {}

    /**
     * A scan with what was found out about it.
     *
     * @param name       unique; verdicts are kept by it
     * @param file       where it is from
     * @param volume     the volume that it is a slice of
     * @param slice      its number there
     * @param className  of the folder or table that it is from; may be empty
     * @param score      empty where nothing could be judged; the higher, the more unusual
     * @param percentile share of normal scans that score lower, in percent
     * @param pValue     how likely a normal scan scores at least so much
     * @param flagged    whether the score is above the threshold
     * @param confidence of the scan's boundaries, 0 to 1
     * @param warnings   sentences on why the score may not be meant for this scan; those that are alike but for numbers
     *                   in brackets are one to the filter
     * @param maps       the most telling first
     * @param generated  G(z), laid back onto the scan's own pixels, 0–255
     * @param regions    the worst first
     * @param annotated  the pixels that somebody annotated, {@code height * width}
     */
    public record Scan(String name, String file, Optional<String> volume, Optional<Integer> slice, String className,
            Label label, Optional<Double> score, Optional<Double> percentile, Optional<Double> pValue,
            Optional<Boolean> flagged, Optional<Double> confidence, List<String> warnings, GrayImage image,
            List<Layer> maps, Optional<GrayImage> generated, List<NamedRegion> regions, Optional<boolean[]> annotated) {
        public Scan {
            int area = image.height() * image.width();
            if (maps.stream().anyMatch(m -> m.values.length != area)
                    || generated.filter(g -> g.height() != image.height() || g.width() != image.width()).isPresent()
                    || annotated.filter(a -> a.length != area).isPresent())
                throw new IllegalArgumentException("what is laid over " + name + " has other extents than the scan");
        }
    }

    /**
     * A region by its marker.
     *
     * @param name what kind it is, for a reader; empty for none
     */
    public record NamedRegion(Region region, String name) {
        public static NamedRegion of(MarkedRegion marked, Optional<KnownMarkers> known) {
            return new NamedRegion(marked.region(), known.map(k -> k.words(marked.marker())).orElse(""));
        }
    }

    /**
     * A map over the scan's own pixels.
     *
     * @param name   as a reader is to read it; maps of one name share a colour scale
     * @param shown  the magnitude that is shown strongest; negative values, if there are any, in cold colours
     * @param values {@code height * width}, NaN where there is none
     */
    public record Layer(String name, double shown, float[] values) {
        public Layer {
            if (!(shown > 0)) throw new IllegalArgumentException(name + " cannot be shown on a scale up to " + shown);
        }
    }

    /** What the list shows of a scan. */
    private record Entry(String name, String file, Optional<String> volume, Optional<Integer> slice, String className,
            String label, Optional<Double> score, Optional<Double> percentile, Optional<Double> pValue,
            Optional<Boolean> flagged, Optional<Double> confidence, List<String> warnings, int width, int height,
            List<Map<String, Object>> maps, List<String> leftOut) {}

    /** What is read when a scan is chosen; pictures as {@code data:} addresses. */
    private record Pictures(String scan, Optional<String> generated, List<String> maps, List<Outlined> regions,
            String annotated) {
        Pictures with(List<EncodedMap> maps) {
            return new Pictures(scan, generated, maps.stream().map(EncodedMap::png).toList(), regions, annotated);
        }
    }

    /** What is known of the page as a whole: its scans, and the colours of heat. */
    private record Page(String fingerprint, int[] warm, int[] cold) {}

    private record EncodedMap(Map<String, Object> about, String png) {}

    private record Outlined(int x, int y, int width, int height, int area, Optional<Double> um2, double meanZ,
            double highestZ, String sign, Optional<Double> depth, String marker, String outline) {}

    /**
     * Writes the page, whole or not at all.
     *
     * @param  words     what the scores are, for the page's head
     * @param  scans     how many there will be
     * @param  source    them, in any order; each is asked for once the one before is written
     * @throws UserError if the file cannot be written
     */
    public static void write(Path file, String title, String words, int scans, Iterator<Scan> source) {
        write(file, title, words, scans, source, LIMIT);
    }

    static void write(Path file, String title, String words, int scans, Iterator<Scan> source, int limit) {
        String[] page = page();
        page[0] = page[0].replace("{title}", Html.escape(title)).replace("{words}", Html.escape(words));
        AtomicFiles.write(file, out -> {
            long room = (long) limit - text(out, page[0]) - page[1].length() - 50_000;   // the colours, and a little more
            TreeSet<String> pictures = new TreeSet<>();   // a hash of each
            for (int i = 0; source.hasNext(); i++) {
                Scan scan = source.next();
                Pictures own = pictures(scan);
                pictures.add(new Fingerprint().add(scan.name).add(own.scan).hex());
                room -= write(out, scan, own, room / Math.max(1, scans - i));
            }
            Fingerprint fingerprint = new Fingerprint();
            pictures.forEach(fingerprint::add);
            text(out, block("page", new Page(fingerprint.hex(), colours(1), colours(-1))));
            text(out, page[1]);
        });
    }

    /** Writes a scan with as many of its maps as there is room for, and returns how many bytes it took. */
    private static int write(OutputStream out, Scan scan, Pictures pictures, long room) throws IOException {
        List<EncodedMap> maps = scan.maps.parallelStream().map(m -> encoded(m, scan)).toList();
        long left = room - block("pictures", pictures).length() - 2_000;
        int kept = 0;
        while (kept < maps.size() && (left -= maps.get(kept).png.length()) >= 0) kept++;
        List<String> leftOut = scan.maps.stream().skip(kept).map(Layer::name).toList();
        maps = maps.subList(0, kept);
        Entry entry = new Entry(scan.name, scan.file, scan.volume, scan.slice, scan.className, scan.label.word(),
                scan.score, scan.percentile, scan.pValue, scan.flagged, scan.confidence, scan.warnings,
                scan.image.width(), scan.image.height(), maps.stream().map(EncodedMap::about).toList(), leftOut);
        return text(out, block("scan", entry)) + text(out, block("pictures", pictures.with(maps)));
    }

    private static Pictures pictures(Scan scan) {
        List<Outlined> regions = scan.regions.stream().map(n -> outlined(n.region, n.name)).toList();
        return new Pictures(jpeg(scan.image), scan.generated.map(ScanPage::jpeg), List.of(), regions,
                scan.annotated.map(a -> Outline.path(a, scan.image.height(), scan.image.width(), 0, 0)).orElse(""));
    }

    private static Outlined outlined(Region r, String marker) {
        return new Outlined(r.x(), r.y(), r.width(), r.height(), r.area(), r.um2(), r.meanZ(), r.highestZ(), r.sign(),
                r.depth(), marker, Outline.path(r.mask(), r.height(), r.width(), r.x(), r.y()));
    }

    private static EncodedMap encoded(Layer layer, Scan scan) {
        int width = scan.image.width();
        EightBitMap map = EightBitMap.of(layer.values, scan.image.height(), width);
        Map<String, Object> about = scale(map);
        about.put("name", layer.name);
        about.put("shown", layer.shown);
        if (scan.volume.isPresent()) {
            EightBitMap row = EightBitMap.of(columns(layer.values, width), 1, width);
            Map<String, Object> columns = scale(row);
            columns.put("levels", Base64.getEncoder().encodeToString(row.levels()));
            about.put("columns", columns);
        }
        return new EncodedMap(about, Html.data("image/png", map.png()));
    }

    /** In this order, so that the same scans are the same page. */
    private static Map<String, Object> scale(EightBitMap map) {
        Map<String, Object> scale = new LinkedHashMap<>();
        scale.put("low", map.low());
        scale.put("high", map.high());
        return scale;
    }

    /** The mean of each column's values that are numbers: what a slice gives to the en-face map of its volume. */
    static float[] columns(float[] values, int width) {
        float[] means = new float[width];
        for (int x = 0; x < width; x++) {
            double sum = 0;
            int n = 0;
            for (int i = x; i < values.length; i += width) {
                if (!Float.isFinite(values[i])) continue;
                sum += values[i];
                n++;
            }
            means[x] = n == 0 ? Float.NaN : (float) (sum / n);
        }
        return means;
    }

    private static String jpeg(GrayImage image) {
        BufferedImage picture = EightBitMap.picture(image.toBytes(), image.height(), image.width());
        return Html.data("image/jpeg", Figure.encoded(picture, "jpeg", QUALITY));
    }

    /** 256 colours with their opacity, as 0xAARRGGBB, for heat from 0 to 1, or to −1. */
    private static int[] colours(int sign) {
        return IntStream.range(0, 256).map(i -> ColourMap.overlay(sign * i / 255.0)).toArray();
    }

    /** JSON that no browser takes for markup or for a program. */
    private static String block(String kind, Object value) {
        return Format.of("<script type=\"application/json\" class=\"%s\">%s</script>%n", kind,
                Json.toString(value).replace("<", "\\u003c"));
    }

    private static int text(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        return bytes.length;
    }

    /** What stands before the scans, with blanks for the title and the words, and what stands after them. */
    private static String[] page() {
        String style = resource("scans.css");
        String script = resource("scans.js");
        return resource("scans.html").replace("{style-hash}", hash(style)).replace("{script-hash}", hash(script))
                .replace("{style}", style).replace("{script}", script).split("\\{scans}", 2);
    }

    /** As a policy of content names the one script, or style, that it lets run. */
    private static String hash(String text) {
        return "sha256-"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(new Fingerprint().add(text).hex()));
    }

    private static String resource(String name) {
        try (InputStream in = ScanPage.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is not in the library");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
