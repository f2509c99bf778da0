package anogan.networks;

import anogan.io.FloatArray;
import java.util.Map;

/**
 * G and D written down as a textbook has them: double precision, plain loops, weights as they lie in a {@link Dcgan}.
 * Slow, and what the fast ones are measured by.
 *
 * <p>
 * Maps are arrays of C×H×W. Batch norm takes its mean and variance from the running statistics, or from the batch
 * itself as in training.
 */
public final class PlainNetworks {
    private final Architecture architecture;
    private final Map<String, FloatArray> generator;
    private final Map<String, FloatArray> discriminator;
    private final boolean training;
    private final int layers;
    private double nearestKink = Double.MAX_VALUE;

    public PlainNetworks(Dcgan pair, boolean training) {
        this(pair.architecture(), pair.generator(), pair.discriminator(), training);
    }

    /** An auto-encoder's decoder in G's place and its encoder, or its own discriminator, in D's. */
    public PlainNetworks(Architecture architecture, Map<String, FloatArray> generator,
            Map<String, FloatArray> discriminator, boolean training) {
        this.architecture = architecture;
        this.generator = generator;
        this.discriminator = discriminator;
        this.training = training;
        layers = architecture.layers();
    }

    /** z to images: n × latent → n × S·S. */
    public double[][] generate(double[]... z) {
        Map<String, FloatArray> w = generator;
        int[] channels = architecture.generatorChannels();
        double[][] h = new double[z.length][];
        for (int i = 0; i < z.length; i++) h[i] = linear(z[i], w, "dense");
        int size = Architecture.DEEP;
        relu(norm(h, w, "bn0", channels[0]), 0);
        for (int layer = 1; layer <= layers; layer++) {
            for (int i = 0; i < h.length; i++)
                h[i] = transposedConvolution(h[i], w, "deconv" + layer, channels[layer - 1], channels[layer], size);
            size *= 2;
            if (layer < layers) relu(norm(h, w, "bn" + layer, channels[layer]), 0);
        }
        for (double[] image : h) for (int p = 0; p < image.length; p++) image[p] = Math.tanh(image[p]);
        return h;
    }

    /** Images to f: n × S·S → n × C·4·4. */
    public double[][] features(double[]... images) {
        Map<String, FloatArray> w = discriminator;
        int[] channels = architecture.discriminatorChannels();
        double[][] h = images.clone();
        int size = architecture.size();
        for (int layer = 1; layer <= layers; layer++) {
            for (int i = 0; i < h.length; i++)
                h[i] = convolution(h[i], w, "conv" + layer, channels[layer - 1], channels[layer], size);
            size /= 2;
            if (layer > 1) norm(h, w, "bn" + layer, channels[layer]);
            relu(h, 0.2);
        }
        return h;
    }

    /** f to the logits of D. */
    public double[] logits(double[]... features) {
        double[] logits = new double[features.length];
        for (int i = 0; i < logits.length; i++) logits[i] = linear(features[i], discriminator, "head")[0];
        return logits;
    }

    /** f to the codes of an encoder. */
    public double[][] codes(double[]... features) {
        double[][] codes = new double[features.length][];
        for (int i = 0; i < codes.length; i++) codes[i] = linear(features[i], discriminator, "code");
        return codes;
    }

    private static double[] linear(double[] x, Map<String, FloatArray> w, String name) {
        float[] weight = w.get(name + ".weight").data();
        float[] bias = w.get(name + ".bias").data();
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias[o];
            for (int i = 0; i < x.length; i++) y[o] += (double) weight[o * x.length + i] * x[i];
        }
        return y;
    }

    /** Stride 2, 5×5: input i reaches output 2i − 1 + k; what falls outside twice the size is cropped. */
    private static double[] transposedConvolution(double[] x, Map<String, FloatArray> w, String name, int in, int out,
            int size) {
        float[] weight = w.get(name + ".weight").data();
        float[] bias = w.get(name + ".bias").data();
        int big = 2 * size;
        double[] y = new double[out * big * big];
        for (int o = 0; o < out; o++) {
            for (int p = 0; p < big * big; p++) y[o * big * big + p] = bias[o];
            for (int c = 0; c < in; c++) {
                for (int i = 0; i < size * size; i++) {
                    for (int k = 0; k < 25; k++) {
                        int row = 2 * (i / size) - 1 + k / 5;
                        int column = 2 * (i % size) - 1 + k % 5;
                        if (row < 0 || row >= big || column < 0 || column >= big) continue;
                        y[(o * big + row) * big + column] += weight[(c * out + o) * 25 + k] * x[c * size * size + i];
                    }
                }
            }
        }
        return y;
    }

    /** Stride 2, 5×5, one row and column of zeros before and two after. */
    private static double[] convolution(double[] x, Map<String, FloatArray> w, String name, int in, int out, int size) {
        float[] weight = w.get(name + ".weight").data();
        float[] bias = w.get(name + ".bias").data();
        int half = size / 2;
        double[] y = new double[out * half * half];
        for (int o = 0; o < out; o++) {
            for (int p = 0; p < half * half; p++) {
                double sum = bias[o];
                for (int c = 0; c < in; c++) {
                    for (int k = 0; k < 25; k++) {
                        int row = 2 * (p / half) - 1 + k / 5;
                        int column = 2 * (p % half) - 1 + k % 5;
                        if (row >= 0 && row < size && column >= 0 && column < size)
                            sum += weight[(o * in + c) * 25 + k] * x[(c * size + row) * size + column];
                    }
                }
                y[o * half * half + p] = sum;
            }
        }
        return y;
    }

    private double[][] norm(double[][] h, Map<String, FloatArray> w, String name, int channels) {
        int plane = h[0].length / channels;
        for (int c = 0; c < channels; c++) {
            double mean = w.get(name + ".running_mean").data()[c];
            double variance = w.get(name + ".running_var").data()[c];
            if (training) {
                double sum = 0;
                double squares = 0;
                for (double[] x : h) for (int p = c * plane; p < (c + 1) * plane; p++) sum += x[p];
                mean = sum / (h.length * plane);
                for (double[] x : h)
                    for (int p = c * plane; p < (c + 1) * plane; p++) squares += (x[p] - mean) * (x[p] - mean);
                variance = squares / (h.length * plane);
            }
            double scale = w.get(name + ".weight").data()[c] / Math.sqrt(variance + 1e-5);
            double shift = w.get(name + ".bias").data()[c];
            for (double[] x : h) for (int p = c * plane; p < (c + 1) * plane; p++) x[p] = scale * (x[p] - mean) + shift;
        }
        return h;
    }

    private void relu(double[][] h, double leak) {
        for (double[] x : h) {
            for (int p = 0; p < x.length; p++) {
                nearestKink = Math.min(nearestKink, Math.abs(x[p]));
                if (x[p] < 0) x[p] *= leak;
            }
        }
    }

    /** The smallest magnitude that any ReLU has met so far, at whose other side the slope is another. */
    public double nearestKink() {
        return nearestKink;
    }
}
