package anogan.markers;

import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Spacing;
import anogan.scoring.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What counts as a region of a map of Z (hysteresis, as in Canny's edges): pixels of the retina that touch and whose
 * |Z| is above the level, at least so many of them, one of which is above the peak.
 *
 * <p>
 * Both come from held-out normal scans: {@value #BELOW_LEVEL} of their pixels are below the level, so that a region
 * ends where the map becomes usual; the peak is what only {@value #FPR} of them reach anywhere ({@code NormalThreshold}
 * of their highest pixels). That is more than may be flagged: whether a scan is unusual its score says, and regions
 * where to look. What is smaller than {@value #PIXELS_AT_64} pixels of a strip of 64 rows is a grain. Dark and bright
 * pixels may make one region: a cyst and its rim are one thing.
 *
 * @param level  in |Z|, positive
 * @param peak   in |Z|, not below the level; empty in model files of earlier versions, whose regions have none
 * @param pixels least area, in pixels of the strip
 */
public record RegionRule(double level, Optional<Double> peak, double pixels) {
    /** Share of the pixels of normal scans that are below the level. */
    public static final double BELOW_LEVEL = 0.99;
    /** Share of the healthy scans that show a region. */
    public static final double FPR = 0.3;
    private static final double PIXELS_AT_64 = 3;

    public RegionRule {
        peak = peak == null ? Optional.empty() : peak;
        if (!(level > 0 && Double.isFinite(level) && pixels > 0 && Double.isFinite(pixels)
                && peak.orElse(level) >= level && Double.isFinite(peak.orElse(level))))
            throw new IllegalArgumentException(
                    "regions need a level, a peak not below it and an area, all positive and finite");
    }

    /** @param size of patches, which the least area goes with */
    public RegionRule(double level, double peak, int size) {
        this(level, Optional.of(Math.max(level, peak)), PIXELS_AT_64 * Math.pow(size / 64.0, 2));
    }

    /** What a region is, for a reader. */
    public String words() {
        String reached = peak.map(
                p -> format(" and somewhere above %.3g, which %.0f %% of healthy scans reach anywhere", p, 100 * FPR))
                .orElse("");
        return format("A region is where |Z| is above %.3g%s, over the area of %.3g pixels of the strip or more.",
                level, reached, pixels);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * The map whose regions are told: of Z and the combined map the one that departs more, with its sign. The first
     * sees what is bright and small, the other what is dark and quiet.
     *
     * @param planes of a scan, as {@link Plane#OURS} has them
     */
    public float[] map(List<float[]> planes) {
        float[] map = planes.get(Plane.OURS.indexOf(Plane.COMBINED)).clone();
        if (peak.isPresent()) {
            float[] z = planes.get(Plane.OURS.indexOf(Plane.Z));
            for (int i = 0; i < map.length; i++) if (Math.abs(z[i]) > Math.abs(map[i])) map[i] = z[i];
        }
        return map;
    }

    /**
     * The regions of a scan, the one of highest |Z| first.
     *
     * @param z in the scan's own pixels
     */
    public List<Region> regions(Patches patches, int scan, float[] z) {
        ScanInfo info = patches.scans().get(scan);
        float[] inside = inRetina(patches, scan, z);
        Optional<float[]> depth = patches.options().flatten() ? Optional.of(patches.scanDepth(scan)) : Optional.empty();
        Optional<Double> um2 = Spacing.of(info.attributes()).map(s -> s.row() * s.column());
        int least = (int) Math.max(1, Math.ceil(pixels * patches.ownPixels(scan)));
        boolean[] above = new boolean[z.length];
        for (int i = 0; i < above.length; i++) above[i] = Math.abs(inside[i]) > level;   // false for NaN
        return members(above, info.width()).stream().filter(own -> own.length >= least)
                .map(own -> region(own, info.width(), inside, depth, um2))
                .filter(r -> Math.abs(r.highestZ()) > peak.orElse(level))
                .sorted(Comparator.comparingDouble((Region r) -> -Math.abs(r.highestZ())).thenComparingInt(Region::y)
                        .thenComparingInt(Region::x))
                .toList();
    }

    /** NaN where no retina is: what is drawn there is judged by what normals show elsewhere. */
    public static float[] inRetina(Patches patches, int scan, float[] z) {
        if (!patches.options().flatten()) return z;
        boolean[] retina = patches.scanRetina(scan);
        float[] inside = z.clone();
        for (int i = 0; i < inside.length; i++) if (!retina[i]) inside[i] = Float.NaN;
        return inside;
    }

    /** The pixels of each connected region. */
    private static List<int[]> members(boolean[] mask, int width) {
        Regions regions = Regions.of(mask, mask.length / width, width);
        int[] count = new int[regions.count()];
        for (int label : regions.label()) if (label > 0) count[label - 1]++;
        List<int[]> members = new ArrayList<>(Arrays.stream(count).mapToObj(int[]::new).toList());
        for (int i = mask.length - 1; i >= 0; i--)
            if (mask[i]) members.get(regions.label()[i] - 1)[--count[regions.label()[i] - 1]] = i;
        return members;
    }

    private static Region region(int[] pixels, int width, float[] z, Optional<float[]> depth,
            Optional<Double> pixelArea) {
        int left = Arrays.stream(pixels).map(i -> i % width).min().orElseThrow();
        int right = Arrays.stream(pixels).map(i -> i % width).max().orElseThrow();
        int top = pixels[0] / width;
        int w = right - left + 1;
        int h = pixels[pixels.length - 1] / width - top + 1;
        boolean[] mask = new boolean[h * w];
        double highest = 0;
        for (int i : pixels) {
            mask[(i / width - top) * w + i % width - left] = true;
            if (Math.abs(z[i]) > Math.abs(highest)) highest = z[i];
        }
        return new Region(left, top, w, h, mask, pixels.length, pixelArea.map(a -> a * pixels.length), mean(pixels, z),
                highest, depth.map(d -> mean(pixels, d)));
    }

    private static double mean(int[] pixels, float[] values) {
        return Arrays.stream(pixels).mapToDouble(i -> values[i]).average().orElseThrow();
    }
}
