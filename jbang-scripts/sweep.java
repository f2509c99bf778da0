///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.networks.Compute;
import anogan.scoring.SweepOptions;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much hangs on λ and Γ: some patches mapped with each value. */
@Command(name = "sweep", sortOptions = false,
        description = {"Maps a sample of annotated test patches and of others with several values of λ and of Γ.",
                "All other options are those that the run was mapped with. analyze then judges the values, and figures "
                        + "draws them."},
        footer = {"", "Goes on where it was stopped.", "", "Examples:",
                "  environment/jbang sweep --run data/runs/demo",
                "  environment/jbang sweep --run data/runs/demo --lambdas 0,0.1,1 --steps 50,500 --sample 200"})
public class sweep extends Cli.Script {
    private static final SweepOptions USUAL = SweepOptions.defaults();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--lambdas", split = ",", paramLabel = "X", description = "Values of λ ${DEFAULT-VALUE}.")
    List<Double> lambdas = USUAL.lambdas();
    @Option(names = "--steps", split = ",", paramLabel = "N", description = "Values of Γ ${DEFAULT-VALUE}.")
    List<Integer> steps = USUAL.steps();
    @Option(names = "--sample", paramLabel = "N", description = "Patches, half of them annotated [${DEFAULT-VALUE}].")
    int sample = USUAL.sample();
    @Option(names = "--threads", paramLabel = "N", description = "Threads; speed alone [all processors].")
    int threads = Compute.defaults().threads();

    public static void main(String... args) {
        Cli.main(new sweep(), args);
    }

    @Override
    protected void run() {
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        SweepOptions values = new SweepOptions(lambdas, steps, sample);
        experiment.sweep(values, Compute.defaults().withThreads(threads));
        System.out.printf("Scores of %d values in %s; judge them with: environment/jbang analyze --run %s%n",
                lambdas.size() + steps.size(), experiment.folder().file("sweep"), run);
    }
}
