///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java
//SOURCES prepare.java
//SOURCES train.java
//SOURCES map.java
//SOURCES acae.java
//SOURCES sweep.java
//SOURCES analyze.java
//SOURCES discover.java
//SOURCES figures.java

import anogan.io.AtomicFiles;
import anogan.run.ExperimentConfig;
import anogan.statistics.ExperimentRecord;
import anogan.statistics.RecordTables;
import anogan.ui.Cli;
import anogan.visuals.RecordFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The paper's evaluation: all stages and compared methods of one experiment, then its numbers beside the record. */
@Command(name = "reproduce", sortOptions = false, description = {
        "Runs an experiment of jbang-scripts/configs from scans to report: AnoGAN, its rivals, sweeps, statistics, figures.",
        "Ends by comparing each number with the record in data/results. Run again, it goes on where it was stopped."},
        footer = {"", "Examples:", "  environment/jbang reproduce --config smoke",
                "  environment/jbang reproduce --config octdl --scans ~/OCTDL",
                "  environment/jbang reproduce --config phantom --record"})
public class reproduce extends Cli.Script {
    @Option(names = "--config", required = true, paramLabel = "NAME",
            description = "Name of an experiment, or a file like those in jbang-scripts/configs.")
    String config;
    @Option(names = "--scans", paramLabel = "PATH", description = "Where its scans are, if not where it looks.")
    Path scans;
    @Option(names = "--data", paramLabel = "DIR",
            description = "The data folder for patches and runs [that of this checkout].")
    Path data = home().resolve("data");
    @Option(names = "--record", description = "Make the record anew from this run, in place of comparing with it.")
    boolean record;

    /** One of the programs, with its arguments. */
    private record Stage(Supplier<Cli.Script> program, String[] words) {}

    public static void main(String... args) {
        Cli.main(new reproduce(), args);
    }

    @Override
    protected void run() {
        Path file = ExperimentConfig.file(home().resolve("jbang-scripts/configs"), config);
        ExperimentConfig experiment = ExperimentConfig.read(file);
        if (experiment.scans().isEmpty()) refuse("in experiment " + config + ", which reads none", "--scans");
        Path recorded = home().resolve("data/results").resolve(ExperimentConfig.name(file) + ".json");
        if (record) AtomicFiles.requireWritable(recorded);
        Optional<ExperimentRecord> before = record || !Files.exists(recorded) ? Optional.empty()
                : Optional.of(ExperimentRecord.read(recorded));
        Map<String, Path> runs = experiment.runs(data.resolve("runs"), ExperimentConfig.name(file));
        List<Stage> stages = new ArrayList<>();
        runs.forEach((className, run) -> stages.addAll(stages(experiment, className, run)));
        stages.forEach(s -> Cli.check(s.program.get(), s.words));   // before hours are spent
        System.err.print(experiment.introduction());
        for (Stage s : stages) {
            System.err.printf("%n$ environment/jbang %s %s%n", s.program.get().getClass().getSimpleName(),
                    String.join(" ", s.words));
            runScript(s.program.get(), s.words);
        }
        if (record && experiment.figures())
            runs.values().forEach(run -> RecordFigures.keep(run, recorded.resolveSibling(run.getFileName())));
        ExperimentRecord now = ExperimentRecord.of(experiment, runs);
        before.ifPresentOrElse(b -> System.out.print(b.comparison(now)),
                () -> conclude(ExperimentConfig.name(file), now, recorded));
    }

    private List<Stage> stages(ExperimentConfig e, String className, Path run) {
        Path patches = data.resolve("patches").resolve(run.getFileName());
        Optional<Path> expected = e.scans().map(given -> home().resolve(given).normalize());
        List<Object> from = expected.isEmpty() ? List.of() : List.of("--scans", scans == null ? expected.get() : scans);
        List<Stage> stages = new ArrayList<>();
        stages.add(stage(prepare::new, e.prepare(), className, from, List.of("--out", patches)));
        List<Object> learning = List.of("--patches", patches, "--out", run, "--resume");
        e.earlier(run).forEach((steps, variant) -> {
            stages.add(stage(train::new, e.train(steps), className, learning));
            stages.add(stage(map::new, e.map(), className, List.of("--run", run, "--variant", variant)));
        });
        stages.add(stage(train::new, e.train(), className, learning));
        stages.add(stage(map::new, e.map(), className, List.of("--run", run)));
        e.variants().forEach((name, options) -> stages
                .add(stage(map::new, options, className, List.of("--run", run, "--variant", name))));
        e.acae().ifPresent(options -> stages.add(stage(acae::new, options, className, List.of("--run", run))));
        e.sweep().ifPresent(options -> stages.add(stage(sweep::new, options, className, List.of("--run", run))));
        stages.add(stage(analyze::new, e.analyze(), className, List.of("--run", run)));
        e.discover().ifPresent(options -> stages.add(stage(discover::new, options, className, List.of("--run", run))));
        if (e.figures()) stages.add(stage(figures::new, "", className, List.of("--run", run)));
        return stages;
    }

    @SafeVarargs
    private static Stage stage(Supplier<Cli.Script> program, String options, String className, List<Object>... more) {
        Stream<String> added = Arrays.stream(more).flatMap(List::stream).map(Object::toString);
        return new Stage(program,
                Stream.concat(added, ExperimentConfig.words(options, className).stream()).toArray(String[]::new));
    }

    private void conclude(String name, ExperimentRecord now, Path file) {
        if (record) {
            now.write(file);
            Stream.of(home(), file.getParent()).forEach(d -> RecordTables.update(d.resolve("README.md"), name, now));
        }
        now.values().forEach(v -> System.out.println(v.name() + ": " + v));
        System.out.println(record ? "Record: " + file : "There is no record of this experiment to compare with.");
    }
}
