///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.UserError;
import anogan.dcgan.EncoderOptions;
import anogan.dcgan.EncoderTraining;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.networks.Architecture;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Normal patches to a DCGAN, and an encoder to go with it: the second stage. */
@Command(name = "train", sortOptions = false, description = {
        "Trains generator and discriminator on the normal training patches of a prepared folder.",
        "With --encoder: for the finished pair of a run, the encoder of f-AnoGAN, where map --start encoder begins."},
        footer = {"", "A killed training goes on with the same command and --resume, and ends with the same weights.",
                "", "Examples:", "  environment/jbang train --patches data/patches/octdl --out data/runs/octdl",
                "  environment/jbang train --patches data/patches/octdl --out data/runs/paper --width 1 "
                        + "--latent 100 --batch 128 --steps 20000",
                "  environment/jbang train --patches data/patches/octdl --out data/runs/octdl --encoder"})
public class train extends Cli.Script {
    private static final Architecture NETWORKS = Architecture.defaults();
    private static final TrainOptions USUAL = TrainOptions.defaults();

    @Option(names = "--patches", required = true, paramLabel = "PATCHES", description = "Folder that prepare wrote.")
    Path patches;
    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder of the run: new or resumed.")
    Path out;
    @Option(names = "--resume", description = "Go on from the run's last checkpoint; begin if there is no run yet.")
    boolean resume;
    @Option(names = "--encoder", description = "Train the encoder of the run's pair, with its mirror and engine.")
    boolean encoder;
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
    @Option(names = "--sample-every", paramLabel = "N", description = "Steps between sample grids [${DEFAULT-VALUE}].")
    int sampleEvery = USUAL.sampleEvery();
    @Option(names = "--checkpoint-every", paramLabel = "N", description = "Steps to a checkpoint [${DEFAULT-VALUE}].")
    int checkpointEvery = USUAL.checkpointEvery();
    @Option(names = "--keep", paramLabel = "K",
            description = "Pair that becomes the model: last, or best by held-out normals [${DEFAULT-VALUE}].")
    TrainOptions.Keep keep = USUAL.keep();
    @Option(names = "--held-out-every", paramLabel = "N",
            description = "Steps between two measurements of held-out normals; 0 for none [${DEFAULT-VALUE}].")
    int heldOutEvery = USUAL.heldOutEvery();
    @Option(names = "--engine", paramLabel = "E", description = "auto, onednn or deeplearning4j [${DEFAULT-VALUE}].")
    LearningEngine.Kind engine = USUAL.engine();
    @Option(names = "--precision", paramLabel = "P", description = "f32, or bf16: often faster [${DEFAULT-VALUE}].")
    Precision precision = USUAL.precision();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, batches and noise [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();

    public static void main(String... args) {
        Cli.main(new train(), args);
    }

    @Override
    protected void run() {
        if (encoder) trainEncoder();
        else trainPair();
    }

    private void trainEncoder() {
        refuse("with option encoder, which takes it from the pair", "--width", "--latent", "--label-smoothing", "--ema",
                "--no-mirror", "--sample-every", "--engine", "--precision", "--keep", "--held-out-every");
        Experiment run = Experiment.at(out).withPatches(patches);
        TrainOptions pair = Training.Config.of(run.folder()).options();
        run.encoder(EncoderOptions.defaults().withSteps(steps).withBatch(batch).withLearningRate(learningRate)
                .withBeta1(beta1).withMirror(pair.mirror()).withCheckpointEvery(checkpointEvery).withSeed(seed)
                .withEngine(pair.engine()));
        System.out.printf("Encoder of %d steps in %s, patches beside G(E(x)) in %s%n", steps,
                EncoderTraining.model(run.folder()), run.folder().file("encoder/samples"));
    }

    private void trainPair() {
        Patches prepared = Patches.open(patches);
        TrainOptions options = USUAL.withSteps(steps).withBatch(batch).withLearningRate(learningRate).withBeta1(beta1)
                .withLabelSmoothing(labelSmoothing).withEmaDecay(ema).withMirror(!noMirror).withSampleEvery(sampleEvery)
                .withCheckpointEvery(checkpointEvery).withSeed(seed).withEngine(engine).withPrecision(precision)
                .withKeep(keep).withHeldOutEvery(heldOutEvery);
        Experiment run = Experiment.at(out);
        if (!resume) run.folder().requireNew();
        run.train(prepared, new Architecture(prepared.options().size(), latent, width), options);
        System.out.printf("Trained %d steps in %.0f s; model in %s, samples in %s%n", steps,
                run.folder().info().seconds().get("train"), run.folder().file("model"), run.folder().file("samples"));
    }
}
