package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Colours that tell the truth: heat 0 is the scan itself, equal steps look equal, and meanings stay apart for
 * colour-blind readers.
 */
class ColourTest {
    /**
     * Full protanopia, deuteranopia and tritanopia in linear RGB: Machado, Oliveira, Fernandes, IEEE TVCG 15 (2009)
     * 1291, severity 1.0.
     */
    private static final List<double[][]> BLINDNESS = List.of(
            new double[][] {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
                    {-0.003882, -0.048116, 1.051998}},
            new double[][] {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
                    {-0.011820, 0.042940, 0.968881}},
            new double[][] {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
                    {0.004733, 0.691367, 0.303900}});

    @Property
    void noHeatLeavesTheGreyUntouched(@ForAll @IntRange(max = 255) int grey) {
        int untouched = grey << 16 | grey << 8 | grey;
        assertEquals(untouched, ColourMap.over(grey, 0));
        assertEquals(untouched, ColourMap.over(grey, Double.NaN));
        assertEquals(untouched, ColourMap.over(grey, -1));
    }

    @Property
    void heatBeyondTheScaleIsShownAsItsEnd(@ForAll @IntRange(max = 255) int grey,
            @ForAll @DoubleRange(min = 1, max = 1e9) double heat) {
        assertEquals(ColourMap.over(grey, 1), ColourMap.over(grey, heat));
        assertEquals(ColourMap.rgb(1), ColourMap.rgb(heat));
    }

    /** Two greys under the same heat can still be told apart: the scan stays visible. */
    @Property
    void theScanStaysVisible(@ForAll @DoubleRange(min = 0, max = 1) double heat) {
        assertTrue(lightness(ColourMap.over(220, heat)) - lightness(ColourMap.over(20, heat)) > 5);
    }

    /** matplotlib's own table at these places, times 255. */
    @Test
    void colourMapIsInferno() {
        assertNear(new int[] {0, 0, 4}, ColourMap.rgb(0));
        assertNear(new int[] {87, 16, 110}, ColourMap.rgb(0.25));
        assertNear(new int[] {188, 55, 84}, ColourMap.rgb(0.5));
        assertNear(new int[] {249, 142, 9}, ColourMap.rgb(0.75));
        assertNear(new int[] {252, 255, 164}, ColourMap.rgb(1));
    }

    @Test
    void equalStepsOfHeatAreEqualStepsOfLightness() {
        for (int i = 1; i <= 100; i++) {
            double expected = lightness(ColourMap.rgb(0))
                    + i / 100.0 * (lightness(ColourMap.rgb(1)) - lightness(ColourMap.rgb(0)));
            assertEquals(expected, lightness(ColourMap.rgb(i / 100.0)), 6, "at " + i);
            assertTrue(lightness(ColourMap.rgb(i / 100.0)) > lightness(ColourMap.rgb((i - 1) / 100.0)), "at " + i);
        }
    }

    @Test
    void cohortsStayApartForColourBlindReadersAndOnPaper() {
        List<Color> cohorts = List.of(Style.TRAIN, Style.NORMAL, Style.ANOMALOUS, Style.PAPER);
        for (double[][] blindness : BLINDNESS) {
            for (Color a : cohorts) {
                for (Color b : cohorts) if (a != b)
                    assertTrue(distance(seen(a, blindness), seen(b, blindness)) > 20, a + " looks like " + b);
            }
        }
    }

    /** Text contrast of WCAG 2, level AA: 4.5. */
    @Test
    void lettersStandOutFromThePaper() {
        for (Color ink : List.of(Style.INK, Style.MUTED))
            assertTrue(1.05 / (luminance(linear(ink)) + 0.05) > 4.5, ink.toString());
    }

    private static void assertNear(int[] expected, int rgb) {
        int[] actual = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
        for (int i = 0; i < 3; i++) assertEquals(expected[i], actual[i], 4);
        assertArrayEquals(actual,
                new int[] {new Color(rgb).getRed(), new Color(rgb).getGreen(), new Color(rgb).getBlue()});
    }

    private static double lightness(int rgb) {
        return lab(linear(new Color(rgb)))[0];
    }

    private static double distance(double[] a, double[] b) {
        double[] p = lab(a);
        double[] q = lab(b);
        return Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2));
    }

    private static double[] seen(Color c, double[][] m) {
        double[] rgb = linear(c);
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) out[i] = Math.max(0, m[i][0] * rgb[0] + m[i][1] * rgb[1] + m[i][2] * rgb[2]);
        return out;
    }

    private static double[] linear(Color c) {
        double[] rgb = {c.getRed() / 255.0, c.getGreen() / 255.0, c.getBlue() / 255.0};
        for (int i = 0; i < 3; i++)
            rgb[i] = rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
        return rgb;
    }

    private static double luminance(double[] linear) {
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    /** CIE L*a*b* under D65. */
    private static double[] lab(double[] linear) {
        double x = f((0.4124 * linear[0] + 0.3576 * linear[1] + 0.1805 * linear[2]) / 0.95047);
        double y = f(luminance(linear));
        double z = f((0.0193 * linear[0] + 0.1192 * linear[1] + 0.9505 * linear[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    /** A browser lays these colours over the scan by itself: it comes to what the figures show. */
    @Test
    void theOverlayOfAPageIsThatOfTheFigures() {
        for (double heat : new double[] {0, 0.1, 0.5, 1, 7}) {
            int argb = ColourMap.overlay(heat);
            int over = ColourMap.over(90, heat);
            for (int shift = 0; shift <= 16; shift += 8) {
                double blended = 90 + (argb >>> 24) / 255.0 * ((argb >> shift & 255) - 90);
                assertEquals(over >> shift & 255, blended, 1, "heat " + heat);
                if (heat > 0)   // at 0 nothing is laid over, in whatever colour
                    assertEquals(argb >> shift & 255, ColourMap.overlay(-heat) >> 16 - shift & 255);
            }
            assertEquals(argb >>> 24, ColourMap.overlay(-heat) >>> 24);
        }
    }
}
