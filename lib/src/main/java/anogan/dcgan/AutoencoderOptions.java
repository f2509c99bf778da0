package anogan.dcgan;

import anogan.UserError;

/**
 * How the auto-encoder is trained: as the DCGAN is, with what G has to please exchanged.
 *
 * @param steps           training steps; one step shows D one batch of real patches and their reconstructions, then moves encoder and decoder once
 * @param batch           patches in a batch
 * @param learningRate    Adam's learning rate
 * @param beta1           Adam's β₁
 * @param adversarial     weight of the adversarial loss; the reconstruction has the rest. Context encoders: 0.001, both losses being means
 * @param mirror          show mirrored patches too
 * @param checkpointEvery a checkpoint and a grid of reconstructions every so many steps
 * @param seed            seed of weights and batches
 */
public record AutoencoderOptions(int steps, int batch, double learningRate, double beta1, double adversarial, boolean mirror, int checkpointEvery, long seed) {
    public AutoencoderOptions {
        if (!(adversarial >= 0 && adversarial < 1)) throw UserError.usage("The weight of the adversarial loss must lie in [0, 1), not %s.", adversarial);
        new TrainOptions(steps, batch, learningRate, beta1, 0, 0, mirror, checkpointEvery, checkpointEvery, seed);   // refuses the rest
    }

    /** What the networks are made by. */
    TrainOptions training() {
        return new TrainOptions(steps, batch, learningRate, beta1, 0, 0, mirror, checkpointEvery, checkpointEvery, seed);
    }

    AutoencoderOptions withSteps(int other) {
        return new AutoencoderOptions(other, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed);
    }
}
