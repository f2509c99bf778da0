///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.AutoencoderTraining;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.run.RunFolder;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The compared method aCAE: an auto-encoder in place of the search for z. */
@Command(name = "acae", sortOptions = false, description = {
        "Trains an adversarial convolutional auto-encoder on the patches of a run, and scores with it what map scores.",
        "Its networks are as large as those of the run, with its engine, and see mirrored patches if those did. "
                + "analyze then sets it beside AnoGAN."},
        footer = {"", "Goes on where it was stopped.", "", "Examples:", "  environment/jbang acae --run data/runs/demo",
                "  environment/jbang acae --run data/runs/octdl --steps 2000 --batch 32"})
public class acae extends Cli.Script {
    private static final AutoencoderOptions USUAL = AutoencoderOptions.defaults();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that train wrote.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--steps", paramLabel = "N", description = "Training steps [${DEFAULT-VALUE}].")
    int steps = USUAL.steps();
    @Option(names = "--batch", paramLabel = "N", description = "Patches in a batch [${DEFAULT-VALUE}].")
    int batch = USUAL.batch();
    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate [${DEFAULT-VALUE}].")
    double learningRate = USUAL.learningRate();
    @Option(names = "--beta1", paramLabel = "X", description = "Adam's beta1 [${DEFAULT-VALUE}].")
    double beta1 = USUAL.beta1();
    @Option(names = "--adversarial", paramLabel = "X",
            description = "Weight of the adversarial loss; the mean squared error has the rest [${DEFAULT-VALUE}].")
    double adversarial = USUAL.adversarial();
    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Steps between two checkpoints [${DEFAULT-VALUE}].")
    int checkpointEvery = USUAL.checkpointEvery();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and batches [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();

    public static void main(String... args) {
        Cli.main(new acae(), args);
    }

    @Override
    protected void run() {
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        RunFolder folder = experiment.folder();
        TrainOptions training = Training.Config.of(folder).options();
        experiment.autoencoder(USUAL.withSteps(steps).withBatch(batch).withLearningRate(learningRate).withBeta1(beta1)
                .withAdversarial(adversarial).withMirror(training.mirror()).withCheckpointEvery(checkpointEvery)
                .withSeed(seed).withEngine(training.engine()));
        System.out.printf("Scores in %s and %s, reconstructions in %s%n", folder.file("acae.csv"),
                folder.file("acae_scans.csv"), AutoencoderTraining.folder(folder).resolve("samples"));
    }
}
