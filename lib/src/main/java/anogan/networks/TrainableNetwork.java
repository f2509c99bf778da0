package anogan.networks;

import anogan.io.FloatArray;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network that learns from a loss which others find in its output: forward in training mode, backward with the
 * gradient of the loss by the output, a step of Adam.
 *
 * <pre>
 * y = net.forward(x);
 * net.backward(dL/dy);            // as often as there are batches: gradients add up
 * net.step(number, batchSize);
 * </pre>
 */
public final class TrainableNetwork {
    private final MultiLayerNetwork net;
    private final BaseMultiLayerUpdater<?> adam;
    private Gradient gradient = new DefaultGradient();
    private boolean gathering;   // whether the gradient is of this step

    public TrainableNetwork(MultiLayerNetwork net) {
        this.net = net;
        adam = (BaseMultiLayerUpdater<?>) net.getUpdater(true);
    }

    /** Batch norm by the batch; what {@link #backward} and {@link #inputGradient} then go back through. */
    public INDArray forward(INDArray input) {
        net.setInput(input);
        var activations = net.feedForward(true, false);
        return activations.get(activations.size() - 1).detach();
    }

    /** Batch norm by its running statistics, as in mapping. */
    public INDArray infer(INDArray input) {
        return net.output(input, false);
    }

    /**
     * Adds the gradient of the weights, a sum over the batch, to what has gathered since the last step.
     *
     * @param  output dL/doutput of the latest {@link #forward}
     * @return        dL/dinput; of a convolutional network it is not computed ({@link #inputGradient})
     */
    public INDArray backward(INDArray output) {
        weightGradients(true);
        if (!gathering) {
            gathering = true;
            return back(output);
        }
        INDArray before = gradient.gradient().dup();
        INDArray input = back(output);
        gradient.gradient().addi(before);
        return input;
    }

    /** dL/dinput of the latest {@link #forward}, through weights that do not learn from it. */
    public INDArray inputGradient(INDArray output) {
        if (gathering) throw new IllegalStateException("the gathered gradient waits for its step");
        weightGradients(false);
        return back(output);
    }

    private INDArray back(INDArray output) {
        Pair<Gradient, INDArray> pair = net.backpropGradient(output, LayerWorkspaceMgr.noWorkspaces());
        gradient = pair.getFirst();
        return pair.getSecond();
    }

    private void weightGradients(boolean wanted) {
        for (Layer layer : net.getLayers())
            if (layer instanceof StridedConvolution.Implementation convolution) convolution.learns(wanted);
    }

    /** What has gathered since the last step, or led to it. */
    public Gradient gradient() {
        return gradient;
    }

    /**
     * Moves the weights by Adam's step number {@code number}, from 1.
     *
     * @param batch patches in a batch: the gradient becomes a mean
     */
    public void step(int number, int batch) {
        gathering = false;
        adam.update(net, gradient, number - 1, 0, batch, LayerWorkspaceMgr.noWorkspaces());
        net.params().subi(gradient.gradient());
    }

    public INDArray params() {
        return net.params();
    }

    /** Adam's first and second moments. */
    public INDArray moments() {
        return adam.getStateViewArray();
    }

    public Map<String, FloatArray> weights() {
        return Weights.of(net);
    }
}
