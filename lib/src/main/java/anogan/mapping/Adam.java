package anogan.mapping;

/** Adam (Kingma and Ba, ICLR 2015; β₁ 0.9, β₂ 0.999) on a batch of latent points: each number has moments of its own, so that points do not mix. */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private final double learningRate;
    private final double[] mean;
    private final double[] square;
    private int step;

    Adam(double learningRate, int numbers) {
        this.learningRate = learningRate;
        mean = new double[numbers];
        square = new double[numbers];
    }

    void step(float[] z, float[] gradient) {
        step++;
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < z.length; i++) {
            mean[i] += (1 - BETA1) * (gradient[i] - mean[i]);
            square[i] += (1 - BETA2) * ((double) gradient[i] * gradient[i] - square[i]);
            z[i] -= (float) (learningRate * (mean[i] / correction1) / (Math.sqrt(square[i] / correction2) + EPSILON));
        }
    }
}
