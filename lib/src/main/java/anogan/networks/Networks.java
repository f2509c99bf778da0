package anogan.networks;

import static anogan.networks.Architecture.DEEP;
import static anogan.networks.Architecture.LEAK;

import anogan.run.Seeds;
import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Generator and discriminator as Deeplearning4j networks, for training; and D's convolutions as an encoder E, to which
 * G is the decoder.
 *
 * <pre>
 * G: z → dense → 4×4×C ─ BN ReLU ─ [5×5 transposed convolution, stride 2 ─ BN ReLU]… ─ tanh → N×1×S×S in [−1, 1]
 * D: N×1×S×S → [5×5 convolution, stride 2 ─ (BN but for the first) LeakyReLU(0.2)]… → f(x) ─ dense → logit of D(x)
 * E: N×1×S×S → [as D] ─ dense → code, as long as z
 * </pre>
 *
 * Padding follows TensorFlow's SAME rule (1 before, 2 after). For the transposed convolution that is "truncate, pad 1,
 * crop the last row and column", because Deeplearning4j's own SAME mode misses oneDNN.
 */
public final class Networks {
    private static final int KERNEL = 5;
    private static final int STRIDE = 2;

    private Networks() {}

    public static MultiLayerNetwork generator(Architecture a, AdamOptions o) {
        int[] channels = a.generatorChannels();
        ListBuilder list = list(o);
        int k = 0;
        list.layer(k++, new DenseLayer.Builder().name("dense").nIn(a.latent()).nOut(channels[0] * DEEP * DEEP)
                .activation(Activation.IDENTITY).build());
        list.inputPreProcessor(k, new FeedForwardToCnnPreProcessor(DEEP, DEEP, channels[0]));
        list.layer(k++, new BatchNorm("bn0", channels[0]));
        list.layer(k++, new Nonlinearity(Activation.RELU.getActivationFunction()));
        for (int i = 1; i < channels.length; i++) {
            boolean last = i == channels.length - 1;
            var deconvolution = new Deconvolution2D.Builder(KERNEL, KERNEL).name("deconv" + i).stride(STRIDE, STRIDE)
                    .nIn(channels[i - 1]).nOut(channels[i]).convolutionMode(ConvolutionMode.Truncate).padding(1, 1)
                    .activation(Activation.IDENTITY);
            list.layer(k++, new StridedDeconvolution(deconvolution));
            if (!last) list.layer(k++, new BatchNorm("bn" + i, channels[i]));
            list.layer(k++, new Nonlinearity((last ? Activation.TANH : Activation.RELU).getActivationFunction()));
        }
        return initialised(list, Seeds.of(o.seed(), "generator"));
    }

    public static MultiLayerNetwork discriminator(Architecture a, AdamOptions o) {
        return convolutional(a, o, "head", 1, Seeds.of(o.seed(), "discriminator"));
    }

    /** D's convolutions to a code as long as z. */
    public static MultiLayerNetwork encoder(Architecture a, AdamOptions o) {
        return convolutional(a, o, "code", a.latent(), Seeds.of(o.seed(), "encoder"));
    }

    private static MultiLayerNetwork convolutional(Architecture a, AdamOptions o, String dense, int outputs,
            long seed) {
        int[] channels = a.discriminatorChannels();
        ListBuilder list = list(o);
        int k = 0;
        for (int i = 1; i < channels.length; i++) {
            var convolution = new ConvolutionLayer.Builder(KERNEL, KERNEL).name("conv" + i).stride(STRIDE, STRIDE)
                    .nIn(channels[i - 1]).nOut(channels[i]).convolutionMode(ConvolutionMode.Same)
                    .activation(Activation.IDENTITY);
            list.layer(k++, new StridedConvolution(convolution));
            if (i > 1) list.layer(k++, new BatchNorm("bn" + i, channels[i]));
            list.layer(k++, new Nonlinearity(new ActivationLReLU(LEAK)));
        }
        list.inputPreProcessor(k, new CnnToFeedForwardPreProcessor(DEEP, DEEP, channels[channels.length - 1]));
        list.layer(k, new DenseLayer.Builder().name(dense).nIn(a.features()).nOut(outputs)
                .activation(Activation.IDENTITY).build());
        return initialised(list, seed);
    }

    private static ListBuilder list(AdamOptions o) {
        return new NeuralNetConfiguration.Builder().seed(o.seed()).dataType(DataType.FLOAT).weightInit(WeightInit.ZERO)
                .trainingWorkspaceMode(WorkspaceMode.NONE).inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new Adam(o.learningRate(), o.beta1(), 0.999, 1e-8)).list();
    }

    /**
     * DCGAN's start, drawn by a generator of our own so that it does not depend on ND4J's: kernels N(0, 0.02), biases
     * 0, batch norm the identity.
     */
    private static MultiLayerNetwork initialised(ListBuilder list, long seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(list.build());
        net.init();
        Random random = new Random(seed);
        for (var layer : net.getLayers()) {
            INDArray w = layer.paramTable().get("W");
            if (w == null) continue;
            float[] values = new float[(int) w.length()];
            for (int i = 0; i < values.length; i++) values[i] = (float) (0.02 * random.nextGaussian());
            w.assign(Nd4j.create(values, w.shape(), 'c'));
        }
        return net;
    }
}
