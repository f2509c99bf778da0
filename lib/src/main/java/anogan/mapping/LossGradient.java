package anogan.mapping;

/**
 * The mapping loss of a batch and its derivatives with respect to images and features, for {@link MappingEngine#backward}. All four parts of the scores fall
 * off on the way: R, D, D̂ at G(z), and P_D of the query.
 */
final class LossGradient {
    private final FrozenNetworks networks;
    private final MappingLoss loss;
    private final float[] x;
    private final float[] fx;
    private final int n;
    private final int batch;
    private final double[] queryLogits;
    private final double[] residual;
    private final double[] features;
    private double[] logits;

    /**
     * @param x  the queries, batch × S × S
     * @param fx their features
     * @param n  how many of the batch are queries; the rest is padding and gets no errors
     */
    LossGradient(FrozenNetworks networks, MappingLoss loss, float[] x, float[] fx, int n) {
        this.networks = networks;
        this.loss = loss;
        this.x = x;
        this.fx = fx;
        this.n = n;
        batch = fx.length / networks.architecture().features();
        queryLogits = networks.logits(fx, n);
        residual = new double[n];
        features = new double[n];
    }

    void evaluate(float[] images, float[] f, float[] imageErrors, float[] featureErrors) {
        double lambda = loss.lambda();
        distance(x, images, residual, (float) (1 - lambda), imageErrors);
        logits = networks.logits(f, n);
        if (loss instanceof MappingLoss.FeatureMatching) {
            distance(fx, f, features, (float) lambda, featureErrors);
        } else {
            distance(fx, f, features, 0, featureErrors);
            float[] head = networks.head().weight();
            for (int i = 0; i < n; i++) {
                float error = (float) (lambda * -sigmoid(-logits[i]));   // d/dlogit of −log σ(logit)
                for (int j = 0; j < head.length; j++) featureErrors[i * head.length + j] = error * head[j];
            }
        }
    }

    /** Σ|target − value| for each image, and weight·sign(value − target) as its derivative; the derivative of |0| is 0. */
    private void distance(float[] target, float[] value, double[] sums, float weight, float[] errors) {
        int length = target.length / batch;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = i * length; j < (i + 1) * length; j++) {
                float difference = value[j] - target[j];
                sum += Math.abs(difference);
                errors[j] = weight * Math.signum(difference);
            }
            sums[i] = sum;
        }
    }

    /** L for each query. */
    double[] total() {
        double lambda = loss.lambda();
        double[] total = new double[n];
        for (int i = 0; i < n; i++) {
            total[i] = (1 - lambda) * residual[i] + lambda * (loss instanceof MappingLoss.FeatureMatching ? features[i] : reference(i));
        }
        return total;
    }

    double residual(int i) {
        return residual[i];
    }

    double features(int i) {
        return features[i];
    }

    double reference(int i) {
        return minusLogSigmoid(logits[i]);
    }

    double query(int i) {
        return minusLogSigmoid(queryLogits[i]);
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    private static double minusLogSigmoid(double logit) {
        return Math.max(-logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }
}
