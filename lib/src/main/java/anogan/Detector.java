package anogan;

import anogan.io.AtomicFiles;
import anogan.io.Fingerprint;
import anogan.markers.MarkedRegion;
import anogan.networks.Compute;
import anogan.patches.Appearance;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.scans.Scans;
import anogan.scoring.ScanMaps;
import anogan.scoring.Scoring;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.Examples;
import anogan.statistics.KnownMarkers;
import anogan.statistics.MarkerAnalysis;
import anogan.statistics.NormalReference;
import anogan.statistics.NormalThreshold;
import anogan.statistics.ScoreTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A trained model applied to new data, the last step of the paper's Figure 1: any scans, one or many, without labels
 * and without the folders that the model came from.
 *
 * <pre>{@code
 * Detector detector = Detector.load(Path.of("octdl.anogan"));
 * for (Finding f : detector.examine(Scans.each(List.of(Path.of("scan.png"))), Path.of("findings"), 0.05))
 *     System.out.println(f.scan() + " " + f.score() + " " + f.flagged());
 * }</pre>
 *
 * <p>
 * A scan is prepared, mapped and scored as the model's own test scans were, so that it has the same score, bit by bit,
 * alone, in any company, and in the run that trained the model. The grey range of numbers of more than 8 bits is that
 * which the model learned with; only of a type of number that it never saw is it found on all scans that are judged
 * together. Scans stream through memory; started again after it was stopped, the examination goes on with the scans
 * that are missing.
 */
public final class Detector {
    /** The stage under which a folder keeps which model file judged its scans. */
    private static final String STAGE = "detect";
    private static final String MAPPED = "strips";   // the fingerprint of what descents start from
    private static final double NONE = Double.NEGATIVE_INFINITY;   // behind every score
    private final Path file;
    private final ModelFile model;

    private Detector(Path file, ModelFile model) {
        this.file = file;
        this.model = model;
    }

    /** @throws UserError if there is no such model file, or it is damaged or of a newer version */
    public static Detector load(Path file) {
        return new Detector(file, ModelFile.read(file));
    }

    public ModelFile model() {
        return model;
    }

    /** The threshold that goes with the model. */
    public NormalThreshold threshold(double falsePositives) {
        return model.normals().threshold(falsePositives);
    }

    /** With all cores. */
    public List<Finding> examine(Scans scans, Path folder, double falsePositives) {
        return examine(scans, folder, falsePositives, Compute.defaults());
    }

    /**
     * Judges every scan.
     *
     * <p>
     * The folder takes {@code scans.csv} (a row for each scan), {@code regions.csv}, {@code patches.csv} (their
     * scores), {@code overlays/<scan>.png} and {@code report.html}, a page to look through them; {@code patches/} and
     * {@code scores/}, with the maps, are kept, so that another threshold costs nothing.
     *
     * @param  falsePositives share of healthy scans that may be flagged, in (0, 1)
     * @return                the most unusual first, and last those that could not be judged
     * @throws UserError      if there is no scan at all, or the folder holds something else
     */
    public List<Finding> examine(Scans scans, Path folder, double falsePositives, Compute compute) {
        threshold(falsePositives);   // refuses what is none before the work begins
        Judgement judgement = judge(scans, folder, falsePositives, compute);
        Path patchScores = folder.resolve("patches.csv");
        AtomicFiles.delete(patchScores);   // of other scans
        if (!judgement.judged().isEmpty()) AtomicFiles.move(judgement.patchScores(), patchScores);
        new FindingFiles(folder, model, judgement).write(falsePositives);
        return judgement.findings();
    }

    /**
     * What was judged, in {@code patches/} and {@code scores/} of a folder.
     *
     * @param findings the most unusual first, and last those that could not be judged
     * @param maps     of those that were
     */
    record Judgement(List<Finding> findings, ScanMaps maps) {
        List<Finding> judged() {
            return findings.stream().filter(f -> f.score().isPresent()).toList();
        }

        /** The scores of their patches; of nothing if nothing was judged. */
        Path patchScores() {
            return maps.run().file("scores.csv");
        }
    }

    /** The same without tables and pictures for people. */
    Judgement judge(Scans scans, Path folder, double falsePositives, Compute compute) {
        Patches patches = Patches.toJudge(scans, model.prepare(), model.ranges(), folder.resolve("patches"));
        RunFolder run = new RunFolder(folder.resolve("scores"));
        List<Finding> findings = new ArrayList<>();
        patches.manifest().skipped().forEach(s -> findings.add(Finding.none(s.file(), s.reason())));
        ScanMaps maps = new ScanMaps(run, patches);
        if (!patches.scans().isEmpty()) {
            begin(run, patches);
            Scoring.judge(run, patches, model.scoring(), model.calibration(), compute);
            findings.addAll(findings(maps, falsePositives));
            findings.sort(Comparator.comparingDouble(f -> -f.score().map(FindingFiles::told).orElse(NONE)));
        }
        return new Judgement(findings, maps);
    }

