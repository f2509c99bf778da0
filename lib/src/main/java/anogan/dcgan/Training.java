package anogan.dcgan;

import anogan.UserError;
import anogan.io.Json;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Stage;
import java.util.Map;
import java.util.Optional;

/**
 * A training from first step to saved model, in a run folder: losses, sample grids, checkpoints, and words about what
 * goes wrong.
 *
 * <p>
 * It may be killed at any moment. {@link #resume} goes on from the last checkpoint and ends with the same weights, bit
 * for bit, as a training that was left alone (on the same kind of processor).
 */
public final class Training {
    private static final String HEADER = "step,D_loss,G_loss,D_real,D_fake,seconds";
    private static final int SAMPLES = 64;

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

        /**
         * Whether a checkpoint of {@code other} can be continued with this: only the number of steps may differ, and
         * how often is measured what has no say in the model.
         */
        boolean continues(Config other) {
            return Json.toString(whatStays()).equals(Json.toString(other.whatStays()));
        }

        private Config whatStays() {
            TrainOptions o = options.withSteps(1);
            return new Config(architecture, o.keep() == TrainOptions.Keep.LAST ? o.withHeldOutEvery(0) : o);
        }
    }

    private Training() {}

    /** Begins a run that nothing is measured of on its way. */
    public static Dcgan start(RunFolder run, Config config, Patches patches) {
        return start(run, config, patches, Optional.empty());
    }

    /**
     * Begins a run in an empty or absent folder.
     *
     * @param  measure of held-out normals; empty: they are not measured
     * @return         the trained pair, which is saved in {@code model/} too
     */
    public static Dcgan start(RunFolder run, Config config, Patches patches, Optional<HeldOutCurve.Measure> measure) {
        requirePossible(config, patches, measure);
        run.requireNew();
        return run.locked(() -> {
            run.requireNew();   // nobody began another one meanwhile
            run.write(RunInfo.begin(patches.path(), patches.fingerprint(), config.options.seed())
                    .with("prepare", patches.preparation()).with("train", Stage.here(config, 0, Map.of())));
            return toTheEnd(run, config, patches, measure);
        });
    }

    /** Continues a run that nothing is measured of on its way. */
    public static Dcgan resume(RunFolder run, Config config, Patches patches) {
        return resume(run, config, patches, Optional.empty());
    }

    /** Continues a killed run, or extends a finished one when {@code config} asks for more steps. */
    public static Dcgan resume(RunFolder run, Config config, Patches patches, Optional<HeldOutCurve.Measure> measure) {
        requirePossible(config, patches, measure);
        RunInfo info = run.info();
        patches.requireSame(run);
        Config begun = Config.of(run);
        if (!config.continues(begun)) {
            throw UserError.failure(
                    "%s was begun with other options. Resume with these (only option steps may differ):%n%s",
                    run.path(), Json.toString(begun));
        }
        return run.locked(() -> {
            run.write(info.withPatches(patches.path()));   // which may have moved
            return toTheEnd(run, config, patches, measure);
        });
    }

    private static void requirePossible(Config config, Patches patches, Optional<HeldOutCurve.Measure> measure) {
        TrainOptions o = config.options;
        if (o.keep() == TrainOptions.Keep.BEST && (measure.isEmpty() || o.steps() < o.heldOutEvery())) throw UserError
                .usage("No pair is measured in %d steps, and so none is known to be the best. Choose last as "
                        + "option keep, or lower option held-out-every (%d).", o.steps(), o.heldOutEvery());
        config.options.engine().require(config.options.precision());
        if (config.architecture.size() != patches.options().size()) {
            throw UserError.failure(
                    "The patches in %s are %d pixels wide, but the networks are made for %d. "
                            + "Prepare the scans with %d as option size.",
                    patches.path(), patches.options().size(), config.architecture.size(), config.architecture.size());
        }
    }

    private static Dcgan toTheEnd(RunFolder run, Config config, Patches patches,
            Optional<HeldOutCurve.Measure> measure) {
        TrainOptions o = config.options;
        PatchSource source = new RandomCrops(patches, o.mirror(), o.seed());
        try (MeasuredTrainer trainer = new MeasuredTrainer(run, new Trainer(config.architecture, o, source), o,
                measure)) {
            TrainingLoop.Plan plan = new TrainingLoop.Plan("train", run.path(), HEADER, SAMPLES, o.steps(),
                    o.sampleEvery(), o.checkpointEvery());
            double seconds = new TrainingLoop<>(run, plan, trainer, new TrainingMonitor(run.path())).run();
            Dcgan pair = trainer.kept().rounded();
            boolean known = Config.of(run).options.steps() == o.steps();   // more steps may keep the pair of fewer
            if (known && pair.isSaved(run.file("model"))) return Dcgan.load(run.file("model"));   // it was finished before
            trainer.sayWhatIsKept();
            // Before the model: scores must not be taken for those of another.
            run.write(
                    run.info().withPart("train", Stage.here(config, seconds, Map.of(Stage.MODEL, pair.fingerprint()))));
            pair.save(run.file("model"));
            return pair;
        }
    }
}
