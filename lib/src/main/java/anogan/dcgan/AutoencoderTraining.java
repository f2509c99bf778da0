package anogan.dcgan;

import anogan.UserError;
import anogan.io.Json;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.ui.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * An auto-encoder's training from first step to saved model, in the folder {@code acae} of a run, on the patches and
 * with the architecture of that run: {@code options.json}, {@code losses.csv}, {@code checkpoint/}, {@code samples/}
 * (patches, each beside its reconstruction), {@code model/}.
 *
 * <p>
 * It may be killed at any moment: the same call goes on from the last checkpoint and ends with the same weights, bit
 * for bit.
 */
public final class AutoencoderTraining implements AutoCloseable {
    private static final String HEADER = "step,D_loss,reconstruction,adversarial,D_real,D_fake,seconds";
    private static final int SAMPLES = 32;

    private final RunFolder run;
    private final Path folder;
    private final Config config;
    private final AutoencoderTrainer trainer;
    private final TrainingLog log;

    /** What is trained, and how. */
    public record Config(Architecture architecture, AutoencoderOptions options) {
        /** Whether a checkpoint of {@code other} can be continued with this: only the number of steps may differ. */
        boolean continues(Config other) {
            return architecture.equals(other.architecture) && options.withSteps(1).equals(other.options.withSteps(1));
        }
    }

    private AutoencoderTraining(RunFolder run, Config config, Patches patches) {
        this.run = run;
        this.config = config;
        folder = folder(run);
        trainer = new AutoencoderTrainer(config.architecture, config.options,
                new RandomCrops(patches, config.options.mirror(), config.options.seed()));
        log = new TrainingLog(run, folder, HEADER);
    }

    /** Where a run keeps its auto-encoder. */
    public static Path folder(RunFolder run) {
        return run.file("acae");
    }

    /**
     * Begins, goes on, or extends a training that took fewer steps.
     *
     * @return           the trained networks, which are saved in {@code acae/model/} too
     *
     * @throws UserError if the run was begun with other patches, or its auto-encoder with other options
     */
    public static Autoencoder run(RunFolder run, Config config, Patches patches) {
        Training.requireSame(run, run.info(), patches);
        return run.locked(() -> {
            begin(run, config);
            try (AutoencoderTraining training = new AutoencoderTraining(run, config, patches)) {
                training.log.restore(training.trainer);
                Training.requireMore(training.folder, training.trainer.step(), config.options.steps());
                return training.toTheEnd();
            }
        });
    }

    private static void begin(RunFolder run, Config config) {
        Path folder = folder(run);
        Path file = folder.resolve("options.json");
        if (Files.exists(file)) {
            Config begun = Json.read(file, Config.class, "Put it back as it was, or remove the folder " + folder + ".");
            if (!config.continues(begun)) {
                throw UserError.failure("%s was begun with other options. Use these (only option steps may differ), "
                        + "or remove the folder first:%n%s", folder, Json.toString(begun));
            }
        } else {
            run.write(run.info().with("acae", config, 0));   // in place of one that was removed
            Json.write(file, config);
        }
    }

    @Override
    public void close() {
        trainer.close();
    }

    private Autoencoder toTheEnd() {
        AutoencoderOptions o = config.options;
        long begun = System.nanoTime();
        try (Progress bar = Progress.resume("acae", trainer.step(), o.steps(), "steps")) {
            if (trainer.step() == 0) sample();
            while (trainer.step() < o.steps()) {
                long t = System.nanoTime();
                AutoencoderTrainer.Losses l = trainer.train();
                TrainingMonitor.requireFinite(folder, l.step(), log.saved(), l.discriminator(), l.reconstruction(),
                        l.adversarial());
                log.add(l.step(), t, l.discriminator(), l.reconstruction(), l.adversarial(), l.real(), l.fake());
                bar.step();
                bar.say(String.format(Locale.ROOT, "MSE %.4f D %.2f", l.reconstruction(), l.discriminator()));
                if (l.step() % o.checkpointEvery() == 0 || l.step() == o.steps()) {
                    sample();
                    log.checkpoint(trainer);
                }
            }
        }
        Autoencoder made = trainer.autoencoder();
        made.save(folder.resolve("model"));
        run.write(run.info().withPart("acae", Stage.here(config, (System.nanoTime() - begun) / 1e9, Map.of())));
        return made;
    }

    private void sample() {
        run.requireStillThere();
        SampleGrid.write(folder.resolve("samples").resolve(String.format(Locale.ROOT, "step-%06d.png", trainer.step())),
                trainer.samples(SAMPLES));
    }
}
