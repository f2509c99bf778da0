package anogan.visuals;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.MethodTable;
import anogan.statistics.NormalThreshold;
import anogan.statistics.ScoreTable;
import anogan.statistics.SweepAnalysis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A finished run, opened for looking: what it was, what it scored, and the scans it scored.
 *
 * @param folder      the run
 * @param info        how it was made
 * @param analysis    every number it is judged by
 * @param patches     the prepared scans
 * @param patchScores one row a patch, our scores and the trivial ones
 * @param scanScores  one row a scan, likewise
 */
public record RunData(RunFolder folder, RunInfo info, Analysis analysis, Patches patches, ScoreTable patchScores,
        ScoreTable scanScores) {

    /**
     * @throws UserError naming the command to run first if the run is missing or not finished, or if its scans are gone
     *                   or others
     */
    public static RunData open(Path run) {
        RunFolder folder = new RunFolder(run);
        RunInfo info = folder.info();
        folder.require("losses.csv", "train");
        folder.require("scores.csv", "map");
        folder.require("scans.csv", "map");
        folder.require(Analysis.FILE, "analyze");
        folder.requireScoresOfItsModel();
        folder.requireAnalysisOfItsScores();
        Patches patches = Patches.open(Path.of(info.patches()));
        if (info.fingerprint() != null && !info.fingerprint().equals(patches.fingerprint())) {
            throw UserError.failure("%s has changed since %s was trained on it. Prepare it as it was, or train anew.",
                    patches.path(), run);
        }
        return new RunData(folder, info, Analysis.read(run), patches, scores(folder, "scores.csv", "baselines.csv"),
                scores(folder, "scans.csv", "baselines_scans.csv"));
    }

    private static ScoreTable scores(RunFolder folder, String ours, String trivial) {
        ScoreTable table = ScoreTable.read(folder.file(ours));
        return Files.exists(folder.file(trivial)) ? table.join(ScoreTable.read(folder.file(trivial))) : table;
    }

    /** Every method beside the others; empty if they were not compared, or could not be. */
    public Optional<MethodTable> methods() {
        return Files.exists(folder.file(MethodTable.FILE)) ? Optional.of(MethodTable.read(folder.path()))
                : Optional.empty();
    }

    /** What λ and Γ do, as far as they were swept. */
    public List<SweepAnalysis> sweeps() {
        return SweepAnalysis.of(folder.path(), analysis.options());
    }

    /** The patches that a table is about, where they are cut. */
    public List<Patch> patches(ScoreTable table) {
        Map<String, Integer> scans = new HashMap<>();
        for (int i = 0; i < patches.scans().size(); i++) scans.put(scan(i).scan(), i);
        return table.cases().stream().map(c -> new Patch(scans.get(c.scan()), c.row(), c.column(), c.label())).toList();
    }

    /** Which scores of patches are flagged at a threshold that validation normals set; empty without any. */
    public Optional<NormalThreshold> threshold(Score score) {
        double[] normal = patchScores.where(c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL).of(score);
        boolean usable = normal.length > 0 && Arrays.stream(normal).noneMatch(Double::isNaN);
        return usable ? Optional.of(NormalThreshold.of(normal, analysis.options().fpr())) : Optional.empty();
    }

    /** Indices of the scans of a split that have a residual map. */
    public List<Integer> mapped(Split split) {
        return patches.scans(split).stream().filter(i -> hasMaps("maps", i)).toList();
    }

    public ScanInfo scan(int scan) {
        return patches.scans().get(scan);
    }

    /**
     * The planes of a scan's maps, each height × width in the scan's own pixels, NaN where the strip does not reach.
     *
     * @param kind {@code maps} (plain, smoothed) or {@code baseline_maps}
     */
    public List<float[]> maps(String kind, int scan) {
        ScanInfo info = scan(scan);
        FloatArray planes = Npy.read(map(kind, scan));
        int[] shape = planes.shape();
        if (shape.length != 3 || shape[1] != info.height() || shape[2] != info.width()) {
            throw UserError.failure(
                    "%s has the shape %s, but the scan has %d x %d pixels. Delete it and make it anew with: map --run %s",
                    map(kind, scan), Arrays.toString(shape), info.height(), info.width(), folder.path());
        }
        int area = info.height() * info.width();
        return IntStream.range(0, shape[0]).mapToObj(p -> Arrays.copyOfRange(planes.data(), p * area, (p + 1) * area))
                .toList();
    }

    /** Whether the scan has maps of this kind. */
    public boolean hasMaps(String kind, int scan) {
        return Files.exists(map(kind, scan));
    }

    private Path map(String kind, int scan) {
        return folder.file(kind).resolve(scan(scan).scan() + ".npy");
    }

    /** Of these scans those that have a score, such as {@code A_mean}, rising by it. */
    List<Integer> ranked(List<Integer> scans, ScoreColumn column) {
        if (!scanScores.scores().containsKey(column)) return List.of();
        Map<String, Double> scores = new HashMap<>();
        for (int row = 0; row < scanScores.cases().size(); row++)
            scores.put(scanScores.cases().get(row).scan(), scanScores.of(column)[row]);
        return scans.stream().filter(i -> Double.isFinite(scores.getOrDefault(scan(i).scan(), Double.NaN)))
                .sorted(Comparator.comparing(i -> scores.get(scan(i).scan()))).toList();
    }

    /** A score of a scan, such as {@code A_mean}; NaN if it has none. */
    public double score(int scan, ScoreColumn column) {
        int row = scanScores.scans().indexOf(scan(scan).scan());
        return row < 0 || !scanScores.scores().containsKey(column) ? Double.NaN : scanScores.of(column)[row];
    }
}
