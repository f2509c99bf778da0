package anogan.scoring;

import anogan.UserError;
import anogan.dcgan.Training;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.networks.Compute;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.ui.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Maps and scores every patch of the validation and test scans, and a sample of the training patches: from a trained
 * run to {@code scores.csv}, {@code scans.csv}, {@code maps/}, the trivial scores beside them, and a few descents in
 * full.
 *
 * <p>
 * A scan is finished as a whole: its map and its rows in {@code mapping/} are written when its last patch is mapped. A
 * killed run loses the scans in flight and goes on where it was. Memory holds a batch of patches and the scans that
 * they belong to, however many there are.
 */
public final class Scoring {
    private final RunFolder run;
    private final Patches patches;
    private final ScoringOptions options;
    private final Compute compute;
    private final Optional<Calibration> calibration;   // empty: that of the run's own validation normals

    private Scoring(RunFolder run, Patches patches, ScoringOptions options, Compute compute,
            Optional<Calibration> calibration) {
        this.run = run;
        this.patches = patches;
        this.options = options;
        this.compute = compute;
        this.calibration = calibration;
    }

    /**
     * @throws UserError if the run has no model, or was begun with other patches, or holds scores made with other
     *                   options
     */
    public static void run(RunFolder run, Patches patches, ScoringOptions options, Compute compute) {
        require(run, patches);
        run.locked(() -> {
            new Scoring(run, patches, options, compute, Optional.empty()).score(MappingModel.load(run, options), true);
            return null;
        });
    }

    /** Another mapping with the model of a run, in a folder of its own: {@link RunFolder#variant}. */
    public static void variant(RunFolder run, String name, Patches patches, ScoringOptions options, Compute compute) {
        RunFolder variant = run.variant(name);
        require(run, patches);
        MappingModel model = run.locked(() -> MappingModel.load(run, options));   // nobody is training it just now
        variant.locked(() -> {
            if (!variant.isBegun()) variant.write(run.info().ofVariant(patches.path()));
            new Scoring(variant, patches, options, compute, Optional.empty()).score(model, false);
            return null;
        });
    }

    /**
     * Judges scans that the model of a folder has nothing to do with, by what was calibrated before.
     *
     * @param run holds the model, and takes the scores
     */
    public static void judge(RunFolder run, Patches patches, ScoringOptions options, Calibration calibration,
            Compute compute) {
        run.locked(() -> {
            new Scoring(run, patches, options.withTrainPatches(0), compute, Optional.of(calibration))
                    .score(MappingModel.load(run, options), false);
            return null;
        });
    }

    /** Makes sure that the run has a model, which learned from these patches. */
    static void require(RunFolder run, Patches patches) {
        patches.requireSame(run);
        if (!Files.exists(run.file("model/dcgan.json"))) {
            throw UserError
                    .failure("%s has no trained model yet. Finish its training: stage train with option resume, on the "
                            + "patches in %s.", run.path(), patches.path());
        }
    }

