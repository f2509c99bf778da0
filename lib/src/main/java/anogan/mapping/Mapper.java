package anogan.mapping;

import anogan.UserError;
import anogan.networks.Compute;
import anogan.networks.Engines;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The search for the z whose G(z) is closest to a query x (paper, section 2.2): z₁ uniform in [−1, 1], then up to Γ
 * gradient steps on z; G and D stand still.
 *
 * <p>
 * Each query has a start of its own, seeded by its name, and an optimiser of its own (trap 3): its result is the same
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
    private final int workers;

    /**
     * A patch to be mapped.
     *
     * @param name   seeds its starting point
     * @param pixels S × S in [−1, 1]
     */
    public record Query(String name, float[] pixels) {}

    /**
     * Takes results as they come, one at a time, in no particular order; {@code query} counts the queries as they were
     * given.
     */
    @FunctionalInterface
    public interface Sink {
        void take(int query, MappingResult mapped);
    }

    /**
     * Watches first starts: the state of a query before step {@code step}, from 0 to its last; called from several
     * threads, for one query in order.
     */
    @FunctionalInterface
    public interface Observer {
        Observer NONE = (query, step, now, loss) -> {
        };

        /** @param now where the query would be if its descent ended here; a copy */
        void at(int query, int step, MappingResult now, double loss);
    }

    public Mapper(FrozenNetworks networks, MappingOptions options, Compute compute) {
        this.networks = networks;
        this.options = options;
        boolean shares = networks.architecture().mappingGflop() >= WORTH_SHARING
                || compute.engine().resolved() == Compute.Engine.ND4J;
        workers = shares ? 1 : Math.min(compute.threads(), compute.batch());
        int batch = (compute.batch() + workers - 1) / workers;
        int inside = shares ? Integer.highestOneBit(compute.threads()) : 1;   // powers of two share out the work so that sums keep their order
        engines = new Engines(networks, options.precision(), compute.engine(), workers, batch, inside);
    }

    public List<MappingResult> map(List<Query> queries) {
        return map(queries, Observer.NONE);
    }

    /** Maps queries in their order. */
    public List<MappingResult> map(List<Query> queries, Observer observer) {
        MappingResult[] all = new MappingResult[queries.size()];
        int share = (queries.size() * options.restarts() + workers - 1) / workers;
        map(queries.iterator(), share, (query, mapped) -> all[query] = mapped, observer);
        return Arrays.asList(all);
    }

    /** Maps queries as they come; memory holds a batch of them at a time. */
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
        Work work = new Work(queries, sink);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Worker worker = new Worker(engines.get(i), Math.min(engines.get(i).batch(), share), work, observer);
                running.add(pool.submit(() -> worker.run()));
            }
            for (Future<?> f : running) f.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.failure("The mapping was interrupted. Start it again: what it had finished is kept.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) throw r;
            if (e.getCause() instanceof Error r) throw r;
            throw new IllegalStateException(e.getCause());
        } finally {
            work.stop = true;
            pool.shutdown();
            awaitEnd(pool);   // the engines must not be closed under a worker's hands
        }
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
        engines.close();
    }

    /** The queries still to come, each as often as it has starts, and where the results go. Shared by the workers. */
    private final class Work {
        private final Iterator<Query> queries;
        private final Sink sink;
        private final Map<Integer, Start> best = new HashMap<>();   // of queries with starts still under way
        private Query query;
        private int number = -1;
        private int start = options.restarts();
        private volatile boolean stop;

        private record Start(MappingResult mapped, double loss, int number, int finished) {}

        Work(Iterator<Query> queries, Sink sink) {
            this.queries = queries;
            this.sink = sink;
        }

        /** Up to {@code most} more starts. */
        synchronized List<Beginning> next(int most) {
            List<Beginning> next = new ArrayList<>();
            while (next.size() < most && !stop) {
                if (start == options.restarts()) {
                    if (!queries.hasNext()) break;
                    query = queries.next();
                    number++;
                    start = 0;
                }
                next.add(new Beginning(number, start, query));
                start++;
            }
            return next;
        }

        synchronized void finished(Descent descent, double loss, MappingResult mapped) {
            Start now = new Start(mapped, loss, descent.start(), 1);
            Start before = best.remove(descent.query());
            if (before != null) {
                boolean better = loss < before.loss || loss == before.loss && now.number < before.number;
                Start winner = better ? now : before;
                now = new Start(winner.mapped, winner.loss, winner.number, before.finished + 1);
            }
            if (now.finished == options.restarts()) sink.take(descent.query(), now.mapped);
            else best.put(descent.query(), now);
        }
    }

    /** A start to be descended from. */
    private record Beginning(int query, int start, Query what) {}

    /** One thread with one engine, and the descents that it moves together. */
    private final class Worker {
        private final MappingEngine engine;
        private final int most;
        private final Work work;
        private final Observer observer;
        private final int latent = networks.architecture().latent();
        private final int pixels = networks.architecture().size() * networks.architecture().size();
        private final int features = networks.architecture().features();
        private final List<Descent> active = new ArrayList<>();
        private final float[] z;
        private final float[] zErrors;
        private final float[] images;
        private final float[] imageErrors;
        private final float[] f;
        private final float[] featureErrors;

        Worker(MappingEngine engine, int most, Work work, Observer observer) {
            this.engine = engine;
            this.most = most;
            this.work = work;
            this.observer = observer;
            z = new float[most * latent];
            zErrors = new float[z.length];
            images = new float[most * pixels];
            imageErrors = new float[images.length];
            f = new float[most * features];
            featureErrors = new float[f.length];
        }

        void run() {
            try {
                begin(work.next(most));
                while (!active.isEmpty() && !work.stop) {
                    step();
                    begin(work.next(most - active.size()));
                }
            } catch (RuntimeException | Error e) {
                work.stop = true;   // for the other workers
                throw e;
            }
        }

        private void begin(List<Beginning> beginnings) {
            int k = beginnings.size();
            if (k == 0) return;
            for (int i = 0; i < k; i++)
                System.arraycopy(beginnings.get(i).what.pixels(), 0, images, i * pixels, pixels);
            engine.features(k, images, f);
            for (int i = 0; i < k; i++) {
                Beginning b = beginnings.get(i);
                float[] start = Seeds.uniform(options.seed(), "z " + b.start + " " + b.what.name(), latent);
                float[] fx = Arrays.copyOfRange(f, i * features, (i + 1) * features);
                active.add(new Descent(b.query, b.start, options, start,
                        new LossGradient(networks, options.loss(), b.what.pixels(), fx)));
            }
        }

        /** One step of all; those that are done leave. */
        private void step() {
            int n = active.size();
            for (int i = 0; i < n; i++) System.arraycopy(active.get(i).z(), 0, z, i * latent, latent);
            engine.forward(n, z, images, f);
            boolean[] ends = new boolean[n];
            int left = n;
            for (int i = 0; i < n; i++) {
                Descent d = active.get(i);
                double loss = d.loss().evaluate(i, images, f, imageErrors, featureErrors);
                if (observer != Observer.NONE && d.start() == 0)
                    observer.at(d.query(), d.stepNumber(), d.loss().mapped(d.z().clone(), image(i)), loss);
                ends[i] = d.ends(loss);
                if (!ends[i]) continue;
                work.finished(d, loss, d.loss().mapped(d.z(), image(i)));
                left--;
            }
            if (left > 0) {
                engine.backward(n, imageErrors, featureErrors, zErrors);
                for (int i = 0; i < n; i++) if (!ends[i]) active.get(i).step(zErrors, i);
            }
            for (int i = n - 1; i >= 0; i--) if (ends[i]) active.remove(i);
        }

        private float[] image(int slot) {
            return Arrays.copyOfRange(images, slot * pixels, (slot + 1) * pixels);
        }
    }
}
