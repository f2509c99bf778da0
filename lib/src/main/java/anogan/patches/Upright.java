package anogan.patches;

import anogan.scans.Doubt;
import anogan.scans.GrayImage;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a scan lies as it should, the dark vitreous on top: it is compared with itself inverted, flipped and turned,
 * on reduced pictures. What is compared is how far a retina is seen ({@link Boundaries#visible}) times how well its
 * depth profile correlates with that of healthy retinas, from the vitreous through the layers to the choroid.
 *
 * <p>
 * Measured on OCTDL, 650 scans, most of them sick, and a hundred of these inverted, flipped and turned: see
 * {@code UprightTest}.
 */
final class Upright {
    private static final Doubt INVERTED = new Doubt("light where tissue is dark, as if inverted",
            "Option invert exchanges light and dark.");
    private static final Doubt FLIPPED = new Doubt("with the vitreous below the retina, as if upside down",
            "Option flip exchanges up and down.");
    private static final Doubt TURNED = new Doubt("as if turned by a quarter",
            "Option rotate 90 or 270 turns them back: the vitreous must be on top.");

    private static final int COLUMNS = 256;
    private static final int ROWS = 256;          // at most: a scan that is higher than wide is none
    private static final double SURE = 0.85;      // a fit as healthy scans have it
    private static final double UNSURE = 0.65;    // a fit that a turned scan may have
    private static final double BETTER = 0.1;     // by how much it must fit better inverted,
    private static final double CLEARLY = 0.25;   // turned,
    private static final double MUCH = 0.3;       // and upside down, with what its upper and lower quarter say
    private static final double LIGHT = 0.45;     // mean grey between darkest and lightest; OCTDL's is 0.15 to 0.38

    /** Depth between ILM (0) and Bruch's membrane (1), and grey values of healthy retinas there (OCTDL and Kermany). */
    private static final double[] DEPTHS = {-0.4, -0.2, 0.05, 0.2, 0.4, 0.5, 0.62, 0.85, 0.92, 1, 1.05, 1.2, 1.5, 2};
    private static final double[] PROFILE = {21, 21, 135, 105, 83, 85, 66, 166, 185, 139, 102, 79, 55, 39};

    private Upright() {}

    /** The doubt about a scan, with the option that mends it. */
    static Optional<Doubt> doubt(GrayImage scan) {
        GrayImage small = reduced(scan);
        double fit = fit(small);
        boolean light = lightness(small) > LIGHT;
        if (light && fit(PixelOptions.inverted(small)) > fit + BETTER) return Optional.of(INVERTED);
        if (fit >= SURE) return Optional.empty();
        if (fit < UNSURE) {
            GrayImage clockwise = PixelOptions.clockwise(scan);
            double left = fit(reduced(clockwise));
            double right = fit(reduced(PixelOptions.clockwise(PixelOptions.clockwise(clockwise))));
            if (Math.max(left, right) > fit + CLEARLY) return Optional.of(TURNED);
        }
        double above = brighterAbove(small);
        return fit(PixelOptions.flipped(small)) - fit + 2 * above > MUCH ? Optional.of(FLIPPED) : Optional.empty();
    }

    /** How much lighter the upper quarter is than the lower one, where the choroid should be, in shares of contrast. */
    private static double brighterAbove(GrayImage scan) {
        float[] grey = Tissue.of(scan).image().pixels();
        int quarter = grey.length / 4;
        double difference = 0;
        for (int i = 0; i < quarter; i++) difference += grey[i] - grey[grey.length - 1 - i];
        float[] sorted = grey.clone();
        Arrays.sort(sorted);
        double contrast = sorted[grey.length - 1 - grey.length / 100] - sorted[grey.length / 100];
        return difference / quarter / Math.max(1, contrast);
    }

    private static GrayImage reduced(GrayImage scan) {
        int rows = (int) Math.round((double) scan.height() * COLUMNS / scan.width());
        return scan.resize(Math.max(8, Math.min(ROWS, rows)), COLUMNS);
    }

    private static double lightness(GrayImage scan) {
        float[] grey = Tissue.of(scan).image().pixels().clone();
        Arrays.sort(grey);
        double low = grey[grey.length / 100];
        double high = grey[grey.length - 1 - grey.length / 100];
        double sum = 0;
        for (float v : grey) sum += v;
        return (sum / grey.length - low) / Math.max(1, high - low);
    }

    private static double fit(GrayImage scan) {
        Boundaries found = BoundaryFinder.find(scan);
        return found.visible(120.0 * COLUMNS / 512) * Math.max(0, correlation(profile(scan, found)));
    }

    /** Mean grey at each depth, columns that are trusted more counting more; NaN where the picture does not reach. */
    private static double[] profile(GrayImage scan, Boundaries found) {
        float[] grey = Tissue.of(scan).image().pixels();
        double[] profile = new double[DEPTHS.length];
        for (int k = 0; k < DEPTHS.length; k++) {
            double sum = 0;
            double weight = 0;
            for (int x = 0; x < COLUMNS; x++) {
                int y = (int) Math.round(found.ilm()[x] + DEPTHS[k] * (found.bm()[x] - found.ilm()[x]));
                if (y < 0 || y >= scan.height()) continue;
                sum += found.trust()[x] * grey[y * COLUMNS + x];
                weight += found.trust()[x];
            }
            profile[k] = sum / weight;
        }
        return profile;
    }

    private static double correlation(double[] profile) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int k = 0; k < profile.length; k++) {
            if (Double.isNaN(profile[k])) continue;
            n++;
            x += profile[k];
            y += PROFILE[k];
            xx += profile[k] * profile[k];
            yy += PROFILE[k] * PROFILE[k];
            xy += profile[k] * PROFILE[k];
        }
        double spread = (xx - x * x / n) * (yy - y * y / n);
        return 2 * n + 1 < DEPTHS.length || !(spread > 0) ? 0 : (xy - x * y / n) / Math.sqrt(spread);
    }
}
