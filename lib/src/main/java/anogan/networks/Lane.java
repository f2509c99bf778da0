package anogan.networks;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thread that does one task after another for whoever starts them, with one OpenMP thread. Who waits, for a task or
 * for its end, first looks for it again and again for a moment, and yields to everybody each time; only then it sleeps.
 * A processor that went to sleep is awake after some tenths of a millisecond on a virtual machine, and a training step
 * would wait for that thirty times.
 */
final class Lane {
    private static final long MOMENT = 5_000_000;   // in ns

    private final Thread worker = new Thread(this::work, "lane");
    private volatile Optional<Runnable> task = Optional.empty();
    private volatile boolean closed;
    private volatile Thread starter = Thread.currentThread();
    private Optional<Throwable> failure = Optional.empty();   // written before the task is, read after it

    Lane() {
        worker.setDaemon(true);
        worker.start();
    }

    /** Hands over a task; the one before has been waited for. */
    void start(Runnable next) {
        starter = Thread.currentThread();
        task = Optional.of(next);
        LockSupport.unpark(worker);
    }

    /**
     * Waits until the task is done, also where this thread is interrupted: a step is too short to be cut in two.
     *
     * @throws RuntimeException or Error that ended the task
     */
    void await() {
        boolean interrupted = waitUntil(() -> task.isEmpty());
        if (interrupted) Thread.currentThread().interrupt();
        Optional<Throwable> ended = failure;
        failure = Optional.empty();
        if (ended.isEmpty()) return;
        if (ended.get() instanceof Error error) throw error;
        throw (RuntimeException) ended.get();
    }

    private void work() {
        OpenMp.setThreads(1);
        while (true) {
            waitUntil(() -> task.isPresent() || closed);
            if (task.isEmpty()) return;
            try {
                task.get().run();
            } catch (RuntimeException | Error e) {
                failure = Optional.of(e);
            }
            task = Optional.empty();
            LockSupport.unpark(starter);
        }
    }

    /** @return whether the thread was interrupted meanwhile */
    @SuppressWarnings("ThreadPriorityCheck")   // nothing relies on yielding but that others get on
    private boolean waitUntil(BooleanSupplier there) {
        long asleep = System.nanoTime() + MOMENT;
        while (!there.getAsBoolean() && System.nanoTime() - asleep < 0) Thread.yield();
        boolean interrupted = false;
        while (!there.getAsBoolean()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    void close() {
        closed = true;
        LockSupport.unpark(worker);
    }
}
