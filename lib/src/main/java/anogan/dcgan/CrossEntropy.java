package anogan.dcgan;

import anogan.networks.Logit;

/**
 * The cross-entropy of D's logits against one label, −label·log D − (1 − label)·log(1 − D): the loss of both parts of
 * the game.
 *
 * @param loss        mean over the batch
 * @param probability mean D, the probability of being real
 * @param gradient    d(loss of a patch)/dlogit = D − label
 */
record CrossEntropy(double loss, double probability, float[] gradient) {
    /** @param v the logits, one for each image */
    static CrossEntropy of(float[] v, double label) {
        float[] gradient = new float[v.length];
        double loss = 0;
        double probability = 0;
        for (int i = 0; i < v.length; i++) {
            double p = Logit.sigmoid(v[i]);
            loss += Logit.minusLogSigmoid(-v[i]) - label * v[i];
            probability += p;
            gradient[i] = (float) (p - label);
        }
        return new CrossEntropy(loss / v.length, probability / v.length, gradient);
    }
}