    /** Of the model file: by it a folder knows who judged its scans. */
    String fingerprint() {
        return new Fingerprint().add(file).hex();
    }

    /**
     * Judges every scan, and finds which kinds of anomaly they have.
     *
     * @param  normal    which of the classes that their folders tell are normal; of none, nobody knows
     * @throws UserError as {@link #examine}
     */
    public MarkerAnalysis discover(Scans scans, Path folder, List<String> normal, DiscoverOptions options) {
        examine(scans, folder, AnalysisOptions.defaults().fpr());
        RunFolder run = new RunFolder(folder.resolve("scores"));
        Patches patches = Patches.open(folder.resolve("patches"));
        Map<String, String> patients = patients(scans);
        return new Discovery(new ScanMaps(run, patches), model.look().regions(),
                s -> s.withGroup(patients.getOrDefault(s.scan(), s.group()))
                        .withLabel(s.className().equals(Examples.UNLABELLED) ? Label.UNKNOWN
                                : normal.contains(s.className()) ? Label.NORMAL
                                : Label.ANOMALOUS))
                .run(options);
    }

    /** Whose the scans are, by their names: judging them does not ask. */
    private Map<String, String> patients(Scans scans) {
        try (Scans.Listing listing = scans.look(model.prepare().withNormalClasses(List.of()).split()).named()) {
            return listing.scans().stream().collect(Collectors.toMap(Scans.Listed::scan, Scans.Listed::group));
        }
    }

    /** Scores of other scans, or by another model, make room. */
    private void begin(RunFolder run, Patches patches) {
        Map<String, String> prints = Map.of(Stage.MODEL, fingerprint(), MAPPED, mapped(patches));
        if (run.isBegun()) {
            Stage before = run.info().stages().get(STAGE);
            if (before == null) throw UserError
                    .failure("%s is a run of its own, and holds no judged scans. Choose another folder.", run.path());
            if (before.fingerprints().equals(prints)) {
                run.write(run.info().withFingerprint(patches.fingerprint()));   // what is known of the scans may change
                return;
            }
        }
        run.clear();
        model.unpackNetworks(file, run);
        RunInfo made = model.made();
        run.write(new RunInfo(RunInfo.FORMAT, made.created(), patches.path().toString(), "", patches.fingerprint(),
                made.seed(), made.stages()).with(STAGE, Stage.here(Map.of(), 0, prints)));
    }

    /** All that a descent depends on but the model: pixels and name. How far apart pixels lie has no say. */
    private static String mapped(Patches patches) {
        Fingerprint print = new Fingerprint().add(patches.path().resolve("strips.npy"));
        patches.scans().forEach(s -> print.add(s.scan() + "\n"));
        return print.hex();
    }

    private List<Finding> findings(ScanMaps maps, double falsePositives) {
        NormalThreshold threshold = threshold(falsePositives);
        ScoreTable table = ScoreTable.read(maps.run().file("scans.csv"));
        double[] scores = table.of(model.score());
        return IntStream.range(0, scores.length).parallel()
                .mapToObj(i -> finding(maps, table.cases().get(i).scan(), scores[i], threshold)).toList();
    }

    private Finding finding(ScanMaps maps, String name, double score, NormalThreshold threshold) {
        Patches patches = maps.patches();
        NormalReference normals = model.normals();
        int index = patches.index(name).orElseThrow();
        ScanInfo scan = patches.scans().get(index);
        String slice = scan.attributes().getOrDefault("slice", "");
        return new Finding(name, scan.attributes().getOrDefault("file", name),
                slice.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(slice)), Optional.of(score),
                Optional.of(normals.percentile(score)), Optional.of(normals.pValue(score)),
                Optional.of(threshold.flags(score)),
                model.prepare().flatten() ? Optional.of(scan.confidence()) : Optional.empty(), warnings(patches, index),
                MarkedRegion.of(maps, index, model.look().regions(), model.markers().map(KnownMarkers::markers)),
                Optional.of(maps.file(index)));
    }

    private List<String> warnings(Patches patches, int index) {
        List<String> warnings = new ArrayList<>();
        ScanInfo scan = patches.scans().get(index);
        if (!scan.isSure(model.prepare())) warnings.add(
                String.format(Locale.ROOT, "the retina's boundaries are unsure (confidence %.2f)", scan.confidence()));
        model.look().appearance().ifPresent(range -> warnings.addAll(range.warnings(Appearance.of(patches, index))));
        return warnings;
    }
}
