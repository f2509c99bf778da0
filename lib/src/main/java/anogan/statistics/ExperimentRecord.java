package anogan.statistics;

import anogan.io.Json;
import anogan.run.ExperimentConfig;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Separation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What an experiment gave when it was run for the record, {@code data/results/<name>.json}: its numbers with their
 * intervals, the commit and the machine that made them. Whoever runs it again compares with it; {@link RecordTables}
 * shows it on a page.
 *
 * @param experiment what was run
 * @param versions   Java, system, processor; of several machines all; in old records the commit of the recording too
 * @param created    when (UTC)
 * @param commits    of all stages, those of variants too; empty in old records
 * @param seconds    of each stage, all classes together
 * @param methods    Table 1; empty where the experiment was run once for each of several classes
 * @param values     in the order in which they are reported
 */
public record ExperimentRecord(ExperimentConfig experiment, Map<String, String> versions, String created,
        List<String> commits, Map<String, Double> seconds, Optional<MethodTable> methods, List<Value> values) {
    static final String MEAN = "mean of classes";

    public ExperimentRecord {
        commits = commits == null ? List.of() : List.copyOf(commits);
    }

    /**
     * A number.
     *
     * @param level    what it is about: {@code patches}, {@code scans}, {@code patches within a scan} or {@code pixels}
     * @param score    which score or map tells anomalous from normal; the value is its AUROC
     * @param detail   which of several such numbers; may be empty
     * @param interval 95 %, from resampling groups; empty where there is none
     */
    public record Value(String level, String score, String detail, double value, Optional<Interval> interval) {
        /** All that says which number it is. */
        public String name() {
            return level + ", " + score + (detail.isEmpty() ? "" : ", " + detail);
        }

        /** Whether another run's value lies where this interval says; without one it must be the same to six digits. */
        boolean agrees(double other) {
            return interval.map(i -> other >= i.low() && other <= i.high())
                    .orElse(Math.abs(other - value) <= 1e-6 * Math.max(1, Math.abs(value)));
        }

        /** The same number of one of several classes. */
        public Value of(String className) {
            return new Value(level, score, (detail.isEmpty() ? "" : detail + ", ") + className, value, interval);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f", value) + Interval.bracketed(interval);
        }
    }

    /** One number beside that of the record; either may be missing. */
    public record Compared(String name, Optional<Value> recorded, Optional<Value> now) {
        public boolean agrees() {
            return recorded.isPresent() && now.isPresent() && recorded.get().agrees(now.get().value);
        }

        @Override
        public String toString() {
            if (recorded.isEmpty()) return "new      " + name + ": " + now.orElseThrow();
            if (now.isEmpty()) return "missing  " + name + ": " + recorded.get() + " in the record";
            return (agrees() ? "agrees   " : "DIFFERS  ") + name + ": " + now.get() + "; record " + recorded.get();
        }
    }

    public static ExperimentRecord read(Path file) {
        return Json.read(file, ExperimentRecord.class, "Make the record anew with stage reproduce with option record.");
    }

    public void write(Path file) {
        Json.write(file, this);
    }

    public Optional<Value> value(String name) {
        return values.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /** Every number of this record, and those that only the other has. */
    public List<Compared> compare(ExperimentRecord now) {
        List<Compared> all = new ArrayList<>();
        for (Value v : values) all.add(new Compared(v.name(), Optional.of(v), now.value(v.name())));
        for (Value v : now.values)
            if (value(v.name()).isEmpty()) all.add(new Compared(v.name(), Optional.empty(), Optional.of(v)));
        return all;
    }

    /** {@link #compare} as lines for a terminal, how many numbers agree in the last of them. */
    public String comparison(ExperimentRecord now) {
        List<Compared> all = compare(now);
        return all.stream().map(c -> c + "\n").collect(Collectors.joining())
                + String.format(Locale.ROOT, "%d of %d numbers agree with the record within its 95 %% intervals%n",
                        all.stream().filter(Compared::agrees).count(), all.size());
    }

    /**
     * A run's numbers: its methods on patches and on whole scans, patches within scans, pixels inside the retina, and
     * what its sweeps chose.
     */
    public static List<Value> values(Path run) {
        List<Value> values = new ArrayList<>();
        MethodTable methods = MethodTable.read(run);
        Analysis analysis = Analysis.read(run);
        for (MethodTable.Row r : methods.rows()) values.add(
                value(methods.level().equals("patch") ? "patches" : "scans", r.method().column(), "", r.separation()));
        boolean whole = Methods.of(run).cases().size() == Methods.ofScans(run).cases().size();   // one patch a scan
        if (methods.level().equals("patch") && !whole) scans(run, analysis, values);
        for (Analysis.WithinScanResult r : analysis.withinScan())
            values.add(new Value("patches within a scan", name(r.score()), "", r.auroc(), r.bootstrap()));
        for (Analysis.PixelResult r : analysis.pixels()) {
            if (!r.region().startsWith("retina")) continue;
            values.add(new Value("pixels", r.map().word(), r.region() + ", pooled", r.auroc(), r.bootstrap()));
            values.add(new Value("pixels", r.map().word(), r.region() + ", mean of scans", r.meanAuroc(),
                    r.meanBootstrap()));
        }
        for (SweepAnalysis s : SweepAnalysis.of(run, analysis.options())) {
            s.choice().ifPresent(c -> values.add(new Value("patches", Score.ANOGAN.column(),
                    s.kind().word() + " chosen by cross-validation", c.auroc(), c.interval())));
        }
        return values;
    }

    /** All of them by every method; subsets and the highest patches by the scores of the run's own mapping. */
    private static void scans(Path run, Analysis analysis, List<Value> values) {
        AnalysisOptions options = analysis.options();
        MethodTable.ofScans(run, options).ifPresent(
                t -> t.rows().forEach(r -> values.add(value("scans", r.method().column(), "mean", r.separation()))));
        for (Analysis.ScanResult r : analysis.scans()) {
            boolean there = r.aggregate() == Aggregate.MEAN && r.subset().equals(Analysis.ALL);
            if (!r.anomalous().equals(Analysis.ALL) || there) continue;
            values.add(value("scans", name(r.score()),
                    r.aggregate().word() + (r.subset().equals(Analysis.ALL) ? "" : ", " + r.subset()), r.separation()));
        }
    }

    private static String name(ScoreColumn score) {
        return score == Score.A ? Score.ANOGAN.column() : score.column();
    }

    private static Value value(String level, String score, String detail, Separation s) {
        return new Value(level, score, detail, s.auroc(), s.bootstrap());
    }

    /**
     * The mean over classes of each number that all of them have; its interval is the mean of their ends, as wide as if
     * the classes erred together.
     */
    public static List<Value> means(Map<String, List<Value>> byClass) {
        Map<String, List<Value>> all = new LinkedHashMap<>();
        byClass.values()
                .forEach(values -> values.forEach(v -> all.computeIfAbsent(v.name(), n -> new ArrayList<>()).add(v)));
        List<Value> means = new ArrayList<>();
        all.values().forEach(values -> {
            if (values.size() < byClass.size()) return;
            List<Interval> own = values.stream().flatMap(v -> v.interval.stream()).toList();
            Optional<Interval> interval = own.size() < values.size() ? Optional.empty()
                    : Optional.of(new Interval(mean(own, Interval::low), mean(own, Interval::high)));
            Value any = values.get(0);
            means.add(new Value(any.level, any.score, any.detail, mean(values, Value::value), interval).of(MEAN));
        });
        return means;
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> part) {
        return values.stream().mapToDouble(part).average().orElseThrow();
    }

    /** What the finished runs of an experiment gave, by class. */
    public static ExperimentRecord of(ExperimentConfig experiment, Map<String, Path> runs) {
        Map<String, List<Value>> byClass = new LinkedHashMap<>();
        runs.forEach((className, run) -> byClass.put(className, values(run)));
        return of(experiment, runs.values().stream().map(RunFolder::new).toList(),
                Optional.of(MethodTable.read(runs.values().iterator().next())), byClass);
    }

    /** @param byClass the numbers of each class's run; a single run's under any name */
    static ExperimentRecord of(ExperimentConfig experiment, List<RunFolder> runs, Optional<MethodTable> methods,
            Map<String, List<Value>> byClass) {
        Map<String, Set<String>> machines = new LinkedHashMap<>();
        Set<String> commits = new LinkedHashSet<>();
        Map<String, Double> seconds = new LinkedHashMap<>();
        stages(runs).forEach((name, stage) -> {
            stage.machine().forEach((what, is) -> machines.computeIfAbsent(what, w -> new LinkedHashSet<>()).add(is));
            commits.addAll(stage.commits().isEmpty() ? List.of("unknown") : stage.commits());
            seconds.merge(name.substring(name.indexOf('/') + 1), stage.seconds(), Double::sum);
        });
        Map<String, String> versions = new LinkedHashMap<>();
        machines.forEach((what, are) -> versions.put(what, String.join("; ", are)));
        List<Value> values = new ArrayList<>();
        if (byClass.size() > 1) values.addAll(means(byClass));
        byClass.forEach((name, own) -> own.forEach(v -> values.add(byClass.size() > 1 ? v.of(name) : v)));
        return new ExperimentRecord(experiment, versions, runs.get(0).info().created(), List.copyOf(commits), seconds,
                byClass.size() > 1 ? Optional.empty() : methods, values);
    }

    /**
     * Every stage of every run, as {@code run/stage}; of a variant only its own mapping, as {@code run/map variant}.
     */
    private static Map<String, Stage> stages(List<RunFolder> runs) {
        Map<String, Stage> all = new LinkedHashMap<>();
        for (RunFolder run : runs) {
            String name = run.path().getFileName() + "/";
            run.info().stages().forEach((stage, done) -> all.put(name + stage, done));
            run.variants().forEach((variant, folder) -> {
                Stage mapped = folder.info().stages().get("map");
                if (mapped != null) all.put(name + "map " + variant, mapped);
            });
        }
        return all;
    }
}
