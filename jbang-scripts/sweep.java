///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scoring.Sweep;
import anogan.scoring.SweepOptions;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much hangs on λ and Γ: some patches mapped with each value. */
@Command(name = "sweep", sortOptions = false, description = {
        "Maps a sample of annotated test patches and of others with several values of λ and of Γ.",
        "All other options are those that the run was mapped with. analyze then judges the values, and figures draws them."},
        footer = {"", "Goes on where it was stopped.", "", "Examples:",
                "  environment/jbang sweep --run data/runs/demo",
                "  environment/jbang sweep --run data/runs/demo --lambdas 0,0.1,1 --steps 50,500 --sample 200"})
public class sweep extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--lambdas", split = ",", paramLabel = "X", description = "Values of λ [0,0.05,0.1,0.2,0.4,0.7,1].")
    List<Double> lambdas = SweepOptions.defaults().lambdas();
    @Option(names = "--steps", split = ",", paramLabel = "N", description = "Values of Γ [10,25,50,100,250,500,1000].")
    List<Integer> steps = SweepOptions.defaults().steps();
    @Option(names = "--sample", paramLabel = "N", description = "Patches, half of them annotated [${DEFAULT-VALUE}].")
    int sample = SweepOptions.defaults().sample();
    @Option(names = "--threads", paramLabel = "N", description = "Threads; speed alone [all processors].")
    int threads = Runtime.getRuntime().availableProcessors();

    public static void main(String... args) {
        Cli.main(new sweep(), args);
    }

    @Override
    protected void run() {
        RunFolder folder = new RunFolder(run);
        Patches patches = Patches.open(Path.of(folder.info().patches()));
        Sweep.run(folder, patches, new SweepOptions(lambdas, steps, sample),
                new Compute(Compute.Engine.AUTO, threads, 64));
        System.out.printf("Scores of %d values in %s; judge them with: analyze --run %s%n",
                lambdas.size() + steps.size(), folder.file("sweep"), run);
    }
}
