package anogan.mapping;

/**
 * A query at the end of its descent.
 *
 * @param start         number of the start that it descended from: with restarts, the best one's
 * @param z             z_Γ
 * @param generated     G(z_Γ): S × S in [−1, 1]
 * @param residual      R = Σ|x − G(z_Γ)|
 * @param features      D = Σ|f(x) − f(G(z_Γ))|
 * @param reference     D̂ = −log D(G(z_Γ))
 * @param discriminator P_D = −log D(x): what D says of the query itself, without any mapping; higher means less real
 * @param squares       f-AnoGAN's score, mean (x − G(z_Γ))² over pixels plus mean (f(x) − f(G(z_Γ)))² over features
 */
public record MappingResult(int start, float[] z, float[] generated, double residual, double features, double reference,
        double discriminator, double squares) {
    /** The anomaly score A = (1 − λ)·R + λ·D. */
    public double anomaly(double lambda) {
        return (1 - lambda) * residual + lambda * features;
    }

    /** The reference score Â = (1 − λ)·R + λ·D̂. */
    public double referenceAnomaly(double lambda) {
        return (1 - lambda) * residual + lambda * reference;
    }
}
