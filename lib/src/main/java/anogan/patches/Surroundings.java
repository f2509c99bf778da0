package anogan.patches;

import anogan.scans.Doubt;
import anogan.scans.GrayImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is in a picture beside its B-scan: a fundus picture or a margin, as in screenshots of viewers, and text that
 * somebody burnt in. Every column of a B-scan has dark vitreous in it; columns that have none are something else.
 */
final class Surroundings {
    private static final Doubt BESIDE = new Doubt(
            "with something beside the B-scan, such as a fundus picture or a margin",
            "Option crop x,y,width,height cuts the B-scan out.");
    private static final Doubt TEXT = new Doubt("with burnt-in marks like a line of text",
            "If they name a patient, do not hand them on; option blank x,y,width,height paints an area over.");

    private static final double DARKEST = 0.2;     // share of a column that is vitreous or deep choroid,
    private static final double LIGHTER = 0.15;    // lighter than elsewhere by so much of the picture's contrast,
    private static final double COLUMNS = 0.06;    // in so many of the columns; of OCTDL's scans none has 0.05
    private static final double MARGIN = 0.03;     // of the width or height, of one grey
    private static final int ONE_GREY = 2;
    private static final int LETTERS = 5;          // beside one another

    private Surroundings() {}

    static List<Doubt> doubts(GrayImage scan) {
        List<Doubt> doubts = new ArrayList<>();
        Upright.doubt(scan).ifPresent(doubts::add);
        // of a turned scan every column is odd
        if (doubts.isEmpty() && (lightColumns(scan) > COLUMNS || hasMargin(scan))) doubts.add(BESIDE);
        if (BurntText.longestLine(scan) >= LETTERS) doubts.add(TEXT);
        return doubts;
    }

    /** Share of the columns whose dark part is lighter than that of the others. */
    private static double lightColumns(GrayImage scan) {
        float[] all = scan.pixels().clone();
        float contrast = Ordered.nth(all, all.length, all.length - 1 - all.length / 100)
                - Ordered.nth(all, all.length, all.length / 100);
        float[] dark = new float[scan.width()];
        float[] column = new float[scan.height()];
        for (int x = 0; x < dark.length; x++) {
            for (int y = 0; y < column.length; y++) column[y] = scan.at(y, x);
            dark[x] = Ordered.nth(column, column.length, (int) (DARKEST * column.length));
        }
        float[] sorted = dark.clone();
        Arrays.sort(sorted);
        double limit = sorted[(int) (0.3 * sorted.length)] + LIGHTER * contrast;
        int light = 0;
        for (float v : dark) if (v > limit) light++;
        return (double) light / dark.length;
    }

    /** Whether columns at a side are of one grey, or rows of a grey that is neither black nor white. */
    private static boolean hasMargin(GrayImage scan) {
        int columns = (int) Math.ceil(MARGIN * scan.width());
        int rows = (int) Math.ceil(MARGIN * scan.height());
        return isPlain(scan, 0, columns, 0, scan.height(), true)
                || isPlain(scan, scan.width() - columns, scan.width(), 0, scan.height(), true)
                || isPlain(scan, 0, scan.width(), 0, rows, false)
                || isPlain(scan, 0, scan.width(), scan.height() - rows, scan.height(), false);
    }

    private static boolean isPlain(GrayImage scan, int left, int right, int top, int bottom, boolean anyGrey) {
        float least = 255;
        float most = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                least = Math.min(least, scan.at(y, x));
                most = Math.max(most, scan.at(y, x));
            }
        }
        return most - least <= ONE_GREY && (anyGrey || (most > 8 && least < 250));
    }
}
