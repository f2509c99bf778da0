package anogan.dcgan;

import anogan.UserError;
import anogan.networks.AdamOptions;
import anogan.networks.LearningEngine;

/**
 * How an encoder is trained for a finished pair.
 *
 * @param steps           training steps: a batch of real patches each
 * @param batch           patches in a batch (f-AnoGAN: 64)
 * @param learningRate    Adam's learning rate
 * @param beta1           Adam's β₁
 * @param kappa           κ, weight of the features' part of the loss (f-AnoGAN: 1)
 * @param mirror          show mirrored patches too
 * @param checkpointEvery a checkpoint and a grid of reconstructions every so many steps
 * @param seed            seed of weights and batches
 * @param engine          what computes it
 */
public record EncoderOptions(int steps, int batch, double learningRate, double beta1, double kappa, boolean mirror,
        int checkpointEvery, long seed, LearningEngine.Kind engine) {
    public EncoderOptions {
        if (engine == null) throw UserError.usage("The training needs an engine.");
        if (!(kappa >= 0 && kappa <= 1e6)) throw UserError.usage("Kappa must lie in [0, 1000000], not %s.", kappa);
        // refuses the rest
        new TrainOptions(steps, batch, learningRate, beta1, 0, 0, mirror, checkpointEvery, checkpointEvery, seed);
    }

    /** f-AnoGAN's loss, and otherwise as {@link TrainOptions#defaults} has it. */
    public static EncoderOptions defaults() {
        TrainOptions o = TrainOptions.defaults();
        return new EncoderOptions(o.steps(), o.batch(), o.learningRate(), o.beta1(), 1, o.mirror(), o.checkpointEvery(),
                o.seed(), o.engine());
    }

    public EncoderOptions withSteps(int steps) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withBatch(int batch) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withLearningRate(double learningRate) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withBeta1(double beta1) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withKappa(double kappa) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withMirror(boolean mirror) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withCheckpointEvery(int checkpointEvery) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withSeed(long seed) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    public EncoderOptions withEngine(LearningEngine.Kind engine) {
        return new EncoderOptions(steps, batch, learningRate, beta1, kappa, mirror, checkpointEvery, seed, engine);
    }

    AdamOptions adam() {
        return new AdamOptions(learningRate, beta1, 0, seed);
    }
}
