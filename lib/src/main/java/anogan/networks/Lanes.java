package anogan.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Threads that work side by side, each with one OpenMP thread: primitives that share one operation out to several
 * threads wait for each other at barriers, and with a busy neighbour each wait lasts a time slice. Lane 0 is the thread
 * that calls. What is computed does not depend on their number.
 */
final class Lanes implements AutoCloseable {
    private static final int MOST = 8;
    private final List<Lane> others = new ArrayList<>();

    Lanes(int count) {
        for (int i = 1; i < count; i++) others.add(new Lane());
    }

    /** One for each processor: 1, 2, 4 or 8. */
    static Lanes ofThisMachine() {
        return new Lanes(Math.min(MOST, Integer.highestOneBit(Runtime.getRuntime().availableProcessors())));
    }

    int count() {
        return others.size() + 1;
    }

    /** Runs the tasks at the same time, the first one in the calling thread, which is lane {@code first}. */
    void run(int first, List<Runnable> tasks) {
        if (others.isEmpty()) {
            tasks.forEach(Runnable::run);
            return;
        }
        for (int i = 1; i < tasks.size(); i++) others.get(first + i - 1).start(tasks.get(i));
        try {
            tasks.get(0).run();
        } finally {
            // nobody goes on while another lane still writes
            for (int i = 1; i < tasks.size(); i++) others.get(first + i - 1).await();
        }
    }

    /** Runs two tasks at the same time, each of which has half of the lanes for itself. */
    void runHalves(Runnable one, Runnable other) {
        if (others.isEmpty()) {
            one.run();
            other.run();
            return;
        }
        Lane lane = others.get(count() / 2 - 1);
        lane.start(other);
        try {
            one.run();
        } finally {
            lane.await();
        }
    }

    /**
     * Works with one OpenMP thread in the calling one, as in every lane. A primitive keeps the number it is made with.
     */
    static <T> T withOneThread(Supplier<T> work) {
        int before = OpenMp.threads();
        OpenMp.setThreads(1);
        try {
            return work.get();
        } finally {
            OpenMp.setThreads(before);
        }
    }

    static void withOneThread(Runnable work) {
        withOneThread(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public void close() {
        others.forEach(Lane::close);
    }
}
