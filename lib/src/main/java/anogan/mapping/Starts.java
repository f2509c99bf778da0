package anogan.mapping;

import anogan.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The starts still to be descended from, each query's as often as it has restarts, and the best of those that are done.
 * Shared by the threads.
 */
final class Starts {
    private final Iterator<Mapper.Query> queries;
    private final int restarts;
    private final Results results;
    private final Map<Integer, Best> underWay = new HashMap<>();   // by query
    private final List<Start> next = new ArrayList<>();
    private int count;
    private volatile boolean stopped;

    /** Start number {@code number} of query number {@code query}. */
    record Start(int query, int number, Mapper.Query what) {}

    /** The lowest end among the first {@code finished} starts of a query. */
    private record Best(MappingResult result, double loss, int finished) {}

    Starts(Iterator<Mapper.Query> queries, int restarts, Results results) {
        this.queries = queries;
        this.restarts = restarts;
        this.results = results;
    }

    /** No more starts. */
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    /** Up to {@code most} more starts. */
    synchronized List<Start> next(int most) {
        while (next.size() < most && queries.hasNext() && !stopped) {
            Mapper.Query query = queries.next();
            for (int number = 0; number < restarts; number++) next.add(new Start(count, number, query));
            count++;
        }
        List<Start> taken = next.subList(0, stopped ? 0 : Math.min(most, next.size()));
        List<Start> some = List.copyOf(taken);
        taken.clear();
        return some;
    }

    /** Takes the end of a descent; a query whose starts are all done goes to the results with the best of them. */
    void finished(Start start, double loss, MappingResult result) {
        best(start, loss, result).ifPresent(best -> results.add(start.query, requireFinite(start.what, best)));
    }

    private synchronized Optional<MappingResult> best(Start start, double loss, MappingResult result) {
        Best before = underWay.remove(start.query);
        Best now = before == null ? new Best(result, loss, 1) : better(before, new Best(result, loss, 1));
        if (now.finished == restarts) return Optional.of(now.result);
        underWay.put(start.query, now);
        return Optional.empty();
    }

    /** A loss that is no number is higher than any other; of equal ones the first start counts. */
    private static Best better(Best before, Best now) {
        int order = Double.compare(now.loss, before.loss);
        boolean better = order < 0 || (order == 0 && now.result.start() < before.result.start());
        Best winner = better ? now : before;
        return new Best(winner.result, winner.loss, before.finished + 1);
    }

    private static MappingResult requireFinite(Mapper.Query query, MappingResult r) {
        for (double score : new double[] {r.residual(), r.features(), r.reference(), r.discriminator()}) {
            if (!Double.isFinite(score)) throw UserError.failure(
                    "The mapping of %s ends with scores that are no finite numbers (R %s, D %s, D_hat %s, P_D %s): "
                            + "its pixels or the weights of the networks are none. Look at the losses of the training, "
                            + "and train anew with a lower option learning-rate.",
                    query.name(), r.residual(), r.features(), r.reference(), r.discriminator());
        }
        return r;
    }
}
