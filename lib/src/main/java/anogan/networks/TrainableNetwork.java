package anogan.networks;

import anogan.io.FloatArray;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network that learns from errors which others find in its output: forth in training mode, back with the errors, a
 * step of Adam.
 */
public final class TrainableNetwork {
    private final MultiLayerNetwork net;
    private final BaseMultiLayerUpdater<?> adam;

    /**
     * What errors in a network's output come from.
     *
     * @param gradient of its weights, summed over the batch; the next backward pass overwrites it
     * @param input    errors in its input
     */
    public record Errors(Gradient gradient, INDArray input) {}

    public TrainableNetwork(MultiLayerNetwork net) {
        this.net = net;
        adam = (BaseMultiLayerUpdater<?>) net.getUpdater(true);
    }

    public MultiLayerNetwork net() {
        return net;
    }

    /** Batch norm by the batch; what {@link #backward} then goes back through. */
    public INDArray forward(INDArray input) {
        net.setInput(input);
        List<INDArray> activations = net.feedForward(true, false);
        return activations.get(activations.size() - 1).detach();
    }

    public Errors backward(INDArray error) {
        var pair = net.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces());
        return new Errors(pair.getFirst(), pair.getSecond());
    }

    /** @param step from 1 */
    public void update(Gradient gradient, int step, int batch) {
        adam.update(net, gradient, step - 1, 0, batch, LayerWorkspaceMgr.noWorkspaces());
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
