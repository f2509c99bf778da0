package anogan.scoring;

import anogan.dcgan.TinyPatches;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A run that was trained for a moment, on tiny patches, and options that score it quickly. */
final class TinyRun {
    static final int TRAIN_PATCHES = 16;
    static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);

    private TinyRun() {}

    static Patches train(Path patches, RunFolder run) {
        Patches prepared = TinyPatches.prepare(patches, 1);
        TrainOptions options = new TrainOptions(3, 4, 2e-3, 0.5, 0, 0.4, true, 10, 10, 1);
        Training.start(run, new Training.Config(new Architecture(32, 8, 0.0625), options), prepared);
        return prepared;
    }

    static ScoringOptions options(int steps) {
        return new ScoringOptions(new MappingOptions(new MappingLoss.FeatureMatching(0.1), new Optimiser.Adam(0.05),
                steps, 0, 1, Precision.F32, 1), false, TRAIN_PATCHES, 2.5);
    }

    static RunFolder copy(RunFolder run, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(run.path())) {
            for (Path f : files.toList()) Files.copy(f, to.resolve(run.path().relativize(f).toString()));
        }
        return new RunFolder(to);
    }
}
