package anogan.networks;

/**
 * How a network's weights begin and move: Adam (Kingma and Ba, ICLR 2015) with β₂ = 0.999.
 *
 * @param learningRate of every step
 * @param beta1        decay of the mean of the gradients
 * @param averageDecay most of the decay of the weights' moving average a step; early on it follows faster, so that it
 *                     does not remember the random start; 0 keeps the weights themselves
 * @param seed         of the first weights
 */
public record AdamOptions(double learningRate, double beta1, double averageDecay, long seed) {
    /** Decay of the moving average in step number {@code step}, from 1. */
    double averageDecay(int step) {
        return Math.min(averageDecay, (1.0 + step) / (10.0 + step));
    }
}
