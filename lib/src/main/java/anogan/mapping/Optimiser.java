package anogan.mapping;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a latent point moves against the gradient of its loss. Each point has moments of its own (trap 3). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Optimiser.Adam.class, name = "adam"),
        @JsonSubTypes.Type(value = Optimiser.FullMatrix.class, name = "fullmatrix"),
        @JsonSubTypes.Type(value = Optimiser.Bounded.class, name = "bounded")})
public sealed interface Optimiser {
    /** Size of a step, for a typical number of z. */
    double learningRate();

    /** The moments of one point at its start. */
    Moments start(int latent);

    /** What an optimiser remembers of one descent: moving averages of its gradients. */
    interface Moments {
        /** Moves z one step by the gradient of its loss. */
        void step(float[] z, float[] gradient);
    }

    /**
     * The paper's: Adam (Kingma and Ba, ICLR 2015; β₁ 0.9, β₂ 0.999), which scales each number of z by itself.
     *
     * @param learningRate in (0, 10]
     */
    record Adam(double learningRate) implements Optimiser {
        public Adam {
            checkLearningRate(learningRate);
        }

        @Override
        public Moments start(int latent) {
            return new AdamMoments(learningRate, latent);
        }
    }

    /**
     * Adam's idea with the whole matrix: the numbers of z pull at one another through G, so that a step is scaled by
     * the inverse root of the gradients' second moments, not just of their diagonal (full-matrix AdaGrad, Duchi et al.,
     * JMLR 2011, with decay). z is short enough to afford it.
     *
     * @param learningRate in (0, 10]
     */
    record FullMatrix(double learningRate) implements Optimiser {
        public FullMatrix {
            checkLearningRate(learningRate);
        }

        @Override
        public Moments start(int latent) {
            return new FullMatrixMoments(learningRate, latent);
        }
    }

    /**
     * Another optimiser, kept inside the prior: after each step every number of z is put back into [−1, 1], where all z
     * that G was trained on lie. The paper lets z go where it likes, and G may draw there what is no healthy retina.
     *
     * @param inner what moves z
     */
    record Bounded(Optimiser inner) implements Optimiser {
        public Bounded {
            if (inner == null) throw UserError.usage("A bounded descent needs an optimiser.");
        }

        @Override
        public double learningRate() {
            return inner.learningRate();
        }

        @Override
        public Moments start(int latent) {
            Moments moments = inner.start(latent);
            return (z, gradient) -> {
                moments.step(z, gradient);
                for (int i = 0; i < z.length; i++) z[i] = Math.max(-1, Math.min(1, z[i]));
            };
        }
    }

    private static void checkLearningRate(double rate) {
        if (!(rate > 0 && rate <= 10))
            throw UserError.usage("The learning rate of the mapping must lie in (0, 10], not %s.", rate);
    }
}
