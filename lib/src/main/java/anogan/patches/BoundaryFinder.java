package anogan.patches;

import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import java.util.Arrays;

/**
 * Finds the retina in a B-scan: the inner limiting membrane (ILM), the retinal pigment epithelium (RPE) and Bruch's
 * membrane (BM).
 *
 * <p>
 * Each line is the cheapest path from the left edge to the right one ({@link ShortestPath}) through a picture of what
 * speaks against it:
 * <ol>
 * <li>RPE: bright itself, darker above, dark below (so that of several bright bands the lowest wins), with a steep rise
 * a few rows above, where the photoreceptors' bright segments begin.
 * <li>ILM: a steep rise of brightness with nothing bright above, higher than the RPE.
 * <li>RPE once more, now that the ILM is known: bright nerve fibres just below the ILM are no candidates, and neither,
 * as a rule, is the sclera far below. ILM once more.
 * <li>BM: the steepest fall of brightness close below the RPE.
 * </ol>
 * The numbers hold for scans of about 512 columns, in which a healthy retina is 37 to 39 rows thick. They were chosen
 * by looking at healthy and diseased scans of OCTDL. Where the finder fails it is at the optic nerve head, over a thin
 * bright choroid, and under large detachments; {@link Boundaries#confidence} then is low.
 */
public final class BoundaryFinder {
    private static final int SKY = 30;        // rows of vitreous put above the scan
    private static final int THINNEST = 16;   // rows between ILM and RPE: 130 µm, less than a foveal pit
    private static final int THICKEST = 36;   // rows; beyond, a small fee
    private static final int MAX_STEP = 2;    // rows from a column to the next
    private static final float STEP_FEE = 0.02f;

    private final int height;
    private final int width;
    private final float[] grey;     // above the vitreous' grey
    private final float[] bright;   // the same, blurred, at most 1
    private final float[] slope;    // its rise per row downwards, at most 1

    private BoundaryFinder(GrayImage scan) {
        height = scan.height() + SKY;
        width = scan.width();
        grey = new float[height * width];
        // more vitreous on top gives a retina that leaves the picture an upper edge all the same
        Tissue tissue = Tissue.of(scan);
        for (int i = 0; i < scan.pixels().length; i++)
            grey[SKY * width + i] = tissue.image().pixels()[i] - tissue.background();
        bright = scaled(Gaussian.blur(grey, height, width, 2, 6));
        slope = scaled(Gaussian.downwardSlope(grey, height, width, 2, 4));
    }

    /** Finds the boundaries; rows are those of {@code scan}. */
    public static Boundaries find(GrayImage scan) {
        BoundaryFinder finder = new BoundaryFinder(scan);
        float[] againstRpe = finder.againstRpe();
        float[] ilm = finder.ilm(finder.path(againstRpe, 4));
        float[] rpe = finder.rpe(againstRpe, ilm);
        ilm = finder.ilm(rpe);
        float[] bm = finder.bruch(rpe);
        float[] trust = finder.trust(ilm, rpe, bm);
        return new Boundaries(inScan(ilm), inScan(rpe), inScan(bm), trust);
    }

    /** What speaks against each pixel as the RPE, as long as the ILM is unknown. */
    private float[] againstRpe() {
        float[] cost = new float[height * width];
        for (int y = 0; y < height; y++) {
            float[] above = means(bright, y - 16, y - 6);
            float[] below = means(bright, y + 6, y + 19);
            float[] rise = riseAbove(y);
            for (int x = 0; x < width; x++) cost[y * width + x] = -bright[y * width + x] + 0.4f * above[x]
                    + 0.6f * below[x] - (float) Math.tanh(3 * rise[x]);
        }
        return cost;
    }

    private float[] rpe(float[] againstRpe, float[] ilm) {
        float[] cost = againstRpe.clone();
        for (int i = 0; i < cost.length; i++) {
            int y = i / width;
            float depth = y - ilm[i % width];
            cost[i] += y < ilm[i % width] + THINNEST ? 2 : 0.12f * Math.max(0, Math.min(1, (depth - THICKEST) / 10));
        }
        return path(cost, 4);
    }

