package anogan.mapping;

/** {@link Optimiser.Adam} for one latent point. */
final class AdamMoments implements Optimiser.Moments {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private final double learningRate;
    private final double[] mean;
    private final double[] square;
    private int step;

    AdamMoments(double learningRate, int latent) {
        this.learningRate = learningRate;
        mean = new double[latent];
        square = new double[latent];
    }

    @Override
    public void step(float[] z, float[] gradient) {
        step++;
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < mean.length; i++) {
            double g = gradient[i];
            mean[i] += (1 - BETA1) * (g - mean[i]);
            square[i] += (1 - BETA2) * (g * g - square[i]);
            z[i] -= (float) (learningRate * (mean[i] / correction1) / (Math.sqrt(square[i] / correction2) + EPSILON));
        }
    }
}
