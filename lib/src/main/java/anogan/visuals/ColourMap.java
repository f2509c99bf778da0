package anogan.visuals;

import java.awt.Color;

/**
 * The colours of heat: from black over purple, red and orange to pale yellow, evenly bright steps for even steps of the
 * value, in grey print too.
 *
 * <p>
 * Nine anchors of the map <i>inferno</i> by Stéfan van der Walt and Nathaniel Smith (matplotlib 1.5, released under
 * CC0), with straight lines in sRGB between them.
 */
public final class ColourMap {
    private static final int[] ANCHORS = {0x000004, 0x1F0C48, 0x550F6D, 0x88226A, 0xBA3655, 0xE35933, 0xF98C0A,
            0xF9C932, 0xFCFFA4};

    /**
     * On a scan, heat starts at a visible purple: a fainter value is shown by transparency, not by darkness, which
     * would look like tissue.
     */
    private static final double OVERLAY_START = 0.3;
    private static final double OVERLAY_OPACITY = 0.85;
    /** Above 1: what is common in healthy scans, a fraction of the scale, hardly tints the tissue. */
    private static final double OVERLAY_RISE = 1.3;

    private static final int RED = 0xF01E28;

    private ColourMap() {}

    /** The colour of a value, 0 black to 1 pale yellow, as 0xRRGGBB; values outside are clamped, NaN is as 0. */
    public static int rgb(double value) {
        double at = clamp(value) * (ANCHORS.length - 1);
        int i = Math.min((int) at, ANCHORS.length - 2);
        return blend(ANCHORS[i], ANCHORS[i + 1], at - i);
    }

    public static Color colour(double value) {
        return new Color(rgb(value));
    }

    /**
     * A grey value with heat over it, as 0xRRGGBB: heat 0 (or NaN: no value here) leaves the grey untouched, heat 1
     * covers it almost wholly.
     *
     * @param grey 0–255
     * @param heat 0–1
     */
    public static int over(double grey, double heat) {
        int level = (int) Math.round(Math.min(255, Math.max(0, grey)));
        double h = clamp(heat);
        return blend(level << 16 | level << 8 | level, rgb(OVERLAY_START + (1 - OVERLAY_START) * h),
                OVERLAY_OPACITY * Math.pow(h, OVERLAY_RISE));
    }

    /** The same, with what is below 0 in the cold colours of {@link #overlay}. */
    static int signed(double grey, double heat) {
        int warm = over(grey, Math.abs(heat));
        return heat < 0 ? exchanged(warm) : warm;
    }

    /**
     * What {@link #over} lays over a grey value, as 0xAARRGGBB, opacity first. Negative heat, of what is darker than it
     * should be, is as bright as positive heat, with red and blue exchanged.
     *
     * @param heat −1 to 1
     */
    static int overlay(double heat) {
        double h = clamp(Math.abs(heat));
        int warm = rgb(OVERLAY_START + (1 - OVERLAY_START) * h);
        int colour = heat < 0 ? exchanged(warm) : warm;
        return (int) Math.round(255 * OVERLAY_OPACITY * Math.pow(h, OVERLAY_RISE)) << 24 | colour;
    }

    /** As {@link #over}, in one red that only becomes stronger, as the paper draws residuals. */
    public static int red(double grey, double heat) {
        int level = (int) Math.round(Math.min(255, Math.max(0, grey)));
        return blend(level << 16 | level << 8 | level, RED, OVERLAY_OPACITY * Math.pow(clamp(heat), OVERLAY_RISE));
    }

    /** Red for blue. */
    private static int exchanged(int rgb) {
        return (rgb & 255) << 16 | (rgb & 0xFF00) | rgb >> 16;
    }

    private static int blend(int from, int to, double share) {
        return channel(from, to, 16, share) | channel(from, to, 8, share) | channel(from, to, 0, share);
    }

    private static int channel(int from, int to, int shift, double share) {
        int a = from >> shift & 255;
        int b = to >> shift & 255;
        return (int) Math.round(a + share * (b - a)) << shift;
    }

    private static double clamp(double value) {
        return value > 0 ? Math.min(1, value) : 0;   // false for NaN, too
    }
}
