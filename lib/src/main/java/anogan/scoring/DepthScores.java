package anogan.scoring;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What departs from a drawing, judged inside the retina and by depth: the same for the G(z_Γ) of AnoGAN and for each of
 * its rivals, so that a comparison is one of models.
 *
 * <p>
 * A strip and its drawing are smoothed alike; their {@link Departure} is divided by what held-out normal scans show at
 * that depth ({@link DepthCalibration}), which gives the signed maps Z and Z_ratio. Of a patch come from them, over its
 * pixels in the retina: the sum of |Z| (a thick retina counts as well: state {@link Score#RETINA_THICKNESS} beside it),
 * the highest |Z| (a small lesion), and the sum of |Z_ratio| (dark, quiet fluid). The combined score takes the higher
 * of the last two, each in deviations of validation normals: a patch is as unusual as its most unusual view. Nothing in
 * it is fitted to anomalies.
 */
public final class DepthScores {
    /** σ of the smoothing, in edges of a patch: half a pixel of 64, since foci are a pixel or two wide. */
    static final double SMOOTHING = 0.5 / 64;

    private final Patches patches;
    private final IntFunction<float[]> residual;
    private final Calibration calibration;

    /** All that is learned from validation normals. */
    public record Calibration(DepthCalibration difference, DepthCalibration ratio, Scale highest, Scale ratioSum) {}

    /**
     * What departs from the drawing in a patch.
     *
     * @param sum      Σ|Z|
     * @param highest  the highest |Z|
     * @param ratioSum Σ|Z_ratio|
     */
    record Parts(double sum, double highest, double ratioSum) {}

    /** The signed maps over the strip of a scan, bright positive; and which of its pixels lie in the retina. */
    record Maps(float[] z, float[] zRatio, boolean[] retina) {}

    private DepthScores(Patches patches, IntFunction<float[]> residual, Calibration calibration) {
        this.patches = patches;
        this.residual = residual;
        this.calibration = calibration;
    }

    /**
     * Calibrated on the validation normals.
     *
     * @param residual of each scan, the strip of x less its drawing on the scale [−1, 1]
     */
    static DepthScores calibrated(Patches patches, IntFunction<float[]> residual) {
        List<Integer> normals = patches.scans(Split.VALIDATION);
        DepthCalibration.Fit difference = new DepthCalibration.Fit(patches.stripHeight());
        DepthCalibration.Fit ratio = new DepthCalibration.Fit(patches.stripHeight());
        for (int scan : normals) {
            Departure departure = departure(patches, scan, residual.apply(scan));
            boolean[] retina = patches.retina(scan);
            difference.add(departure.difference(), retina);
            ratio.add(departure.ratio(), retina);
        }
        Scale none = new Scale(0, 1);
        DepthScores unscaled = new DepthScores(patches, residual,
                new Calibration(difference.fitted(), ratio.fitted(), none, none));
        List<Parts> parts = new ArrayList<>();
        for (int scan : normals) {
            Maps maps = unscaled.maps(scan);
            for (Patch p : patches.grid(scan)) parts.add(unscaled.parts(maps, p));
        }
        return new DepthScores(patches, residual,
                new Calibration(unscaled.calibration.difference, unscaled.calibration.ratio,
                        Scale.of(parts.stream().mapToDouble(Parts::highest).toArray()),
                        Scale.of(parts.stream().mapToDouble(Parts::ratioSum).toArray())));
    }

    /** Calibrated before, on the normals of another folder. */
    static DepthScores of(Patches patches, IntFunction<float[]> residual, Calibration calibration) {
        return new DepthScores(patches, residual, calibration);
    }

    Calibration calibration() {
        return calibration;
    }

    Maps maps(int scan) {
        return maps(scan, residual.apply(scan));
    }

    /** @param residual the strip of x less its drawing, where the caller has it already */
    Maps maps(int scan, float[] residual) {
        Departure departure = departure(patches, scan, residual);
        return new Maps(calibration.difference.z(departure.difference()), calibration.ratio.z(departure.ratio()),
                patches.retina(scan));
    }

    private static Departure departure(Patches patches, int scan, float[] residual) {
        return Departure.of(patches.strip(scan), residual, patches.stripHeight(), patches.stripWidth(),
                SMOOTHING * patches.options().size());
    }

    /** Of the maps of the scan that the patch was cut from; 0 where a patch shows nothing of the retina. */
    Parts parts(Maps maps, Patch patch) {
        int size = patches.options().size();
        boolean[] inside = patch.cut(maps.retina, patches.stripWidth(), size);
        double[] z = magnitudes(maps.z, inside, patch);
        double[] ratio = magnitudes(maps.zRatio, inside, patch);
        return new Parts(Arrays.stream(z).sum(), Arrays.stream(z).max().orElse(0), Arrays.stream(ratio).sum());
    }

    /** The columns of {@link Drawing#scores}, in their order. */
    double[] scores(Maps maps, Patch patch) {
        Parts parts = parts(maps, patch);
        return new double[] {parts.sum, parts.highest, parts.ratioSum, combined(parts)};
    }

    /** How many deviations the more unusual of two views is above the median of normal patches. */
    double combined(Parts parts) {
        return Math.max(calibration.highest.of(parts.highest), calibration.ratioSum.of(parts.ratioSum));
    }

    private double[] magnitudes(float[] strip, boolean[] inside, Patch patch) {
        int size = patches.options().size();
        return IntStream.range(0, inside.length).filter(i -> inside[i]).mapToDouble(
                i -> Math.abs(strip[(patch.row() + i / size) * patches.stripWidth() + patch.column() + i % size]))
                .toArray();
    }
}
