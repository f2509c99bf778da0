package anogan.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The phantom against what was measured on OCTDL's healthy scans at 512 columns (grey level by depth, autocorrelation
 * of speckle), and against the promise that nothing but the lesion tells a scan with one from a scan without.
 */
class PhantomTest {
    private static final int W = 512;
    private static final int H = 187;

    private static final Phantom.Scan[] HEALTHY = IntStream.range(0, 24).mapToObj(eye -> Phantom.draw(5, eye, 0))
            .toArray(Phantom.Scan[]::new);

    @Test
    void sameSeedSameScan() {
        Phantom.Scan one = Phantom.draw(1, 2, 3, LesionKind.IRF);
        Phantom.Scan two = Phantom.draw(1, 2, 3, LesionKind.IRF);
        assertArrayEquals(one.image().pixels(), two.image().pixels());
        assertArrayEquals(one.mask(), two.mask());
        assertFalse(Arrays.equals(one.image().pixels(), Phantom.draw(1, 2, 4, LesionKind.IRF).image().pixels()));
        assertFalse(Arrays.equals(one.image().pixels(), Phantom.draw(2, 2, 3, LesionKind.IRF).image().pixels()));
    }

    /**
     * Where a lesion moves nothing, a scan is bit for bit what it would have been without; all of a column if the
     * lesion leaves that column alone.
     */
    @ParameterizedTest
    @EnumSource(LesionKind.class)
    void awayFromTheLesionNothingChanges(LesionKind kind) {
        for (int eye = 0; eye < 5; eye++) {
            Phantom.Scan with = Phantom.draw(7, eye, 0, kind);
            Phantom.Scan without = Phantom.draw(7, eye, 0);
            int untouched = 0;
            int changedInMask = 0;
            int masked = 0;
            for (int x = 0; x < W; x++) {
                boolean lesionHere = with.ilm()[x] != without.ilm()[x];
                for (int y = 0; y < H; y++) lesionHere |= nearMask(with.mask(), y, x);
                for (int y = 0; y < H; y++) {
                    int i = y * W + x;
                    boolean same = with.image().pixels()[i] == without.image().pixels()[i];
                    if (with.mask()[i]) masked++;
                    if (with.mask()[i] && !same) changedInMask++;
                    if (!lesionHere) {
                        assertTrue(same, kind + " of eye " + eye + " changed row " + y + ", column " + x);
                        untouched++;
                    }
                    if (kind == LesionKind.HRF && !with.mask()[i])
                        assertTrue(same, "a focus changed a pixel outside its mask");
                }
            }
            assertTrue(untouched > 20 * H, "no column is left alone by " + kind);
            assertTrue(masked > 20 && changedInMask > 0.8 * masked,
                    changedInMask + " of " + masked + " masked pixels differ");
        }
    }

    private static boolean nearMask(boolean[] mask, int y, int x) {
        for (int c = Math.max(0, x - 2); c <= Math.min(W - 1, x + 2); c++) if (mask[y * W + c]) return true;
        return false;
    }

    /**
     * Fluid is three grey levels above the vitreous, drusen and detachments are grey, foci stand out by at least 70 at
     * their centre.
     */
    @Test
    void lesionsAreAsGreyAsMeasured() {
        double[] vitreous = over(24, i -> rows(Phantom.draw(3, i, 0, LesionKind.SRF), true));
        double[] fluid = over(24, i -> rows(Phantom.draw(3, i, 0, LesionKind.SRF), false));
        assertEquals(mean(vitreous) + 3, mean(fluid), 1.5);
        assertEquals(28, mean(fluid), 7);
        double solid = mean(over(24, i -> rows(Phantom.draw(3, i, 0, LesionKind.DRUSEN), false)));
        assertTrue(solid > 85 && solid < 150, "drusen " + solid);
        double detachment = mean(over(24, i -> rows(Phantom.draw(3, i, 0, LesionKind.PED), false)));
        assertTrue(detachment > 30 && detachment < 120, "detachments " + detachment);
        double focus = mean(over(24, i -> {
            Phantom.Scan with = Phantom.draw(3, i, 0, LesionKind.HRF);
            Phantom.Scan without = Phantom.draw(3, i, 0);
            double[] rise = new double[H * W];
            for (int p = 0; p < rise.length; p++) rise[p] = with.image().pixels()[p] - without.image().pixels()[p];
            return Arrays.stream(rise).max().orElseThrow();
        }));
        assertTrue(focus > 70 && focus < 140, "foci " + focus);
    }

