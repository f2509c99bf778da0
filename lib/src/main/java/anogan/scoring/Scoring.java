package anogan.scoring;

import anogan.AtomicFiles;
import anogan.Json;
import anogan.Npy;
import anogan.Progress;
import anogan.RunFolder;
import anogan.RunInfo;
import anogan.UserError;
import anogan.data.Patch;
import anogan.data.PatchFolder;
import anogan.data.ScanInfo;
import anogan.data.Split;
import anogan.dcgan.Dcgan;
import anogan.mapping.Compute;
import anogan.mapping.FrozenNetworks;
import anogan.mapping.Mapped;
import anogan.mapping.Mapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps and scores every patch of the validation and test scans, and a sample of the training patches: from a trained run to {@code scores.csv},
 * {@code scans.csv}, {@code maps/}, the trivial scores beside them, and a few descents in full.
 *
 * <p>A scan is finished as a whole: its map and its rows in {@code mapping/} are written when its last patch is mapped. A killed run loses the scans in
 * flight and goes on where it was. Memory holds a batch of patches and the scans that they belong to, however many there are.
 */
public final class Scoring {
    private final RunFolder run;
    private final PatchFolder patches;
    private final ScoringOptions options;
    private final Compute compute;

    /** What a run's scores were begun with; all of them are made with the same. */
    private record Begun(ScoringOptions options, Compute.Engine engine, String model) { }

    private Scoring(RunFolder run, PatchFolder patches, ScoringOptions options, Compute compute) {
        this.run = run;
        this.patches = patches;
        this.options = options;
        this.compute = compute;
    }

    /** @throws UserError if the run has no model, or was begun with other patches, or holds scores made with other options */
    public static void run(RunFolder run, PatchFolder patches, ScoringOptions options, Compute compute) {
        run(run, run, patches, options, compute);
    }

    /** Another mapping with the model of a run, in a folder of its own: {@link RunFolder#variant}. */
    public static void variant(RunFolder run, String name, PatchFolder patches, ScoringOptions options, Compute compute) {
        RunFolder variant = run.variant(name);
        if (!Files.exists(variant.file("run.json"))) variant.write(run.info().begunAnew());
        run(run, variant, patches, options, compute);
    }

    private static void run(RunFolder trained, RunFolder run, PatchFolder patches, ScoringOptions options, Compute compute) {
        RunInfo info = trained.info();
        if (!Files.exists(trained.file("model/dcgan.json"))) {
            throw UserError.failure("%s has no trained model yet. Finish its training with: train --patches %s --out %s --resume", trained.path(), info.patches(),
                    trained.path());
        }
        if (!info.fingerprint().equals(patches.fingerprint())) {
            throw UserError.failure("%s learned from other patches than those in %s now. Prepare them as before, or train anew.", run.path(), patches.path());
        }
        Dcgan pair = Dcgan.load(trained.file("model"));
        run.locked(() -> {
            begin(run, new Begun(options, compute.engine().resolved(), pair.fingerprint()));
            new Scoring(run, patches, options, compute).score(pair, trained == run);
            return null;
        });
    }

    /** Makes sure that scores which are there already are of the same kind as those to come. */
    private static void begin(RunFolder run, Begun now) {
        Path file = run.file("mapping/options.json");
        if (Files.exists(file)) {
            Begun before = before(run, file);
            if (!now.options.equals(before.options)) {
                throw UserError.failure("%s holds scores made with other options (mapping/options.json). Use them, or remove its folder mapping first.", run.path());
            }
            if (now.engine != before.engine) {
                throw UserError.failure("%s holds scores made with the engine %s (mapping/options.json). Use it, or remove its folder mapping first.",
                        run.path(), before.engine == null ? "nd4j" : before.engine.name().toLowerCase(Locale.ROOT));
            }
            if (!now.model.equals(before.model)) {
                throw UserError.failure("%s holds scores of another model: it was trained on after they were made. Remove its folder mapping first.", run.path());
            }
        }
        Json.write(file, now);
    }

    private static Begun before(RunFolder run, Path file) {
        try {
            return Json.read(file, Begun.class);
        } catch (UserError e) {
            throw UserError.failure(e, "%s holds scores that another version of this program began (mapping/options.json). Remove its folder mapping, and they are made anew.",
                    run.path());
        }
    }

