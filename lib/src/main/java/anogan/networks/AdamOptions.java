package anogan.networks;

/**
 * How a network's weights begin and move: Adam (Kingma and Ba, ICLR 2015) with β₂ = 0.999.
 *
 * @param learningRate of every step
 * @param beta1        decay of the mean of the gradients
 * @param seed         of the first weights
 */
public record AdamOptions(double learningRate, double beta1, long seed) {}
