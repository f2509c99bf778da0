///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.AutoencoderTraining;
import anogan.dcgan.Training;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scoring.AutoencoderScores;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The compared method aCAE: an auto-encoder in place of the search for z. */
@Command(name = "acae", sortOptions = false, description = {
        "Trains an adversarial convolutional auto-encoder on the patches of a run, and scores with it what map scores.",
        "Its networks are as large as those of the run, and see mirrored patches if those did. analyze then sets it beside AnoGAN."},
        footer = {"", "Goes on where it was stopped.", "", "Examples:", "  environment/jbang acae --run data/runs/demo",
                "  environment/jbang acae --run data/runs/octdl --steps 2000 --batch 32"})
public class acae extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that train wrote.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--steps", paramLabel = "N", description = "Training steps [${DEFAULT-VALUE}].")
    int steps = 2400;
    @Option(names = "--batch", paramLabel = "N", description = "Patches in a batch [${DEFAULT-VALUE}].")
    int batch = 64;
    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate [${DEFAULT-VALUE}].")
    double learningRate = 2e-4;
    @Option(names = "--beta1", paramLabel = "X", description = "Adam's beta1 [${DEFAULT-VALUE}].")
    double beta1 = 0.5;
    @Option(names = "--adversarial", paramLabel = "X",
            description = "Weight of the adversarial loss; the mean squared error has the rest [${DEFAULT-VALUE}].")
    double adversarial = 0.001;
    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Steps between two checkpoints [${DEFAULT-VALUE}].")
    int checkpointEvery = 200;
    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and batches [${DEFAULT-VALUE}].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new acae(), args);
    }

    @Override
    protected void run() {
        RunFolder folder = new RunFolder(run);
        RunInfo info = folder.info();
        Training.Config trained = Training.Config.of(folder);
        AutoencoderOptions options = new AutoencoderOptions(steps, batch, learningRate, beta1, adversarial,
                trained.options().mirror(), checkpointEvery, seed);
        AutoencoderScores.run(folder, Patches.open(patches == null ? Path.of(info.patches()) : patches),
                new AutoencoderTraining.Config(trained.architecture(), options));
        System.out.printf("Scores in %s and %s, reconstructions in %s%n", folder.file("acae.csv"),
                folder.file("acae_scans.csv"), AutoencoderTraining.folder(folder).resolve("samples"));
    }
}
