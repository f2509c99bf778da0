///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java
//SOURCES prepare.java
//SOURCES train.java
//SOURCES map.java
//SOURCES analyze.java
//SOURCES discover.java
//SOURCES figures.java

import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All stages, on scans of a phantom retina: each with the command that a user would give. */
@Command(name = "demo", sortOptions = false,
        description = {
                "Draws phantom scans, trains a DCGAN on the normal ones, maps the test scans, judges the scores and "
                        + "writes a report: the whole flow in minutes.",
                "Run again, it goes on where it was stopped."},
        footer = {"", "Examples:", "  environment/jbang demo", "  environment/jbang demo --seed 2 --name demo-2"})
public class demo extends Cli.Script {
    @Option(names = "--name", paramLabel = "NAME",
            description = "Name of the run, below data/runs and data/patches [${DEFAULT-VALUE}].")
    String name = "demo";
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder [that of this checkout].")
    Path data = home().resolve("data");
    @Option(names = "--eyes", paramLabel = "N", description = "Healthy eyes to train on [${DEFAULT-VALUE}].")
    int eyes = 60;
    @Option(names = "--steps", paramLabel = "N", description = "Training steps [${DEFAULT-VALUE}].")
    int steps = 1200;
    @Option(names = "--width", paramLabel = "W", description = "Width of the networks [${DEFAULT-VALUE}].")
    double width = 0.25;
    @Option(names = "--map-steps", paramLabel = "N", description = "Descent steps for each patch [${DEFAULT-VALUE}].")
    int mapSteps = 60;
    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything [${DEFAULT-VALUE}].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new demo(), args);
    }

    @Override
    protected void run() {
        Path patches = data.resolve("patches").resolve(name);
        Path run = data.resolve("runs").resolve(name);
        stage(new prepare(), "--layout", "phantom", "--eyes", eyes, "--seed", seed, "--out", patches);
        stage(new train(), "--patches", patches, "--out", run, "--batch", 32, "--width", width, "--steps", steps,
                "--seed", seed, "--resume");
        stage(new map(), "--run", run, "--steps", mapSteps, "--seed", seed);
        stage(new analyze(), "--run", run);
        stage(new discover(), "--run", run);
        stage(new figures(), "--run", run);
        conclude(Analysis.read(run), run.resolve("report.html"));
    }

    private void stage(Cli.Script script, Object... arguments) {
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        System.err.printf("%n$ environment/jbang %s %s%n", script.getClass().getSimpleName(), String.join(" ", words));
        runScript(script, words);
    }

    /** The result in five lines. */
    private static void conclude(Analysis analysis, Path report) {
        Score score = analysis.leading();
        var patches = analysis.patch(score).orElseThrow().separation();
        System.out.printf("%nPatches  AUROC of the %s %.3f, 95 %% interval %s (%d patches, %.0f %% with a lesion)%n",
                score.title(), patches.auroc(), patches.interval(), patches.cases(), 100 * patches.prevalence());
        analysis.scan(score, Aggregate.MEAN, Analysis.ALL, Analysis.ALL)
                .ifPresent(scan -> System.out.printf("Scans    AUROC of it %.3f, 95 %% interval %s (%d scans)%n",
                        scan.separation().auroc(), scan.separation().interval(), scan.separation().cases()));
        analysis.thresholds().stream().filter(t -> t.level().equals("patch")).findFirst()
                .ifPresent(t -> System.out.printf(
                        "Cut-off  above %.2f, set on normals, it flags %.1f %% of the test patches "
                                + "without and %.1f %% of those with a lesion%n",
                        t.threshold().threshold(), 100 * t.falsePositives().rate(), 100 * t.sensitivity().rate()));
        System.out.println(
                "Beside   AUROC of patches: " + Score.IN_FIGURES.stream().filter(s -> s == Score.A || s.trivial())
                        .flatMap(s -> analysis.patch(s).stream()
                                .map(r -> String.format(Locale.ROOT, "%s %.3f", s.title(), r.separation().auroc())))
                        .collect(Collectors.joining(", ")));
        System.out.println("Report   " + report);
    }
}
