package anogan.networks;

/** What is made of D's output, the logit v of the probability that an image is real: D(x) = σ(v). */
public final class Logit {
    private Logit() {}

    /** σ(v) = 1/(1 + e⁻ᵛ). */
    public static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    /** −log σ(v), without overflow: the cross-entropy against "real"; that against "generated" is of −v. */
    public static double minusLogSigmoid(double v) {
        return Math.max(-v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }
}
