package anogan.mapping;

import anogan.networks.FrozenNetworks;
import anogan.networks.Logit;
import anogan.networks.MappingEngine;
import java.util.Arrays;

/**
 * The mapping loss of one query and its derivatives with respect to image and features, for
 * {@link MappingEngine#backward}. All four parts of the scores fall off on the way: R, D, D̂ at G(z), and P_D of the
 * query.
 */
final class LossGradient {
    private final FrozenNetworks networks;
    private final MappingLoss loss;
    private final float[] x;
    private final float[] fx;
    private final double queryLogit;
    private double residual;
    private double features;
    private double logit;

    /**
     * @param x  the query, S × S
     * @param fx its features
     */
    LossGradient(FrozenNetworks networks, MappingLoss loss, float[] x, float[] fx) {
        this.networks = networks;
        this.loss = loss;
        this.x = x;
        this.fx = fx;
        queryLogit = networks.logit(fx, 0);
    }

    /** The loss of image and features number {@code slot} of a batch; the errors are written at the same place. */
    double evaluate(int slot, float[] images, float[] f, float[] imageErrors, float[] featureErrors) {
        float lambda = (float) loss.lambda();
        residual = distance(x, images, slot * x.length, 1 - lambda, imageErrors);
        logit = networks.logit(f, slot * fx.length);
        if (loss instanceof MappingLoss.FeatureMatching) {
            features = distance(fx, f, slot * fx.length, lambda, featureErrors);
        } else {
            features = distance(fx, f, slot * fx.length, 0, featureErrors);
            float[] head = networks.head().weight();
            float error = (float) (loss.lambda() * -Logit.sigmoid(-logit));   // d/dlogit of −log σ(logit)
            for (int j = 0; j < head.length; j++) featureErrors[slot * fx.length + j] = error * head[j];
        }
        return total();
    }

    /** Σ|target − value|, and weight·sign(value − target) as its derivative; the derivative of |0| is 0. */
    private static double distance(float[] target, float[] value, int offset, float weight, float[] errors) {
        double even = 0;   // two sums, for two additions at a time
        double odd = 0;
        for (int j = 0; j < target.length; j += 2) {
            float first = value[offset + j] - target[j];
            float second = value[offset + j + 1] - target[j + 1];
            even += Math.abs(first);
            odd += Math.abs(second);
            errors[offset + j] = first == 0 ? 0 : Math.copySign(weight, first);
            errors[offset + j + 1] = second == 0 ? 0 : Math.copySign(weight, second);
        }
        return even + odd;
    }

    double total() {
        double lambda = loss.lambda();
        return (1 - lambda) * residual
                + lambda * (loss instanceof MappingLoss.FeatureMatching ? features : Logit.minusLogSigmoid(logit));
    }

    /** What is found, with the scores of the latest {@link #evaluate}, which had the same slot and arrays. */
    MappingResult result(int start, float[] z, int slot, float[] images, float[] f) {
        float[] generated = Arrays.copyOfRange(images, slot * x.length, (slot + 1) * x.length);
        double squares = meanSquare(x, images, slot * x.length) + meanSquare(fx, f, slot * fx.length);
        return new MappingResult(start, z, generated, residual, features, Logit.minusLogSigmoid(logit),
                Logit.minusLogSigmoid(queryLogit), squares);
    }

    private static double meanSquare(float[] target, float[] value, int offset) {
        double sum = 0;
        for (int j = 0; j < target.length; j++) {
            double difference = value[offset + j] - target[j];
            sum += difference * difference;
        }
        return sum / target.length;
    }
}
