package anogan.scoring;

import anogan.io.FloatArray;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Gaussian;

/**
 * Where a scan departs from what G can draw: the patches' residuals, stitched over their overlaps and laid back onto
 * the scan's own pixels.
 *
 * <ul>
 * <li>plain: |x − G(z_Γ)|, the paper's residual image x_R;
 * <li>smoothed: the signed residual x − G(z_Γ), smoothed first and then taken by magnitude. Speckle averages out, and
 * dark quiet fluid, whose residual is one-signed, stays;
 * <li>log ratio: how many times as dark or as bright the smoothed scan is as the smoothed drawing ({@link LogRatio}).
 * What is dark counts as much as what is bright.
 * </ul>
 *
 * The first two are grey levels on the scale [−1, 1], so that 2 is the largest residual there is. {@link TrivialScores}
 * lays out the residuals of principal components likewise.
 */
public final class ResidualMaps {
    private final Patches patches;
    private final int scan;
    private final Stitcher plain;
    private final Stitcher signed;

    ResidualMaps(Patches patches, int scan) {
        this.patches = patches;
        this.scan = scan;
        plain = new Stitcher(patches.stripHeight(), patches.stripWidth());
        signed = new Stitcher(patches.stripHeight(), patches.stripWidth());
    }

    void add(Patch patch, float[] query, float[] generated) {
        float[] residual = new float[query.length];
        for (int i = 0; i < residual.length; i++) residual[i] = query[i] - generated[i];
        add(patch, residual);
    }

    /** Adds the signed residual of a patch. */
    void add(Patch patch, float[] residual) {
        int size = patches.options().size();
        signed.add(patch.row(), patch.column(), size, residual, 0);
        plain.add(patch.row(), patch.column(), size, magnitude(residual), 0);
    }

    /** The {@link Plane#OURS}, each over the strip. */
    float[][] strips(double sigma) {
        float[] residual = signed.mean();
        return new float[][] {plain.mean(), magnitude(blur(residual, sigma)), logRatio(residual, sigma)};
    }

    /** The patches were cut from the strip, so that what was drawn in their place is the strip less the residual. */
    private float[] logRatio(float[] residual, double sigma) {
        float[] strip = patches.strip(scan);
        float[] drawn = new float[strip.length];
        for (int i = 0; i < drawn.length; i++) drawn[i] = strip[i] - 127.5f * residual[i];
        return LogRatio.of(blur(strip, sigma), blur(drawn, sigma));
    }

    private float[] blur(float[] values, double sigma) {
        return Gaussian.blur(values, patches.stripHeight(), patches.stripWidth(), sigma, sigma);
    }

    /** Planes × height × width of the scan's own pixels; NaN where no patch reached. */
    FloatArray maps(double sigma) {
        return unflatten(patches, scan, strips(sigma));
    }

    /** Maps over the strip as n × height × width of the scan's own pixels. */
    static FloatArray unflatten(Patches patches, int scan, float[]... strips) {
        ScanInfo info = patches.scans().get(scan);
        FloatArray maps = FloatArray.zeros(strips.length, info.height(), info.width());
        for (int i = 0; i < strips.length; i++) {
            float[] own = patches.unflatten(scan, strips[i]).data();
            System.arraycopy(own, 0, maps.data(), i * own.length, own.length);
        }
        return maps;
    }

    private static float[] magnitude(float[] values) {
        float[] magnitude = new float[values.length];
        for (int i = 0; i < values.length; i++) magnitude[i] = Math.abs(values[i]);
        return magnitude;
    }
}
