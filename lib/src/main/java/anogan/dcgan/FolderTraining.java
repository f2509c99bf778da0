package anogan.dcgan;

import anogan.UserError;
import anogan.io.Json;
import anogan.run.RunFolder;
import anogan.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A training beside that of the pair, from first step to saved model, in a folder of its own within the run:
 * {@code options.json}, {@code losses.csv}, {@code checkpoint/}, {@code samples/}, {@code model/}. It may be killed at
 * any moment: the same call goes on from the last checkpoint and ends with the same weights, bit for bit.
 *
 * @param <C> what is trained, and how
 * @param <T> what trains it
 * @param <N> what comes out
 */
abstract class FolderTraining<C extends FolderTraining.Config<C>, T extends TrainingLoop.Learner<?>, N> {
    /** Patches of a grid of samples, each beside what is made of it. */
    private static final int SAMPLES = 32;
    private final RunFolder run;
    private final String name;
    private final C config;

    /** What a training is begun with; all of it but the number of steps stays as it is. */
    interface Config<C> {
        int steps();

        /** Also for samples. */
        int checkpointEvery();

        C withSteps(int steps);
    }

    /** @param name of the folder and of the stage in run.json */
    FolderTraining(RunFolder run, String name, C config) {
        this.run = run;
        this.name = name;
        this.config = config;
    }

    /** The columns of losses.csv. */
    abstract String header();

    /** As it is before its first step. */
    abstract T begin();

    /** What was learned. */
    abstract N made(T trainer);

    abstract void save(N made, Path model);

    /** Of what came out and what it rests on, for run.json. */
    abstract Map<String, String> fingerprints(N made);

    final Path folder() {
        return run.file(name);
    }

    /** Begins, goes on, or extends a training that took fewer steps. */
    final N run() {
        return run.locked(() -> {
            requireItsOptions();
            try (T trainer = begin()) {
                double seconds = train(trainer);
                N made = made(trainer);
                // Before the model: scores must not be taken for those of another.
                run.write(run.info().withPart(name, Stage.here(config, seconds, fingerprints(made))));
                save(made, folder().resolve("model"));
                return made;
            }
        });
    }

    private double train(TrainingLoop.Learner<?> trainer) {
        TrainingLoop.Plan plan = new TrainingLoop.Plan(name, folder(), header(), SAMPLES, config.steps(),
                config.checkpointEvery(), config.checkpointEvery());
        return new TrainingLoop<>(run, plan, trainer, new LossMonitor<>(folder())).run();
    }

    private void requireItsOptions() {
        Path file = folder().resolve("options.json");
        if (Files.exists(file)) {
            C begun = Json.read(file, type(), "Put it back as it was, or remove the folder " + folder() + ".");
            requireContinues(begun);
        } else {
            run.write(run.info().with(name, config, 0));   // in place of one that was removed
            Json.write(file, config);
        }
    }

    @SuppressWarnings("unchecked")
    private Class<C> type() {
        return (Class<C>) config.getClass();
    }

    /** @throws UserError if a training that was begun so cannot go on with these options */
    void requireContinues(C begun) {
        if (!config.withSteps(1).equals(begun.withSteps(1))) {
            throw UserError.failure("%s was begun with other options. Use these (only option steps may differ), "
                    + "or remove the folder first:%n%s", folder(), Json.toString(begun));
        }
    }
}
