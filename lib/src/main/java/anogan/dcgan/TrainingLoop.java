package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.run.RunFolder;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The steps of a training, from its last checkpoint to its end, whatever learns: {@code losses.csv}, {@code samples/},
 * {@code checkpoint/}.
 */
final class TrainingLoop<L extends TrainingLoop.Losses> {
    private final RunFolder run;
    private final Plan plan;
    private final Learner<L> learner;
    private final LossMonitor<L> monitor;
    private final TrainingLog log;

    /** What a step saw. */
    interface Losses {
        /** The step, from 1. */
        int step();

        /** Its row of losses.csv, without step and seconds. */
        double[] row();

        /** What the progress bar says. */
        String words();
    }

    /** What learns in steps and can be stopped after any of them. */
    interface Learner<L extends Losses> extends TrainingState.Holder, AutoCloseable {
        /** One step. */
        L train();

        /** Looks at what was learned, where that is due; this takes none of a step's time. */
        default void measure() {}

        /** Pictures of what was learned: about {@code n} × 1 × S × S in [−1, 1]. */
        FloatArray samples(int n);

        /** Gives the native memory back. */
        @Override
        void close();
    }

    /**
     * @param name    what the progress bar is called
     * @param folder  the run's own, or one below it
     * @param header  the columns of losses.csv: step, losses, seconds
     * @param samples as {@link Learner#samples} has them
     */
    record Plan(String name, Path folder, String header, int samples, int steps, int sampleEvery,
            int checkpointEvery) {}

    /** @param run must not go away */
    TrainingLoop(RunFolder run, Plan plan, Learner<L> learner, LossMonitor<L> monitor) {
        this.run = run;
        this.plan = plan;
        this.learner = learner;
        this.monitor = monitor;
        log = new TrainingLog(run, plan.folder, plan.header);
    }

    /**
     * Trains to the last step.
     *
     * @return           seconds that it took
     *
     * @throws UserError if it took more steps before, or the losses are no numbers any more
     */
    double run() {
        log.restore(learner);
        if (learner.step() > plan.steps)
            throw UserError.failure("%s has been trained for %d steps already. Resume with %d or more as option steps.",
                    plan.folder, learner.step(), learner.step());
        long begun = System.nanoTime();
        try (Progress bar = Progress.resume(plan.name, learner.step(), plan.steps, "steps")) {
            if (learner.step() == 0) sample();
            while (learner.step() < plan.steps) {
                long t = System.nanoTime();
                L l = learner.train();
                monitor.check(l, log.saved());
                log.add(l.step(), t, l.row());
                bar.step();
                bar.say(l.words());
                learner.measure();
                if (isDue(plan.sampleEvery)) sample();
                if (isDue(plan.checkpointEvery)) log.checkpoint(learner);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private boolean isDue(int every) {
        return learner.step() % every == 0 || learner.step() == plan.steps;
    }

    private void sample() {
        FloatArray samples = learner.samples(plan.samples);
        monitor.check(samples, learner.step());
        run.requireStillThere();
        Path file = plan.folder.resolve("samples").resolve(String.format(Locale.ROOT, "step-%06d.png", learner.step()));
        SampleGrid.write(file, samples);
    }
}
