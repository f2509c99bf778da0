///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.run.RunFolder;
import anogan.statistics.Analysis;
import anogan.statistics.AnalysisText;
import anogan.statistics.MethodTable;
import anogan.statistics.RunAnalysis;
import anogan.statistics.SweepAnalysis;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores to what they are worth: the fourth stage. */
@Command(name = "analyze", sortOptions = false, description = {
        "Judges a mapped run: AUROC with intervals for scans, patches and pixels, beside the trivial scores; a threshold from "
                + "validation normals, and what it does on test.",
        "Prints tables and writes analysis.json into the run folder."},
        footer = {"", "Examples:", "  environment/jbang analyze --run data/runs/demo",
                "  environment/jbang analyze --run data/runs/octdl --fpr 0.1 --bootstrap 5000"})
public class analyze extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--fpr", paramLabel = "P", description = "False-positive rate that the threshold aims at [0.05].")
    double fpr = 0.05;
    @Option(names = "--prevalence", paramLabel = "P",
            description = "Share of anomalous cases that methods are compared at, normal ones thinned out by lot; 0.527 in "
                    + "the paper, 0 for all [0].")
    double prevalence;
    @Option(names = "--bootstrap", paramLabel = "N",
            description = "Resamples of the patients behind each 95 %% interval [2000].")
    int bootstrap = 2000;
    @Option(names = "--seed", paramLabel = "N", description = "Seed of the resampling [1].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new analyze(), args);
    }

    @Override
    protected void run() {
        RunFolder folder = new RunFolder(run);
        folder.info();   // there is a run
        System.out.print(folder.locked(() -> judge(folder)));
        System.out.println("All of it, with every class and score: " + run.resolve(Analysis.FILE));
    }

    private String judge(RunFolder folder) {
        long start = System.nanoTime();
        Analysis.Options options = new Analysis.Options(fpr, bootstrap, seed);
        Analysis analysis = RunAnalysis.of(run, options);
        List<SweepAnalysis> sweeps = SweepAnalysis.of(run, options);
        Optional<MethodTable> methods = MethodTable.of(run, prevalence, options);
        folder.requireStillThere();
        analysis.write(run);
        methods.ifPresent(m -> m.write(run));
        SweepAnalysis.write(run, sweeps);
        folder.write(folder.info().with("analyze", options, (System.nanoTime() - start) / 1e9));
        StringBuilder text = new StringBuilder(AnalysisText.of(analysis));
        methods.ifPresent(m -> text.append('\n').append(m.text()));
        sweeps.forEach(s -> text.append('\n').append(s.text()));
        return text.toString();
    }
}
