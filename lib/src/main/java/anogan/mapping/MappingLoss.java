package anogan.mapping;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The mapping loss of the paper (section 2.2): L(z) = (1 − λ)·L_R(z) + λ·L_D(z), with the residual loss L_R = Σ|x −
 * G(z)|, a sum over pixels, and one of two discrimination losses. Sums, not means: with means the same λ is another
 * method.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = MappingLoss.FeatureMatching.class, name = "feature matching"),
        @JsonSubTypes.Type(value = MappingLoss.Reference.class, name = "reference")})
public sealed interface MappingLoss {
    /** Weight of the discrimination loss; 0.1 in the paper. */
    double lambda();

    /**
     * AnoGAN's feature matching: L_D(z) = Σ|f(x) − f(G(z))|, with f the last convolution of D.
     *
     * @param lambda weight, 0 to 1
     */
    record FeatureMatching(double lambda) implements MappingLoss {
        public FeatureMatching {
            checkLambda(lambda);
        }
    }

    /**
     * GAN_R's reference loss after Yeh et al. (<i>Semantic Image Inpainting</i>, 2016): L_D̂(z) = −log D(G(z)), the
     * cross-entropy against "real".
     *
     * @param lambda weight, 0 to 1
     */
    record Reference(double lambda) implements MappingLoss {
        public Reference {
            checkLambda(lambda);
        }
    }

    private static void checkLambda(double lambda) {
        if (!(lambda >= 0 && lambda <= 1)) throw UserError.usage("Lambda must lie between 0 and 1, not %s.", lambda);
    }
}
