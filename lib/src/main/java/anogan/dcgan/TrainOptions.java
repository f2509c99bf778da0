package anogan.dcgan;

import anogan.UserError;
import anogan.networks.AdamOptions;

/**
 * How the pair is trained. The defaults are DCGAN's, which the paper takes over.
 *
 * @param steps           training steps; one step shows D one batch of real and one of generated patches, then moves G
 *                        once
 * @param batch           patches in a batch (DCGAN: 64–128)
 * @param learningRate    Adam's learning rate (2e-4)
 * @param beta1           Adam's β₁ (0.5)
 * @param labelSmoothing  real patches are labelled 1 − this (one-sided, Salimans et al. 2016); 0 is the paper's way
 * @param emaDecay        decay of the moving average of G's weights, which samples more cleanly than the last step's; 0
 *                        keeps the raw weights
 * @param mirror          show mirrored patches too: left and right eyes
 * @param sampleEvery     a grid of samples from fixed noise every so many steps
 * @param checkpointEvery a checkpoint every so many steps
 * @param seed            seed of weights, batches and noise
 */
public record TrainOptions(int steps, int batch, double learningRate, double beta1, double labelSmoothing,
        double emaDecay, boolean mirror, int sampleEvery, int checkpointEvery, long seed) {
    public TrainOptions {
        if (steps < 1) throw UserError.usage("Training takes at least one step, not %d.", steps);
        if (batch < 2) throw UserError.usage("A batch needs at least 2 patches (batch norm), not %d.", batch);
        if (!(learningRate > 0 && learningRate < 1))
            throw UserError.usage("The learning rate must lie between 0 and 1, not %s.", learningRate);
        if (!(beta1 >= 0 && beta1 < 1)) throw UserError.usage("Beta1 must lie in [0, 1), not %s.", beta1);
        if (!(labelSmoothing >= 0 && labelSmoothing < 0.5))
            throw UserError.usage("Label smoothing must lie in [0, 0.5), not %s.", labelSmoothing);
        if (!(emaDecay >= 0 && emaDecay < 1))
            throw UserError.usage("The decay of the moving average must lie in [0, 1), not %s.", emaDecay);
        if (sampleEvery < 1 || checkpointEvery < 1)
            throw UserError.usage("Samples and checkpoints are written every 1 or more steps.");
    }

    AdamOptions adam() {
        return new AdamOptions(learningRate, beta1, seed);
    }
}
