package anogan.networks;

import static anogan.networks.Architecture.DEEP;
import static anogan.networks.Architecture.LEAK;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Generator and discriminator in Deeplearning4j's own layers (paper, section 2.1; Radford et al., ICLR 2016): the form
 * in which one reads and learns how they are built.
 *
 * <pre>
 * G: z → dense → 4×4×C ─ BN ReLU ─ [5×5 transposed convolution, stride 2 ─ BN ReLU]… ─ tanh → N×1×S×S in [−1, 1]
 * D: N×1×S×S → [5×5 convolution, stride 2 ─ (BN but for the first) LeakyReLU(0.2)]… → f(x) ─ dense → logit of D(x)
 * E: N×1×S×S → [as D] ─ dense → code, as long as z
 * </pre>
 *
 * Padding follows TensorFlow's SAME rule (1 before, 2 after). For the transposed convolution that is "truncate, pad 1,
 * crop the last row and column". A convolution before a batch norm has no bias: the mean would take it away.
 */
public final class Deeplearning4jNetworks {
    private static final int KERNEL = 5;
    private static final int STRIDE = 2;

    private Deeplearning4jNetworks() {}

    /** G without its first weights. */
    public static MultiLayerNetwork generator(Architecture a, AdamOptions o) {
        int[] channels = a.generatorChannels();
        ListBuilder list = list(o);
        list.layer(new DenseLayer.Builder().name("dense").nIn(a.latent()).nOut(channels[0] * DEEP * DEEP)
                .activation(Activation.IDENTITY).build());
        list.inputPreProcessor(1, new FeedForwardToCnnPreProcessor(DEEP, DEEP, channels[0]));
        list.layer(batchNorm("bn0", channels[0])).layer(relu());
        int last = channels.length - 1;
        for (int i = 1; i <= last; i++) {
            list.layer(new Deconvolution2D.Builder(KERNEL, KERNEL).name("deconv" + i).stride(STRIDE, STRIDE)
                    .nIn(channels[i - 1]).nOut(channels[i]).convolutionMode(ConvolutionMode.Truncate).padding(1, 1)
                    .hasBias(i == last).activation(Activation.IDENTITY).build());
            list.layer(new Cropping2D.Builder(0, 1, 0, 1).build());
            if (i < last) list.layer(batchNorm("bn" + i, channels[i])).layer(relu());
            else list.layer(activation(Activation.TANH.getActivationFunction()));
        }
        return initialised(list);
    }

    /** D without its first weights. */
    public static MultiLayerNetwork discriminator(Architecture a, AdamOptions o) {
        return convolutional(a, o, "head", 1);
    }

    /** E without its first weights. */
    public static MultiLayerNetwork encoder(Architecture a, AdamOptions o) {
        return convolutional(a, o, "code", a.latent());
    }

    private static MultiLayerNetwork convolutional(Architecture a, AdamOptions o, String dense, int outputs) {
        int[] channels = a.discriminatorChannels();
        ListBuilder list = list(o);
        for (int i = 1; i < channels.length; i++) {
            list.layer(new ConvolutionLayer.Builder(KERNEL, KERNEL).name("conv" + i).stride(STRIDE, STRIDE)
                    .nIn(channels[i - 1]).nOut(channels[i]).convolutionMode(ConvolutionMode.Same).hasBias(i == 1)
                    .activation(Activation.IDENTITY).build());
            if (i > 1) list.layer(batchNorm("bn" + i, channels[i]));
            list.layer(activation(new ActivationLReLU(LEAK)));
        }
        int deepest = 3 * (channels.length - 1) - 1;   // three layers a convolution, two the first
        list.inputPreProcessor(deepest, new CnnToFeedForwardPreProcessor(DEEP, DEEP, channels[channels.length - 1]));
        list.layer(new DenseLayer.Builder().name(dense).nIn(a.features()).nOut(outputs).activation(Activation.IDENTITY)
                .build());
        return initialised(list);
    }

    private static Layer batchNorm(String name, int channels) {
        return new BatchNormalization.Builder().name(name).nIn(channels).nOut(channels).eps(Dcgan.BN_EPSILON).decay(0.9)
                .useLogStd(false).build();
    }

    private static Layer relu() {
        return activation(Activation.RELU.getActivationFunction());
    }

    /** A layer of its own, because Deeplearning4j's batch norm takes an activation and ignores it. */
    private static Layer activation(IActivation function) {
        return new ActivationLayer.Builder().activation(function).build();
    }

    private static ListBuilder list(AdamOptions o) {
        return new NeuralNetConfiguration.Builder().seed(o.seed()).dataType(DataType.FLOAT)
                .trainingWorkspaceMode(WorkspaceMode.NONE).inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new Adam(o.learningRate(), o.beta1(), 0.999, 1e-8)).list();
    }

    private static MultiLayerNetwork initialised(ListBuilder list) {
        MultiLayerNetwork net = new MultiLayerNetwork(list.build());
        net.init();
        return net;
    }
}