    /** The steepest rise three to nine rows above, at each column. */
    private float[] riseAbove(int y) {
        float[] rise = new float[width];
        for (int up = 3; up <= 9; up++) {
            int row = Math.max(0, y - up) * width;
            for (int x = 0; x < width; x++) rise[x] = Math.max(rise[x], slope[row + x]);
        }
        return rise;
    }

    private float[] ilm(float[] rpe) {
        float[] cost = new float[height * width];
        for (int y = 0; y < height; y++) {
            float[] above = means(bright, y - 15, y);
            for (int x = 0; x < width; x++)
                cost[y * width + x] = (y < rpe[x] - 6 ? -(float) Math.tanh(3 * slope[y * width + x]) : 1)
                        + 2.5f * above[x];
        }
        return path(cost, 3);
    }

    private float[] bruch(float[] rpe) {
        float[] bm = new float[width];
        for (int x = 0; x < width; x++) {
            int first = Math.min(height - 1, Math.round(rpe[x]));
            int best = first;
            for (int y = first; y <= Math.min(height - 1, first + 4); y++)
                if (slope[y * width + x] < slope[best * width + x]) best = y;
            bm[x] = best;
        }
        return Gaussian.blur(bm, 6);
    }

    /**
     * How far the two edges stand out of the noise: the step of brightness across each, in standard deviations of the
     * noise within the retina, 0 below one and 1 from three on; the weaker edge counts. A path through mere noise finds
     * steps of about half a standard deviation.
     */
    private float[] trust(float[] ilm, float[] rpe, float[] bm) {
        float noise = noise(ilm, bm);
        float[] smooth = Gaussian.blur(grey, height, width, 0, 4);
        float[] trust = new float[width];
        for (int x = 0; x < width; x++) {
            int top = Math.round(ilm[x]);
            int band = Math.round(rpe[x]);
            int end = Math.round(bm[x]);
            float upper = mean(smooth, x, top + 1, top + 7) - mean(smooth, x, top - 7, top - 1);
            float lower = mean(smooth, x, band - 2, band + 2) - mean(smooth, x, end + 4, end + 10);
            trust[x] = Math.max(0, Math.min(1, (Math.min(upper, lower) / noise - 1) / 2));
        }
        return trust;
    }

    /**
     * Standard deviation of the noise between ILM and BM, from the median difference of pixels two columns apart; at
     * least one grey level.
     */
    private float noise(float[] ilm, float[] bm) {
        float[] differences = new float[height * width];
        int n = 0;
        for (int x = 2; x < width; x++) {
            for (int y = Math.max(0, Math.round(ilm[x])); y < Math.min(height, bm[x]); y++) {
                differences[n++] = Math.abs(grey[y * width + x] - grey[y * width + x - 2]);
            }
        }
        Arrays.sort(differences, 0, n);
        return Math.max(1, differences[n / 2] / (0.6745f * (float) Math.sqrt(2)));
    }

    /** Mean of a column's rows from {@code first} to before {@code end}; beyond the picture its last row goes on. */
    private float mean(float[] image, int x, int first, int end) {
        float sum = 0;
        for (int y = first; y < end; y++) sum += image[Math.max(0, Math.min(height - 1, y)) * width + x];
        return sum / (end - first);
    }

    /** The same of every column; row by row, as they lie in memory. */
    private float[] means(float[] image, int first, int end) {
        float[] means = new float[width];
        for (int y = first; y < end; y++) {
            int row = Math.max(0, Math.min(height - 1, y)) * width;
            for (int x = 0; x < width; x++) means[x] += image[row + x];
        }
        for (int x = 0; x < width; x++) means[x] /= end - first;
        return means;
    }

    /** The cheapest path, smoothed along its way. */
    private float[] path(float[] cost, double sigma) {
        int[] rows = ShortestPath.find(cost, height, width, MAX_STEP, STEP_FEE);
        float[] line = new float[width];
        for (int x = 0; x < width; x++) line[x] = rows[x];
        return Gaussian.blur(line, sigma);
    }

    private static float[] scaled(float[] image) {
        float max = 1e-6f;
        for (float v : image) max = Math.max(max, Math.abs(v));
        for (int i = 0; i < image.length; i++) image[i] /= max;
        return image;
    }

    private static float[] inScan(float[] line) {
        for (int x = 0; x < line.length; x++) line[x] -= SKY;
        return line;
    }
}
