package anogan.patches;

import anogan.scans.Gaussian;
import java.util.Arrays;

/**
 * The contrast of a scan: how dark its vitreous is and how bright its pigment epithelium (RPE). Scanners, and scans of
 * one scanner, differ in both by a third, which says nothing of the eye; a strip is scaled so that they come out alike.
 *
 * @param vitreous grey value, 0 to 255
 * @param rpe      likewise; brighter by at least {@value #LEAST}
 */
record Contrast(float vitreous, float rpe) {
    /** What they come out as: the medians of OCTDL's healthy scans, whose contrast so stays what it is. */
    static final Contrast USUAL = new Contrast(20, 190);
    /** Where less lies between them it is noise that would be amplified. */
    private static final int LEAST = 40;
    private static final int NEAR_ILM = 4;      // rows above the ILM that are no vitreous yet
    private static final int NEAR_RPE = 2;      // rows around the RPE among which the brightest counts
    private static final int FEW = 200;         // pixels

    /**
     * @param strip height × width grey values
     * @param ilm   for every column, the strip's row of the inner limiting membrane
     * @param line  that of the RPE
     */
    static Contrast of(float[] strip, float[] ilm, float[] line) {
        int width = line.length;
        int height = strip.length / width;
        float[] vitreous = new float[strip.length];
        int n = 0;
        for (int i = 0; i < strip.length; i++) {
            int row = i / width;
            if (row < ilm[i % width] - NEAR_ILM) vitreous[n++] = strip[i];
        }
        float[] smooth = Gaussian.blur(strip, height, width, 1.5, 4);
        float[] bright = new float[width];
        for (int x = 0; x < width; x++)
            for (int y = Math.round(line[x]) - NEAR_RPE; y <= Math.round(line[x]) + NEAR_RPE; y++)
                if (y >= 0 && y < height) bright[x] = Math.max(bright[x], smooth[y * width + x]);
        float dark = n >= FEW ? quantile(Arrays.copyOf(vitreous, n), 0.5) : quantile(strip.clone(), 0.05);
        return new Contrast(dark, Math.max(dark + LEAST, quantile(bright, 0.5)));
    }

    /** The strip with the usual contrast; what leaves 0 to 255 ends there. */
    float[] toUsual(float[] strip) {
        float gain = (USUAL.rpe - USUAL.vitreous) / (rpe - vitreous);
        float[] usual = new float[strip.length];
        for (int i = 0; i < strip.length; i++)
            usual[i] = Math.max(0, Math.min(255, USUAL.vitreous + gain * (strip[i] - vitreous)));
        return usual;
    }

    private static float quantile(float[] values, double share) {
        Arrays.sort(values);
        return values[(int) (share * (values.length - 1))];
    }
}
