package anogan.phantom;

import static anogan.phantom.PhantomRetina.HEIGHT;
import static anogan.phantom.PhantomRetina.MICRONS_PER_ROW;
import static anogan.phantom.PhantomRetina.WIDTH;

import anogan.phantom.PhantomRetina.Layer;
import anogan.run.Seeds;
import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A retina that is drawn, not scanned: B-scans of 187×512 pixels (8.2 µm × 23.4 µm) with ten layers, foveal pit,
 * choroid, vessel shadows, speckle, and lesions with exact masks.
 *
 * <p>
 * It is the built-in data set: it needs no download and the truth about every pixel is known. Noise, tilt, thickness,
 * brightness and shadows come from random numbers of their own, which the lesion does not touch: the same scan with and
 * without lesion has the same speckle, so that nothing but the lesion tells them apart. Layer thicknesses, grey levels,
 * speckle (sd ≈ 1.02·mean^0.54, correlated over about one pixel) and shadows follow measurements on OCTDL's healthy
 * scans (Kulyabin et al., Scientific Data 11, 365, 2024).
 *
 * <p>
 * It is no eye: there is no optic nerve head, no motion, no device mark, and disease does nothing but what
 * {@link LesionKind} says.
 */
public final class Phantom {
    private static final double EDGE = 0.45;     // half-width of a layer's edge in rows
    private static final double COARSE = 0.46;   // share of the speckle's variance that is coarse

    private Phantom() {}

    /**
     * A scan of the phantom and the truth about it.
     *
     * @param image the scan
     * @param mask  which pixels belong to the lesion
     * @param ilm   row of the inner limiting membrane at each column
     * @param bruch row of Bruch's membrane at each column
     */
    public record Scan(GrayImage image, boolean[] mask, float[] ilm, float[] bruch) {}

    /**
     * Draws a healthy scan.
     *
     * @param seed  of the whole data set
     * @param eye   number of the eye; scans of an eye share their anatomy
     * @param index number of the scan within the eye
     */
    public static Scan draw(long seed, int eye, int index) {
        return draw(seed, eye, index, PhantomLesion.none());
    }

    /** The same scan with a lesion: all else is as without. */
    public static Scan draw(long seed, int eye, int index, LesionKind lesion) {
        return draw(seed, eye, index, PhantomLesion.draw(lesion, Seeds.random(seed, scan(eye, index) + " " + lesion)));
    }

    private static String scan(int eye, int index) {
        return "eye " + eye + " scan " + index;
    }

    private static Scan draw(long seed, int eye, int index, PhantomLesion lesion) {
        String scan = scan(eye, index);
        PhantomRetina retina = PhantomRetina.draw(PhantomRetina.Eye.draw(Seeds.random(seed, "eye " + eye)),
                Seeds.random(seed, scan + " anatomy"));
        return draw(retina, lesion, Seeds.random(seed, scan + " light"), Seeds.random(seed, scan + " speckle"));
    }

    private static Scan draw(PhantomRetina retina, PhantomLesion lesion, RandomGenerator light,
            RandomGenerator speckle) {
        float vitreous = (float) light.nextDouble(16, 26);
        float[][] edges = edges(retina, lesion);
        boolean[] mask = new boolean[HEIGHT * WIDTH];
        float[] grey = layers(edges, lesion, vitreous, mask, light);
        choroid(grey, retina.bruch(), light);
        Layer end = lesion.isOf(LesionKind.HRF) ? Layer.MZ : Layer.ELM;
        lesion.paintBlobs(grey, mask, edges[Layer.INL.ordinal()], edges[end.ordinal()], vitreous + 3);
        shadows(grey, edges[0], vitreous, light);
        illuminate(grey, vitreous, light);
        addSpeckle(grey, light.nextDouble(0.6, 1.3), speckle);
        return new Scan(new GrayImage(HEIGHT, WIDTH, grey), mask, edges[0], retina.bruch());
    }

