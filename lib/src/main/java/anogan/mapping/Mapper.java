package anogan.mapping;

import anogan.UserError;
import anogan.networks.Compute;
import anogan.networks.Engines;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The search for the z whose G(z) is closest to a query x (paper, section 2.2): z₁ uniform in [−1, 1], or what an
 * encoder makes of x, then up to Γ gradient steps on z; G and D stand still.
 *
 * <p>
 * Each query has a start of its own, seeded by its pixels, and an optimiser of its own (trap 3): its result is the same
 * bits in any batch, order or number of threads. A query that is done makes room for the next, so that any number of
 * them streams through the memory of one batch.
 */
public final class Mapper implements AutoCloseable {
    /** Steps over which a descent must make progress, lest it be taken as converged. */
    public static final int WINDOW = 20;

    /**
     * GFLOP of a step for one image from which threads do better to share the layers, and with them the weights, than
     * to take images of their own.
     */
    private static final double WORTH_SHARING = 0.5;

    private final FrozenNetworks networks;
    private final MappingOptions options;
    private final Engines engines;
    private final List<ForwardPasses> encoders = new ArrayList<>();   // one for each thread, if there is an encoder
    private final int threads;

    /**
     * A patch to be mapped.
     *
     * @param name   for whoever must be told of it
     * @param pixels S × S in [−1, 1]
     */
    public record Query(String name, float[] pixels) {
        /**
         * z at which start number {@code start} of a descent begins, uniform in [−1, 1] by seed and pixels: a patch
         * begins at the same point wherever its scan lies and whatever it is called.
         */
        public float[] randomStart(long seed, int start, int latent) {
            return Seeds.uniform(seed, "z " + start + " " + Arrays.hashCode(pixels), latent);
        }
    }

    /**
     * Takes results as they come, one at a time, in no particular order, on the thread that asked for the mapping;
     * {@code query} counts the queries as they were given. The descents go on meanwhile.
     */
    @FunctionalInterface
    public interface Sink {
        void take(int query, MappingResult result);
    }

    /**
     * Watches descents: the state of a query before step {@code step}, from 0 to its last, for each of its starts
     * ({@link MappingResult#start}); called from several threads, for one descent in order.
     */
    @FunctionalInterface
    public interface Observer {
        Observer NONE = (query, step, now, loss) -> {
        };

        /** @param now where the descent would be if it ended here; a copy */
        void at(int query, int step, MappingResult now, double loss);
    }

    /** With random starts. */
    public Mapper(FrozenNetworks networks, MappingOptions options, Compute compute) {
        this(networks, Optional.empty(), options, compute);
    }

    /**
     * @param  encoder   E in D's place; used if the options have descents start there
     * @throws UserError if it is missing then, or the engine cannot be loaded, or does not know the precision
     */
    public Mapper(FrozenNetworks networks, Optional<FrozenNetworks> encoder, MappingOptions options, Compute compute) {
        this.networks = networks;
        this.options = options;
        boolean shares = networks.architecture().mappingGflop() >= WORTH_SHARING
                || compute.engine().resolved() == Compute.Engine.ND4J;
        threads = shares ? 1 : Math.min(compute.threads(), compute.batch());
        int batch = (compute.batch() + threads - 1) / threads;
        // powers of two share out the work so that sums keep their order
        int inside = shares ? Integer.highestOneBit(compute.threads()) : 1;
        boolean encoded = options.start() == MappingOptions.Start.ENCODER;
        if (encoded && encoder.isEmpty())
            throw UserError.usage("There is no encoder to start at. Choose random as option start.");
        engines = new Engines(networks, options.precision(), compute.engine(), threads, batch, inside);
        for (int i = 0; encoded && i < threads; i++)
            encoders.add(new ForwardPasses(encoder.get(), new Compute(compute.engine(), inside, batch)));
    }

    public List<MappingResult> map(List<Query> queries) {
        return map(queries, Observer.NONE);
    }

    /** Maps queries in their order. */
    public List<MappingResult> map(List<Query> queries, Observer observer) {
        MappingResult[] all = new MappingResult[queries.size()];
        int share = (queries.size() * options.restarts() + threads - 1) / threads;
        map(queries.iterator(), share, (query, result) -> all[query] = result, observer);
        return Arrays.asList(all);
    }

    /**
     * Maps queries as they come; memory holds some batches of them at a time.
     *
     * @throws UserError if a query has no finite scores, or the thread is interrupted
     */
    public void map(Iterator<Query> queries, Sink sink) {
        map(queries, Integer.MAX_VALUE, sink, Observer.NONE);
    }

    /** G(z) of each point: S × S in [−1, 1]. */
    public List<float[]> generate(List<float[]> points) {
        return passes().generate(points);
    }

    /** f(x) of each image, S × S in [−1, 1]: what D's last convolution makes of it. */
    public List<float[]> features(List<float[]> images) {
        return passes().features(images);
    }

    private ForwardPasses passes() {
        return new ForwardPasses(networks, engines);
    }

    private void map(Iterator<Query> queries, int share, Sink sink, Observer observer) {
        Results results = new Results(threads, 2 * threads * engines.get(0).batch());
        Starts starts = new Starts(queries, options.restarts(), results);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                int batch = Math.min(engines.get(i).batch(), share);
                DescentBatch descents = new DescentBatch(networks, options, engines.get(i), points(i), batch, starts,
                        observer);
                pool.execute(() -> results.endWith(descents::run));
            }
            results.passOn(sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (UserError e) {
            // An interrupt closes files in the sink.
            throw Thread.currentThread().isInterrupted() ? interrupted(e) : e;
        } finally {
            starts.stop();
            results.stop();
            pool.shutdown();
            awaitEnd(pool);   // the engines must not be closed under a thread's hands
        }
    }

    private StartingPoints points(int thread) {
        return encoders.isEmpty() ? StartingPoints.random(options.seed(), networks.architecture().latent())
                : StartingPoints.encoded(encoders.get(thread));
    }

    private static UserError interrupted(Throwable e) {
        return UserError.failure(e, "The mapping was interrupted. Start it again: what it had finished is kept.");
    }

    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Override
    public void close() {
        encoders.forEach(ForwardPasses::close);
        engines.close();
    }
}
