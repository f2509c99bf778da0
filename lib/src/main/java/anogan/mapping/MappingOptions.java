package anogan.mapping;

import anogan.UserError;

/**
 * How a query is mapped to z.
 *
 * @param loss         which loss is descended, with its λ
 * @param steps        Γ, Adam steps for each query; 500 in the paper
 * @param learningRate Adam's learning rate on z
 * @param restarts     how many starts each query gets; the one with the lowest loss at step Γ counts
 * @param batch        queries that move together; a matter of speed alone
 * @param seed         seed of the starting points
 */
public record MappingOptions(MappingLoss loss, int steps, double learningRate, int restarts, int batch, long seed) {
    public MappingOptions {
        if (loss == null) throw UserError.usage("The mapping needs a loss.");
        if (steps < 1) throw UserError.usage("The mapping takes at least one step, not %d.", steps);
        if (!(learningRate > 0 && learningRate <= 10)) throw UserError.usage("The learning rate of the mapping must lie in (0, 10], not %s.", learningRate);
        if (restarts < 1) throw UserError.usage("A query needs at least one start, not %d.", restarts);
        if (batch < 1) throw UserError.usage("A batch holds at least one query, not %d.", batch);
    }
}
