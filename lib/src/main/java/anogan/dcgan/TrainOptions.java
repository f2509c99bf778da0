package anogan.dcgan;

import anogan.UserError;
import anogan.networks.AdamOptions;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * How the pair is trained: {@link #defaults}, changed where need be, e.g.
 * {@code TrainOptions.defaults().withSteps(4000)}. Learning rate and β₁ are DCGAN's, which the paper takes over.
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
 * @param engine          what computes it
 * @param precision       of activations and products inside the networks; with bf16 a training is another one, no less
 *                        reproducible
 * @param keep            which pair becomes the model
 * @param heldOutEvery    the loss of held-out normals is measured every so many steps; 0 for never
 */
public record TrainOptions(int steps, int batch, double learningRate, double beta1, double labelSmoothing,
        double emaDecay, boolean mirror, int sampleEvery, int checkpointEvery, long seed, LearningEngine.Kind engine,
        Precision precision, Keep keep, @JsonSetter(nulls = Nulls.AS_EMPTY) int heldOutEvery) {
    /** Which pair becomes the model. */
    public enum Keep {
        /** That of the last step, the paper's way. */
        LAST,
        /** Of those that were measured, the one that draws held-out normals best ({@link HeldOutCurve}). */
        BEST
    }

    public TrainOptions {
        if (engine == null) engine = LearningEngine.Kind.AUTO;   // a run of a version that had one engine
        if (precision == null) precision = Precision.F32;   // or one precision
        if (keep == null) keep = Keep.LAST;   // or kept no other, and measured nothing
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
        if (heldOutEvery < 0) throw UserError
                .usage("Held-out normals are measured every so many steps, or never with 0, not %d.", heldOutEvery);
        if (keep == Keep.BEST && heldOutEvery == 0)
            throw UserError.usage("The best pair is told by held-out normals: with best as option keep, option "
                    + "held-out-every is at least 1.");
    }

    /** With the fastest engine, in single precision; the last pair is kept, held-out normals are measured. */
    public TrainOptions(int steps, int batch, double learningRate, double beta1, double labelSmoothing, double emaDecay,
            boolean mirror, int sampleEvery, int checkpointEvery, long seed) {
        this(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery, checkpointEvery, seed,
                LearningEngine.Kind.AUTO, Precision.F32, Keep.LAST, 500);
    }

    /** What suits a few hundred scans and networks of a quarter of the paper's width. */
    public static TrainOptions defaults() {
        return new TrainOptions(2400, 64, 2e-4, 0.5, 0, 0.999, true, 200, 200, 1);
    }

    /** The paper's training: 20 epochs of 1,000,000 patches, as they are, and the last weights of G. */
    public static TrainOptions paper() {
        return new TrainOptions(20 * 1_000_000 / 64, 64, 2e-4, 0.5, 0, 0, false, 1000, 1000, 1);
    }

    public TrainOptions withSteps(int steps) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withBatch(int batch) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withLearningRate(double learningRate) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withBeta1(double beta1) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withLabelSmoothing(double labelSmoothing) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withEmaDecay(double emaDecay) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withMirror(boolean mirror) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withSampleEvery(int sampleEvery) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withCheckpointEvery(int checkpointEvery) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withSeed(long seed) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withEngine(LearningEngine.Kind engine) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withPrecision(Precision precision) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withKeep(Keep keep) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    public TrainOptions withHeldOutEvery(int heldOutEvery) {
        return new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, emaDecay, mirror, sampleEvery,
                checkpointEvery, seed, engine, precision, keep, heldOutEvery);
    }

    AdamOptions adam() {
        return new AdamOptions(learningRate, beta1, emaDecay, seed);
    }
}
