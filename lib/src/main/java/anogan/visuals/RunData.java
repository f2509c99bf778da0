package anogan.visuals;

import anogan.UserError;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scans.Split;
import anogan.scoring.ScanMaps;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis;
import anogan.statistics.MethodTable;
import anogan.statistics.RocCurves;
import anogan.statistics.Reconstruction;
import anogan.statistics.ScanRanking;
import anogan.statistics.ScoreTable;
import anogan.statistics.SweepAnalysis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @throws UserError naming the stage to run first if the run is missing or not finished, or if its scans are gone
     *                   or others
     */
    public static RunData open(Path run) {
        RunFolder folder = new RunFolder(run);
        return open(folder, Patches.of(folder));
    }

    /** With its prepared scans, which may have moved since. */
    public static RunData open(RunFolder folder, Patches patches) {
        RunInfo info = folder.info();
        folder.require("losses.csv", "train");
        folder.require("scores.csv", "map");
        folder.require("scans.csv", "map");
        folder.require(Analysis.FILE, "analyze");
        folder.requireScoresOfItsModel();
        folder.requireAnalysisOfItsScores();
        patches.requireSame(folder);
        return new RunData(folder, info, Analysis.read(folder.path()), patches, ScoreTable.ofPatches(folder),
                ScoreTable.ofScans(folder));
    }

    /** The test scans, the most unusual first. */
    public ScanRanking ranking() {
        return ScanRanking.of(scanScores, patches, analysis.options());
    }

    /** Whether G has learned to draw healthy patches; empty where it cannot be told. */
    public Optional<Reconstruction> drawn() {
        return Reconstruction.of(patchScores, patches);
    }

    /** Every method beside the others; empty if they were not compared, or could not be. */
    public Optional<MethodTable> methods() {
        return Files.exists(folder.file(MethodTable.FILE)) ? Optional.of(MethodTable.read(folder.path()))
                : Optional.empty();
    }

    /** What λ and Γ do, as far as they were swept. */
    public List<SweepAnalysis> sweeps() {
        return SweepAnalysis.read(folder.path());
    }

    /** Empty if the run was analysed by a version that kept no curves. */
    Optional<RocCurves> roc() {
        return RocCurves.read(folder);
    }

    /** Whether any test scan has a mask. */
    boolean annotated() {
        return patches.scans().stream().anyMatch(s -> s.split() == Split.TEST && s.masked());
    }

    /** The annotated pixels of a patch. */
    boolean[] mask(Patch patch) {
        return patch.cut(patches.mask(patch.scan()), patches.stripWidth(), patches.options().size());
    }

    /** Indices of the scans of a split that have a residual map. */
    public List<Integer> mapped(Split split) {
        return patches.scans(split).stream().filter(this::hasMaps).toList();
    }

    public ScanInfo scan(int scan) {
        return patches.scans().get(scan);
    }

    /**
     * The planes of a scan's residual maps, each height × width in the scan's own pixels, NaN where the strip does not
     * reach.
     */
    List<float[]> maps(int scan) {
        return new ScanMaps(folder, patches).of(scan);
    }

    boolean hasMaps(int scan) {
        return new ScanMaps(folder, patches).has(scan);
    }

    /** Of these scans those that have a score, such as {@code A_mean}, rising by it. */
    List<Integer> ranked(List<Integer> scans, ScoreColumn column) {
        Map<String, Double> scores = scores(column);
        return scans.stream().filter(i -> Double.isFinite(scores.getOrDefault(scan(i).scan(), Double.NaN)))
                .sorted(Comparator.comparing(i -> scores.get(scan(i).scan()))).toList();
    }

    /** A score of every scan by the scan's name; empty if the run has no such score. */
    Map<String, Double> scores(ScoreColumn column) {
        double[] values = scanScores.scores().getOrDefault(column, new double[0]);
        Map<String, Double> scores = new HashMap<>();
        for (int row = 0; row < values.length; row++) scores.put(scanScores.cases().get(row).scan(), values[row]);
        return scores;
    }

    /** A score of a scan, such as {@code A_mean}; NaN if it has none. */
    public double score(int scan, ScoreColumn column) {
        return scores(column).getOrDefault(scan(scan).scan(), Double.NaN);
    }
}