    /** Upper edge of each layer, then the upper edge of the RPE's floor: twelve rows per column. */
    private static float[][] edges(PhantomRetina retina, PhantomLesion lesion) {
        int n = Layer.values().length;
        float[][] edges = new float[n + 2][WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            float squeezed = (float) (1 - lesion.lift()) * lesion.underRpe()[x];
            // lower edge of the RPE
            edges[n + 1][x] = retina.bruch()[x] - lesion.underRpe()[x];
            edges[n][x] = edges[n + 1][x] - retina.thickness()[Layer.RPE.ordinal()][x];              // its upper edge
            float row = edges[n][x] - lesion.underRetina()[x];
            for (int k = n - 2; k >= 0; k--) {
                edges[k + 1][x] = row;
                float t = retina.thickness()[k][x];
                if (k == Layer.INL.ordinal() || k == Layer.ONL.ordinal()) t += 0.5f * lesion.thickening()[x];
                if (k == Layer.ONL.ordinal()) t = Math.max(0.25f * t, t - squeezed);
                row -= t;
            }
            edges[0][x] = row;
        }
        return edges;
    }

    /**
     * Paints what lies between the edges, without noise, and marks fluid under the retina and material under the RPE.
     */
    private static float[] layers(float[][] edges, PhantomLesion lesion, float vitreous, boolean[] mask,
            RandomGenerator light) {
        int n = Layer.values().length;
        float[][] greys = new float[n][];
        for (Layer layer : Layer.values()) {
            float base = (float) (layer.grey * (1 + 0.05 * light.nextGaussian()));
            greys[layer.ordinal()] = PhantomRetina.smoothNoise(light, WIDTH, 14, 0.035);
            for (int x = 0; x < WIDTH; x++)
                greys[layer.ordinal()][x] = base * (float) Math.exp(greys[layer.ordinal()][x]);
        }
        float[] rise = new float[HEIGHT + 1];
        float[] grey = new float[HEIGHT * WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            Arrays.fill(rise, 0);
            float above = vitreous;
            for (int k = 0; k < n - 1; k++) above = step(rise, edges[k][x], above, greys[k][x]);
            if (lesion.underRetina()[x] > 0) above = step(rise, edges[n - 1][x], above, vitreous + 3);
            above = step(rise, edges[n][x], above, greys[n - 1][x]);
            if (lesion.underRpe()[x] > 0) above = step(rise, edges[n + 1][x], above, (float) lesion.grey());
            float value = vitreous;
            for (int y = 0; y < HEIGHT; y++) {
                value += rise[y];
                grey[y * WIDTH + x] = value;
                boolean fluid = lesion.underRetina()[x] > 0 && y > edges[n - 1][x] && y < edges[n][x];
                boolean solid = lesion.underRpe()[x] > 0 && y > edges[n + 1][x]
                        && y < edges[n + 1][x] + lesion.underRpe()[x];
                mask[y * WIDTH + x] = fluid || solid;
            }
        }
        return grey;
    }

    /** Adds a logistic step at a row to the row-wise rises of a column; returns the level below it. */
    private static float step(float[] rise, float row, float above, float below) {
        int first = Math.max(0, Math.round(row) - 4);
        int last = Math.min(HEIGHT - 1, Math.round(row) + 4);
        double done = 0;
        for (int y = first; y <= last; y++) {
            double level = y == Math.round(row) + 4 ? 1 : 1 / (1 + Math.exp((row - y) / EDGE));
            rise[y] += (float) ((below - above) * (level - done));
            done = level;
        }
        return below;
    }

    /** Below Bruch's membrane: two exponentials of depth, darkened by the large vessels. */
    private static void choroid(float[] grey, float[] bruch, RandomGenerator light) {
        double deep = light.nextDouble(70, 92);
        double near = light.nextDouble(46, 62);
        float[] vessels = new float[HEIGHT * WIDTH];
        for (int i = 0; i < vessels.length; i++) vessels[i] = (float) light.nextGaussian();
        vessels = Gaussian.blur(vessels, HEIGHT, WIDTH, 3.2, 5);
        double gain = 2 * Math.sqrt(Math.PI) * Math.sqrt(3.2 * 5);
        double deepFade = Math.exp(-MICRONS_PER_ROW / 700);
        double nearFade = Math.exp(-MICRONS_PER_ROW / 60);
        for (int x = 0; x < WIDTH; x++) {
            int first = (int) Math.max(0, Math.ceil(bruch[x] - 4));
            double below = Math.max(0, first - bruch[x]);
            double level = deep * Math.pow(deepFade, below);
            double glow = near * Math.pow(nearFade, below);
            for (int y = first; y < HEIGHT; y++) {
                int i = y * WIDTH + x;
                // the large vessels lie around 130 µm
                double layer = (Math.max(0, y - bruch[x]) * MICRONS_PER_ROW - 130) / 120;
                double dark = layer > 3 ? 0
                        : 0.22 * Math.exp(-layer * layer) * Math.max(-0.4, Math.min(1.8, gain * vessels[i]));
                double share = y > bruch[x] + 4 ? 1 : 1 / (1 + Math.exp((bruch[x] - y) / EDGE));
                grey[i] += (float) (share * ((level + glow) * (1 - dark) - grey[i]));
                if (y >= bruch[x]) {
                    level *= deepFade;
                    glow *= nearFade;
                }
            }
        }
    }

