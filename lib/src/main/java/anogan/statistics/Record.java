package anogan.statistics;

import anogan.Experiment;
import anogan.Json;
import anogan.RunInfo;
import anogan.statistics.Analysis.Separation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What an experiment gave when it was run for the record, {@code data/results/<name>.json}: its numbers with their intervals, the commit and the machine that
 * made them. Whoever runs it again compares with it.
 *
 * @param experiment what was run
 * @param versions   commit, Java, system
 * @param created    when (UTC)
 * @param seconds    of each stage, all classes together
 * @param values     in the order in which they are reported
 */
public record Record(Experiment experiment, Map<String, String> versions, String created, Map<String, Double> seconds, List<Value> values) {
    /** @param interval 95 %, from resampling groups; null where there is none */
    public record Value(String name, double value, Interval interval) {
        /** Whether another run's value lies where this interval says; without one it must be the same to six digits. */
        boolean agrees(double other) {
            return interval == null ? Math.abs(other - value) <= 1e-6 * Math.max(1, Math.abs(value)) : other >= interval.low() && other <= interval.high();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f", value) + (interval == null ? "" : " [" + interval + "]");
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

    public static Record read(Path file) {
        return Json.read(file, Record.class, "Put it back as it was, or make the record anew with --record.");
    }

    public void write(Path file) {
        Json.write(file, this);
    }

    public Optional<Value> value(String name) {
        return values.stream().filter(v -> v.name.equals(name)).findFirst();
    }

    /** Every number of this record, and those that only the other has. */
    public List<Compared> compare(Record now) {
        List<Compared> all = new ArrayList<>();
        for (Value v : values) all.add(new Compared(v.name, Optional.of(v), now.value(v.name)));
        for (Value v : now.values) if (value(v.name).isEmpty()) all.add(new Compared(v.name, Optional.empty(), Optional.of(v)));
        return all;
    }

    /** A run's numbers: its methods, its scans, patches within scans, pixels, and what its sweeps chose. */
    public static List<Value> values(Path run, List<SweepAnalysis> sweeps) {
        List<Value> values = new ArrayList<>();
        MethodTable methods = MethodTable.read(run);
        for (MethodTable.Row r : methods.rows()) values.add(value(methods.level() + "s, " + r.method(), r.separation()));
        Analysis analysis = Analysis.read(run);
        for (Analysis.ScanResult r : analysis.scans()) {
            if (methods.level().equals("patch") && r.anomalous().equals(Analysis.ALL)) {
                values.add(value("scans, %s, %s over patches%s".formatted(r.score(), r.aggregate(), r.subset().equals(Analysis.ALL) ? "" : ", " + r.subset()), r.separation()));
            }
        }
        for (Analysis.WithinScanResult r : analysis.withinScan()) values.add(new Value("patches within a scan, " + r.score(), r.auroc(), r.bootstrap()));
        for (Analysis.PixelResult r : analysis.pixels()) {
            if (!r.region().equals("retina")) continue;
            values.add(new Value("pixels, " + r.map(), r.auroc(), r.bootstrap()));
            values.add(new Value("pixels, " + r.map() + ", mean of scans", r.meanAuroc(), r.meanBootstrap()));
        }
        for (SweepAnalysis s : sweeps) {
            if (s.choice() != null) values.add(new Value("patches, A with " + s.kind() + " chosen by cross-validation", s.choice().auroc(), s.choice().interval()));
        }
        return values;
    }

    private static Value value(String name, Separation s) {
        return new Value(name, s.auroc(), s.bootstrap());
    }

    /** The mean over classes of each number that all of them have; its interval is the mean of their ends, as wide as if the classes erred together. */
    public static List<Value> means(Map<String, List<Value>> byClass) {
        Map<String, List<Value>> all = new LinkedHashMap<>();
        byClass.values().forEach(values -> values.forEach(v -> all.computeIfAbsent(v.name, n -> new ArrayList<>()).add(v)));
        List<Value> means = new ArrayList<>();
        all.forEach((name, values) -> {
            if (values.size() < byClass.size()) return;
            Interval interval = values.stream().anyMatch(v -> v.interval == null) ? null
                    : new Interval(mean(values, v -> v.interval.low()), mean(values, v -> v.interval.high()));
            means.add(new Value(name + ", mean of classes", mean(values, Value::value), interval));
        });
        return means;
    }

    private static double mean(List<Value> values, ToDoubleFunction<Value> part) {
        return values.stream().mapToDouble(part).average().orElseThrow();
    }

    public static Record of(Experiment experiment, List<RunInfo> runs, List<Value> values) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        runs.forEach(r -> r.seconds().forEach((stage, s) -> seconds.merge(stage, s, Double::sum)));
        RunInfo now = RunInfo.begin(Path.of("."), "", 0);
        return new Record(experiment, now.versions(), now.created(), seconds, values);
    }
}
