package anogan.scoring;

import anogan.AtomicFiles;
import anogan.Json;
import anogan.Npy;
import anogan.Progress;
import anogan.RunFolder;
import anogan.RunInfo;
import anogan.Seeds;
import anogan.UserError;
import anogan.data.Patch;
import anogan.data.PatchFolder;
import anogan.data.ScanInfo;
import anogan.data.Split;
import anogan.dcgan.Dcgan;
import anogan.mapping.FrozenNetworks;
import anogan.mapping.Mapped;
import anogan.mapping.Mapper;
import anogan.mapping.MappingEngine;
import anogan.mapping.Nd4jEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Maps and scores every patch of the validation and test scans, and a sample of the training patches: from a trained run to {@code scores.csv},
 * {@code scans.csv}, {@code maps/}, the trivial scores beside them, and a few descents in full.
 *
 * <p>A scan is finished as a whole: its map and its rows in {@code mapping/} are written before the next scans are begun. A killed run loses the batch in
 * flight and goes on where it was.
 */
public final class Scoring {
    private final RunFolder run;
    private final PatchFolder patches;
    private final ScoringOptions options;

    /** What a run's scores were begun with; all of them are made with the same. */
    private record Begun(ScoringOptions options, String model) { }

    /** A scan with those of its patches that are scored. */
    private record Work(int scan, List<Patch> patches) { }

    private Scoring(RunFolder run, PatchFolder patches, ScoringOptions options) {
        this.run = run;
        this.patches = patches;
        this.options = options;
    }

    /** @throws UserError if the run has no model, or was begun with other patches, or holds scores made with other options */
    public static void run(RunFolder run, PatchFolder patches, ScoringOptions options) {
        RunInfo info = run.info();
        if (!Files.exists(run.file("model/dcgan.json"))) {
            throw UserError.failure("%s has no trained model yet. Finish its training with: train --patches %s --out %s --resume", run.path(), info.patches(), run.path());
        }
        if (!info.fingerprint().equals(patches.fingerprint())) {
            throw UserError.failure("%s learned from other patches than those in %s now. Prepare them as before, or train anew.", run.path(), patches.path());
        }
        Dcgan pair = Dcgan.load(run.file("model"));
        begin(run, new Begun(options, pair.fingerprint()));
        new Scoring(run, patches, options).score(pair);
    }

    /** Makes sure that scores which are there already are of the same kind as those to come. */
    private static void begin(RunFolder run, Begun now) {
        Path file = run.file("mapping/options.json");
        if (Files.exists(file)) {
            Begun before = Json.read(file, Begun.class);
            if (!now.options.equals(before.options)) {
                throw UserError.failure("%s holds scores made with other options (mapping/options.json). Use them, or remove its folder mapping first.", run.path());
            }
            if (!now.model.equals(before.model)) {
                throw UserError.failure("%s holds scores of another model: it was trained on after they were made. Remove its folder mapping first.", run.path());
            }
        }
        Json.write(file, now);
    }

    private void score(Dcgan pair) {
        long start = System.nanoTime();
        FrozenNetworks networks = FrozenNetworks.of(options.raw() ? pair.raw() : pair);
        List<Work> all = work();
        try (MappingEngine engine = new Nd4jEngine(networks, options.mapping().batch())) {
            Mapper mapper = new Mapper(networks, engine, options.mapping());
            mapAll(all, mapper);
            if (!Files.exists(run.file("mapping/frames.csv"))) Frames.write(run, patches, mapper, options.mapping());
        }
        gather(all);
        if (!Files.exists(run.file("baselines.csv"))) TrivialScores.write(patches, run.path());   // they depend on the patches alone
        ScanScores.aggregate(run.file("scores.csv"), run.file("scans.csv"), this::scanLabel);
        ScanScores.aggregate(run.file("baselines.csv"), run.file("baselines_scans.csv"), this::scanLabel);
        RunInfo now = run.info();
        run.write(now.with("map", options, now.seconds().getOrDefault("map", 0.0) + (System.nanoTime() - start) / 1e9));
    }

