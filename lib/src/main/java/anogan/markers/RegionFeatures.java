package anogan.markers;

import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Gaussian;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures the regions of one scan: every {@link Feature}, from the scan's own pixels, its maps and its boundaries.
 *
 * <p>
 * Scans that were not flattened have no depth: their regions lie at depth 0 with thickness 1.
 */
public final class RegionFeatures {
    private static final double NEAR = 2;          // pixels of the strip around a region that are its rim
    private static final double RING = 7;          // that its ring reaches to
    private static final double BESIDE = 14;       // that a shadow is compared over
    private static final double BELOW = 3;         // from Bruch's membrane to where the choroid is looked at
    private static final double CHOROID = 12;      // rows of it
    private static final double GREY = 4;          // added to grey values before a ratio: black is not nothing

    private final int height;
    private final int width;
    private final double ownRows;
    private final double ownColumns;
    private final float[] z;
    private final float[] even;      // the strip, laid back: grey values of usual contrast
    private final float[] slope;     // of it
    private final float[] own;       // as the scan was given
    private final boolean[] retina;
    private final float[] ilm;
    private final float[] rpe;
    private final float[] bm;
    private final double thickness;

    /** @param z the map that the regions come from ({@link RegionRule#map}) */
    public RegionFeatures(Patches patches, int scan, float[] z) {
        ScanInfo info = patches.scans().get(scan);
        this.z = z;
        height = info.height();
        width = info.width();
        ownRows = patches.ownRows(scan);
        ownColumns = patches.ownColumns(scan);
        own = patches.scanImage(scan).pixels();
        even = patches.unflatten(scan, patches.strip(scan)).data();
        for (int i = 0; i < even.length; i++) if (Float.isNaN(even[i])) even[i] = own[i];   // beyond the strip
        slope = slope();
        retina = patches.scanRetina(scan);
        boolean flat = patches.options().flatten();
        List<float[]> lines = flat ? patches.scanLines(scan)
                : List.of(new float[width], new float[width], new float[width]);
        ilm = lines.get(0);
        rpe = lines.get(1);
        bm = lines.get(2);
        double[] sorted = IntStream.range(0, width).mapToDouble(x -> bm[x] - ilm[x]).sorted().toArray();
        thickness = Math.max(1, sorted[width / 2]);
    }

    /** Steepness of the smoothed picture, in grey values per pixel of the strip. */
    private float[] slope() {
        float[] smooth = Gaussian.blur(even, height, width, ownRows, ownColumns);
        float[] slope = new float[smooth.length];
        for (int i = 0; i < slope.length; i++) {
            int x = i % width;
            int y = i / width;
            double across = (smooth[y * width + Math.min(width - 1, x + 1)] - smooth[y * width + Math.max(0, x - 1)])
                    * ownColumns / 2;
            double down = (smooth[Math.min(height - 1, y + 1) * width + x] - smooth[Math.max(0, y - 1) * width + x])
                    * ownRows / 2;
            slope[i] = (float) Math.hypot(across, down);
        }
        return slope;
    }

    /** All of them, with finite values. */
    public Map<Feature, Double> of(Region region) {
        int[] pixels = IntStream.range(0, region.mask().length).filter(i -> region.mask()[i])
                .map(i -> (region.y() + i / region.width()) * width + region.x() + i % region.width()).toArray();
        Map<Feature, Double> features = new EnumMap<>(Feature.class);
        shape(features, region, pixels);
        place(features, pixels);
        departure(features, pixels);
        look(features, region, pixels);
        return features;
    }

    private void shape(Map<Feature, Double> features, Region region, int[] pixels) {
        double[] x = Arrays.stream(pixels).mapToDouble(i -> column(i) / ownColumns).toArray();
        double[] y = Arrays.stream(pixels).mapToDouble(i -> row(i) / ownRows).toArray();
        double area = pixels.length / (ownRows * ownColumns);
        features.put(Feature.AREA, area);
        features.put(Feature.WIDTH, region.width() / ownColumns);
        features.put(Feature.HEIGHT, region.height() / ownRows);
        features.put(Feature.ELONGATION, elongation(x, y));
        features.put(Feature.SOLIDITY, area / Hull.area(region, 1 / ownColumns, 1 / ownRows));
    }

