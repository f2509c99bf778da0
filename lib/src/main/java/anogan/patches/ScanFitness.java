package anogan.patches;

import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a scan can be used at all: what is too small, of one grey throughout, saturated, or no scan of a retina (a
 * fundus picture, a page of text) is trained on, sets thresholds and is tested as little as what cannot be read. Beyond
 * that, scans that are learned from or set thresholds need boundaries that are sure; of a test scan the lack is told.
 */
final class ScanFitness {
    private static final int SMALLEST = 8;             // pixels, where nothing is flattened
    private static final double TAIL = 0.001;          // share of the pixels that may be of any grey,
    private static final int ONE_GREY = 4;             // where the others differ by less than so many levels
    private static final int WHITE = 254;
    private static final double SATURATED = 0.35;      // share of the retina's pixels that are white

    /** Kinds of what was skipped that are no scans to learn from or to judge, whatever their split. */
    static final Set<String> NO_SCANS = Set.of("black", "white", "of one grey", "saturated", "without a retina");

    private final PrepareOptions options;

    ScanFitness(PrepareOptions options) {
        this.options = options;
    }

    /** Why a scan need not be looked at any further. */
    Optional<Skipped> beforeFlattening(String file, GrayImage image) {
        int smallest = options.flatten() ? options.size() : SMALLEST;
        if (image.width() < smallest || image.height() < smallest
                || options.workingHeight(image.height(), image.width()) < smallest / 2) {
            return Optional.of(
                    new Skipped(file, "too small", "too small: " + image.width() + " x " + image.height() + " pixels"));
        }
        int[] range = range(image.toBytes());
        if (range[1] - range[0] >= ONE_GREY) return Optional.empty();
        String grey = range[1] < ONE_GREY ? "black" : range[0] > 255 - ONE_GREY ? "white" : "of one grey";
        return Optional.of(new Skipped(file, grey,
                String.format(Locale.ROOT, "%s throughout: grey values %d to %d", grey, range[0], range[1])));
    }

    /** Darkest and lightest grey but for the few pixels beyond. */
    private static int[] range(byte[] grey) {
        int[] counts = new int[256];
        for (byte b : grey) counts[b & 0xff]++;
        int few = (int) (TAIL * grey.length);
        int low = 0;
        int high = 255;
        for (int seen = counts[0]; seen <= few; seen += counts[low]) low++;
        for (int seen = counts[255]; seen <= few; seen += counts[high]) high--;
        return new int[] {low, Math.max(low, high)};
    }

    /** Why a scan, now that its retina was looked for, is not used. */
    Optional<Skipped> afterFlattening(Scans.Listed listed, PatchesWriter.PreparedScan scan) {
        if (!options.flatten()) return Optional.empty();
        double visible = scan.bounds().visible(Flattener.THICKEST * options.healthyRows());
        if (visible < options.minVisible()) {
            return Optional.of(new Skipped(listed.file(), "without a retina",
                    String.format(Locale.ROOT, "shows no retina: one is seen in %.2f of the columns, less than %.2f",
                            visible, options.minVisible())));
        }
        double white = white(scan);
        if (white > SATURATED) return Optional.of(new Skipped(listed.file(), "saturated",
                String.format(Locale.ROOT, "saturated: %.0f %% of the retina is white", 100 * white)));
        if (listed.split() == Split.TEST || scan.info().isSure(options)) return Optional.empty();
        return Optional.of(new Skipped(listed.file(), "without boundaries",
                String.format(Locale.ROOT, "boundaries not found: confidence %.2f is below %.2f",
                        scan.info().confidence(), options.minConfidence())));
    }

    /** Share of the scan's own pixels between ILM and Bruch's membrane that are white. */
    private static double white(PatchesWriter.PreparedScan scan) {
        GrayImage own = scan.own();
        boolean[] retina = scan.geometry().betweenInScan(scan.bounds().ilm(), scan.bounds().bm(), own.height(),
                own.width());
        int inside = 0;
        int white = 0;
        for (int i = 0; i < retina.length; i++) {
            if (!retina[i]) continue;
            inside++;
            if (own.pixels()[i] >= WHITE) white++;
        }
        return inside == 0 ? 0 : (double) white / inside;
    }
}