    /** @param first whether these are the run's own scores, which descents in full and trivial scores stand beside */
    private void score(MappingModel model, boolean first) {
        boolean begun = Files.exists(run.file("mapping/options.json"));
        new ScoreProvenance(options, Optional.empty(), Optional.of(compute.engine().resolved()), model.model(),
                model.encoderFingerprint()).require(run, "mapping");
        long start = System.nanoTime();
        List<ScanPatches> all = ScanPatches.of(patches, options.trainPatches(), options.mapping().seed());
        try (Mapper mapper = model.mapper(options.mapping(), compute)) {
            mapAll(all, mapper);
            boolean framed = Files.exists(run.file(RecordedDescents.ARRAYS))
                    && Files.exists(run.file(RecordedDescents.QUERIES));
            if (first && !framed) DescentRecorder.write(run, patches, mapper, options.mapping());
        }
        DepthScores byDepth = calibration.map(c -> DepthScores.of(patches, this::residual, c.patches()))
                .orElseGet(() -> DepthScores.calibrated(patches, this::residual));
        MeanStrip meanStrip = calibration.map(Calibration::meanStrip).orElseGet(() -> MeanStrip.of(patches));
        gather(all, byDepth, meanStrip.scores(patches));
        Map<String, Label> labels = patches.scans().stream().collect(Collectors.toMap(ScanInfo::scan, ScanInfo::label));
        Map<String, Scale> scales = ScanScores.aggregate(run.file("scores.csv"), run.file("scans.csv"), labels::get,
                calibration.map(Calibration::scans));
        Json.write(run.file(Calibration.FILE), new Calibration(byDepth.calibration(), meanStrip, scales));
        if (first) {
            TrivialScores.write(run, patches, new TrivialScores.Options(mirrored(), options.smoothing()));
            ScanScores.aggregate(run.file("baselines.csv"), run.file("baselines_scans.csv"), labels::get);
        }
        VolumeScores.write(run, patches);
        Stage part = Stage.here(options, (System.nanoTime() - start) / 1e9, model.fingerprints());
        run.write(begun ? run.info().withPart("map", part) : run.info().with("map", part));
    }

    /** Whether G learned mirrored patches too: then its trivial rivals do. */
    private boolean mirrored() {
        return Training.Config.of(run).options().mirror();
    }

    private void mapAll(List<ScanPatches> all, Mapper mapper) {
        List<ScanPatches> left = all.stream().filter(w -> !isFinished(w)).toList();
        long total = count(all);
        try (Progress bar = Progress.resume("map", total - count(left), total, "patches")) {
            Open open = new Open(left);
            mapper.map(left.stream().flatMap(w -> w.patches().stream()).map(p -> query(patches, p)).iterator(),
                    (query, mapped) -> {
                        open.take(query, mapped);
                        bar.step(1);
                    });
        }
    }

    private boolean isFinished(ScanPatches w) {
        ScanInfo scan = patches.scans().get(w.scan());
        return Files.exists(rows(w)) && Files.exists(strip(scan));
    }

    private static long count(List<ScanPatches> work) {
        return work.stream().mapToLong(w -> w.patches().size()).sum();
    }

    /** The scans whose patches are on their way; a scan is written and forgotten when its last patch is there. */
    private final class Open {
        private final List<ScanPatches> work;
        private final int[] first;   // number of each scan's first query
        private final Map<Integer, MappingResult[]> mapped = new HashMap<>();
        private final Map<Integer, Integer> missing = new HashMap<>();

        Open(List<ScanPatches> work) {
            this.work = work;
            first = new int[work.size()];
            for (int i = 1; i < first.length; i++) first[i] = first[i - 1] + work.get(i - 1).patches().size();
        }

        void take(int query, MappingResult m) {
            int found = Arrays.binarySearch(first, query);
            int i = found >= 0 ? found : -found - 2;
            int patches = work.get(i).patches().size();
            mapped.computeIfAbsent(i, k -> new MappingResult[patches])[query - first[i]] = m;
            if (missing.merge(i, patches - 1, (before, k) -> before - 1) > 0) return;
            missing.remove(i);
            finish(work.get(i), mapped.remove(i));
        }
    }

    private void finish(ScanPatches work, MappingResult[] mapped) {
        ScanInfo scan = patches.scans().get(work.scan());
        boolean[] retina = patches.retina(work.scan());
        double sigma = options.sigma(patches.options().size());
        StringBuilder rows = new StringBuilder();
        List<float[]> residuals = new ArrayList<>();
        for (int i = 0; i < mapped.length; i++) {
            Patch p = work.patches().get(i);
            float[] query = query(patches, p).pixels();
            float[] generated = mapped[i].generated();
            ResidualScores more = ResidualScores.of(query, generated,
                    p.cut(retina, patches.stripWidth(), patches.options().size()), sigma);
            DoubleStream values = DoubleStream.concat(DoubleStream.of(more.values()),
                    DoubleStream.of(mapped[i].squares()).filter(s -> isEncoded()));
            rows.append(ScoreFiles.row(scan, p, mapped[i], options.mapping().loss().lambda(), values.toArray()));
            residuals.add(Residual.signed(query, generated));
        }
        ResidualMaps maps = ResidualMaps.of(patches, work.patches(), residuals);
        run.requireStillThere();
        maps.write(strip(scan));
        AtomicFiles.writeString(rows(work), rows.toString());   // last: a scan with this file is finished
    }

