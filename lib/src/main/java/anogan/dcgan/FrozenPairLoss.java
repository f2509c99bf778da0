package anogan.dcgan;

import anogan.networks.Architecture;
import anogan.networks.MappingEngine;

/**
 * f-AnoGAN's loss of an encoder (izi_f: image to z to image, and features), for some patches of a batch: with P pixels
 * and F features,
 *
 * <pre>L = Σ(x − G(z))²/P + κ·Σ(f(x) − f(G(z)))²/F, of each patch</pre>
 *
 * and its way back to z. G and f stand still, with batch norm in its inference form.
 */
final class FrozenPairLoss {
    private final Architecture architecture;
    private final double kappa;
    private final MappingEngine engine;
    private double pixels;
    private double features;

    FrozenPairLoss(Architecture architecture, double kappa, MappingEngine engine) {
        this.architecture = architecture;
        this.kappa = kappa;
        this.engine = engine;
    }

    /** Σ over the patches of the mean square of x − G(z). */
    double pixels() {
        return pixels;
    }

    /** Σ over the patches of the mean square of f(x) − f(G(z)), without κ. */
    double features() {
        return features;
    }

    /**
     * @param  x n × S × S
     * @param  z n × latent
     * @return   ∂L/∂z of each patch
     */
    float[] gradient(float[] x, float[] z) {
        int n = z.length / architecture.latent();
        float[] images = new float[x.length];
        float[] f = new float[n * architecture.features()];
        float[] fx = new float[f.length];
        engine.features(n, x, fx);
        engine.forward(n, z, images, f);
        pixels = difference(images, x, x.length / n, 1);
        features = difference(f, fx, architecture.features(), kappa);
        float[] errors = new float[z.length];
        engine.backward(n, images, f, errors);
        return errors;
    }

    /**
     * Σ(value − target)²/length; {@code value} becomes the derivative of that, times {@code weight}.
     *
     * @param length of each patch
     */
    private static double difference(float[] value, float[] target, int length, double weight) {
        double sum = 0;
        float scale = (float) (2 * weight / length);
        for (int i = 0; i < value.length; i++) {
            float d = value[i] - target[i];
            sum += (double) d * d;
            value[i] = scale * d;
        }
        return sum / length;
    }
}
