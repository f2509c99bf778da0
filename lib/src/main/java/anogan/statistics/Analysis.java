package anogan.statistics;

import anogan.UserError;
import anogan.io.Json;
import anogan.scans.Label;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.PlaneOfStarts;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every number that a run is judged by, as it stands in {@code analysis.json}; {@link RunAnalysis} computes it. The
 * list is fixed before the test scans are looked at: all scores, aggregates, classes and maps are reported, none is
 * picked. Whatever was picked on the test scans themselves has <i>oracle</i> in its name.
 *
 * <p>
 * Higher scores mean more anomalous. "Positive" is anomalous. A field that could not be computed is empty, and absent
 * from the JSON file; {@link #notes} says why.
 *
 * @param format        version of this shape
 * @param options       what was asked for
 * @param cohorts       what the numbers rest on: scans, groups and patches for each split and class
 * @param scans         how well each score of a whole scan tells anomalous from normal test scans
 * @param patches       the same for patches whose label is known (test scans that are normal or carry a mask)
 * @param withinScan    the same for the patches of one and the same scan
 * @param pixels        the same for the pixels of masked test scans
 * @param thresholds    what happens on test at the threshold that normals set
 * @param distributions the scores of training normals, test normals and anomalous patches (Figure 4 c and d of the
 *                      paper, as numbers)
 * @param notes         sentences on what is missing and why
 */
public record Analysis(int format, AnalysisOptions options, List<Cohort> cohorts, List<ScanResult> scans,
        List<PatchResult> patches, List<WithinScanResult> withinScan, List<PixelResult> pixels,
        List<ThresholdResult> thresholds, List<Distribution> distributions, List<String> notes) {
    public static final int FORMAT = 2;   // 1 told the lead of A, which is left out when it is read
    public static final String FILE = "analysis.json";
    /** Stands for "every test scan" as a subset, and for "every anomalous class" as a class. */
    public static final String ALL = "all";

    /**
     * @param labelled  patches whose label is known
     * @param positives those of them that hold an annotated pixel
     */
    public record Cohort(String split, String className, @JsonFormat(shape = JsonFormat.Shape.NUMBER) Label label,
            int scans, int groups, int patches, int labelled, int positives) {}

    /**
     * How well one score tells positives from negatives.
     *
     * @param groups           patients (or eyes) that the cases come from
     * @param deLong           interval of the AUROC that takes all cases as independent
     * @param bootstrap        interval of the AUROC from resampling whole groups: the honest one where a group has
     *                         several cases
     * @param averagePrecision to be read beside {@code prevalence}, which is what a score without information reaches
     */
    public record Separation(int cases, int positives, int groups, double prevalence, double auroc, Interval deLong,
            Optional<Interval> bootstrap, double averagePrecision) {
        /** That of the AUROC which resamples groups; DeLong's where there are too few groups for that. */
        public Interval interval() {
            return bootstrap.orElse(deLong);
        }
    }

    /**
     * The AUROC of one score minus that of another on the same cases.
     *
     * @param deLong    interval of the paired DeLong test, which takes all cases as independent
     * @param bootstrap paired interval from resampling groups
     * @param pByGroups two-sided p from exchanging whole groups, whose number limits it ({@link PairedPermutation});
     *                  empty with fewer than two
     */
    public record Difference(double difference, Optional<Interval> deLong, Optional<Interval> bootstrap,
            Optional<Double> pByGroups) {
        /** That which resamples groups; DeLong's where there are too few groups for that. */
        public Optional<Interval> interval() {
            return bootstrap.or(() -> deLong);
        }

        /** +0.021 [0.004–0.038]. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%+.3f", difference) + Interval.bracketed(bootstrap);
        }
    }

    /**
     * @param aggregate over the patches of the scan
     * @param subset    {@link #ALL}, or the name of a 0/1 attribute of the scans that restricts them (see
     *                  {@link ScanLevel})
     * @param anomalous the class whose scans are the positives, or {@link #ALL}; the negatives are always the normal
     *                  test scans
     * @param lead      of the {@link #leading} score with the same aggregate over this one; empty for itself
     */
    public record ScanResult(ScoreColumn score, Aggregate aggregate, String subset, String anomalous,
            Separation separation, Optional<Difference> lead) {}

    /** @param lead of the {@link #leading} score over this one; empty for itself */
    public record PatchResult(ScoreColumn score, Separation separation, Optional<Difference> lead) {}

    /**
     * Patches with an annotated pixel against the other patches of the same scan: what differs between scans
     * (brightness, noise, patient) cannot help here.
     *
     * @param scans     test scans that have patches of both kinds
     * @param pairs     (positive, negative) pairs within one scan, over all scans
     * @param auroc     concordant share of those pairs (ties count ½): scans weigh by their pairs
     * @param meanAuroc mean over the scans of each scan's own AUROC: scans weigh the same
     * @param bootstrap of {@code auroc}, resampling groups
     */
    public record WithinScanResult(ScoreColumn score, int scans, int groups, int positives, int negatives, long pairs,
            double auroc, Optional<Interval> bootstrap, double meanAuroc, Optional<Interval> meanBootstrap) {}

    /**
     * @param map             which residual map (see {@link PixelLevel})
     * @param region          the pixels that count: {@code retina} (between its two boundaries), {@code strip} (all
     *                        pixels of the flattened strip) or {@code retina in strip} (both)
     * @param positives       annotated pixels in the region; {@code positivesOutside} are those that it leaves out
     * @param lesions         connected annotated regions
     * @param auroc           over the pixels of all scans together, with its group bootstrap
     * @param meanAuroc       mean of the scans' own, with its group bootstrap
     * @param aupro           per-region overlap, integrated up to a false-positive rate of 0.3 and divided by it
     * @param diceOracle      the best Dice of any threshold, chosen with the masks in sight
     * @param diceAtThreshold Dice at the threshold that flags {@code options.fpr} of the pixels of validation normals;
     *                        empty where there are no maps of them
     */
    public record PixelResult(PlaneOfStarts map, String region, int scans, int groups, long pixels, long positives,
            long positivesOutside, int lesions, double prevalence, double auroc, Optional<Interval> bootstrap,
            double meanAuroc, Optional<Interval> meanBootstrap, double averagePrecision, double meanAveragePrecision,
            double aupro, DiceOracle diceOracle, Optional<DiceAtThreshold> diceAtThreshold) {}

    /**
     * The best Dice that any threshold reaches on the test pixels, and that threshold: an oracle, for comparison only.
     */
    public record DiceOracle(double dice, double threshold) {}

    /**
     * @param threshold         from the pixels of validation normals
     * @param falsePositiveRate of the negative test pixels at it
     */
    public record DiceAtThreshold(double dice, double threshold, double falsePositiveRate) {}

    /**
     * @param level  {@code patch} or {@code scan}
     * @param score  column of the table: A for patches, A_mean or A_top5 for scans
     * @param oracle the Youden point of the test set itself, for comparison with the paper's Table 1
     */
    public record ThresholdResult(String level, ScoreColumn score, NormalThreshold threshold, Rate sensitivity,
            Rate falsePositives, YoudenOracle oracle) {
        public double specificity() {
            return 1 - falsePositives.rate();
        }
    }

    /**
     * A share of cases.
     *
     * @param wilson    takes the cases as independent
     * @param bootstrap resamples groups, which says nothing (0 to 0) where no case is a hit
     */
    public record Rate(int hits, int cases, double rate, Interval wilson, Optional<Interval> bootstrap) {
        /** That which resamples groups; Wilson's where there are too few groups for that. */
        public Interval interval() {
            return bootstrap.orElse(wilson);
        }
    }

    /**
     * @param cohort {@code train normal}, {@code validation normal}, {@code test normal}, {@code test beside anomalous}
     *               or {@code test anomalous} patches
     */
    public record Distribution(ScoreColumn score, String cohort, int n, double mean, double sd, double q05, double q25,
            double median, double q75, double q95) {}

    public Optional<ScanResult> scan(ScoreColumn score, Aggregate aggregate, String subset, String anomalous) {
        return scans.stream().filter(r -> r.score.equals(score) && r.aggregate == aggregate)
                .filter(r -> r.subset.equals(subset) && r.anomalous.equals(anomalous)).findFirst();
    }

    /** The score that lists and reports put first: the recommended one, or A in a run of a version without it. */
    public Score leading() {
        boolean there = Stream.concat(scans.stream().map(ScanResult::score), patches.stream().map(PatchResult::score))
                .anyMatch(Score.RECOMMENDED::equals);
        return there ? Score.RECOMMENDED : Score.A;
    }

    /** The trivial score that tells patches apart best. */
    public Optional<PatchResult> bestTrivialOfPatches() {
        return Score.TRIVIAL.stream().flatMap(s -> patch(s).stream())
                .max(Comparator.comparingDouble(r -> r.separation().auroc()));
    }

    /** The trivial score that tells whole scans apart best, by the mean over their patches: what ours has to beat. */
    public Optional<ScanResult> bestTrivial() {
        return Score.TRIVIAL.stream().flatMap(s -> scan(s, Aggregate.MEAN, ALL, ALL).stream())
                .max(Comparator.comparingDouble(r -> r.separation().auroc()));
    }

    public Optional<PatchResult> patch(ScoreColumn score) {
        return patches.stream().filter(r -> r.score.equals(score)).findFirst();
    }

    public Optional<PixelResult> pixel(Plane map, String region) {
        return pixels.stream().filter(r -> r.map.equals(new PlaneOfStarts(map, 1)) && r.region.equals(region))
                .findFirst();
    }

    public void write(Path run) {
        Json.write(run.resolve(FILE), this);
    }

    /** @throws UserError if the run was not analysed yet, or by another version */
    public static Analysis read(Path run) {
        Path file = run.resolve(FILE);
        if (!Files.exists(file)) throw UserError.failure("There is no %s. Make it with stage analyze.", file);
        Analysis analysis = Json.read(file, Analysis.class, "Make it anew with stage analyze.");
        if (analysis.format < 1 || analysis.format > FORMAT) {
            throw UserError.failure("%s has format %d, not %d. Make it anew with stage analyze.", file, analysis.format,
                    FORMAT);
        }
        return analysis;
    }
}
