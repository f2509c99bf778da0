package anogan.networks;

import anogan.UserError;

/**
 * What the mapping is computed with. Batch and threads are a matter of speed alone: the results are the same bits. Two
 * engines agree as far as single precision goes.
 *
 * @param engine  which implementation
 * @param threads that work at the same time
 * @param batch   queries that move together, over all threads
 */
public record Compute(Engine engine, int threads, int batch) {
    /** An implementation of {@link MappingEngine}. */
    public enum Engine {
        /** oneDNN where its library loads, else ND4J. */
        AUTO,
        /** oneDNN's primitives. */
        ONEDNN,
        /** ND4J's operations. */
        ND4J;

        /** What {@code AUTO} means on this machine. */
        public Engine resolved() {
            if (this != AUTO) return this;
            try {
                OnednnWeights.load();
                return ONEDNN;
            } catch (LinkageError e) {
                return ND4J;
            }
        }
    }

    private static final int MOST = 1 << 16;   // it grows no faster long before

    public Compute {
        if (engine == null) throw UserError.usage("The mapping needs an engine.");
        if (threads < 1) throw UserError.usage("The mapping needs at least one thread, not %d.", threads);
        if (batch < 1 || batch > MOST) throw UserError.usage("A batch holds 1 to %d queries, not %d.", MOST, batch);
    }

    /** The fastest engine, all processors, 64 queries at a time. */
    public static Compute defaults() {
        return new Compute(Engine.AUTO, Runtime.getRuntime().availableProcessors(), 64);
    }

    public Compute withEngine(Engine engine) {
        return new Compute(engine, threads, batch);
    }

    public Compute withThreads(int threads) {
        return new Compute(engine, threads, batch);
    }

    public Compute withBatch(int batch) {
        return new Compute(engine, threads, batch);
    }
}
