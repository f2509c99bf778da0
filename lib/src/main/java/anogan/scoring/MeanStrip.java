package anogan.scoring;

import anogan.patches.Patches;
import anogan.scans.Split;
import java.util.Arrays;
import java.util.List;

/**
 * The strip that is as bright in each row as those of normal training scans are on average: the plainest drawing of a
 * healthy eye, and one that knows no lesion. G, which draws whatever looks like retina, learns to draw a dark cavity
 * away; beside the mean strip it stays dark. It stands beside G in the map {@link Plane#COMBINED}, and is one of G's
 * rivals by itself ({@link Drawing#STRIP}).
 *
 * @param rows    mean grey value of each row, 0 to 255
 * @param byDepth what validation normals show of it
 */
public record MeanStrip(float[] rows, DepthScores.Calibration byDepth) {
    /** Learned from the training scans, calibrated on the validation normals. */
    static MeanStrip of(Patches patches) {
        int width = patches.stripWidth();
        double[] rows = new double[patches.stripHeight()];
        List<Integer> scans = patches.scans(Split.TRAIN);
        for (int scan : scans) {
            float[] strip = patches.strip(scan);
            for (int i = 0; i < strip.length; i++) rows[i / width] += strip[i] / ((double) width * scans.size());
        }
        float[] means = new float[rows.length];
        for (int row = 0; row < means.length; row++) means[row] = (float) rows[row];
        return new MeanStrip(means,
                DepthScores.calibrated(patches, scan -> residual(means, patches.strip(scan))).calibration());
    }

    /** How scans of a folder depart from it. */
    DepthScores scores(Patches patches) {
        return DepthScores.of(patches, scan -> residual(rows, patches.strip(scan)), byDepth);
    }

    /** The whole strip, of the given width. */
    float[] drawn(int width) {
        float[] drawn = new float[rows.length * width];
        for (int i = 0; i < drawn.length; i++) drawn[i] = rows[i / width];
        return drawn;
    }

    /** The strip less the mean one, on the scale [−1, 1]. */
    private static float[] residual(float[] rows, float[] strip) {
        int width = strip.length / rows.length;
        for (int i = 0; i < strip.length; i++) strip[i] = (strip[i] - rows[i / width]) / 127.5f;
        return strip;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeanStrip that && Arrays.equals(rows, that.rows) && byDepth.equals(that.byDepth);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows) + 31 * byDepth.hashCode();
    }

    @Override
    public String toString() {
        return "MeanStrip[" + Arrays.toString(rows) + ", " + byDepth + "]";
    }
}
