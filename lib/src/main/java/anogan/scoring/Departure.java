package anogan.scoring;

import anogan.scans.Gaussian;

/**
 * How a strip departs from a drawing of it, pixel by pixel, both smoothed first; positive where the strip is brighter.
 *
 * <p>
 * The difference says most of where a retina is bright. Speckle multiplies, so that the ratio weighs dark and bright
 * alike: it is the usual operator for change between images with speckle (for radar: Rignot and van Zyl, IEEE TGRS 31,
 * 1993), and sees dark, quiet fluid.
 *
 * @param difference x̄ − Ḡ on the scale [−1, 1], so that ±2 is the largest there is
 * @param ratio      log((x̄ + ε) / (Ḡ + ε)) of grey values 0 to 255; ε, {@value #FLOOR} grey values, is about what a
 *                   detector adds where no light returns
 */
record Departure(float[] difference, float[] ratio) {
    static final double FLOOR = 4;

    /**
     * @param strip    height × width grey values 0 to 255
     * @param residual x − G(z) of each pixel on the scale [−1, 1]: what was drawn is the strip less that
     * @param sigma    of the smoothing, in pixels
     */
    static Departure of(float[] strip, float[] residual, int height, int width, double sigma) {
        float[] drawn = new float[strip.length];
        for (int i = 0; i < drawn.length; i++) drawn[i] = strip[i] - 127.5f * residual[i];
        float[] x = Gaussian.blur(strip, height, width, sigma, sigma);
        float[] g = Gaussian.blur(drawn, height, width, sigma, sigma);
        float[] difference = new float[x.length];
        float[] ratio = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = (x[i] - g[i]) / 127.5f;
            ratio[i] = (float) Math.log(bright(x[i]) / bright(g[i]));
        }
        return new Departure(difference, ratio);
    }

    /** A linear model may draw what is darker than black. */
    private static double bright(float grey) {
        return Math.max(0, grey) + FLOOR;
    }
}