    /** Validation and test scans in full; of the training scans a sample. */
    private List<Work> work() {
        List<Work> work = new ArrayList<>();
        for (Map.Entry<Integer, List<Patch>> e : trainingSample().entrySet()) work.add(new Work(e.getKey(), e.getValue()));
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (int scan : patches.scans(split)) work.add(new Work(scan, patches.grid(scan)));
        }
        return work;
    }

    private Map<Integer, List<Patch>> trainingSample() {
        List<Patch> candidates = new ArrayList<>();
        for (int scan : patches.scans(Split.TRAIN)) candidates.addAll(patches.grid(scan));
        SplittableRandom random = Seeds.random(options.mapping().seed(), "training sample");
        Map<Integer, List<Patch>> sample = new TreeMap<>();
        for (int i = 0; i < options.trainPatches() && !candidates.isEmpty(); i++) {
            Patch p = candidates.remove(random.nextInt(candidates.size()));
            sample.computeIfAbsent(p.scan(), s -> new ArrayList<>()).add(p);
        }
        return sample;
    }

    private void mapAll(List<Work> all, Mapper mapper) {
        List<Work> left = all.stream().filter(w -> !Files.exists(rows(w))).toList();
        long total = count(all);
        try (Progress bar = Progress.resume("map", total - count(left), total, "patches")) {
            for (int from = 0; from < left.size(); ) {
                int to = from + 1;
                while (to < left.size() && count(left.subList(from, to + 1)) <= options.mapping().batch()) to++;
                List<Work> together = left.subList(from, to);
                map(together, mapper);
                bar.step(count(together));
                from = to;
            }
        }
    }

    private static long count(List<Work> work) {
        return work.stream().mapToLong(w -> w.patches.size()).sum();
    }

    private void map(List<Work> together, Mapper mapper) {
        List<Mapper.Query> queries = new ArrayList<>();
        for (Work w : together) for (Patch p : w.patches) queries.add(query(patches, p));
        List<Mapped> mapped = mapper.map(queries);
        int i = 0;
        for (Work w : together) {
            ScanInfo scan = patches.scans().get(w.scan);
            ResidualMaps maps = new ResidualMaps(patches, w.scan);
            StringBuilder rows = new StringBuilder();
            for (Patch p : w.patches) {
                rows.append(ScoreFiles.row(scan, p, mapped.get(i), options.mapping().loss().lambda()));
                maps.add(p, queries.get(i).pixels(), mapped.get(i).generated());
                i++;
            }
            if (scan.split() != Split.TRAIN) Npy.write(run.file("maps/" + scan.scan() + ".npy"), maps.maps(options.smoothing()));
            AtomicFiles.writeString(rows(w), rows.toString());   // last: a scan with this file is finished
        }
    }

    /** A patch as a query; its name, and so its starting point, is its place in its scan. */
    static Mapper.Query query(PatchFolder patches, Patch p) {
        int size = patches.options().size();
        float[] pixels = new float[size * size];
        patches.copyPatch(p.scan(), p.row(), p.column(), false, pixels, 0);
        return new Mapper.Query(patches.scans().get(p.scan()).scan() + " " + p.row() + " " + p.column(), pixels);
    }

    private Path rows(Work w) {
        return run.file("mapping/scans/" + patches.scans().get(w.scan).scan() + ".csv");
    }

    private void gather(List<Work> all) {
        AtomicFiles.write(run.file("scores.csv"), out -> {
            out.write(ScoreFiles.HEADER.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Work w : all) out.write(read(rows(w)));
        });
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Run map again.", file, e.getMessage());
        }
    }

    private int scanLabel(String name) {
        for (ScanInfo s : patches.scans()) if (s.scan().equals(name)) return s.label();
        throw new IllegalStateException(name);
    }
}
