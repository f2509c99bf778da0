package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DepthCalibrationTest {
    private static final int WIDTH = 25_000;

    /** Normal deviates: in each row of a strip with this standard deviation. */
    private static float[] strip(long seed, int width, double... deviations) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] strip = new float[width * deviations.length];
        for (int i = 0; i < strip.length; i++) strip[i] = (float) (deviations[i / width] * random.nextGaussian());
        return strip;
    }

    private static boolean[] all(int pixels) {
        boolean[] all = new boolean[pixels];
        Arrays.fill(all, true);
        return all;
    }

    /** Where many pixels of normals have been seen, their Z has a root mean square of 1, however unlike the rows. */
    @Property(tries = 20)
    void normalsHaveZOfOne(@ForAll long seed, @ForAll @Size(6) List<@DoubleRange(min = 0.02, max = 0.06) Double> rows) {
        double[] deviations = rows.stream().mapToDouble(d -> d).toArray();
        DepthCalibration.Fit fit = new DepthCalibration.Fit(6);
        float[][] strips = {strip(seed, WIDTH, deviations), strip(seed + 1, WIDTH, deviations)};
        for (float[] strip : strips) fit.add(strip, all(strip.length));
        DepthCalibration fitted = fit.fitted();
        double[] squares = new double[6];
        for (float[] strip : strips) {
            float[] z = fitted.z(strip);
            for (int i = 0; i < z.length; i++) squares[i / WIDTH] += (double) z[i] * z[i] / (2 * WIDTH);
        }
        for (double square : squares) assertEquals(1, Math.sqrt(square), 0.02);
    }

    /** Values of another unit are calibrated in that unit: Z is the same. */
    @Property(tries = 50)
    void zHasNoUnit(@ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 1000) double unit) {
        float[] strip = strip(seed, 40, 1, 3, 0.5);
        float[] scaled = new float[strip.length];
        for (int i = 0; i < strip.length; i++) scaled[i] = (float) (unit * strip[i]);
        assertArrayEquals(fitted(strip).z(strip), fitted(scaled).z(scaled), 1e-4f);
        float[] z = fitted(strip).z(strip);
        for (int i = 0; i < z.length; i++) assertEquals(Math.signum(strip[i]), Math.signum(z[i]));
    }

    private static DepthCalibration fitted(float[] strip) {
        DepthCalibration.Fit fit = new DepthCalibration.Fit(3);
        fit.add(strip, all(strip.length));
        return fit.fitted();
    }

    /** A row of few pixels lies between what they say and what the whole retina says, nearer to them the more. */
    @Property(tries = 50)
    void rowsOfFewPixelsAreShrunk(@ForAll @IntRange(min = 1, max = 400) int pixels) {
        DepthCalibration.Fit fit = new DepthCalibration.Fit(2);
        float[] strip = new float[2 * 1000];
        Arrays.fill(strip, 0, 1000, 1);
        Arrays.fill(strip, 1000, 2000, -3);
        boolean[] retina = all(2000);
        Arrays.fill(retina, 1000 + pixels, 2000, false);
        fit.add(strip, retina);
        double whole = (1000 + 9.0 * pixels) / (1000 + pixels);
        assertEquals(Math.sqrt((9.0 * pixels + 200 * whole) / (pixels + 200)), fit.fitted().rms()[1], 1e-12);
    }

    /** Depths that no normal's retina reaches are judged by the whole retina. */
    @Test
    void rowsWithoutARetinaHaveThatOfAll() {
        DepthCalibration.Fit fit = new DepthCalibration.Fit(2);
        boolean[] lower = {false, false, true, true};
        fit.add(new float[] {100, 100, 3, -4}, lower);
        assertArrayEquals(new double[] {Math.sqrt(12.5), Math.sqrt(12.5)}, fit.fitted().rms(), 1e-12);
    }

    /** Drawings without a fault, or no normals at all, leave no number that is none. */
    @Test
    void whatNeverDepartsIsStillDividedBySomething() {
        DepthCalibration nothing = new DepthCalibration.Fit(2).fitted();
        for (float z : nothing.z(new float[4])) assertEquals(0, z);
        DepthCalibration.Fit fit = new DepthCalibration.Fit(2);
        fit.add(new float[4], all(4));
        for (double rms : fit.fitted().rms()) assertTrue(rms > 0);
        for (float z : fit.fitted().z(new float[] {1, -1, 0, 0.5f})) assertTrue(Float.isFinite(z));
    }
}
