package anogan.scoring;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Gaussian;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
    private final float[] plain;
    private final float[] signed;

    private ResidualMaps(Patches patches, int scan, float[] plain, float[] signed) {
        this.patches = patches;
        this.scan = scan;
        this.plain = plain;
        this.signed = signed;
    }

    /** @param residuals x − G(z_Γ) of the patches of a scan, with their sign */
    static ResidualMaps of(Patches patches, List<Patch> of, List<float[]> residuals) {
        int size = patches.options().size();
        Stitcher plain = new Stitcher(patches.stripHeight(), patches.stripWidth());
        Stitcher signed = new Stitcher(patches.stripHeight(), patches.stripWidth());
        for (int i = 0; i < of.size(); i++) {
            Patch p = of.get(i);
            signed.add(p.row(), p.column(), size, residuals.get(i), 0);
            plain.add(p.row(), p.column(), size, magnitude(residuals.get(i)), 0);
        }
        return new ResidualMaps(patches, of.get(0).scan(), plain.mean(), signed.mean());
    }

    /** As {@link #write} left them. */
    static ResidualMaps read(Patches patches, int scan, Path file) {
        FloatArray both = Npy.read(file);
        int pixels = patches.stripHeight() * patches.stripWidth();
        if (both.data().length != 2 * pixels)
            throw UserError.failure("%s holds no residuals of a strip. Delete it, and run map again.", file);
        return new ResidualMaps(patches, scan, Arrays.copyOf(both.data(), pixels),
                Arrays.copyOfRange(both.data(), pixels, 2 * pixels));
    }

    /** Over the strip: 2 × height × width, plain and signed. */
    void write(Path file) {
        FloatArray both = FloatArray.zeros(2, patches.stripHeight(), patches.stripWidth());
        System.arraycopy(plain, 0, both.data(), 0, plain.length);
        System.arraycopy(signed, 0, both.data(), plain.length, signed.length);
        Npy.write(file, both);
    }

    /** x − G(z_Γ) over the strip. */
    float[] signed() {
        return signed.clone();
    }

    /** The three maps over the strip. */
    float[][] strips(double sigma) {
        return new float[][] {plain, magnitude(blur(signed, sigma)), logRatio(signed, sigma)};
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