    /** @param first whether these are the run's own scores, which descents in full and trivial scores stand beside */
    private void score(Dcgan pair, boolean first) {
        long start = System.nanoTime();
        FrozenNetworks networks = FrozenNetworks.of(options.raw() ? pair.raw() : pair);
        List<Work> all = Work.of(patches, options.trainPatches(), options.mapping().seed());
        try (Mapper mapper = new Mapper(networks, options.mapping(), compute)) {
            mapAll(all, mapper);
            if (first && !Files.exists(run.file("mapping/frames.csv"))) Frames.write(run, patches, mapper, options.mapping());
        }
        gather(all);
        Map<String, Integer> labels = patches.scans().stream().collect(Collectors.toMap(ScanInfo::scan, ScanInfo::label));
        ScanScores.aggregate(run.file("scores.csv"), run.file("scans.csv"), labels::get);
        if (first) {
            if (!Files.exists(run.file("baselines.csv"))) TrivialScores.write(patches, run.path());   // they depend on the patches alone
            ScanScores.aggregate(run.file("baselines.csv"), run.file("baselines_scans.csv"), labels::get);
        }
        VolumeScores.write(run, patches);
        RunInfo now = run.info();
        run.write(now.with("map", options, now.seconds().getOrDefault("map", 0.0) + (System.nanoTime() - start) / 1e9));
    }

    private void mapAll(List<Work> all, Mapper mapper) {
        List<Work> left = all.stream().filter(w -> !Files.exists(rows(w))).toList();
        long total = count(all);
        try (Progress bar = Progress.resume("map", total - count(left), total, "patches")) {
            Open open = new Open(left);
            mapper.map(left.stream().flatMap(w -> w.patches().stream()).map(p -> query(patches, p)).iterator(), (query, mapped) -> {
                open.take(query, mapped);
                bar.step(1);
            });
        }
    }

    private static long count(List<Work> work) {
        return work.stream().mapToLong(w -> w.patches().size()).sum();
    }

    /** The scans whose patches are on their way; a scan is written and forgotten when its last patch is there. */
    private final class Open {
        private final List<Work> work;
        private final int[] first;   // number of each scan's first query
        private final Map<Integer, Mapped[]> mapped = new HashMap<>();
        private final Map<Integer, Integer> missing = new HashMap<>();

        Open(List<Work> work) {
            this.work = work;
            first = new int[work.size()];
            for (int i = 1; i < first.length; i++) first[i] = first[i - 1] + work.get(i - 1).patches().size();
        }

        void take(int query, Mapped m) {
            int found = Arrays.binarySearch(first, query);
            int i = found >= 0 ? found : -found - 2;
            int patches = work.get(i).patches().size();
            mapped.computeIfAbsent(i, k -> new Mapped[patches])[query - first[i]] = m;
            if (missing.merge(i, patches - 1, (before, k) -> before - 1) > 0) return;
            missing.remove(i);
            finish(work.get(i), mapped.remove(i));
        }
    }

    private void finish(Work work, Mapped[] mapped) {
        run.requireStillThere();
        ScanInfo scan = patches.scans().get(work.scan());
        ResidualMaps maps = new ResidualMaps(patches, work.scan());
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < mapped.length; i++) {
            Patch p = work.patches().get(i);
            rows.append(ScoreFiles.row(scan, p, mapped[i], options.mapping().loss().lambda()));
            maps.add(p, query(patches, p).pixels(), mapped[i].generated());
        }
        if (scan.split() != Split.TRAIN) Npy.write(run.file("maps/" + scan.scan() + ".npy"), maps.maps(options.smoothing()));
        AtomicFiles.writeString(rows(work), rows.toString());   // last: a scan with this file is finished
    }

    /** A patch as a query; its name, and so its starting point, is its place in its scan. */
    static Mapper.Query query(PatchFolder patches, Patch p) {
        int size = patches.options().size();
        float[] pixels = new float[size * size];
        patches.copyPatch(p.scan(), p.row(), p.column(), false, pixels, 0);
        return new Mapper.Query(patches.scans().get(p.scan()).scan() + " " + p.row() + " " + p.column(), pixels);
    }

    private Path rows(Work w) {
        return run.file("mapping/scans/" + patches.scans().get(w.scan()).scan() + ".csv");
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

}