    /** Mean grey of the vitreous, or of the masked pixels that lie well inside the lesion. */
    private static double rows(Phantom.Scan scan, boolean vitreous) {
        double sum = 0;
        int n = 0;
        for (int y = 2; y < H - 2; y++) {
            for (int x = 2; x < W - 2; x++) {
                boolean in = vitreous ? y < scan.ilm()[x] - 6 : true;
                for (int dy = -2; !vitreous && dy <= 2; dy++) in &= scan.mask()[(y + dy) * W + x];
                if (!in) continue;
                sum += scan.image().at(y, x);
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    /**
     * Over 200 eyes each, brightness and noise of a scan say nothing about whether there is a lesion in it: AUROC 0.5 ±
     * 0.05.
     */
    @Test
    void brightnessAndNoiseDoNotTellLesionsApart() {
        int eyes = 200;
        GrayImage[] normal = new GrayImage[eyes];
        GrayImage[] lesion = new GrayImage[eyes];
        IntStream.range(0, eyes).parallel().forEach(i -> {
            normal[i] = Phantom.draw(11, i, 0).image();
            lesion[i] = Phantom.draw(11, i, 0, LesionKind.values()[i % 5]).image();
        });
        assertEquals(0.5, auroc(lesion, normal, PhantomTest::brightness), 0.05, "mean grey");
        assertEquals(0.5, auroc(lesion, normal, PhantomTest::noise), 0.05, "noise");
    }

    private static double auroc(GrayImage[] positive, GrayImage[] negative, ToDoubleFunction<GrayImage> score) {
        double[] p = Arrays.stream(positive).parallel().mapToDouble(score).toArray();
        double[] n = Arrays.stream(negative).parallel().mapToDouble(score).toArray();
        double wins = 0;
        for (double a : p) for (double b : n) wins += a > b ? 1 : a == b ? 0.5 : 0;
        return wins / p.length / n.length;
    }

    private static double brightness(GrayImage image) {
        double sum = 0;
        for (float v : image.pixels()) sum += v;
        return sum / image.pixels().length;
    }

    /** Median change from a column to the next but one. */
    private static double noise(GrayImage image) {
        float[] change = new float[H * (W - 2)];
        for (int i = 0; i < change.length; i++)
            change[i] = Math.abs(image.at(i / (W - 2), i % (W - 2) + 2) - image.at(i / (W - 2), i % (W - 2)));
        Arrays.sort(change);
        double rank = 0;   // grey values are whole: interpolate within the median's value
        float median = change[change.length / 2];
        for (float v : change) rank += v < median ? 1 : v == median ? 0.5 : 0;
        return median - rank / change.length;
    }

    /**
     * Grey level by depth, 0 at the ILM and 1 at Bruch's membrane, within 15 % + 5 of OCTDL's (found boundaries blur
     * the edges; here they are exact).
     */
    @Test
    void layersAreAsBrightAsInScans() {
        double[][] table = {{-0.2, 21}, {0.05, 149}, {0.20, 117}, {0.40, 93}, {0.50, 91}, {0.62, 72}, {0.85, 167},
                {1.05, 119}, {1.2, 93}, {1.5, 69}, {2.0, 54}};
        for (double[] row : table) {
            double grey = mean(over(HEALTHY.length, i -> {
                Phantom.Scan scan = HEALTHY[i];
                double sum = 0;
                for (int x = 16; x < W - 16; x++) {
                    long y = Math.round(scan.ilm()[x] + row[0] * (scan.bruch()[x] - scan.ilm()[x]));
                    sum += scan.image().at((int) Math.max(0, Math.min(H - 1, y)), x);
                }
                return sum / (W - 32);
            }));
            assertEquals(row[1], grey, 0.15 * row[1] + 5, "at depth " + row[0]);
        }
    }

    /**
     * A retina is 37 to 39 rows thick; speckle is correlated as in the strips of 123 healthy scans of OCTDL, measured
     * in the same way, ± .07.
     */
    @Test
    void speckleIsCorrelatedAsInScans() {
        double[] thickness = over(HEALTHY.length, i -> {
            Phantom.Scan scan = HEALTHY[i];
            double[] t = IntStream.range(0, W).mapToDouble(x -> scan.bruch()[x] - scan.ilm()[x]).sorted().toArray();
            return t[W / 2];
        });
        assertEquals(38, mean(thickness), 2);
        double[] lateral = {0.60, 0.34, 0.22};
        double[] axial = {0.63, 0.28, 0.15};
        for (int lag = 1; lag <= 3; lag++) {
            int l = lag;
            assertEquals(lateral[lag - 1], mean(over(HEALTHY.length, i -> autocorrelation(HEALTHY[i], 0, l))), 0.07,
                    "lateral, lag " + lag);
            assertEquals(axial[lag - 1], mean(over(HEALTHY.length, i -> autocorrelation(HEALTHY[i], l, 0))), 0.07,
                    "axial, lag " + lag);
        }
    }

    /** Of the inner retina, flattened, with the lateral local mean taken away. */
    private static double autocorrelation(Phantom.Scan scan, int down, int right) {
        float[] strip = new float[48 * W];   // Bruch's membrane at row 40
        for (int i = 0; i < strip.length; i++) {
            double row = Math.max(0, Math.min(H - 1.001, i / W - 40 + scan.bruch()[i % W]));
            float above = scan.image().at((int) row, i % W);
            strip[i] = above + (float) (row - (int) row) * (scan.image().at((int) row + 1, i % W) - above);
        }
        float[] local = Gaussian.blur(strip, 48, W, 0, 10);
        double product = 0;
        double square = 0;
        for (int y = 8; y < 28 - down; y++) {
            for (int x = 20; x < W - 20 - right; x++) {
                double a = strip[y * W + x] - local[y * W + x];
                product += a * (strip[(y + down) * W + x + right] - local[(y + down) * W + x + right]);
                square += a * a;
            }
        }
        return product / square;
    }

    /** Scans of an eye share its anatomy: thickness varies more between eyes than within. */
    @Test
    void scansOfAnEyeAreAlike() {
        double within = 0;
        double between = 0;
        for (int eye = 0; eye < 40; eye++) {
            double first = thickness(Phantom.draw(9, eye, 0));
            within += Math.pow(first - thickness(Phantom.draw(9, eye, 1)), 2);
            between += Math.pow(first - thickness(Phantom.draw(9, eye + 1, 0)), 2);
        }
        assertTrue(within < 0.25 * between, "within " + within + ", between " + between);
    }

    private static double thickness(Phantom.Scan scan) {
        return IntStream.range(0, W).mapToDouble(x -> scan.bruch()[x] - scan.ilm()[x]).average().orElseThrow();
    }

    private static double[] over(int n, java.util.function.IntToDoubleFunction f) {
        return IntStream.range(0, n).parallel().mapToDouble(f).filter(v -> !Double.isNaN(v)).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
