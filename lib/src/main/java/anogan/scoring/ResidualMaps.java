package anogan.scoring;

import anogan.FloatArray;
import anogan.data.Gaussian;
import anogan.data.Patch;
import anogan.data.PatchFolder;
import java.util.Arrays;

/**
 * Where a scan departs from what G can draw: the patches' residuals, stitched over their overlaps and laid back onto the scan's own pixels.
 *
 * <ul>
 * <li>plain: |x − G(z_Γ)|, the paper's residual image x_R;
 * <li>smoothed: the signed residual x − G(z_Γ), smoothed first and then taken by magnitude. Speckle averages out, and dark quiet fluid, whose residual is one-signed, stays.
 * </ul>
 *
 * Values are grey levels on the scale [−1, 1], so that 2 is the largest residual there is.
 */
final class ResidualMaps {
    private final PatchFolder patches;
    private final int scan;
    private final Stitcher plain;
    private final Stitcher signed;

    ResidualMaps(PatchFolder patches, int scan) {
        this.patches = patches;
        this.scan = scan;
        plain = new Stitcher(patches.stripHeight(), patches.stripWidth());
        signed = new Stitcher(patches.stripHeight(), patches.stripWidth());
    }

    void add(Patch patch, float[] query, float[] generated) {
        float[] difference = new float[query.length];
        float[] magnitude = new float[query.length];
        for (int i = 0; i < query.length; i++) {
            difference[i] = query[i] - generated[i];
            magnitude[i] = Math.abs(difference[i]);
        }
        int size = patches.options().size();
        plain.add(patch.row(), patch.column(), size, magnitude, 0);
        signed.add(patch.row(), patch.column(), size, difference, 0);
    }

    /** 2 × height × width of the scan's own pixels: plain, smoothed; NaN where no patch reached. */
    FloatArray maps(double sigma) {
        float[] smooth = Gaussian.blur(signed.mean(), patches.stripHeight(), patches.stripWidth(), sigma, sigma);
        for (int i = 0; i < smooth.length; i++) smooth[i] = Math.abs(smooth[i]);
        FloatArray first = patches.unflatten(scan, plain.mean());
        FloatArray second = patches.unflatten(scan, smooth);
        float[] both = Arrays.copyOf(first.data(), 2 * first.data().length);
        System.arraycopy(second.data(), 0, both, first.data().length, second.data().length);
        return new FloatArray(both, 2, first.shape()[0], first.shape()[1]);
    }
}
