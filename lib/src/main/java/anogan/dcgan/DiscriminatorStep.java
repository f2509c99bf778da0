package anogan.dcgan;

import anogan.networks.StridedConvolution.Purpose;
import anogan.networks.StridedConvolution;
import anogan.networks.TrainableNetwork;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * D's side of the game, whoever draws the patches: it learns to tell them from real ones, and tells their maker what is
 * wrong with them.
 */
final class DiscriminatorStep {
    private final TrainableNetwork discriminator;

    /**
     * D's view of a batch against a label.
     *
     * @param loss        cross-entropy, mean over the batch
     * @param probability mean probability of being real
     * @param error       dL/dlogit = σ(logit) − label, one row per patch
     */
    record Verdict(double loss, double probability, INDArray error) {}

    /** What D saw of a batch of real patches and of one of drawn ones before it moved. */
    record Lesson(Verdict onReal, Verdict onFake) {
        double loss() {
            return onReal.loss + onFake.loss;
        }
    }

    /**
     * What is wrong with drawn patches.
     *
     * @param loss       −log D, mean over the batch
     * @param imageError d(−log D)/dimage for each patch
     */
    record Complaint(double loss, INDArray imageError) {}

    DiscriminatorStep(TrainableNetwork discriminator) {
        this.discriminator = discriminator;
    }

    /**
     * Real patches are labelled {@code realLabel}, drawn ones 0; they are kept apart, and their two gradients make one
     * step.
     */
    Lesson learn(INDArray real, INDArray fake, double realLabel, int step) {
        purpose(Purpose.LEARN);
        Verdict onReal = judge(real, realLabel);
        INDArray realGradient = discriminator.backward(onReal.error).gradient().gradient().dup();
        Verdict onFake = judge(fake, 0);
        Gradient gradient = discriminator.backward(onFake.error).gradient();
        gradient.gradient().addi(realGradient);
        discriminator.update(gradient, step, (int) real.size(0));
        return new Lesson(onReal, onFake);
    }

    /** Drawn patches are labelled 1; D passes the error on to the image and does not move. */
    Complaint complain(INDArray fake) {
        purpose(Purpose.PASS);
        Verdict verdict = judge(fake, 1);
        return new Complaint(verdict.loss, discriminator.backward(verdict.error).input());
    }

    private Verdict judge(INDArray patches, double label) {
        float[] logits = discriminator.forward(patches).data().asFloat();
        float[] error = new float[logits.length];
        double loss = 0;
        double probability = 0;
        for (int i = 0; i < logits.length; i++) {
            double p = 1 / (1 + Math.exp(-logits[i]));
            loss += softplus(logits[i]) - label * logits[i];   // = −label·log p − (1 − label)·log(1 − p), without overflow
            probability += p;
            error[i] = (float) (p - label);
        }
        return new Verdict(loss / logits.length, probability / logits.length,
                Nd4j.create(error, new long[] {logits.length, 1}, 'c'));
    }

    private static double softplus(double v) {
        return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }

    private void purpose(Purpose purpose) {
        for (Layer layer : discriminator.net().getLayers()) {
            if (layer instanceof StridedConvolution.Implementation convolution) convolution.setPurpose(purpose);
        }
    }
}
