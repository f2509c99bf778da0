package anogan.scoring;

import anogan.UserError;
import anogan.mapping.MappingLoss;
import java.util.List;

/**
 * Which values of λ and Γ a sweep tries, and on how many patches.
 *
 * @param lambdas weights of the discrimination loss, 0 to 1
 * @param steps   lengths of the descent, Γ
 * @param sample  how many patches at most, half of them annotated
 */
public record SweepOptions(List<Double> lambdas, List<Integer> steps, int sample) {
    public SweepOptions {
        lambdas = List.copyOf(lambdas);
        steps = List.copyOf(steps);
        lambdas.forEach(MappingLoss.FeatureMatching::new);   // refuses what is no weight
        if (steps.stream().anyMatch(s -> s < 1))
            throw UserError.usage("A descent takes at least one step; the steps asked for are %s.", steps);
        if (sample < 2) throw UserError.usage("A sweep needs a sample of at least 2 patches, not %d.", sample);
    }

    /** Seven values of each around the paper's λ = 0.1 and Γ = 500, on 400 patches. */
    public static SweepOptions defaults() {
        return new SweepOptions(List.of(0.0, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0), List.of(10, 25, 50, 100, 250, 500, 1000),
                400);
    }

    public SweepOptions withLambdas(List<Double> lambdas) {
        return new SweepOptions(lambdas, steps, sample);
    }

    public SweepOptions withSteps(List<Integer> steps) {
        return new SweepOptions(lambdas, steps, sample);
    }

    public SweepOptions withSample(int sample) {
        return new SweepOptions(lambdas, steps, sample);
    }
}
