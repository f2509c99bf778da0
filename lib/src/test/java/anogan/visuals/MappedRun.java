package anogan.visuals;

import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.PhantomScans;
import anogan.run.RunFolder;
import anogan.scoring.Scoring;
import anogan.scoring.ScoringOptions;
import anogan.scoring.Sweep;
import anogan.scoring.SweepOptions;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.FigureData;
import anogan.statistics.MethodTable;
import anogan.statistics.RunAnalysis;
import anogan.statistics.SweepAnalysis;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A run with networks, which figures open again: trained for a moment, mapped in a few steps, compared and swept. */
final class MappedRun {
    // Flags a quarter of the normals, so that some patches are.
    static final AnalysisOptions OPTIONS = new AnalysisOptions(0.25, 0, 100, 1);
    static final double PREVALENCE = 0.527;
    static final LesionKind UNLABELLED = LesionKind.HRF;

    private MappedRun() {}

    /** With fluid that is annotated and foci that are not, the reference mapping beside its own, and sweeps. */
    static Path write(Path folder) {
        PhantomScans source = new PhantomScans(2, 2, 6, 1).with(List.of(LesionKind.IRF, LesionKind.SRF, UNLABELLED),
                Set.of(UNLABELLED));
        Path run = write(source, PrepareOptions.defaults(32), folder);
        RunFolder there = new RunFolder(run);
        Patches patches = Patches.open(folder.resolve("patches"));
        Scoring.variant(there, "gan-r", patches, scoring(new MappingLoss.Reference(0.1)), compute());
        Sweep.run(there, patches, new SweepOptions(List.of(0.0, 0.1, 1.0), List.of(1, 3), 40), compute());
        SweepAnalysis.write(run, SweepAnalysis.of(run, OPTIONS));
        MethodTable methods = MethodTable.of(run, PREVALENCE, OPTIONS).orElseThrow();
        methods.write(run);
        FigureData.write(there, patches, Optional.of(methods), OPTIONS);
        return run;
    }

    /** Trained, mapped, analysed and compared. */
    static Path write(PhantomScans source, PrepareOptions options, Path folder) {
        Patches patches = Patches.prepare(source, options, folder.resolve("patches"));
        RunFolder run = new RunFolder(folder.resolve("run"));
        TrainOptions training = new TrainOptions(4, 4, 2e-3, 0.5, 0, 0.4, true, 2, 4, 42);
        Training.start(run, new Training.Config(new Architecture(32, 8, 0.0625), training), patches);
        Scoring.run(run, patches, scoring(new MappingLoss.FeatureMatching(0.1)), compute());
        RunAnalysis.of(run.path(), OPTIONS).write(run.path());
        Optional<MethodTable> methods = MethodTable.of(run.path(), 0, OPTIONS);
        methods.ifPresent(m -> m.write(run.path()));
        FigureData.write(run, patches, methods, OPTIONS);
        return run.path();
    }

    private static ScoringOptions scoring(MappingLoss loss) {
        return new ScoringOptions(new MappingOptions(loss, new Optimiser.Adam(0.1), 3, 0, 1, Precision.F32, 1), false,
                20, 2.5);
    }

    static Compute compute() {
        return new Compute(Compute.Engine.AUTO, 2, 20);
    }
}
