package anogan.statistics;

import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Spacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What counts as a region of a map of Z: pixels of the retina that touch, of one sign, whose |Z| is above the level,
 * and at least so many of them.
 *
 * <p>
 * What is smaller than {@value #PIXELS_AT_64} pixels of a strip of 64 rows is a grain. The level follows from that.
 * Each held-out normal scan has a highest level at which it still shows a region; the rule's is the
 * {@link NormalThreshold} of these at {@value #FPR}, so that one healthy scan of five shows any region at all. That is
 * more than may be flagged: whether a scan is unusual its score says, and regions where to look.
 *
 * @param level  in |Z|, positive
 * @param pixels least area, in pixels of the strip
 */
public record RegionRule(double level, double pixels) {
    /** Share of the healthy scans that show a region. */
    static final double FPR = 0.2;
    private static final double PIXELS_AT_64 = 12;
    private static final double LEAST = 1e-6;   // where normals show no departure at all

    public RegionRule {
        if (!(level > 0 && Double.isFinite(level) && pixels > 0 && Double.isFinite(pixels)))
            throw new IllegalArgumentException("regions need a level and an area, both positive and finite");
    }

    /** What a region is, for a reader. */
    public String words() {
        return String.format(Locale.ROOT,
                "A region is where |Z| is above %.3g over the area of %.0f pixels of the strip or more, which %.0f %% of "
                        + "healthy scans show anywhere.",
                level, pixels, 100 * FPR);
    }

    /**
     * Learned from normal scans.
     *
     * @param normals at least one
     * @param maps    Z of each, in the scan's own pixels
     */
    static RegionRule of(Patches patches, List<Integer> normals, IntFunction<float[]> maps) {
        double pixels = PIXELS_AT_64 * Math.pow(patches.options().size() / 64.0, 2);
        double[] highest = normals.parallelStream()
                .mapToDouble(scan -> highest(inRetina(patches, scan, maps.apply(scan)),
                        patches.scans().get(scan).width(), least(patches, scan, pixels)))
                .toArray();
        return new RegionRule(Math.max(LEAST, NormalThreshold.of(highest, FPR).threshold()), pixels);
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
        int least = least(patches, scan, pixels);
        return Stream.of(-1, 1).flatMap(sign -> members(above(inside, sign, level), info.width()).stream())
                .filter(own -> own.length >= least).map(own -> region(own, info.width(), inside, depth, um2))
                .sorted(Comparator.comparingDouble((Region r) -> -Math.abs(r.highestZ())).thenComparingInt(Region::y)
                        .thenComparingInt(Region::x))
                .toList();
    }

    /** The least area, in the scan's own pixels. */
    private static int least(Patches patches, int scan, double pixels) {
        return (int) Math.max(1, Math.ceil(pixels * patches.ownPixels(scan)));
    }

    /** Nothing where no retina is: what is drawn there is judged by what normals show elsewhere. */
    private static float[] inRetina(Patches patches, int scan, float[] z) {
        if (!patches.options().flatten()) return z;
        boolean[] retina = patches.scanRetina(scan);
        float[] inside = z.clone();
        for (int i = 0; i < inside.length; i++) if (!retina[i]) inside[i] = Float.NaN;
        return inside;
    }

    private static boolean[] above(float[] z, int sign, double level) {
        boolean[] above = new boolean[z.length];
        for (int i = 0; i < above.length; i++) above[i] = sign * z[i] > level;   // false for NaN
        return above;
    }

    /** The greatest |Z| of the map above or at which so many pixels of one sign still touch; 0 if there is none. */
    static double highest(float[] z, int width, int least) {
        double highest = 0;
        for (int sign : new int[] {-1, 1}) {
            double[] levels = IntStream.range(0, z.length).mapToDouble(i -> sign * z[i]).filter(v -> v > 0).sorted()
                    .toArray();
            int fits = -1;                    // regions shrink as the level rises
            int not = levels.length;
            while (not - fits > 1) {
                int middle = (fits + not) >>> 1;
                boolean[] mask = above(z, sign, Math.nextDown(levels[middle]));
                if (members(mask, width).stream().anyMatch(own -> own.length >= least)) fits = middle;
                else not = middle;
            }
            if (fits >= 0) highest = Math.max(highest, levels[fits]);
        }
        return highest;
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
