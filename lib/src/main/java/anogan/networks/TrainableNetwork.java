package anogan.networks;

import anogan.io.FloatArray;
import java.util.Map;

/**
 * A network that learns from a loss which others find in its output: forward in training mode, backward with the
 * gradient of the loss by the output, a step of Adam (Kingma and Ba, ICLR 2015).
 *
 * <pre>
 * y = net.alone().forward(x);
 * net.alone().backward(dL/dy);
 * net.step(number);
 * </pre>
 *
 * Images are N×S×S numbers in [−1, 1]; points z, codes and logits are N rows. Batch norm goes by its batch, each pass
 * by its own; its running statistics move by a tenth towards those of each batch that was learned from, variances being
 * those of the batch itself (PyTorch's are N/(N − 1) of them).
 */
public interface TrainableNetwork {
    /** A way through the network, with activations of its own. */
    interface Pass {
        /** What the network makes of a batch. */
        float[] forward(float[] x);

        /**
         * Gradients of the weights, summed over the batch, to wait for the next step.
         *
         * @param  dy ∂L/∂y of the latest {@link #forward}
         * @return    ∂L/∂x of a network that draws images; of one that reads them nothing, for nobody needs it then
         */
        float[] backward(float[] dy);

        /** ∂L/∂x of the latest {@link #forward} through weights that do not learn from it. */
        float[] inputGradient(float[] dy);
    }

    /** The pass to take beside {@link #second}. */
    Pass first();

    /** The pass to take beside {@link #first}: the gradients of the two add up. */
    Pass second();

    /** The pass that has the whole machine; it forgets what {@link #second} has seen. */
    Pass alone();

    /** Moves the weights by Adam's step number {@code number}, from 1, and the moving average after them. */
    void step(int number);

    /** The weights as {@link Dcgan} lists them. */
    Map<String, FloatArray> weights();

    /** Their moving average. */
    Map<String, FloatArray> average();

    /** All that the next step depends on: weights, average and Adam's moments, under the names of the weights. */
    Map<String, FloatArray> state();

    /**
     * Continues from a {@link #state}.
     *
     * @throws anogan.UserError if it is of another architecture
     */
    void restore(Map<String, FloatArray> state);
}
