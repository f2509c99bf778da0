package anogan.dcgan;

import anogan.networks.Logit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The cross-entropy of D's logits against one label, −label·log D − (1 − label)·log(1 − D): the loss of both parts of
 * the game.
 *
 * @param loss        mean over the batch
 * @param probability mean D, the probability of being real
 * @param gradient    d(loss of a patch)/dlogit = D − label, N × 1
 */
record CrossEntropy(double loss, double probability, INDArray gradient) {
    /** @param logits N × 1 */
    static CrossEntropy of(INDArray logits, double label) {
        float[] v = logits.data().asFloat();
        float[] gradient = new float[v.length];
        double loss = 0;
        double probability = 0;
        for (int i = 0; i < v.length; i++) {
            double p = Logit.sigmoid(v[i]);
            loss += Logit.minusLogSigmoid(-v[i]) - label * v[i];
            probability += p;
            gradient[i] = (float) (p - label);
        }
        return new CrossEntropy(loss / v.length, probability / v.length,
                Nd4j.create(gradient, new long[] {v.length, 1}, 'c'));
    }
}
