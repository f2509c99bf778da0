package anogan;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with rate and estimated time left, on stderr, for anything that takes longer than a few seconds.
 *
 * <pre>{@code
 * try (Progress bar = Progress.start("train", steps, "step")) {
 *     for (…) { …; bar.step(); bar.say("D 1.31 G 0.92"); }
 * }}</pre>
 */
public final class Progress implements AutoCloseable {
    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    public static Progress start(String task, long total, String unit) {
        return resume(task, 0, total, unit);
    }

    /** A bar whose first {@code done} units were done earlier and do not count for the rate. */
    public static Progress resume(String task, long done, long total, String unit) {
        boolean terminal = System.console() != null;
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" " + unit, 1)
                .showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS)
                .setUpdateIntervalMillis(terminal ? 250 : 5_000)   // a log file needs fewer lines than a terminal
                .setMaxRenderedLength(110)
                .build());
    }

    public void step() {
        bar.step();
    }

    public void step(long units) {
        bar.stepBy(units);
    }

    /** A few words behind the bar: the present loss, say. */
    public void say(String words) {
        bar.setExtraMessage(words);
    }

    @Override
    public void close() {
        bar.close();
    }
}
