package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Stage;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A training from first step to saved model, in a run folder: losses, sample grids, checkpoints, and words about what
 * goes wrong.
 *
 * <p>
 * It may be killed at any moment. {@link #resume} goes on from the last checkpoint and ends with the same weights, bit
 * for bit, as a training that was left alone (on the same kind of processor).
 */
public final class Training implements AutoCloseable {
    private static final String HEADER = "step,D_loss,G_loss,D_real,D_fake,seconds";
    private static final int SAMPLES = 64;

    private final RunFolder run;
    private final Config config;
    private final Trainer trainer;
    private final TrainingMonitor monitor;
    private final TrainingLog log;

    /** What {@code run.json} keeps of a training. */
    public record Config(Architecture architecture, TrainOptions options) {
        /**
         * That of a run.
         *
         * @throws UserError if its run.json does not tell
         */
        public static Config of(RunFolder run) {
            return Json.convert(run.info().config().get("train"), Config.class, run.file("run.json"),
                    "Put it back as it was, or begin anew in another folder.");
        }

        /** Whether a checkpoint of {@code other} can be continued with this: only the number of steps may differ. */
        boolean continues(Config other) {
            return Json.toString(withSteps(1)).equals(Json.toString(other.withSteps(1)));
        }

        private Config withSteps(int steps) {
            return new Config(architecture, options.withSteps(steps));
        }
    }

    private Training(RunFolder run, Config config, PatchSource source) {
        this.run = run;
        this.config = config;
        this.trainer = new Trainer(config.architecture, config.options, source);
        this.monitor = new TrainingMonitor(run.path());
        this.log = new TrainingLog(run, run.path(), HEADER);
    }

    /**
     * Begins a run in an empty or absent folder.
     *
     * @return the trained pair, which is saved in {@code model/} too
     */
    public static Dcgan start(RunFolder run, Config config, Patches patches) {
        requireSize(config, patches);
        run.requireNew();
        PatchSource source = new RandomCrops(patches, config.options.mirror(), config.options.seed());
        return run.locked(() -> {
            run.requireNew();   // nobody began another one meanwhile
            run.write(RunInfo.begin(patches.path(), patches.fingerprint(), config.options.seed())
                    .with("prepare", patches.preparation()).with("train", Stage.here(config, 0, Map.of())));
            try (Training training = new Training(run, config, source)) {
                return training.toTheEnd();
            }
        });
    }

    /** Continues a killed run, or extends a finished one when {@code config} asks for more steps. */
    public static Dcgan resume(RunFolder run, Config config, Patches patches) {
        requireSize(config, patches);
        RunInfo info = run.info();
        requireSame(run, info, patches);
        Config begun = Config.of(run);
        if (!config.continues(begun)) {
            throw UserError.failure(
                    "%s was begun with other options. Resume with these (only option steps may differ):%n%s",
                    run.path(), Json.toString(begun));
        }
        return run.locked(() -> {
            run.write(info.withPatches(patches.path()));   // which may have moved
            PatchSource source = new RandomCrops(patches, config.options.mirror(), config.options.seed());
            try (Training training = new Training(run, config, source)) {
                training.log.restore(training.trainer);
                requireMore(run.path(), training.trainer.step(), config.options.steps());
                return training.toTheEnd();
            }
        });
    }

    /** Refuses patches other than those that a run was begun with. */
    public static void requireSame(RunFolder run, RunInfo info, Patches patches) {
        if (!info.fingerprint().equals(patches.fingerprint())) {
            throw UserError.failure(
                    "%s was begun with other patches than those in %s. Resume with the folder that it learned from.",
                    run.path(), patches.path());
        }
    }

    /** Refuses to go back. */
    static void requireMore(Path folder, int done, int steps) {
        if (done > steps)
            throw UserError.failure("%s has been trained for %d steps already. Resume with %d or more as option steps.",
                    folder, done, done);
    }

    private static void requireSize(Config config, Patches patches) {
        if (config.architecture.size() != patches.options().size()) {
            throw UserError.failure(
                    "The patches in %s are %d pixels wide, but the networks are made for %d. "
                            + "Prepare the scans with %d as option size.",
                    patches.path(), patches.options().size(), config.architecture.size(), config.architecture.size());
        }
    }

    @Override
    public void close() {
        trainer.close();
    }

    private Dcgan toTheEnd() {
        int steps = config.options.steps();
        long begun = System.nanoTime();
        try (Progress bar = Progress.resume("train", trainer.step(), steps, "steps")) {
            if (trainer.step() == 0) sample();
            while (trainer.step() < steps) {
                long t = System.nanoTime();
                Trainer.Losses l = trainer.train();
                monitor.check(l, log.saved());
                log.add(l.step(), t, l.discriminator(), l.generator(), l.real(), l.fake());
                bar.step();
                bar.say(String.format(Locale.ROOT, "D %.2f G %.2f", l.discriminator(), l.generator()));
                if (l.step() % config.options.sampleEvery() == 0 || l.step() == steps) sample();
                if (l.step() % config.options.checkpointEvery() == 0 || l.step() == steps) log.checkpoint(trainer);
            }
        }
        Dcgan pair = trainer.dcgan();
        if (pair.isSaved(run.file("model"))) return pair;   // it was finished before
        Stage part = Stage.here(config, (System.nanoTime() - begun) / 1e9, Map.of(Stage.MODEL, pair.fingerprint()));
        // Before the model: scores must not be taken for those of another.
        run.write(run.info().withPart("train", part));
        pair.save(run.file("model"));
        return pair;
    }

    private void sample() {
        run.requireStillThere();
        FloatArray samples = trainer.samples(SAMPLES);
        monitor.check(samples, trainer.step());
        SampleGrid.write(run.file("samples").resolve(String.format(Locale.ROOT, "step-%06d.png", trainer.step())),
                samples);
    }
}
