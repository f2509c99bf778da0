///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Cli;
import anogan.RunFolder;
import anogan.RunInfo;
import anogan.data.PatchFolder;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.scoring.Scoring;
import anogan.scoring.ScoringOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Patches to latent points, scores and residual maps: the third stage. */
@Command(name = "map", sortOptions = false, description = "Maps every validation and test patch to the latent space and scores it.",
        footer = {"", "A killed mapping goes on with the same command.", "", "Examples:",
            "  environment/jbang map --run data/runs/octdl",
            "  environment/jbang map --run data/runs/octdl --steps 500 --learning-rate 0.01 --raw"})
public class map extends Cli.Script {
    enum Loss { matching, reference }

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Folder that train wrote.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES", description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--steps", paramLabel = "N", description = "Descent steps for each patch; 500 in the paper [${DEFAULT-VALUE}].")
    int steps = 100;
    @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate on z [${DEFAULT-VALUE}].")
    double learningRate = 0.2;
    @Option(names = "--lambda", paramLabel = "X", description = "Weight of the discrimination loss [${DEFAULT-VALUE}].")
    double lambda = 0.1;
    @Option(names = "--loss", paramLabel = "L", description = "matching (AnoGAN) or reference (GAN_R) [${DEFAULT-VALUE}].")
    Loss loss = Loss.matching;
    @Option(names = "--restarts", paramLabel = "N", description = "Starts for each patch; the best one counts [${DEFAULT-VALUE}].")
    int restarts = 1;
    @Option(names = "--batch", paramLabel = "N", description = "Patches that move together [${DEFAULT-VALUE}].")
    int batch = 60;
    @Option(names = "--raw", description = "Use G's last weights (the paper's way), not their moving average.")
    boolean raw;
    @Option(names = "--train-patches", paramLabel = "N", description = "Training patches that are scored for comparison [${DEFAULT-VALUE}].")
    int trainPatches = 512;
    @Option(names = "--smoothing", paramLabel = "X", description = "Sigma in pixels of the smoothed residual map [${DEFAULT-VALUE}].")
    double smoothing = 2.5;
    @Option(names = "--seed", paramLabel = "N", description = "Seed of the starting points [${DEFAULT-VALUE}].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new map(), args);
    }

    @Override
    protected void run() {
        RunFolder folder = new RunFolder(run);
        RunInfo info = folder.info();
        PatchFolder prepared = PatchFolder.open(patches == null ? Path.of(info.patches()) : patches);
        MappingLoss mappingLoss = loss == Loss.matching ? new MappingLoss.FeatureMatching(lambda) : new MappingLoss.Reference(lambda);
        var mapping = new MappingOptions(mappingLoss, steps, learningRate, restarts, batch, seed);
        Scoring.run(folder, prepared, new ScoringOptions(mapping, raw, trainPatches, smoothing));
        System.out.printf("Scores in %s and %s, residual maps in %s%n", folder.file("scores.csv"), folder.file("scans.csv"), folder.file("maps"));
    }
}
