package anogan.scoring;

import anogan.scans.Gaussian;

/**
 * How many times as dark or as bright a place is as G drew it: |log((x̄ + ε) / (Ḡ + ε))|, x̄ and Ḡ in grey values 0 to
 * 255, smoothed first.
 *
 * <p>
 * Speckle multiplies: its spread grows with brightness, so that a difference of grey values says most of where a retina
 * is bright, and next to nothing of dark, quiet fluid. The ratio weighs both alike; it is the usual operator for change
 * between images with speckle (for radar: Rignot and van Zyl, IEEE TGRS 31, 1993). ε, {@value #FLOOR} grey values, is
 * about what a detector adds where no light returns.
 */
final class LogRatio {
    static final double FLOOR = 4;

    private LogRatio() {}

    /** Of two images of grey values 0 to 255, already smoothed: positive where the query is brighter. */
    static float[] signed(float[] smoothQuery, float[] smoothGenerated) {
        float[] ratio = new float[smoothQuery.length];
        for (int i = 0; i < ratio.length; i++)
            ratio[i] = (float) Math.log(bright(smoothQuery[i]) / bright(smoothGenerated[i]));
        return ratio;
    }

    /** The same by magnitude. */
    static float[] of(float[] smoothQuery, float[] smoothGenerated) {
        float[] ratio = signed(smoothQuery, smoothGenerated);
        for (int i = 0; i < ratio.length; i++) ratio[i] = Math.abs(ratio[i]);
        return ratio;
    }

    /** Of two images in [−1, 1], height × width, that are smoothed first. */
    static float[] of(float[] query, float[] generated, int height, int width, double sigma) {
        return of(Gaussian.blur(grey(query), height, width, sigma, sigma),
                Gaussian.blur(grey(generated), height, width, sigma, sigma));
    }

    static float[] grey(float[] values) {
        float[] grey = new float[values.length];
        for (int i = 0; i < grey.length; i++) grey[i] = (values[i] + 1) * 127.5f;
        return grey;
    }

    /** A linear model may draw what is darker than black. */
    private static double bright(float grey) {
        return Math.max(0, grey) + FLOOR;
    }
}
