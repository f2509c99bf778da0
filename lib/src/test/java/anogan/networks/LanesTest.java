package anogan.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    @Test
    void everyTaskIsDoneWhenRunReturns() {
        try (Lanes lanes = new Lanes(4)) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            int[] done = new int[4];   // plain: run is what makes them visible
            for (int round = 0; round < 5000; round++) {
                List<Runnable> tasks = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int lane = i;
                    tasks.add(() -> {
                        done[lane]++;
                        threads.add(Thread.currentThread());
                    });
                }
                lanes.run(0, tasks);
                assertEquals(4 * (round + 1), IntStream.of(done).sum());
            }
            assertEquals(4, threads.size(), "a lane is one thread");
        }
    }

    /** Longer than a lane looks for its next task before it sleeps. */
    @Test
    void aLaneThatSleepsIsWoken() throws InterruptedException {
        try (Lanes lanes = new Lanes(2)) {
            AtomicInteger done = new AtomicInteger();
            for (int k = 0; k < 5; k++) {
                Thread.sleep(20);
                lanes.runHalves(done::incrementAndGet, () -> {
                    pause(20);
                    done.incrementAndGet();
                });
            }
            assertEquals(10, done.get());
        }
    }

    @Test
    void halvesMayUseLanesOfTheirOwn() {
        try (Lanes lanes = new Lanes(4)) {
            AtomicInteger done = new AtomicInteger();
            for (int k = 0; k < 500; k++) {
                lanes.runHalves(() -> lanes.run(0, List.of(done::incrementAndGet, done::incrementAndGet)),
                        () -> lanes.run(2, List.of(done::incrementAndGet, done::incrementAndGet)));
            }
            assertEquals(2000, done.get());
        }
    }

    @Test
    void whatEndsATaskEndsTheRunAndNotTheLane() {
        try (Lanes lanes = new Lanes(2)) {
            for (Throwable cause : List.of(new IllegalStateException("x"), new OutOfMemoryError("y"))) {
                AtomicInteger done = new AtomicInteger();
                List<Runnable> tasks = List.of(done::incrementAndGet, () -> {
                    if (cause instanceof Error error) throw error;
                    throw (RuntimeException) cause;
                });
                assertSame(cause, assertThrows(cause.getClass(), () -> lanes.run(0, tasks)));
                lanes.run(0, List.of(done::incrementAndGet, done::incrementAndGet));
                assertEquals(3, done.get());
            }
        }
    }

    @Test
    void anInterruptedThreadStillWaitsAndStaysInterrupted() {
        try (Lanes lanes = new Lanes(2)) {
            AtomicInteger done = new AtomicInteger();
            Thread.currentThread().interrupt();
            lanes.run(0, List.of(done::incrementAndGet, () -> {
                pause(30);
                done.incrementAndGet();
            }));
            assertEquals(2, done.get());
            assertTrue(Thread.interrupted());
        }
    }

    private static void pause(int ms) {
        long end = System.nanoTime() + ms * 1_000_000L;
        while (System.nanoTime() < end) Thread.onSpinWait();
    }
}
