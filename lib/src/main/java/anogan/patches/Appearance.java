package anogan.patches;

import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import java.util.Arrays;

/**
 * What a flattened scan looks like, whatever is wrong with the eye: that of another device, or of fewer averaged
 * frames, is another sight to a model, and its score says little. None of it tells healthy from sick by itself.
 *
 * @param noise     standard deviation of the grain in the strip, in grey values, were it normal: 1.4826 times the
 *                  median magnitude of what a blur of two pixels takes away. Of the strip as the model sees it, so that
 *                  it counts against the contrast
 * @param contrast  grey values between vitreous and pigment epithelium in the scan itself, 40 at least
 * @param thickness median distance from ILM to Bruch's membrane in rows of the strip
 */
public record Appearance(double noise, double contrast, double thickness) {
    private static final double HIGH_PASS = 2;   // pixels

    /** Of a scan whose picture is kept: one that is not trained on. */
    public static Appearance of(Patches patches, int scan) {
        GrayImage own = patches.scanImage(scan);
        StripGeometry geometry = patches.geometry(scan);
        float[] straight = Flattener.straight(own.resize(geometry.workingHeight(), geometry.stripWidth()), geometry);
        Contrast contrast = Contrast.of(straight, geometry.inStrip(patches.bound(scan, 0)),
                geometry.inStrip(patches.bound(scan, 1)));
        float[] grain = Gaussian.grain(patches.strip(scan), patches.stripHeight(), patches.stripWidth(), HIGH_PASS);
        Arrays.sort(grain);
        return new Appearance(Gaussian.MEDIAN_TO_SD * grain[grain.length / 2], contrast.rpe() - contrast.vitreous(),
                patches.retinaThickness(scan));
    }
}
