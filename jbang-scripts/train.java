///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.dcgan.TrainOptions;
import anogan.networks.Architecture;
import anogan.networks.LearningEngine;
import anogan.patches.Patches;
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
                "  environment/jbang train --patches data/patches/octdl --out data/runs/paper --width 1 "
                        + "--latent 100 --batch 128 --steps 20000"})
public class train extends Cli.Script {
    private static final Architecture NETWORKS = Architecture.defaults();
    private static final TrainOptions USUAL = TrainOptions.defaults();

    @Option(names = "--patches", required = true, paramLabel = "PATCHES", description = "Folder that prepare wrote.")
    Path patches;
    @Option(names = "--out", required = true, paramLabel = "RUN",
            description = "Folder of the run: absent or empty, unless it is resumed.")
    Path out;
    @Option(names = "--resume", description = "Go on from the run's last checkpoint; begin if there is no run yet.")
    boolean resume;

    @Option(names = "--width", paramLabel = "W",
            description = "Scales the paper's channels 64-128-256-512; 1 is the paper's network [${DEFAULT-VALUE}].")
    double width = NETWORKS.width();
    @Option(names = "--latent", paramLabel = "N", description = "Length of z [${DEFAULT-VALUE}].")
    int latent = NETWORKS.latent();
    @Option(names = "--steps", paramLabel = "N",
            description = "Training steps, a batch of real and one of generated patches each [${DEFAULT-VALUE}].")
    int steps = USUAL.steps();
    @Option(names = "--batch", paramLabel = "N", description = "Patches in a batch [${DEFAULT-VALUE}].")
    int batch = USUAL.batch();
    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate [${DEFAULT-VALUE}].")
    double learningRate = USUAL.learningRate();
    @Option(names = "--beta1", paramLabel = "X", description = "Adam's beta1 [${DEFAULT-VALUE}].")
    double beta1 = USUAL.beta1();
    @Option(names = "--label-smoothing", paramLabel = "X",
            description = "Real patches are labelled 1 minus this [${DEFAULT-VALUE}].")
    double labelSmoothing = USUAL.labelSmoothing();
    @Option(names = "--ema", paramLabel = "X",
            description = "Decay of the moving average of G's weights; 0 keeps the raw ones [${DEFAULT-VALUE}].")
    double ema = USUAL.emaDecay();
    @Option(names = "--no-mirror", description = "Do not show mirrored patches.")
    boolean noMirror;
    @Option(names = "--sample-every", paramLabel = "N",
            description = "Steps between two grids of samples [${DEFAULT-VALUE}].")
    int sampleEvery = USUAL.sampleEvery();
    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Steps between two checkpoints [${DEFAULT-VALUE}].")
    int checkpointEvery = USUAL.checkpointEvery();
    @Option(names = "--engine", paramLabel = "E",
            description = "auto, onednn or deeplearning4j: onednn wherever its library loads [${DEFAULT-VALUE}].")
    LearningEngine.Kind engine = USUAL.engine();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, batches and noise [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();

    public static void main(String... args) {
        Cli.main(new train(), args);
    }

    @Override
    protected void run() {
        Patches prepared = Patches.open(patches);
        Architecture networks = new Architecture(prepared.options().size(), latent, width);
        TrainOptions options = USUAL.withSteps(steps).withBatch(batch).withLearningRate(learningRate).withBeta1(beta1)
                .withLabelSmoothing(labelSmoothing).withEmaDecay(ema).withMirror(!noMirror).withSampleEvery(sampleEvery)
                .withCheckpointEvery(checkpointEvery).withSeed(seed).withEngine(engine);
        Experiment run = Experiment.at(out);
        if (!resume) run.folder().requireNew();
        run.train(prepared, networks, options);
        System.out.printf("Trained %d steps in %.0f s; model in %s, samples in %s%n", steps,
                run.folder().info().seconds().get("train"), run.folder().file("model"), run.folder().file("samples"));
    }
}
