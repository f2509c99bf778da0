///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Compute;
import anogan.networks.Precision;
import anogan.run.RunFolder;
import anogan.scoring.ScoringOptions;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Patches to latent points, scores and residual maps: the third stage. */
@Command(name = "map", sortOptions = false,
        description = "Maps every validation and test patch to the latent space and scores it.",
        footer = {"", "A killed mapping goes on with the same command.", "", "Examples:",
                "  environment/jbang map --run data/runs/octdl",
                "  environment/jbang map --run data/runs/octdl --steps 500 --learning-rate 0.01 --raw",
                "  environment/jbang map --run data/runs/octdl --loss reference --variant gan-r",
                "  environment/jbang map --run data/runs/octdl --start encoder --steps 0 --variant f-anogan"})
public class map extends Cli.Script {
    private static final ScoringOptions USUAL = ScoringOptions.defaults();
    private static final MappingOptions DESCENT = USUAL.mapping();
    private static final Compute COMPUTE = Compute.defaults();

    enum Loss {
        matching, reference
    }

    enum Moves {
        adam, fullmatrix
    }

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Folder that train wrote.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--variant", paramLabel = "NAME",
            description = "Another mapping with the same model, into RUN/variants/NAME: for comparison.")
    String variant;
    @Option(names = "--start", paramLabel = "S", description = "random (the paper's), or encoder: at E(x), after "
            + "train --encoder; --steps 0 then takes G(E(x)) as it is [${DEFAULT-VALUE}].")
    MappingOptions.Start start = DESCENT.start();
    @Option(names = "--steps", paramLabel = "N",
            description = "Descent steps for each patch; 500 in the paper [${DEFAULT-VALUE}].")
    int steps = DESCENT.steps();
    @Option(names = "--learning-rate", paramLabel = "X", description = "Learning rate on z [${DEFAULT-VALUE}].")
    double learningRate = DESCENT.optimiser().learningRate();
    @Option(names = "--optimiser", paramLabel = "O",
            description = "adam (the paper's) or fullmatrix [${DEFAULT-VALUE}].")
    Moves optimiser = Moves.adam;
    @Option(names = "--bounded", description = "Keep z within [-1, 1], where G was trained.")
    boolean bounded;
    @Option(names = "--tolerance", paramLabel = "X",
            description = "A descent ends early when 20 steps lower its loss by less than this share; 0 for never "
                    + "[${DEFAULT-VALUE}].")
    double tolerance = DESCENT.tolerance();
    @Option(names = "--lambda", paramLabel = "X", description = "Weight of the discrimination loss [${DEFAULT-VALUE}].")
    double lambda = DESCENT.loss().lambda();
    @Option(names = "--loss", paramLabel = "L",
            description = "matching (AnoGAN) or reference (GAN_R) [${DEFAULT-VALUE}].")
    Loss loss = Loss.matching;
    @Option(names = "--restarts", paramLabel = "N",
            description = "Starts for each patch; the best one counts [${DEFAULT-VALUE}].")
    int restarts = DESCENT.restarts();
    @Option(names = "--batch", paramLabel = "N",
            description = "Patches that move together; speed alone [${DEFAULT-VALUE}].")
    int batch = COMPUTE.batch();
    @Option(names = "--threads", paramLabel = "N", description = "Threads; speed alone [all processors].")
    int threads = COMPUTE.threads();
    @Option(names = "--engine", paramLabel = "E", description = "auto, onednn or nd4j [${DEFAULT-VALUE}].")
    Compute.Engine engine = COMPUTE.engine();
    @Option(names = "--precision", paramLabel = "P",
            description = "f32, or bf16: faster where the processor multiplies it [${DEFAULT-VALUE}].")
    Precision precision = DESCENT.precision();
    @Option(names = "--raw", description = "Use G's last weights (the paper's way), not their moving average.")
    boolean raw;
    @Option(names = "--train-patches", paramLabel = "N",
            description = "Training patches that are scored for comparison [${DEFAULT-VALUE}].")
    int trainPatches = USUAL.trainPatches();
    @Option(names = "--smoothing", paramLabel = "X",
            description = "Sigma of the smoothed residual map in pixels of a patch of 64 [${DEFAULT-VALUE}].")
    double smoothing = USUAL.smoothing();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of the starting points [${DEFAULT-VALUE}].")
    long seed = DESCENT.seed();

    public static void main(String... args) {
        Cli.main(new map(), args);
    }

    @Override
    protected void run() {
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        Compute compute = new Compute(engine, threads, batch);
        if (variant == null) experiment.map(options(), compute);
        else experiment = experiment.variant(variant, options(), compute);
        RunFolder scored = experiment.folder();
        System.out.printf("Scores in %s and %s, residual maps in %s%n", scored.file("scores.csv"),
                scored.file("scans.csv"), scored.file("maps"));
    }

    private ScoringOptions options() {
        MappingLoss weighed = loss == Loss.matching ? new MappingLoss.FeatureMatching(lambda)
                : new MappingLoss.Reference(lambda);
        Optimiser free = optimiser == Moves.adam ? new Optimiser.Adam(learningRate)
                : new Optimiser.FullMatrix(learningRate);
        Optimiser moves = bounded ? new Optimiser.Bounded(free) : free;
        return new ScoringOptions(
                new MappingOptions(weighed, moves, steps, tolerance, restarts, precision, seed, start), raw,
                trainPatches, smoothing);
    }
}
