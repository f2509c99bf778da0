package anogan.mapping;

import anogan.networks.Dcgan;
import anogan.networks.PlainNetworks;
import java.util.SplittableRandom;

/**
 * The mapping's losses as the paper has them, in double precision on {@link PlainNetworks}, and their gradient by
 * central differences.
 */
final class PlainMapping {
    private static final double STEP = 1e-6;
    private final PlainNetworks networks;

    PlainMapping(Dcgan pair) {
        networks = new PlainNetworks(pair, false);
    }

    /** The four parts of the scores at z. */
    record Parts(double residual, double features, double reference, double discriminator) {}

    Parts parts(double[] x, double[] z) {
        double[] image = networks.generate(z)[0];
        double[][] f = {networks.features(x)[0], networks.features(image)[0]};
        double[] logits = networks.logits(f);
        return new Parts(distance(x, image), distance(f[0], f[1]), -Math.log(1 / (1 + Math.exp(-logits[1]))),
                -Math.log(1 / (1 + Math.exp(-logits[0]))));
    }

    double[] generate(double[] z) {
        return networks.generate(z)[0];
    }

    double loss(MappingLoss loss, double[] x, double[] z) {
        Parts p = parts(x, z);
        return (1 - loss.lambda()) * p.residual
                + loss.lambda() * (loss instanceof MappingLoss.Reference ? p.reference : p.features);
    }

    double[] gradient(MappingLoss loss, double[] x, double[] z) {
        double[] gradient = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            double[] moved = z.clone();
            moved[i] = z[i] + STEP;
            double above = loss(loss, x, moved);
            moved[i] = z[i] - STEP;
            gradient[i] = (above - loss(loss, x, moved)) / (2 * STEP);
        }
        return gradient;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
        return sum;
    }

    static double[] doubles(float... values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) d[i] = values[i];
        return d;
    }

    /** Numbers in [−1, 1]. */
    static float[] random(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] v = new float[n];
        for (int i = 0; i < n; i++) v[i] = (float) (2 * random.nextDouble() - 1);
        return v;
    }
}
