package anogan.networks;

import anogan.UserError;
import java.util.List;
import java.util.function.Supplier;

/**
 * What networks are trained with: {@code onednn}, the same primitives as in mapping, or Deeplearning4j's own layers.
 * Both begin with the same weights and compute the same steps as far as single precision goes; with the same engine,
 * seed and kind of processor a training gives the same bits.
 */
public interface LearningEngine extends AutoCloseable {
    /** An implementation. */
    enum Kind {
        /** oneDNN where its library loads, else Deeplearning4j. */
        AUTO,
        /** oneDNN's primitives on memory that stays where it is. */
        ONEDNN,
        /** Deeplearning4j's layers: the form in which one learns how it works, and several times slower. */
        DEEPLEARNING4J;

        /** What {@code AUTO} means on this machine. */
        public Kind resolved() {
            if (this != AUTO) return this;
            return Compute.Engine.AUTO.resolved() == Compute.Engine.ONEDNN ? ONEDNN : DEEPLEARNING4J;
        }

        /** @throws UserError if it does not compute with that precision on this machine */
        public void require(Precision precision) {
            Engines.require(precision, resolved() == ONEDNN, LearningEngine::computes);
        }
    }

    /** @param batch images of every pass */
    static LearningEngine of(Kind kind, Precision precision, Architecture architecture, AdamOptions options,
            int batch) {
        kind.require(precision);
        if (kind.resolved() == Kind.DEEPLEARNING4J) return new Deeplearning4jEngine(architecture, options, batch);
        try {
            return new OnednnLearning(precision, architecture, options, batch, Lanes.ofThisMachine());
        } catch (LinkageError e) {
            throw UserError.failure(
                    "The onednn engine cannot be loaded here (%s). Choose deeplearning4j as option engine.",
                    e.getMessage());
        }
    }

    /** Whether oneDNN has kernels to learn with in a precision: some processors can only map with bf16. */
    static boolean computes(Precision precision) {
        return precision == Precision.F32 || OnednnLearning.computes(precision);
    }

    /** G, from z to images. */
    TrainableNetwork generator();

    /** D, from images to logits. */
    TrainableNetwork discriminator();

    /** E: D's convolutions, from images to a code as long as z. */
    TrainableNetwork encoder();

    /** Does two things at the same time if the engine can, each with a pass of its own. */
    <T> List<T> both(Supplier<T> one, Supplier<T> other);

    @Override
    void close();
}
