package anogan;

import anogan.io.Fingerprint;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.run.Stage;
import anogan.scans.Scans;
import anogan.scoring.Scoring;
import anogan.statistics.NormalReference;
import anogan.statistics.NormalThreshold;
import anogan.statistics.ScoreTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
 * alone, in any company, and in the run that trained the model. Scans stream through memory; started again after it was
 * stopped, the examination goes on with the scans that are missing.
 */
public final class Detector {
    /** The stage under which a folder keeps which model file judged its scans. */
    private static final String STAGE = "detect";
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
     * @param  folder         takes prepared scans, scores and maps; kept, so that another threshold costs nothing
     * @param  falsePositives share of healthy scans that may be flagged, in (0, 1)
     * @return                the most unusual first, and last those that could not be judged
     * @throws UserError      if there is no scan at all, or the folder holds something else
     */
    public List<Finding> examine(Scans scans, Path folder, double falsePositives, Compute compute) {
        threshold(falsePositives);   // refuses what is none before the work begins
        Patches patches = Patches.toJudge(scans, model.prepare(), folder.resolve("patches"));
        RunFolder run = new RunFolder(folder.resolve("scores"));
        List<Finding> findings = new ArrayList<>();
        patches.manifest().skipped().forEach(s -> findings.add(Finding.none(s.file(), s.reason())));
        if (patches.scans().isEmpty()) return findings;
        begin(run, patches);
        Scoring.judge(run, patches, model.scoring(), model.calibration(), compute);
        findings.addAll(findings(run, patches, falsePositives));
        findings.sort(Comparator.comparingDouble(f -> -f.score().orElse(Double.NEGATIVE_INFINITY)));
        return findings;
    }

    /** Scores of other scans, or by another model, make room. */
    private void begin(RunFolder run, Patches patches) {
        String print = new Fingerprint().add(file).hex();
        if (run.isBegun()) {
            Stage before = run.info().stages().get(STAGE);
            if (before == null) throw UserError
                    .failure("%s is a run of its own, and holds no judged scans. Choose another folder.", run.path());
            if (run.info().fingerprint().equals(patches.fingerprint())
                    && print.equals(before.fingerprints().get(Stage.MODEL)))
                return;
        }
        run.clear();
        model.unpackNetworks(file, run.file("model"));
        RunInfo made = model.made();
        run.write(new RunInfo(RunInfo.FORMAT, made.created(), patches.path().toString(), "", patches.fingerprint(),
                made.seed(), made.stages()).with(STAGE, Stage.here(Map.of(), 0, Map.of(Stage.MODEL, print))));
    }

    private List<Finding> findings(RunFolder run, Patches patches, double falsePositives) {
        NormalReference normals = model.normals();
        NormalThreshold threshold = threshold(falsePositives);
        ScoreTable table = ScoreTable.read(run.file("scans.csv"));
        double[] scores = table.of(model.score());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ScanInfo scan = patches.scans().get(patches.index(table.cases().get(i).scan()).orElseThrow());
            double score = scores[i];
            String slice = scan.attributes().getOrDefault("slice", "");
            Path maps = run.file("maps/" + scan.scan() + ".npy");
            findings.add(new Finding(scan.scan(), scan.attributes().getOrDefault("file", scan.scan()),
                    slice.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(slice)), Optional.of(score),
                    Optional.of(normals.percentile(score)), Optional.of(normals.pValue(score)),
                    Optional.of(threshold.flags(score)),
                    model.prepare().flatten() ? Optional.of(scan.confidence()) : Optional.empty(), warnings(scan),
                    Files.exists(maps) ? Optional.of(maps) : Optional.empty()));
        }
        return findings;
    }

    private List<String> warnings(ScanInfo scan) {
        if (!model.prepare().flatten() || scan.confidence() >= model.prepare().minConfidence()) return List.of();
        return List.of(
                String.format(Locale.ROOT, "the retina's boundaries are unsure (confidence %.2f)", scan.confidence()));
    }
}
