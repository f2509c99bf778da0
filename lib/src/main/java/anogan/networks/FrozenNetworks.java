package anogan.networks;

import anogan.io.FloatArray;
import java.util.Map;

/**
 * G and D as the mapping sees them: frozen, with batch norm in its inference form folded into the weights before it.
 * Nothing here depends on a batch (trap 1) and nothing can be changed by scoring (trap 2).
 *
 * <p>
 * With γ, β, mean μ, variance v of a channel, BN(w·x + b) = (γ/√(v+ε))·w·x + (γ/√(v+ε))·(b − μ) + β. Arrays are laid
 * out for channels-last (NHWC) engines.
 *
 * @param architecture   the shape
 * @param dense          z to the deepest maps: latent × 4 × 4 × C, with bias 4 × 4 × C
 * @param deconvolutions of G: 5 × 5 × out × in, with bias out
 * @param convolutions   of D: 5 × 5 × in × out, with bias out
 * @param head           f(x) to the logit of D(x): 4 × 4 × C, with one bias; of an encoder, to its code: latent × 4 × 4
 *                       × C, with bias latent
 */
public record FrozenNetworks(Architecture architecture, Layer dense, Layer[] deconvolutions, Layer[] convolutions,
        Layer head) {
    private static final int K = 25;
    private static final int DEEP = Architecture.DEEP * Architecture.DEEP;

    /** Weights and bias of one layer. */
    public record Layer(float[] weight, float[] bias) {}

    public static FrozenNetworks of(Dcgan pair) {
        return of(pair.architecture(), pair.generator(), pair.discriminator(), "head");
    }

    /** The decoder stands in G's place, the encoder in D's, and the code in that of the logit. */
    public static FrozenNetworks of(Autoencoder a) {
        return of(a.architecture(), a.decoder(), a.encoder(), "code");
    }

    /** G in its place, the encoder in D's, and what tanh makes z in that of the logit. */
    public static FrozenNetworks of(Dcgan pair, Encoder e) {
        return of(pair.architecture(), pair.generator(), e.weights(), "code");
    }

    private static FrozenNetworks of(Architecture a, Map<String, FloatArray> generator,
            Map<String, FloatArray> discriminator, String head) {
        int[] g = a.generatorChannels();
        int[] d = a.discriminatorChannels();
        Layer[] deconvolutions = new Layer[a.layers()];
        Layer[] convolutions = new Layer[a.layers()];
        for (int i = 1; i <= a.layers(); i++) {
            deconvolutions[i - 1] = deconvolution(generator, i, g[i - 1], g[i]);
            convolutions[i - 1] = convolution(discriminator, i, d[i - 1], d[i]);
        }
        return new FrozenNetworks(a, dense(generator, a.latent(), g[0]), deconvolutions, convolutions,
                head(discriminator, head, d[a.layers()]));
    }

    /** The logit of D for the features that stand from {@code offset} on: 4 × 4 × C numbers. */
    public double logit(float[] features, int offset) {
        return output(0, features, offset);
    }

    /** Number {@code k} of what the head makes of the features that stand from {@code offset} on. */
    double output(int k, float[] features, int offset) {
        int n = architecture.features();
        float[] w = head.weight;
        double sum = head.bias[k];
        for (int j = 0; j < n; j++) sum += (double) w[k * n + j] * features[offset + j];
        return sum;
    }

    /** scale·y + shift is what a batch norm does to channel c; without batch norm it is the identity. */
    private record Fold(double[] scale, double[] shift) {
        static Fold of(Map<String, FloatArray> weights, String name, int channels) {
            double[] scale = new double[channels];
            double[] shift = new double[channels];
            for (int c = 0; c < channels; c++) {
                if (weights.containsKey(name + ".weight")) {
                    scale[c] = at(weights, name + ".weight", c)
                            / Math.sqrt(at(weights, name + ".running_var", c) + Dcgan.BN_EPSILON);
                    shift[c] = at(weights, name + ".bias", c) - scale[c] * at(weights, name + ".running_mean", c);
                } else {
                    scale[c] = 1;
                }
            }
            return new Fold(scale, shift);
        }

        private static double at(Map<String, FloatArray> weights, String name, int i) {
            return weights.get(name).data()[i];
        }

        /** Weights of channels that change every {@code stride} numbers. */
        float[] weights(float[] w, int stride) {
            float[] folded = new float[w.length];
            for (int i = 0; i < w.length; i++) folded[i] = (float) (scale[i / stride % scale.length] * w[i]);
            return folded;
        }

        float[] biases(float[] b) {
            int each = b.length / scale.length;
            float[] folded = new float[b.length];
            for (int i = 0; i < b.length; i++) folded[i] = (float) (scale[i / each] * b[i] + shift[i / each]);
            return folded;
        }
    }

    private static Layer dense(Map<String, FloatArray> weights, int latent, int channels) {
        Fold fold = Fold.of(weights, "bn0", channels);
        float[] w = fold.weights(weights.get("dense.weight").data(), DEEP * latent);
        float[] b = fold.biases(weights.get("dense.bias").data());
        return new Layer(new FloatArray(w, channels, DEEP, latent).transposed(2, 1, 0).data(),
                new FloatArray(b, channels, DEEP).transposed(1, 0).data());
    }

    private static Layer deconvolution(Map<String, FloatArray> weights, int i, int in, int out) {
        Fold fold = Fold.of(weights, "bn" + i, out);
        float[] w = fold.weights(weights.get("deconv" + i + ".weight").data(), K);   // in × out × 5 × 5
        return new Layer(new FloatArray(w, in, out, K).transposed(2, 1, 0).data(),
                fold.biases(weights.get("deconv" + i + ".bias").data()));
    }

    private static Layer convolution(Map<String, FloatArray> weights, int i, int in, int out) {
        Fold fold = Fold.of(weights, "bn" + i, out);
        float[] w = fold.weights(weights.get("conv" + i + ".weight").data(), in * K);   // out × in × 5 × 5
        return new Layer(new FloatArray(w, out, in, K).transposed(2, 1, 0).data(),
                fold.biases(weights.get("conv" + i + ".bias").data()));
    }

    private static Layer head(Map<String, FloatArray> weights, String name, int channels) {
        float[] bias = weights.get(name + ".bias").data();
        float[] w = weights.get(name + ".weight").data();
        return new Layer(new FloatArray(w, bias.length, channels, DEEP).transposed(0, 2, 1).data(), bias);
    }
}
