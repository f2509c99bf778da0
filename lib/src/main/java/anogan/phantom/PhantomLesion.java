package anogan.phantom;

import static anogan.phantom.PhantomRetina.HEIGHT;
import static anogan.phantom.PhantomRetina.MICRONS_PER_ROW;
import static anogan.phantom.PhantomRetina.WIDTH;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a lesion does to the anatomy: it lifts layers and places blobs. All lifts end at a definite column, so that away
 * from a lesion the scan is what it would have been without.
 *
 * @param kind        what it is; empty where nothing is wrong
 * @param underRpe    height of solid material between Bruch's membrane and the pigment epithelium, rows per column
 *                    (drusen, PED)
 * @param underRetina height of fluid between the pigment epithelium and the photoreceptors (SRF)
 * @param thickening  by how much the nuclear layers are swollen (IRF)
 * @param lift        share of {@code underRpe} that reaches the inner layers; the rest squeezes the ONL
 * @param grey        of the material under the pigment epithelium
 * @param blobs       cysts or foci
 */
record PhantomLesion(Optional<LesionKind> kind, float[] underRpe, float[] underRetina, float[] thickening, double lift,
        double grey, List<Blob> blobs) {

    /**
     * An ellipse in the nuclear layers.
     *
     * @param column     of its centre
     * @param depth      of its centre, 0 at the upper, 1 at the lower end of the layers that it may lie in
     * @param halfWidth  in columns
     * @param halfHeight in rows
     * @param contrast   grey levels added (foci)
     */
    record Blob(double column, double depth, double halfWidth, double halfHeight, double contrast) {}

    boolean isOf(LesionKind wanted) {
        return kind.equals(Optional.of(wanted));
    }

    static PhantomLesion none() {
        return new PhantomLesion(Optional.empty(), new float[WIDTH], new float[WIDTH], new float[WIDTH], 1, 0,
                List.of());
    }

    static PhantomLesion draw(LesionKind kind, RandomGenerator random) {
        float[] underRpe = new float[WIDTH];
        float[] underRetina = new float[WIDTH];
        float[] thickening = new float[WIDTH];
        List<Blob> blobs = new ArrayList<>();
        double grey = random.nextDouble(95, 150);
        double lift = 1;
        switch (kind) {
            case DRUSEN -> {
                lift = 0.15;
                domes(underRpe, random.nextInt(5, 15), 4, 16, 25, 85, random);
            }
            case PED -> {
                grey = random.nextDouble(30, 120);
                domes(underRpe, random.nextInt(1, 3), 28, 75, 60, 220, random);
            }
            case SRF -> domes(underRetina, random.nextInt(1, 3), 28, 80, 40, 180, random);
            case IRF -> {
                for (int n = random.nextInt(1, 4); n > 0; n--) cysts(thickening, blobs, random);
            }
            case HRF -> {
                for (int n = random.nextInt(2, 6); n > 0; n--) foci(blobs, random);
            }
        }
        return new PhantomLesion(Optional.of(kind), underRpe, underRetina, thickening, lift, grey, blobs);
    }

    /** Domes anywhere but at the very edges; half-widths in columns, heights in µm. */
    private static void domes(float[] line, int n, double narrow, double wide, double low, double high,
            RandomGenerator random) {
        for (; n > 0; n--)
            dome(line, random.nextDouble(0.08, 0.92), random.nextDouble(narrow, wide), rows(random, low, high));
    }

    private static void cysts(float[] thickening, List<Blob> blobs, RandomGenerator random) {
        double centre = random.nextDouble(0.1, 0.9);
        dome(thickening, centre, random.nextDouble(50, 110), rows(random, 40, 200));
        for (int n = random.nextInt(2, 7); n > 0; n--) {
            blobs.add(new Blob(centre * WIDTH + 22 * random.nextGaussian(), random.nextDouble(),
                    random.nextDouble(3, 14), rows(random, 15, 75), 0));
        }
    }

    private static void foci(List<Blob> blobs, RandomGenerator random) {
        double centre = random.nextDouble(0.05, 0.95) * WIDTH;
        for (int n = random.nextInt(3, 8); n > 0; n--) {
            blobs.add(new Blob(centre + 15 * random.nextGaussian(), random.nextDouble(), random.nextDouble(1.3, 2.3),
                    random.nextDouble(1.2, 2.0), random.nextDouble(70, 120)));
        }
    }

    private static double rows(RandomGenerator random, double fromMicrons, double toMicrons) {
        return random.nextDouble(fromMicrons, toMicrons) / MICRONS_PER_ROW;
    }

    /** A smooth dome, (1 − u²)², merged with those that are there by taking the higher. */
    private static void dome(float[] line, double centre, double halfWidth, double height) {
        for (int x = 0; x < WIDTH; x++) {
            double u = (x - centre * WIDTH) / halfWidth;
            if (Math.abs(u) < 1) line[x] = Math.max(line[x], (float) (height * (1 - u * u) * (1 - u * u)));
        }
    }

    /**
     * Adds the blobs to the noise-free picture and to the mask, between the rows {@code top} and {@code bottom} of each
     * column.
     */
    void paintBlobs(float[] grey, boolean[] mask, float[] top, float[] bottom, float fluid) {
        float[] before = grey.clone();
        for (Blob blob : blobs) {
            int centre = (int) Math.max(0, Math.min(WIDTH - 1, Math.round(blob.column)));
            double room = bottom[centre] - top[centre];
            double halfHeight = Math.min(blob.halfHeight, Math.max(1, 0.48 * room));
            double row = top[centre] + halfHeight + blob.depth * Math.max(0, room - 2 * halfHeight);
            double reachX = 1.2 * blob.halfWidth + 1;
            double reachY = 1.2 * halfHeight + 1;
            for (int y = (int) Math.max(0, row - reachY); y < Math.min(HEIGHT, row + reachY); y++) {
                for (int x = (int) Math.max(0, blob.column - reachX); x < Math.min(WIDTH, blob.column + reachX); x++) {
                    double e = Math.pow((x - blob.column) / blob.halfWidth, 2) + Math.pow((y - row) / halfHeight, 2);
                    int i = y * WIDTH + x;
                    if (isOf(LesionKind.HRF) && e < 1) {   // of foci that overlap the brighter one shows
                        grey[i] = Math.max(grey[i], before[i] + (float) (blob.contrast * (1 - e * e)));
                    } else if (isOf(LesionKind.IRF)) {
                        // the rim is a pixel or two wide
                        float share = (float) Math.max(0, Math.min(1, (1.2 - e) / 0.4));
                        grey[i] += share * (fluid - grey[i]);
                    }
                    if (e < 1) mask[i] = true;
                }
            }
        }
    }
}
