package anogan.mapping;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Results on their way from the threads that descend to the one that writes them down: nobody waits for a disk, unless
 * so many results wait that memory must be spared.
 */
final class Results {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore places;
    private final int threads;
    private final int most;

    private sealed interface Event {}

    private record Finished(int query, MappingResult result) implements Event {}

    private record Failed(Throwable reason) implements Event {}

    private record Ended() implements Event {}

    /**
     * @param threads that descend
     * @param most    results that wait at a time
     */
    Results(int threads, int most) {
        this.threads = threads;
        this.most = most;
        places = new Semaphore(most);
    }

    /** Hands a result over; waits only while too many of them wait. */
    void add(int query, MappingResult result) {
        places.acquireUninterruptibly();
        events.add(new Finished(query, result));
    }

    /** Runs what one of the threads has to do, and says how it ended. */
    void endWith(Runnable descents) {
        try {
            descents.run();
            events.add(new Ended());
        } catch (RuntimeException | Error e) {
            events.add(new Failed(e));
        }
    }

    /** Passes results on until all threads have ended; what fails in one of them comes out here. */
    void passOn(Mapper.Sink sink) throws InterruptedException {
        for (int left = threads; left > 0;) {
            Event event = events.take();
            if (event instanceof Finished f) {
                sink.take(f.query, f.result);
                places.release();
            } else if (event instanceof Failed f) {
                if (f.reason instanceof Error e) throw e;
                throw (RuntimeException) f.reason;
            } else {
                left--;
            }
        }
    }

    /** Nobody passes results on any more: whoever waits to add one goes on. */
    void stop() {
        places.release(Integer.MAX_VALUE - most);
    }
}