    /** Retinal vessels: a little bright themselves, a shadow below. */
    private static void shadows(float[] grey, float[] ilm, float vitreous, RandomGenerator light) {
        for (int n = poisson(4.3, light); n > 0; n--) {
            double centre = light.nextDouble(0, WIDTH);
            double width = light.nextDouble(1.2, 3.2);
            double depth = light.nextDouble(0.15, 0.5);
            for (int x = (int) Math.max(0, centre - 3 * width); x < Math.min(WIDTH, centre + 3 * width); x++) {
                double profile = Math.exp(-Math.pow((x - centre) / width, 2));
                for (int y = (int) Math.max(0, ilm[x] - 8); y < HEIGHT; y++) {
                    int i = y * WIDTH + x;
                    double below = 1 / (1 + Math.exp((ilm[x] + 5 - y) / EDGE));
                    double wall = 36 * profile * Math.exp(-Math.pow((y - ilm[x] - 3) / 2, 2));
                    grey[i] = (float) (vitreous + (grey[i] - vitreous) * (1 - depth * profile * below) + wall);
                }
            }
        }
    }

    private static void illuminate(float[] grey, float vitreous, RandomGenerator light) {
        float[] lamp = PhantomRetina.smoothNoise(light, WIDTH, 60, 0.06);
        for (int i = 0; i < grey.length; i++)
            grey[i] = vitreous + (grey[i] - vitreous) * Math.max(0.6f, Math.min(1.3f, 1 + lamp[i % WIDTH]));
    }

    /**
     * Speckle that grows with brightness, slightly skewed, and the detector's own noise. Speckle of scans is correlated
     * over about one pixel, with a long lateral tail (.60 .34 .22 at lags 1 to 3): two fields, a fine and a coarse one,
     * are added.
     */
    private static void addSpeckle(float[] grey, double strength, RandomGenerator random) {
        float[] fine = unit(Gaussian.blur(white(random, grey.length), HEIGHT, WIDTH, 0.55, 0.6));
        float[] coarse = unit(Gaussian.blur(white(random, grey.length), HEIGHT, WIDTH, 1.25, 4.5));
        float[] detector = Gaussian.blur(white(random, grey.length), HEIGHT, WIDTH, 0.5, 0.5);
        double[] spread = new double[2048];   // 1.02·I^0.54, every quarter of a grey level
        for (int i = 0; i < spread.length; i++) spread[i] = 1.02 * Math.pow(Math.max(1, i / 4.0), 0.54);
        for (int i = 0; i < grey.length; i++) {
            double s = Math.sqrt(1 - COARSE) * fine[i] + Math.sqrt(COARSE) * coarse[i];
            double law = spread[Math.max(0, Math.min(spread.length - 1, Math.round(4 * grey[i])))];
            grey[i] += (float) (strength * (law * (s + 0.18 * (s * s - 1)) + 2.2 * detector[i]));
            grey[i] = Math.round(Math.max(0, Math.min(255, grey[i])));
        }
    }

    private static float[] white(RandomGenerator random, int n) {
        float[] white = new float[n];
        for (int i = 0; i < n; i++) white[i] = (float) random.nextGaussian();
        return white;
    }

    /** The values, scaled to a mean square of 1. */
    private static float[] unit(float[] values) {
        double sum = 0;
        for (float v : values) sum += v * v;
        float gain = (float) Math.sqrt(values.length / sum);
        for (int i = 0; i < values.length; i++) values[i] *= gain;
        return values;
    }

    /** Knuth's way of drawing from a Poisson distribution. */
    private static int poisson(double mean, RandomGenerator random) {
        int n = 0;
        for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) n++;
        return n;
    }
}
