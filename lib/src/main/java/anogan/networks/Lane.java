package anogan.networks;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thread that does one task after another for whoever starts them, with one OpenMP thread.
 *
 * <p>
 * Who waits, for a task or for its end, first looks for it again and again for a moment, and yields each time; only
 * then it sleeps. A processor that went to sleep is awake after some tenths of a millisecond on a virtual machine, and
 * a training step would wait for that thirty times. Where a yield takes long, somebody else needed the processor: who
 * yields on a busy machine waits for all others, and who sleeps does not. So for a while nobody looks there.
 */
final class Lane {
    private static final long MOMENT = 5_000_000;   // all in ns
    private static final long LONG_YIELD = 100_000;
    private static final long WHILE = 200_000_000;

    private final Thread worker = new Thread(this::work, "lane");
    private volatile Optional<Runnable> task = Optional.empty();
    private volatile boolean closed;
    private volatile long quietFrom = System.nanoTime();   // when to look again
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
    private boolean waitUntil(BooleanSupplier there) {
        look(there);
        boolean interrupted = false;
        while (!there.getAsBoolean()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    @SuppressWarnings("ThreadPriorityCheck")   // nothing relies on yielding but that others get on
    private void look(BooleanSupplier there) {
        long now = System.nanoTime();
        long end = now + MOMENT;
        while (now - quietFrom >= 0 && now - end < 0 && !there.getAsBoolean()) {
            Thread.yield();
            long after = System.nanoTime();
            if (after - now > LONG_YIELD) quietFrom = after + WHILE;
            now = after;
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(worker);
    }
}
