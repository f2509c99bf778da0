package anogan.dcgan;

import anogan.UserError;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.nio.file.Path;
import java.util.Map;

/**
 * An auto-encoder's training in the folder {@code acae} of a run, on the patches and with the architecture of that run;
 * its samples are patches, each beside its reconstruction.
 */
public final class AutoencoderTraining
        extends
            FolderTraining<AutoencoderTraining.Config, AutoencoderTrainer, Autoencoder> {
    private static final String NAME = "acae";
    private final Config config;
    private final Patches patches;

    /** What is trained, and how. */
    public record Config(Architecture architecture,
            AutoencoderOptions options) implements FolderTraining.Config<Config> {
        @Override
        public int steps() {
            return options.steps();
        }

        @Override
        public int checkpointEvery() {
            return options.checkpointEvery();
        }

        @Override
        public Config withSteps(int steps) {
            return new Config(architecture, options.withSteps(steps));
        }
    }

    private AutoencoderTraining(RunFolder run, Config config, Patches patches) {
        super(run, NAME, config);
        this.config = config;
        this.patches = patches;
    }

    /** Where a run keeps its auto-encoder. */
    public static Path folder(RunFolder run) {
        return run.file(NAME);
    }

    /**
     * Begins, goes on, or extends a training that took fewer steps.
     *
     * @return           the trained networks, which are saved in {@code acae/model/} too
     *
     * @throws UserError if the run was begun with other patches, or its auto-encoder with other options
     */
    public static Autoencoder run(RunFolder run, Config config, Patches patches) {
        patches.requireSame(run);
        return new AutoencoderTraining(run, config, patches).run();
    }

    @Override
    String header() {
        return "step,D_loss,reconstruction,adversarial,D_real,D_fake,seconds";
    }

    @Override
    AutoencoderTrainer begin() {
        AutoencoderOptions o = config.options;
        return new AutoencoderTrainer(config.architecture, o, new RandomCrops(patches, o.mirror(), o.seed()));
    }

    @Override
    Autoencoder made(AutoencoderTrainer trainer) {
        return trainer.autoencoder();
    }

    @Override
    void save(Autoencoder made, Path model) {
        made.save(model);
    }

    @Override
    Map<String, String> fingerprints(Autoencoder made) {
        return Map.of();
    }
}
