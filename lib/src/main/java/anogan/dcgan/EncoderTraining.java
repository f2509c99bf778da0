package anogan.dcgan;

import anogan.UserError;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Stage;
import java.nio.file.Path;
import java.util.Map;

/**
 * An encoder's training in the folder {@code encoder} of a run, for the finished pair of that run and on its patches;
 * its samples are patches x, each beside G(E(x)).
 */
public final class EncoderTraining extends FolderTraining<EncoderTraining.Config, EncoderTrainer, Encoder> {
    private final Dcgan pair;
    private final Config config;
    private final Patches patches;

    /** What is trained, for which pair, and how. */
    record Config(String pair, EncoderOptions options) implements FolderTraining.Config<Config> {
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
            return new Config(pair, options.withSteps(steps));
        }
    }

    private EncoderTraining(RunFolder run, Dcgan pair, Config config, Patches patches) {
        super(run, Stage.ENCODER, config);
        this.pair = pair;
        this.config = config;
        this.patches = patches;
    }

    /** Where a run keeps its encoder, once it is trained. */
    public static Path model(RunFolder run) {
        return run.file(Stage.ENCODER).resolve("model");
    }

    /**
     * The encoder that a run keeps.
     *
     * @param  pair      the run's, as it is saved
     * @throws UserError if there is none, or it learned for another pair
     */
    public static Encoder trained(RunFolder run, Dcgan pair) {
        Path folder = model(run);
        if (!Encoder.isSaved(folder)) throw UserError
                .failure("%s has no encoder to start at. Train it: stage train with option encoder.", run.path());
        Encoder encoder = Encoder.load(folder);
        requireOf(pair.fingerprint(), encoder.pair(), run.file(Stage.ENCODER));
        return encoder;
    }

    private static void requireOf(String pair, String learnedFor, Path folder) {
        if (!pair.equals(learnedFor)) throw UserError.failure(
                "The encoder in %s learned for another pair: the model was trained on after it was begun. Remove this "
                        + "folder, and train the encoder anew: stage train with option encoder.",
                folder);
    }

    /**
     * Begins, goes on, or extends a training that took fewer steps.
     *
     * @return           the trained encoder, which is saved in {@code encoder/model/} too
     *
     * @throws UserError if the run has no finished pair, or was begun with other patches, or its encoder with other
     *                   options or for another pair
     */
    public static Encoder run(RunFolder run, EncoderOptions options, Patches patches) {
        patches.requireSame(run);
        run.require("model/dcgan.json", "train");
        Dcgan pair = Dcgan.load(run.file("model"));
        return new EncoderTraining(run, pair, new Config(pair.fingerprint(), options), patches).run();
    }

    @Override
    String header() {
        return "step,loss,pixels,features,seconds";
    }

    @Override
    EncoderTrainer begin() {
        EncoderOptions o = config.options;
        return new EncoderTrainer(pair, o, new RandomCrops(patches, o.mirror(), o.seed()));
    }

    @Override
    Encoder made(EncoderTrainer trainer) {
        return trainer.encoder().rounded();
    }

    @Override
    void save(Encoder made, Path model) {
        made.save(model);
    }

    @Override
    Map<String, String> fingerprints(Encoder made) {
        return Map.of(Stage.MODEL, made.pair(), Stage.ENCODER, made.fingerprint());
    }

    @Override
    void requireContinues(Config begun) {
        requireOf(config.pair, begun.pair, folder());
        super.requireContinues(begun);
    }
}
