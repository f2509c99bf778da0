///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Normal patches to a DCGAN: the second stage. */
@Command(name = "train", sortOptions = false,
        description = "Trains generator and discriminator on the normal training patches of a prepared folder.",
        footer = {"", "A killed training goes on with the same command and --resume, and ends with the same weights.",
                "", "Examples:", "  environment/jbang train --patches data/patches/octdl --out data/runs/octdl",
                "  environment/jbang train --patches data/patches/octdl --out data/runs/octdl --resume",
                "  environment/jbang train --patches data/patches/octdl --out data/runs/paper --width 1 --latent 100 --batch 128 --steps 20000"})
public class train extends Cli.Script {
    @Option(names = "--patches", required = true, paramLabel = "PATCHES", description = "Folder that prepare wrote.")
    Path patches;
    @Option(names = "--out", required = true, paramLabel = "RUN",
            description = "Folder of the run: absent or empty, unless it is resumed.")
    Path out;
    @Option(names = "--resume", description = "Go on from the run's last checkpoint.")
    boolean resume;

    @Option(names = "--width", paramLabel = "W",
            description = "Scales the paper's channels 64-128-256-512; 1 is the paper's network [${DEFAULT-VALUE}].")
    double width = 0.25;
    @Option(names = "--latent", paramLabel = "N", description = "Length of z [${DEFAULT-VALUE}].")
    int latent = 64;
    @Option(names = "--steps", paramLabel = "N",
            description = "Training steps, a batch of real and one of generated patches each [${DEFAULT-VALUE}].")
    int steps = 2400;
    @Option(names = "--batch", paramLabel = "N", description = "Patches in a batch [${DEFAULT-VALUE}].")
    int batch = 64;
    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate [${DEFAULT-VALUE}].")
    double learningRate = 2e-4;
    @Option(names = "--beta1", paramLabel = "X", description = "Adam's beta1 [${DEFAULT-VALUE}].")
    double beta1 = 0.5;
    @Option(names = "--label-smoothing", paramLabel = "X",
            description = "Real patches are labelled 1 minus this [${DEFAULT-VALUE}].")
    double labelSmoothing;
    @Option(names = "--ema", paramLabel = "X",
            description = "Decay of the moving average of G's weights; 0 keeps the raw ones [${DEFAULT-VALUE}].")
    double ema = 0.999;
    @Option(names = "--no-mirror", description = "Do not show mirrored patches.")
    boolean noMirror;
    @Option(names = "--sample-every", paramLabel = "N",
            description = "Steps between two grids of samples [${DEFAULT-VALUE}].")
    int sampleEvery = 200;
    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Steps between two checkpoints [${DEFAULT-VALUE}].")
    int checkpointEvery = 200;
    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, batches and noise [${DEFAULT-VALUE}].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new train(), args);
    }

    @Override
    protected void run() {
        Patches folder = Patches.open(patches);
        TrainOptions options = new TrainOptions(steps, batch, learningRate, beta1, labelSmoothing, ema, !noMirror,
                sampleEvery, checkpointEvery, seed);
        var config = new Training.Config(new Architecture(folder.options().size(), latent, width), options);
        RunFolder run = new RunFolder(out);
        if (resume) Training.resume(run, config, folder);
        else Training.start(run, config, folder);
        System.out.printf("Trained %d steps in %.0f s; model in %s, samples in %s%n", steps,
                run.info().seconds().get("train"), run.file("model"), run.file("samples"));
    }
}
