package anogan.mapping;

import anogan.UserError;
import anogan.networks.Precision;

/**
 * How a query is mapped to z; with the same options come the same results.
 *
 * @param loss      which loss is descended, with its λ
 * @param optimiser how z moves
 * @param steps     Γ, the most steps for each query; 500 in the paper; with an encoder there may be none
 * @param tolerance a descent ends early when its best loss has fallen by less than this share of itself in
 *                  {@value Mapper#WINDOW} steps; 0 for never
 * @param restarts  how many starts each query gets; the one with the lowest loss at its end counts
 * @param precision numbers inside the networks
 * @param seed      seed of the starting points
 * @param start     where a descent begins
 */
public record MappingOptions(MappingLoss loss, Optimiser optimiser, int steps, double tolerance, int restarts,
        Precision precision, long seed, Start start) {
    /** Where a descent begins. */
    public enum Start {
        /** At a z that is drawn from the prior by seed and name of the query, the paper's way. */
        RANDOM,
        /** At z = E(x), with f-AnoGAN's {@link anogan.networks.Encoder}. */
        ENCODER
    }

    public MappingOptions {
        if (start == null) start = Start.RANDOM;   // a mapping of a version that had no other
        if (loss == null) throw UserError.usage("The mapping needs a loss.");
        if (optimiser == null) throw UserError.usage("The mapping needs an optimiser.");
        if (steps < (start == Start.ENCODER ? 0 : 1)) throw UserError.usage(
                "The mapping takes at least one step, not %d; none if it has an encoder as option start.", steps);
        if (!(tolerance >= 0 && tolerance < 1))
            throw UserError.usage("The tolerance of the mapping must lie in [0, 1), not %s.", tolerance);
        if (restarts < 1) throw UserError.usage("A query needs at least one start, not %d.", restarts);
        if (restarts > 1 && start == Start.ENCODER) throw UserError
                .usage("An encoder knows one start for each query: with it, option restarts is 1, not %d.", restarts);
        if (precision == null) throw UserError.usage("The mapping needs a precision.");
    }

    /** With random starts. */
    public MappingOptions(MappingLoss loss, Optimiser optimiser, int steps, double tolerance, int restarts,
            Precision precision, long seed) {
        this(loss, optimiser, steps, tolerance, restarts, precision, seed, Start.RANDOM);
    }

    /** The paper's descent: feature matching with λ = 0.1, Γ = 500 steps of Adam, one start. */
    public static MappingOptions paper() {
        return new MappingOptions(new MappingLoss.FeatureMatching(0.1), new Optimiser.Adam(0.01), 500, 0, 1,
                Precision.F32, 1);
    }

    /** The paper's loss in fewer, larger steps: 100 with a learning rate of 0.2. */
    public static MappingOptions defaults() {
        return paper().withOptimiser(new Optimiser.Adam(0.2)).withSteps(100);
    }

    public MappingOptions withLoss(MappingLoss loss) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withOptimiser(Optimiser optimiser) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withSteps(int steps) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withTolerance(double tolerance) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withRestarts(int restarts) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withPrecision(Precision precision) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withSeed(long seed) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }

    public MappingOptions withStart(Start start) {
        return new MappingOptions(loss, optimiser, steps, tolerance, restarts, precision, seed, start);
    }
}
