///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java
//SOURCES prepare.java
//SOURCES train.java
//SOURCES map.java
//SOURCES acae.java
//SOURCES sweep.java
//SOURCES analyze.java
//SOURCES figures.java

import anogan.Cli;
import anogan.Experiment;
import anogan.RunFolder;
import anogan.RunInfo;
import anogan.UserError;
import anogan.statistics.Analysis;
import anogan.statistics.Record;
import anogan.statistics.SweepAnalysis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The paper's evaluation: every stage and every compared method of one experiment, then its numbers beside the record. */
@Command(name = "reproduce", sortOptions = false, description = {
        "Runs an experiment of jbang-scripts/configs from scans to report: AnoGAN, the methods that it is compared with, sweeps, statistics, figures.",
        "Ends by comparing each number with the record in data/results. Run again, it goes on where it was stopped."},
        footer = {"", "Examples:",
            "  environment/jbang reproduce --config smoke",
            "  environment/jbang reproduce --config octdl --scans ~/OCTDL",
            "  environment/jbang reproduce --config phantom --record"})
public class reproduce extends Cli.Script {
    private static final Path HOME = Path.of(System.getenv().getOrDefault("ANOGAN_HOME", ".")).toAbsolutePath().normalize();

    @Option(names = "--config", required = true, paramLabel = "NAME", description = "Name of an experiment, or a file like those in jbang-scripts/configs.")
    String config;
    @Option(names = "--scans", paramLabel = "PATH", description = "Where the scans are, if not where the experiment expects them.")
    Path scans;
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder for patches and runs [that of this checkout].")
    Path data = HOME.resolve("data");
    @Option(names = "--record", description = "Make the record anew from this run, in place of comparing with it.")
    boolean record;

    public static void main(String... args) {
        Cli.main(new reproduce(), args);
    }

    @Override
    protected void run() {
        Path file = config.endsWith(".json") ? Path.of(config) : HOME.resolve("jbang-scripts/configs/" + config + ".json");
        if (!Files.exists(file)) throw UserError.usage("There is no experiment %s; there are %s.", config, known());
        Experiment experiment = Experiment.read(file);
        String name = file.getFileName().toString().replace(".json", "");
        System.err.printf("%s%nTakes:  %s%nExpect: %s%n", experiment.reproduces(), experiment.takes(), experiment.expect());
        Map<String, List<Record.Value>> byClass = new LinkedHashMap<>();
        List<RunInfo> runs = new ArrayList<>();
        for (String className : experiment.classes()) {
            Path run = data.resolve("runs").resolve(className.isEmpty() ? name : name + "-" + className);
            stages(experiment, className, run);
            byClass.put(className, Record.values(run, SweepAnalysis.of(run, Analysis.Options.defaults())));
            runs.add(new RunFolder(run).info());
        }
        conclude(Record.of(experiment, runs, values(byClass)), HOME.resolve("data/results").resolve(name + ".json"));
    }

    private void stages(Experiment e, String className, Path run) {
        Path patches = data.resolve("patches").resolve(run.getFileName());
        List<Object> from = e.scans() == null ? List.of() : List.of("--scans", scans == null ? HOME.resolve(e.scans()).normalize() : scans);
        stage(new prepare(), e.prepare(), className, from, List.of("--out", patches));
        List<Object> resume = Files.exists(run.resolve("run.json")) ? List.of("--resume") : List.of();
        stage(new train(), e.train(), className, List.of("--patches", patches, "--out", run), resume);
        stage(new map(), e.map(), className, List.of("--run", run));
        e.variants().forEach((variant, options) -> stage(new map(), options, className, List.of("--run", run, "--variant", variant)));
        if (e.acae() != null) stage(new acae(), e.acae(), className, List.of("--run", run));
        if (e.sweep() != null) stage(new sweep(), e.sweep(), className, List.of("--run", run));
        stage(new analyze(), e.analyze(), className, List.of("--run", run));
        if (e.figures()) stage(new figures(), "", className, List.of("--run", run));
    }

    @SafeVarargs
    private void stage(Cli.Script script, String options, String className, List<Object>... more) {
        Stream<String> added = Arrays.stream(more).flatMap(List::stream).map(Object::toString);
        String[] words = Stream.concat(added, Experiment.words(options, className).stream()).toArray(String[]::new);
        System.err.printf("%n$ environment/jbang %s %s%n", script.getClass().getSimpleName(), String.join(" ", words));
        runScript(script, words);
    }

    private static List<Record.Value> values(Map<String, List<Record.Value>> byClass) {
        if (byClass.size() == 1) return byClass.values().iterator().next();
        List<Record.Value> values = new ArrayList<>(Record.means(byClass));
        byClass.forEach((name, own) -> own.forEach(v -> values.add(new Record.Value(v.name() + ", class " + name, v.value(), v.interval()))));
        return values;
    }

    private void conclude(Record now, Path file) {
        if (record) {
            now.write(file);
            now.values().forEach(v -> System.out.println(v.name() + ": " + v));
            System.out.println("Record: " + file);
        } else if (Files.exists(file)) {
            List<Record.Compared> compared = Record.read(file).compare(now);
            compared.forEach(System.out::println);
            System.out.printf("%d of %d numbers agree with the record within its 95 %% intervals%n", compared.stream().filter(Record.Compared::agrees).count(), compared.size());
        } else {
            now.values().forEach(v -> System.out.println(v.name() + ": " + v));
            System.out.println("There is no record of this experiment to compare with.");
        }
    }

    private static String known() {
        String[] names = HOME.resolve("jbang-scripts/configs").toFile().list((folder, name) -> name.endsWith(".json"));
        return names == null ? "none" : String.join(", ", Arrays.stream(names).map(n -> n.replace(".json", "")).sorted().toList());
    }
}
