package anogan.ui;

import java.io.Console;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with rate and estimated time left, for anything that takes longer than a few seconds: on stderr, or in
 * a notebook below its cell, where it moves in place.
 *
 * <pre>{@code
 * try (Progress bar = Progress.start("train", steps, "step")) {
 *     for (…) { …; bar.step(); bar.say("D 1.31 G 0.92"); }
 * }}</pre>
 *
 * Each step is also where a computation can be stopped: when its thread was interrupted (a notebook's stop button),
 * {@link #step} throws.
 */
public final class Progress implements AutoCloseable {
    private static final Bar NO_BAR = new Bar() {
        @Override
        public void add(long units) {}

        @Override
        public void say(String words) {}

        @Override
        public void close() {}
    };
    private final String task;
    private final Bar bar;

    /** Where progress is shown. */
    interface Bar {
        void add(long units);

        void say(String words);

        void close();
    }

    /** A thread whose work shows no bars: one of many that work at the same time, which one bar tells of. */
    public interface Silent {}

    Progress(String task, Bar bar) {
        this.task = task;
        this.bar = bar;
    }

    public static Progress start(String task, long total, String unit) {
        return resume(task, 0, total, unit);
    }

    /** A bar whose first {@code done} units were done earlier and do not count for the rate. */
    public static Progress resume(String task, long done, long total, String unit) {
        if (Thread.currentThread() instanceof Silent) return new Progress(task, NO_BAR);
        return new Progress(task, Kernel.running().<Bar>map(kernel -> new NotebookBar(kernel, task, done, total, unit))
                .orElseGet(() -> terminal(task, done, total, unit)));
    }

    /** From Java 22 on there is a console even where output goes to a file. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        try {
            return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return console != null;
        }
    }

    private static Bar terminal(String task, long done, long total, String unit) {
        boolean terminal = isTerminal();   // a log file needs fewer lines
        ProgressBar bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total)
                .startsFrom(done, Duration.ZERO).setStyle(ProgressBarStyle.ASCII).setUnit(" " + unit, 1).showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS).setUpdateIntervalMillis(terminal ? 250 : 5_000)
                .setMaxRenderedLength(110).build();
        return new Bar() {
            @Override
            public void add(long units) {
                bar.stepBy(units);
            }

            @Override
            public void say(String words) {
                bar.setExtraMessage(words);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /**
     * One unit more is done.
     *
     * @throws CancellationException if this thread was interrupted
     */
    public void step() {
        step(1);
    }

    /**
     * So many units more are done.
     *
     * @throws CancellationException if this thread was interrupted
     */
    public void step(long units) {
        bar.add(units);
        if (Thread.interrupted()) throw new CancellationException(task + " was interrupted");
    }

    /** A few words behind the bar: the present loss, say. */
    public void say(String words) {
        bar.say(words);
    }

    @Override
    public void close() {
        bar.close();
    }
}
