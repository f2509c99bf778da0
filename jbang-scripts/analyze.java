///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.Analysis;
import anogan.ui.Cli;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores to what they are worth: the fourth stage. */
@Command(name = "analyze", sortOptions = false,
        description = {
                "Judges a mapped run: AUROC with intervals for scans, patches and pixels, beside the trivial scores; a "
                        + "threshold from normals, and what it does on test.",
                "Prints tables and writes analysis.json, and analysis/ for the figures, into the run folder."},
        footer = {"", "Examples:", "  environment/jbang analyze --run data/runs/demo",
                "  environment/jbang analyze --run data/runs/octdl --fpr 0.1 --bootstrap 5000"})
public class analyze extends Cli.Script {
    private static final AnalysisOptions USUAL = AnalysisOptions.defaults();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--fpr", paramLabel = "P",
            description = "False-positive rate that the threshold aims at [${DEFAULT-VALUE}].")
    double fpr = USUAL.fpr();
    @Option(names = "--prevalence", paramLabel = "P",
            description = "Share of anomalous cases that methods are compared at, normal ones thinned out by "
                    + "lot; 0.527 in the paper, 0 for all [${DEFAULT-VALUE}].")
    double prevalence = USUAL.prevalence();
    @Option(names = "--bootstrap", paramLabel = "N",
            description = "Resamples of the patients behind each 95 %% interval [${DEFAULT-VALUE}].")
    int bootstrap = USUAL.bootstrap();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of the resampling [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();

    public static void main(String... args) {
        Cli.main(new analyze(), args);
    }

    @Override
    protected void run() {
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        System.out.print(experiment.analyze(new AnalysisOptions(fpr, prevalence, bootstrap, seed)));
        System.out.println("All of it, with every class and score: " + run.resolve(Analysis.FILE));
    }
}