    /** The ratio of the principal axes; a pixel is a square, whose variance is 1/12. */
    private static double elongation(double[] x, double[] y) {
        double mx = Arrays.stream(x).average().orElseThrow();
        double my = Arrays.stream(y).average().orElseThrow();
        double xx = 1.0 / 12;
        double yy = 1.0 / 12;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - mx) * (x[i] - mx) / x.length;
            yy += (y[i] - my) * (y[i] - my) / x.length;
            xy += (x[i] - mx) * (y[i] - my) / x.length;
        }
        double middle = (xx + yy) / 2;
        double half = Math.hypot((xx - yy) / 2, xy);
        return Math.sqrt((middle + half) / Math.max(1e-9, middle - half));
    }

    private void place(Map<Feature, Double> features, int[] pixels) {
        double[] u = Arrays.stream(pixels)
                .mapToDouble(i -> (row(i) - ilm[column(i)]) / Math.max(1, bm[column(i)] - ilm[column(i)])).toArray();
        features.put(Feature.DEPTH, Arrays.stream(u).average().orElseThrow());
        features.put(Feature.TOP, Arrays.stream(u).min().orElseThrow());
        features.put(Feature.BOTTOM, Arrays.stream(u).max().orElseThrow());
        features.put(Feature.BELOW_ILM, mean(pixels, i -> (row(i) - ilm[column(i)]) / ownRows));
        features.put(Feature.ABOVE_RPE, mean(pixels, i -> (rpe[column(i)] - row(i)) / ownRows));
        features.put(Feature.LATERAL, mean(pixels, i -> (column(i) + 0.5) / width));
        double there = mean(pixels, i -> bm[column(i)] - ilm[column(i)]);
        features.put(Feature.THICKNESS, there / ownRows);
        features.put(Feature.SWELLING, there / thickness);
    }

    private void departure(Map<Feature, Double> features, int[] pixels) {
        features.put(Feature.DARK, mean(pixels, i -> Math.max(0, -z[i])));
        features.put(Feature.BRIGHT, mean(pixels, i -> Math.max(0, z[i])));
        features.put(Feature.DARKEST, Arrays.stream(pixels).mapToDouble(i -> -z[i]).max().orElseThrow());
        features.put(Feature.BRIGHTEST, Arrays.stream(pixels).mapToDouble(i -> z[i]).max().orElseThrow());
        features.replaceAll((f, v) -> f == Feature.DARKEST || f == Feature.BRIGHTEST ? Math.max(0, v) : v);
        features.put(Feature.DARK_SHARE, mean(pixels, i -> z[i] < 0 ? 1 : 0));
    }

    private void look(Map<Feature, Double> features, Region region, int[] pixels) {
        double mean = mean(pixels, i -> even[i]);
        double square = mean(pixels, i -> (double) even[i] * even[i]);
        features.put(Feature.BRIGHTNESS, mean);
        features.put(Feature.VARIATION, Math.sqrt(Math.max(0, square - mean * mean)) / (mean + 1));
        Around around = new Around(region);
        double[] ring = around.between(NEAR, RING).filter(i -> retina[i]).mapToDouble(i -> even[i]).sorted().toArray();
        features.put(Feature.CONTRAST, ring.length == 0 ? 0 : mean - ring[ring.length / 2]);
        int[] rim = around.between(0, Math.min(1, NEAR)).toArray();
        features.put(Feature.RIM, rim.length == 0 ? 0 : mean(rim, i -> slope[i]));
        features.put(Feature.SHADOW, shadow(region));
    }

    private double shadow(Region region) {
        int gap = (int) Math.ceil(BELOW * ownColumns);
        int reach = (int) Math.ceil(BESIDE * ownColumns);
        int end = region.x() + region.width();
        double below = choroid(IntStream.range(region.x(), end));
        double beside = choroid(IntStream.concat(IntStream.range(region.x() - reach, region.x() - gap),
                IntStream.range(end + gap, end + reach)));
        double ratio = Math.log((below + GREY) / (beside + GREY));
        return Double.isNaN(ratio) ? 0 : ratio;
    }

    /** Mean grey value under Bruch's membrane in these columns; NaN where there is none. */
    private double choroid(IntStream columns) {
        return columns.filter(x -> x >= 0 && x < width).flatMap(x -> {
            int from = (int) (bm[x] + BELOW * ownRows);
            return IntStream.range(Math.max(0, from), Math.min(height, (int) (from + CHOROID * ownRows)))
                    .map(y -> y * width + x);
        }).mapToDouble(i -> own[i]).average().orElse(Double.NaN);
    }

    private int row(int i) {
        return i / width;
    }

    private int column(int i) {
        return i % width;
    }

    private static double mean(int[] pixels, IntToDoubleFunction value) {
        return Arrays.stream(pixels).mapToDouble(value).average().orElseThrow();
    }

    /** The pixels near a region, by their distance along rows or columns, whichever is larger. */
    private final class Around {
        private final int x0;
        private final int y0;
        private final int w;
        private final int h;
        private final boolean[] inside;

        Around(Region r) {
            int dx = (int) Math.ceil(RING * ownColumns);
            int dy = (int) Math.ceil(RING * ownRows);
            x0 = Math.max(0, r.x() - dx);
            y0 = Math.max(0, r.y() - dy);
            w = Math.min(width, r.x() + r.width() + dx) - x0;
            h = Math.min(height, r.y() + r.height() + dy) - y0;
            inside = new boolean[w * h];
            for (int i = 0; i < r.mask().length; i++)
                if (r.mask()[i]) inside[(r.y() - y0 + i / r.width()) * w + r.x() - x0 + i % r.width()] = true;
        }

        /** Pixels of the scan farther than {@code from} and not farther than {@code to} pixels of the strip. */
        IntStream between(double from, double to) {
            boolean[] near = grown(from);
            boolean[] far = grown(to);
            return IntStream.range(0, far.length).filter(i -> far[i] && !near[i])
                    .map(i -> (y0 + i / w) * width + x0 + i % w);
        }

        private boolean[] grown(double by) {
            int dx = (int) Math.round(by * ownColumns);
            int dy = (int) Math.round(by * ownRows);
            boolean[] across = new boolean[inside.length];
            for (int i = 0; i < inside.length; i++) if (inside[i])
                Arrays.fill(across, i / w * w + Math.max(0, i % w - dx), i / w * w + Math.min(w, i % w + dx + 1), true);
            boolean[] grown = new boolean[inside.length];
            for (int i = 0; i < across.length; i++)
                if (across[i]) for (int y = Math.max(0, i / w - dy); y <= Math.min(h - 1, i / w + dy); y++)
                    grown[y * w + i % w] = true;
            return grown;
        }
    }
}
