package anogan.scoring;

import anogan.scans.Gaussian;
import java.util.Arrays;
import java.util.List;

/**
 * What else can be read off a query and its G(z_Γ), beside the paper's R. R adds up all pixels, so that a small lesion
 * must outweigh the speckle of the whole patch; these three look for what is strong, wide, or dark instead. README says
 * which helps on which data.
 *
 * @param worst    mean of |x − G(z_Γ)| over the worst {@value #WORST} of the pixels, on the scale [−1, 1]: what is
 *                 strong
 * @param smoothed Σ|x − G(z_Γ)| after the signed residual was smoothed: what has one sign over an area; speckle
 *                 averages out
 * @param logRatio mean {@link LogRatio} over the pixels of the retina (over all, if the patch has none): what is as
 *                 many times too dark or too bright
 */
record ResidualScores(double worst, double smoothed, double logRatio) {
    static final List<Score> SCORES = List.of(Score.R_WORST, Score.R_SMOOTHED, Score.R_LOG_RATIO);
    static final double WORST = 0.05;

    /**
     * @param query     S × S in [−1, 1]
     * @param generated likewise
     * @param retina    which of the pixels lie between the retina's boundaries
     * @param sigma     of the smoothing, in pixels
     */
    static ResidualScores of(float[] query, float[] generated, boolean[] retina, double sigma) {
        int size = (int) Math.sqrt(query.length);
        float[] residual = Residual.signed(query, generated);
        return new ResidualScores(worst(residual), sum(Gaussian.blur(residual, size, size, sigma, sigma)),
                logRatio(query, generated, retina, sigma));
    }

    /** {@link #logRatio} alone. */
    static double logRatio(float[] query, float[] generated, boolean[] retina, double sigma) {
        int size = (int) Math.sqrt(query.length);
        return mean(LogRatio.of(query, generated, size, size, sigma), retina);
    }

    double[] values() {
        return new double[] {worst, smoothed, logRatio};
    }

    private static double worst(float[] residual) {
        float[] sorted = new float[residual.length];
        for (int i = 0; i < sorted.length; i++) sorted[i] = Math.abs(residual[i]);
        Arrays.sort(sorted);
        int from = sorted.length - (int) Math.ceil(WORST * sorted.length);
        return sum(Arrays.copyOfRange(sorted, from, sorted.length)) / (sorted.length - from);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float v : values) sum += Math.abs(v);
        return sum;
    }

    private static double mean(float[] values, boolean[] where) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (!where[i]) continue;
            sum += values[i];
            n++;
        }
        return n == 0 ? sum(values) / values.length : sum / n;
    }
}
