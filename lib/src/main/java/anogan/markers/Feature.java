package anogan.markers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is measured of a {@link Region}: where it lies, its shape, how it departs from what G draws, and how it looks.
 * Lengths are in pixels of the strip, in which every healthy retina is about as thick, so that regions of differently
 * sized scans can be compared; grey values are those of the strip, whose vitreous and pigment epithelium are as bright
 * in every scan.
 *
 * <p>
 * Sources: layers and lesions as in the field's atlases; solidity and elongation as in image analysis (area over that
 * of the convex hull; ratio of the principal axes of the pixels' second moments, each pixel a unit square).
 */
public enum Feature {
    /** Square pixels. */
    AREA("area", "px²", Scaling.LOG),
    /** Of its box, along the scan. */
    WIDTH("width", "px", Scaling.LOG),
    /** Of its box, down the scan. */
    HEIGHT("height", "px", Scaling.LOG),
    /** Long over short axis, from 1 up. */
    ELONGATION("elongation", "", Scaling.LOG),
    /** Area over that of the convex hull, (0, 1]. */
    SOLIDITY("solidity", "", Scaling.PLAIN),
    /** Mean relative depth u: 0 at the ILM, 1 at Bruch's membrane. */
    DEPTH("depth", "", Scaling.PLAIN),
    /** Least u of its pixels. */
    TOP("top", "", Scaling.PLAIN),
    /** Highest u of its pixels. */
    BOTTOM("bottom", "", Scaling.PLAIN),
    /** Mean distance below the ILM. */
    BELOW_ILM("below_ilm", "px", Scaling.PLAIN),
    /** Mean distance above the pigment epithelium; negative below it. */
    ABOVE_RPE("above_rpe", "px", Scaling.PLAIN),
    /** Of its middle, from 0 at the left edge of the scan to 1 at the right one. */
    LATERAL("lateral", "", Scaling.PLAIN),
    /** Mean |Z| of its dark pixels, over all of its pixels. */
    DARK("dark", "Z", Scaling.LOG_1P),
    /** Mean Z of its bright pixels, over all of its pixels. */
    BRIGHT("bright", "Z", Scaling.LOG_1P),
    /** Highest |Z| of its dark pixels; 0 without any. */
    DARKEST("darkest", "Z", Scaling.LOG_1P),
    /** Highest Z of its bright pixels; 0 without any. */
    BRIGHTEST("brightest", "Z", Scaling.LOG_1P),
    /** Share of its pixels that are darker than drawn. */
    DARK_SHARE("dark_share", "", Scaling.PLAIN),
    /** Mean grey value. */
    BRIGHTNESS("brightness", "grey", Scaling.PLAIN),
    /** Mean grey value less the median of a ring around it, within the retina; 0 where the retina leaves no ring. */
    CONTRAST("contrast", "grey", Scaling.PLAIN),
    /** Standard deviation over mean of its grey values. */
    VARIATION("variation", "", Scaling.PLAIN),
    /** Mean slope of the grey values, smoothed by a pixel, along its rim. */
    RIM("rim", "grey/px", Scaling.PLAIN),
    /** Natural logarithm of how bright the choroid below it is, over that beside it: below 0 in a shadow. */
    SHADOW("shadow", "", Scaling.PLAIN),
    /** Mean distance from ILM to Bruch's membrane there. */
    THICKNESS("thickness", "px", Scaling.LOG),
    /** The same, over the median of the scan. */
    SWELLING("swelling", "", Scaling.LOG);

    /**
     * Those that clusters are found by: all but the place along the scan, which tells no kind from another, and the
     * distances that depth and thickness tell already.
     */
    public static final List<Feature> OF_CLUSTERS = Arrays.stream(values())
            .filter(f -> f != LATERAL && f != BELOW_ILM && f != ABOVE_RPE).toList();

    private enum Scaling {
        PLAIN, LOG, LOG_1P
    }

    private final String column;
    private final String unit;
    private final Scaling scaling;

    Feature(String column, String unit, Scaling scaling) {
        this.column = column;
        this.unit = unit;
        this.scaling = scaling;
    }

    /** Its name in tables. */
    public String column() {
        return column;
    }

    /** Empty for a ratio. */
    public String unit() {
        return unit;
    }

    /** As clusters see it: sizes count by their ratios. */
    double scaled(double value) {
        return switch (scaling) {
            case PLAIN -> value;
            case LOG -> Math.log(Math.max(value, 1e-3));
            case LOG_1P -> Math.log1p(Math.max(value, 0));
        };
    }

    /** With four digits, as tables have it. */
    static String csv(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
