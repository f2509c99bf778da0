package anogan.scoring;

import anogan.scans.Gaussian;

/**
 * How a strip departs from a drawing of it, pixel by pixel, both smoothed first; positive where the strip is brighter.
 * The difference says most of where a retina is bright, the ratio sees dark, quiet fluid.
 *
 * @param difference x̄ − Ḡ on the scale [−1, 1], so that ±2 is the largest there is
 * @param ratio      {@link LogRatio}, with its sign
 */
record Departure(float[] difference, float[] ratio) {
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
        for (int i = 0; i < x.length; i++) difference[i] = (x[i] - g[i]) / 127.5f;
        return new Departure(difference, LogRatio.signed(x, g));
    }
}
