package anogan.statistics;

import anogan.UserError;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Cohort;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.ScoreTable.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From a run folder to its {@link Analysis}: reads the score tables and maps that {@code map} wrote and the prepared
 * folder's labels, masks and attributes.
 *
 * <p>
 * The order of things is the paper's: whole scans, patches, patches within a scan, pixels, then what a threshold from
 * normals does, then the distributions.
 */
public final class RunAnalysis {
    private static final int FEW = 10;   // groups

    private final RunFolder run;
    private final Patches patches;
    private final AnalysisOptions options;
    private final List<String> notes = new ArrayList<>();

    private RunAnalysis(RunFolder run, Patches patches, AnalysisOptions options) {
        this.run = run;
        this.patches = patches;
        this.options = options;
    }

    /**
     * All that a run is judged by; it prints itself.
     *
     * @param ranking the test scans, the most unusual first
     * @param drawn   whether G has learned to draw healthy patches; empty where it cannot be told
     * @param methods empty where there are no test cases of both kinds
     * @param sweeps  as far as they were made
     */
    public record Result(ScanRanking ranking, Optional<Reconstruction> drawn, Analysis analysis,
            Optional<MethodTable> methods, List<SweepAnalysis> sweeps) {
        /** Tables for a terminal. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(ranking.text());
            drawn.ifPresent(d -> text.append(d).append("\n\n"));
            text.append(AnalysisText.of(analysis));
            methods.ifPresent(m -> text.append('\n').append(m.text()));
            sweeps.forEach(s -> text.append('\n').append(s.text()));
            return text.toString();
        }
    }

    /**
     * Judges a mapped run, and writes {@value ScanRanking#FILE}, {@value Analysis#FILE}, {@value MethodTable#FILE}
     * {@value SweepAnalysis#FILE} and, for figures, {@code analysis/} into its folder ({@link FigureData}).
     *
     * @throws UserError as {@link #of}
     */
    public static Result run(RunFolder run, AnalysisOptions options) {
        run.info();   // there is a run
        return run.locked(() -> {
            long begun = System.nanoTime();
            Analysis analysis = of(run.path(), options);
            Patches patches = Patches.of(run);
            Result result = new Result(ScanRanking.of(ScoreTable.ofScans(run), patches, options),
                    Reconstruction.of(ScoreTable.ofPatches(run), patches), analysis,
                    MethodTable.of(run.path(), options.prevalence(), options), SweepAnalysis.of(run.path(), options));
            run.requireStillThere();
            result.ranking.write(run.path());
            result.analysis.write(run.path());
            result.methods.ifPresent(m -> m.write(run.path()));
            SweepAnalysis.write(run.path(), result.sweeps);
            FigureData.write(run, patches, result.methods, options);
            run.write(run.info().with("analyze",
                    Stage.here(options, (System.nanoTime() - begun) / 1e9, run.scoreFingerprints())));
            return result;
        });
    }

    /**
     * The analysis alone, without writing anything.
     *
     * @throws UserError if the run was not mapped yet, its prepared folder is gone or another, or a file is damaged
     */
    public static Analysis of(Path folder, AnalysisOptions options) {
        RunFolder run = new RunFolder(folder);
        run.info();   // there is a run
        run.require("scores.csv", "map");
        run.require("scans.csv", "map");
        run.requireScoresOfItsModel();
        return new RunAnalysis(run, Patches.of(run), options).analysis();
    }

    private Analysis analysis() {
        ScoreTable patchTable = table("scores.csv", "baselines.csv");
        ScoreTable scanTable = table("scans.csv", "baselines_scans.csv");
        noteUnscored(scanTable);
        noteFewGroups(scanTable);
        Set<String> normalScans = patches.scans().stream().filter(ScanInfo::normal).map(ScanInfo::scan)
                .collect(Collectors.toSet());
        List<ThresholdResult> thresholds = ThresholdLevel.of(patchTable, scanTable, options);
        if (thresholds.isEmpty()) {
            notes.add("Thresholds: there are no scores of validation normals, or no test cases of both kinds, to "
                    + "set and judge one.");
        }
        return new Analysis(Analysis.FORMAT, options, cohorts(patchTable),
                ScanLevel.of(scanTable, patches.scans(), options), PatchLevel.pooled(patchTable, options),
                PatchLevel.withinScan(patchTable, options),
                new PixelLevel(run.path(), patches, options, notes).results(), thresholds,
                PatchLevel.distributions(patchTable, normalScans), List.copyOf(notes));
    }

    /** Our scores with the trivial ones beside them, and without any score that lacks values. */
    private ScoreTable table(String ours, String trivial) {
        ScoreTable table = ScoreTable.read(run.file(ours));
        if (Files.exists(run.file(trivial))) table = table.join(ScoreTable.read(run.file(trivial)));
        else notes.add("There is no " + trivial + ": trivial scores are missing. Make it with stage map.");
        ScoreTable judged = table.where(c -> c.split() != Split.TRAIN);
        Set<ScoreColumn> incomplete = new HashSet<>();
        judged.scores().forEach((name, values) -> {
            long gaps = Arrays.stream(values).filter(Double::isNaN).count();
            if (gaps == 0) return;
            incomplete.add(name);
            notes.add(name.column() + " is missing for " + gaps + " of " + values.length
                    + " validation and test rows of " + ours + " and is left out.");
        });
        return table.without(incomplete);
    }

    private void noteUnscored(ScoreTable scanTable) {
        Set<String> scored = new HashSet<>(scanTable.scans());
        List<ScanInfo> tested = patches.scans().stream().filter(s -> s.split() == Split.TEST).toList();
        long missing = tested.stream().filter(s -> !scored.contains(s.scan())).count();
        if (missing > 0) {
            notes.add(missing + " of " + tested.size() + " test scans of " + patches.path()
                    + " have no scores: the numbers are of the others.");
        }
    }

    /**
     * Percentile intervals from few groups are too narrow: of G groups they take G for G − 1, and draw each too often.
     */
    private void noteFewGroups(ScoreTable scanTable) {
        ScoreTable test = PatchLevel.labelledTest(scanTable);
        long normal = test.where(c -> c.label() == Label.NORMAL).groups().stream().distinct().count();
        long anomalous = test.where(c -> c.label() == Label.ANOMALOUS).groups().stream().distinct().count();
        if (!test.hasBothKinds() || Math.min(normal, anomalous) >= FEW) return;
        notes.add(String.format(Locale.ROOT,
                "The test scans come from %d group%s (patients) with normal and %d with "
                        + "anomalous scans: intervals by group tend to be too narrow with fewer than %d of a kind.",
                normal, normal == 1 ? "" : "s", anomalous, FEW));
    }

    /** Splits in their order, classes by label and name. */
    private List<Cohort> cohorts(ScoreTable patchTable) {
        record Key(Split split, Label label, String className) {}
        Map<Key, List<ScanInfo>> scans = new TreeMap<>(
                Comparator.comparing(Key::split).thenComparing(Key::label).thenComparing(Key::className));
        for (ScanInfo s : patches.scans())
            scans.computeIfAbsent(new Key(s.split(), s.label(), s.className()), k -> new ArrayList<>()).add(s);
        return scans.entrySet().stream().map(e -> {
            Set<String> names = e.getValue().stream().map(ScanInfo::scan).collect(Collectors.toSet());
            List<Case> cases = patchTable.where(c -> names.contains(c.scan())).cases();
            int groups = (int) e.getValue().stream().map(ScanInfo::group).distinct().count();
            int labelled = (int) cases.stream().filter(c -> c.label() != Label.UNKNOWN).count();
            int positives = (int) cases.stream().filter(c -> c.label() == Label.ANOMALOUS).count();
            Key key = e.getKey();
            return new Cohort(key.split.word(), key.className, key.label, e.getValue().size(), groups, cases.size(),
                    labelled, positives);
        }).toList();
    }
}