    /** f-AnoGAN's score stands where its encoder does. */
    private boolean isEncoded() {
        return options.mapping().start() == MappingOptions.Start.ENCODER;
    }

    /** A patch as a query; its name is its place in its scan. */
    static Mapper.Query query(Patches patches, Patch p) {
        int size = patches.options().size();
        float[] pixels = new float[size * size];
        patches.copyPatch(p.scan(), p.row(), p.column(), false, pixels, 0);
        return new Mapper.Query(patches.scans().get(p.scan()).scan() + " " + p.row() + " " + p.column(), pixels);
    }

    /** x − G(z_Γ) over the strip of a mapped scan. */
    private float[] residual(int scan) {
        return residuals(scan).signed();
    }

    private ResidualMaps residuals(int scan) {
        return ResidualMaps.read(patches, scan, strip(patches.scans().get(scan)));
    }

    private Path strip(ScanInfo scan) {
        return run.file("mapping/strips/" + scan.scan() + ".npy");
    }

    private Path map(ScanInfo scan) {
        return run.file("maps/" + scan.scan() + ".npy");
    }

    private Path rows(ScanPatches w) {
        return run.file("mapping/scans/" + patches.scans().get(w.scan()).scan() + ".csv");
    }

    /**
     * Every mapped scan judged by depth as well: the table of all patches, and the maps of what was not learned from.
     */
    private void gather(List<ScanPatches> all, DepthScores byDepth, DepthScores offMeanStrip) {
        List<Score> more = Stream
                .of(ResidualScores.SCORES, isEncoded() ? List.of(Score.A_F) : List.<Score>of(), Drawing.G.scores())
                .flatMap(List::stream).toList();
        try (Progress bar = Progress.start("scores", all.size(), "scans")) {
            AtomicFiles.write(run.file("scores.csv"), out -> {
                out.write(ScoreFiles.mappedHeader(more).getBytes(StandardCharsets.UTF_8));
                for (ScanPatches w : all) {
                    ResidualMaps residuals = residuals(w.scan());
                    DepthScores.Maps maps = byDepth.maps(w.scan(), residuals.signed());
                    List<String> rows = new String(read(rows(w)), StandardCharsets.UTF_8).lines().toList();
                    for (int i = 0; i < rows.size(); i++)
                        out.write(ScoreFiles.with(rows.get(i), byDepth.scores(maps, w.patches().get(i)))
                                .getBytes(StandardCharsets.UTF_8));
                    if (patches.scans().get(w.scan()).split() != Split.TRAIN)
                        writeMaps(w.scan(), residuals, maps, offMeanStrip.maps(w.scan()));
                    bar.step();
                }
            });
        }
    }

    /** {@link Plane#OURS} × height × width of the scan's own pixels; NaN where no patch reached. */
    private void writeMaps(int scan, ResidualMaps residuals, DepthScores.Maps byDepth, DepthScores.Maps offMeanStrip) {
        float[][] plain = residuals.strips(options.sigma(patches.options().size()));
        float[] combined = byDepth.zRatio().clone();
        for (int i = 0; i < combined.length; i++) combined[i] = (combined[i] + offMeanStrip.zRatio()[i]) / 2;
        Npy.write(map(patches.scans().get(scan)), ResidualMaps.unflatten(patches, scan, Stream
                .concat(Stream.of(plain), Stream.of(byDepth.z(), byDepth.zRatio(), combined)).toArray(float[][]::new)));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Run map again.", file, ErrorText.of(e));
        }
    }

}
