package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.run.RunFolder;
import anogan.scans.Label;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.Analysis.WithinScanResult;
import anogan.statistics.RunFixture.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run folder, with every kind of number recomputed from what the fixture drew. */
class RunAnalysisTest {
    private static final AnalysisOptions OPTIONS = new AnalysisOptions(0.05, 0, 200, 1);
    @TempDir
    static Path root;
    private static RunFixture fixture;
    private static Analysis analysis;

    @BeforeAll
    static void analyze() {
        fixture = new RunFixture(root);
        analysis = RunAnalysis.of(fixture.run, OPTIONS);
    }

    /** Scores and labels collected in plain lists. */
    private static final class Cases {
        final List<Double> scores = new ArrayList<>();
        final List<Boolean> positive = new ArrayList<>();

        void add(double score, boolean label) {
            scores.add(score);
            positive.add(label);
        }

        double auroc() {
            boolean[] labels = new boolean[positive.size()];
            for (int i = 0; i < labels.length; i++) labels[i] = positive.get(i);
            return BruteForce.auroc(scores.stream().mapToDouble(v -> v).toArray(), labels);
        }
    }

    private static Cases scans(int score, Predicate<Scan> wanted) {
        Cases cases = new Cases();
        fixture.scans.stream().filter(s -> s.split().equals("test")).filter(wanted)
                .forEach(s -> cases.add(s.mean(score), s.label() == 1));
        return cases;
    }

    private static double auroc(Analysis of, Score score, String subset, String anomalous) {
        return of.scan(score, Aggregate.MEAN, subset, anomalous).orElseThrow().separation().auroc();
    }

    @Test
    void everyScoreAggregateSubsetAndClassIsThere() {
        assertEquals(List.of(), analysis.notes());
        int n = RunFixture.ALL.size();
        assertEquals(n * 2 * 3 * 3, analysis.scans().size());
        for (int k = 0; k < n; k++) {
            Score name = RunFixture.ALL.get(k);
            assertEquals(scans(k, s -> true).auroc(), auroc(analysis, name, "all", "all"), 1e-12);
            assertEquals(scans(k, Scan::matched).auroc(), auroc(analysis, name, "matched", "all"), 1e-12);
            assertEquals(scans(k, s -> s.label() == 0 || s.large()).auroc(), auroc(analysis, name, "large", "all"),
                    1e-12);
            assertEquals(scans(k, s -> !s.className().equals("X")).auroc(), auroc(analysis, name, "all", "Y"), 1e-12);
        }
        ScanResult y = analysis.scan(Score.A, Aggregate.TOP5, "matched", "Y").orElseThrow();
        assertEquals(4, y.separation().positives());
        assertEquals(4 + 24, y.separation().cases());
        assertEquals(4 / 28.0, y.separation().prevalence(), 1e-12);
        assertTrue(y.lead().isEmpty());
    }

    @Test
    void theLeadOfAIsPaired() {
        // Chance by construction.
        ScanResult r = analysis.scan(Score.D_HAT, Aggregate.MEAN, "all", "all").orElseThrow();
        Difference lead = r.lead().orElseThrow();
        assertEquals(auroc(analysis, Score.A, "all", "all") - r.separation().auroc(), lead.difference(), 1e-12);
        Interval interval = lead.bootstrap().orElseThrow();
        assertTrue(0 < interval.low() && interval.low() < lead.difference());
        assertTrue(lead.difference() < interval.high());
        assertTrue(0 < lead.pByGroups().orElseThrow() && lead.pByGroups().orElseThrow() < 0.05);
    }

    /** Drawing groups from the raw tables with the same generator, and counting pairs on the cases so repeated. */
    @Test
    void theGroupIntervalIsThatOfRepeatedScans() {
        List<Scan> tested = fixture.scans.stream().filter(s -> s.split().equals("test")).toList();
        double[] replicates = ClusterBootstrap.of(tested.stream().map(Scan::group).toList(), 200, 1)
                .replicates(weights -> {
                    Cases cases = new Cases();
                    for (int i = 0; i < weights.length; i++) {
                        for (int w = 0; w < weights[i]; w++)
                            cases.add(tested.get(i).mean(3), tested.get(i).label() == 1);
                    }
                    return cases.auroc();
                });
        Interval expected = Interval.percentile(replicates).orElseThrow();
        Interval interval = analysis.scan(Score.A, Aggregate.MEAN, "all", "all").orElseThrow().separation().bootstrap()
                .orElseThrow();
        assertEquals(expected.low(), interval.low(), 1e-12);
        assertEquals(expected.high(), interval.high(), 1e-12);
    }

    @Test
    void patchesWithoutALabelAreLeftOut() {
        Cases cases = new Cases();
        for (Scan s : fixture.scans) {
            for (int k = 0; k < 3; k++) if (s.split().equals("test") && s.patchLabel(k) != null)
                cases.add(s.scores()[k][3], s.patchLabel(k) == 1);
        }
        Analysis.Separation a = analysis.patch(Score.A).orElseThrow().separation();
        assertEquals(3 * (30 + 16), a.cases());
        assertEquals(cases.positive.stream().filter(p -> p).count(), a.positives());
        assertEquals(cases.auroc(), a.auroc(), 1e-12);
        assertEquals(15 + 6, a.groups());
        assertEquals(RunFixture.ALL.size(), analysis.patches().size());
    }

    @Test
    void withinScanComparesPatchesOfOneScan() {
        double sum = 0;
        double concordant = 0;
        long pairs = 0;
        int scans = 0;
        for (Scan s : fixture.scans) {
            Cases own = new Cases();
            for (int k = 0; k < 3; k++) if (s.masked()) own.add(s.scores()[k][0], s.patchLabel(k) == 1);
            long p = own.positive.stream().filter(v -> v).count();
            if (p == 0 || p == own.positive.size()) continue;
            sum += own.auroc();
            concordant += own.auroc() * p * (3 - p);
            pairs += p * (3 - p);
            scans++;
        }
        WithinScanResult r = analysis.withinScan().stream().filter(w -> w.score() == Score.R).findFirst().orElseThrow();
        assertTrue(scans > 5);
        assertEquals(scans, r.scans());
        assertEquals(pairs, r.pairs());
        assertEquals(concordant / pairs, r.auroc(), 1e-12);
        assertEquals(sum / scans, r.meanAuroc(), 1e-12);
    }

    @Test
    void pixelsAreJudgedInTheRetinaAndInTheStrip() {
        // Three regions; the fixture's maps lack the planes that earlier versions lacked.
        assertEquals(3 * (2 + 4), analysis.pixels().size());
        for (int[] rows : new int[][] {{14, 36}, {12, 43}}) {
            double[] scores = new double[16 * (rows[1] - rows[0] + 1) * RunFixture.W];
            boolean[] positive = new boolean[scores.length];
            int at = 0;
            for (Scan s : fixture.scans.stream().filter(Scan::masked).toList()) {
                float[] map = Npy.read(fixture.run.resolve("maps").resolve(s.name() + ".npy")).data();
                for (int i = rows[0] * RunFixture.W; i < (rows[1] + 1) * RunFixture.W; i++) {
                    scores[at] = map[RunFixture.H * RunFixture.W + i];
                    positive[at++] = s.mask()[i];
                }
            }
            PixelResult r = analysis.pixel(Plane.RESIDUAL_SMOOTHED, rows[0] == 14 ? "retina" : "strip").orElseThrow();
            assertEquals(scores.length, r.pixels());
            assertEquals(16 * 42, r.positives());
            assertEquals(16 * 9, r.positivesOutside());   // the second lesion of each scan lies above the strip
            assertEquals(16, r.lesions());
            assertEquals(BruteForce.auroc(scores, positive), r.auroc(), 1e-5);
            Interval interval = r.bootstrap().orElseThrow();
            assertTrue(interval.low() < r.auroc() && r.auroc() < interval.high());
            assertTrue(r.diceAtThreshold().orElseThrow().dice() <= r.diceOracle().dice());
            assertEquals(0.05, r.diceAtThreshold().orElseThrow().falsePositiveRate(), 0.01);
        }
        assertTrue(analysis.pixel(Plane.PCA_RESIDUAL, "retina").orElseThrow().diceAtThreshold().isEmpty());
        // The fixture's retina lies within its strip.
        PixelResult whole = analysis.pixel(Plane.RESIDUAL, "retina").orElseThrow();
        PixelResult within = analysis.pixel(Plane.RESIDUAL, "retina in strip").orElseThrow();
        assertEquals(List.of(whole.pixels(), whole.auroc()), List.of(within.pixels(), within.auroc()));
    }

    /** Maps with a sign are judged by magnitude, and what is darker than drawn apart; more maps than at one time. */
    @Test
    void mapsWithASignAreJudgedByMagnitudeAndByTheirDarkHalf(@TempDir Path folder) {
        RunFixture signed = new RunFixture(folder);
        Random random = new Random(7);
        int size = RunFixture.H * RunFixture.W;
        for (Scan s : signed.scans) {
            for (String name : List.of("maps/", "baseline_maps/")) {
                Path file = signed.run.resolve(name + s.name() + ".npy");
                if (!Files.exists(file)) continue;
                int planes = name.equals("maps/") ? 5 : 12;
                float[] own = Npy.read(file).data();
                float[] data = new float[planes * size];
                for (int i = 0; i < data.length; i++) data[i] = Float.isNaN(own[i % size]) ? Float.NaN
                        : (float) (random.nextGaussian() - (s.mask()[i % size] ? 1.5 : 0));
                Npy.write(file, new FloatArray(data, planes, RunFixture.H, RunFixture.W));
            }
        }
        Analysis result = RunAnalysis.of(signed.run, OPTIONS);
        assertEquals(3 * (5 + 1 + 12 + 3), result.pixels().size());
        assertSignedPlane(signed, result, "maps/", 3, Plane.Z, Math::abs);
        assertSignedPlane(signed, result, "maps/", 4, Plane.Z_RATIO, Math::abs);
        assertSignedPlane(signed, result, "maps/", 4, Plane.Z_RATIO_DARK, v -> -v);
        assertSignedPlane(signed, result, "baseline_maps/", 6, Plane.PCA_Z, Math::abs);
        assertSignedPlane(signed, result, "baseline_maps/", 11, Plane.STRIP_Z_RATIO_DARK, v -> -v);
        assertTrue(result.pixel(Plane.Z_RATIO_DARK, "retina").orElseThrow().diceAtThreshold().isPresent());
    }

    private static void assertSignedPlane(RunFixture fixture, Analysis result, String folder, int stored, Plane plane,
            DoubleUnaryOperator sign) {
        int size = RunFixture.H * RunFixture.W;
        Cases cases = new Cases();
        for (Scan s : fixture.scans.stream().filter(Scan::masked).toList()) {
            float[] map = Npy.read(fixture.run.resolve(folder + s.name() + ".npy")).data();
            for (int i = 14 * RunFixture.W; i < 37 * RunFixture.W; i++)
                cases.add(sign.applyAsDouble(map[stored * size + i]), s.mask()[i]);
        }
        assertEquals(cases.auroc(), result.pixel(plane, "retina").orElseThrow().auroc(), 1e-5, plane.word());
    }

    @Test
    void mapsOfSeveralStartsAreAveraged(@TempDir Path folder) {
        RunFixture several = new RunFixture(folder);
        Path variant = several.run.resolve("variants/seed-2");
        AtomicFiles.writeString(variant.resolve("scores.csv"), "scan,group,class,split,label,row,column,A\n");
        for (Scan s : several.scans) {
            Path own = several.run.resolve("maps").resolve(s.name() + ".npy");
            if (!Files.exists(own)) continue;
            float[] data = Npy.read(own).data().clone();
            for (int i = 0; i < data.length; i++) data[i] = (float) Math.abs(Math.cos(i * data[i]));
            Npy.write(variant.resolve("maps").resolve(s.name() + ".npy"),
                    new FloatArray(data, 2, RunFixture.H, RunFixture.W));
        }
        double[] scores = new double[16 * 23 * RunFixture.W];
        boolean[] positive = new boolean[scores.length];
        int at = 0;
        for (Scan s : several.scans.stream().filter(Scan::masked).toList()) {
            float[] one = Npy.read(several.run.resolve("maps").resolve(s.name() + ".npy")).data();
            float[] two = Npy.read(variant.resolve("maps").resolve(s.name() + ".npy")).data();
            for (int i = 14 * RunFixture.W; i < 37 * RunFixture.W; i++) {
                scores[at] = one[i] / 2 + two[i] / 2;
                positive[at++] = s.mask()[i];
            }
        }
        Analysis result = RunAnalysis.of(several.run, OPTIONS);
        PixelResult mean = result.pixels().stream()
                .filter(r -> r.map().word().equals("residual_z2") && r.region().equals("retina")).findFirst()
                .orElseThrow();
        assertEquals(BruteForce.auroc(scores, positive), mean.auroc(), 1e-5);
        assertNotNull(mean.diceAtThreshold());
    }

    @Test
    void thresholdsComeFromValidationNormals() {
        ThresholdResult r = analysis.thresholds().stream().filter(t -> t.score().equals(Score.A.of(Aggregate.MEAN)))
                .findFirst().orElseThrow();
        double[] normals = fixture.scans.stream().filter(s -> s.split().equals("validation"))
                .mapToDouble(s -> s.mean(3)).sorted().toArray();
        assertEquals(normals[23], r.threshold().threshold());   // ⌈25·0.95⌉ = 24th of 24
        assertEquals(24, r.threshold().normals());
        long found = fixture.scans.stream().filter(s -> s.label() == 1 && s.mean(3) > normals[23]).count();
        long flagged = fixture.scans.stream()
                .filter(s -> s.split().equals("test") && s.label() == 0 && s.mean(3) > normals[23]).count();
        assertEquals(found, r.sensitivity().hits());
        assertEquals(28, r.sensitivity().cases());
        assertEquals(flagged, r.falsePositives().hits());
        assertEquals(1 - flagged / 30.0, r.specificity(), 1e-12);
        assertTrue(r.oracle().index() >= r.sensitivity().rate() - r.falsePositives().rate(),
                "no threshold does better than the oracle");
        assertEquals(List.of("A", "A_mean", "A_top5"),
                analysis.thresholds().stream().map(t -> t.score().column()).toList());
    }

    /** The fixture's training scans, of which {@code map} would have scored so many of three patches. */
    private static NormalThreshold withTraining(Path folder, int patches, double shift) throws IOException {
        RunFixture more = new RunFixture(folder);
        Path file = more.run.resolve("scans.csv");
        List<String> header = Files.readAllLines(file).get(0).lines().flatMap(l -> Arrays.stream(l.split(",")))
                .toList();
        StringBuilder table = new StringBuilder(Files.readString(file));
        for (Scan s : more.scans) for (int copy = 0; s.split().equals("train") && copy < 3; copy++) {
            String name = s.name() + "-" + copy;
            table.append(String.join(",", name, s.group() + copy, "NO", "train", "0", "" + patches));
            for (String column : header.subList(6, header.size()))
                table.append(',').append(column.equals("A_mean") ? s.mean(3) + copy * 0.01 + shift : 0);
            table.append('\n');
        }
        AtomicFiles.writeString(file, table.toString());
        RunFolder run = new RunFolder(more.run);
        return ThresholdLevel.of(ScoreTable.ofPatches(run), ScoreTable.ofScans(run), OPTIONS).stream()
                .filter(t -> t.score().equals(Score.A.of(Aggregate.MEAN))).findFirst().orElseThrow().threshold();
    }

    /** Twenty-four of them in twelve groups beside as many validation normals. */
    @Test
    void wholeTrainingScansJoinWhereTheyShowNoGap(@TempDir Path folder) throws IOException {
        NormalThreshold joined = withTraining(folder.resolve("whole"), 3, 1);
        assertEquals(List.of(24, 24, 48, 24), List.of(joined.origin().validation(), joined.origin().training(),
                joined.normals(), joined.origin().groups()));
        assertTrue(joined.promise().startsWith("Set by 24 validation normals and 24 training normals of 24 groups (no "
                + "gap between the two shows, p = "), joined.promise());
        NormalThreshold learned = withTraining(folder.resolve("gap"), 3, -2);
        assertEquals(List.of(24, 0, 12),
                List.of(learned.normals(), learned.origin().training(), learned.origin().groups()));
        assertTrue(learned.promise().contains("(training normals score lower, p = 0.0050, and are left out)"),
                learned.promise());
        assertEquals(Optional.empty(), withTraining(folder.resolve("sample"), 1, 1).origin().gap());
    }

    @Test
    void distributionsAndCohortsCountTheirCases() {
        int[] n = analysis.distributions().stream().filter(d -> d.score() == Score.A).mapToInt(Analysis.Distribution::n)
                .toArray();
        int positives = analysis.patch(Score.A).orElseThrow().separation().positives();
        assertEquals(List.of(24, 72, 90, 48 - positives, positives), Arrays.stream(n).boxed().toList());
        Analysis.Distribution train = analysis.distributions().stream()
                .filter(d -> d.score() == Score.R && d.cohort().equals("train normal")).findFirst().orElseThrow();
        double[] values = fixture.scans.stream().filter(s -> s.split().equals("train"))
                .flatMapToDouble(s -> Arrays.stream(s.scores()).mapToDouble(p -> p[0])).toArray();
        assertEquals(Arrays.stream(values).average().orElseThrow(), train.mean(), 1e-12);
        Analysis.Cohort x = analysis.cohorts().stream().filter(c -> c.className().equals("X")).findFirst()
                .orElseThrow();
        assertEquals(new Analysis.Cohort("test", "X", Label.ANOMALOUS, 16, 6, 48, 48, positives), x);
    }

    @Test
    void theFileHoldsTheWholeAnalysisAndTheSeedDecides() {
        analysis.write(fixture.run);
        assertEquals(analysis, Analysis.read(fixture.run));
        assertEquals(analysis, RunAnalysis.of(fixture.run, OPTIONS));
        Analysis other = RunAnalysis.of(fixture.run, new AnalysisOptions(0.05, 0, 200, 2));
        assertFalse(analysis.scans().equals(other.scans()));
        assertEquals(auroc(analysis, Score.A, "all", "all"), auroc(other, Score.A, "all", "all"));
    }

    @Test
    void theTextShowsEveryScoreAndSaysWhatIsAnOracle() {
        String text = AnalysisText.of(analysis);
        for (Score score : Score.TRIVIAL) assertTrue(text.contains(score.column() + " mean"), text);
        assertTrue(text.contains("oracle Dice") && text.contains("test set itself: an oracle"));
        assertTrue(text.lines().allMatch(line -> line.equals(line.stripTrailing())));
    }

    @Test
    void whatIsMissingIsSaid(@TempDir Path folder) throws IOException {
        RunFixture partial = new RunFixture(folder);
        Files.delete(partial.run.resolve("baselines.csv"));
        for (Scan s : partial.scans) {
            if (s.split().equals("validation") || s.name().equals("test_X3"))
                Files.delete(partial.run.resolve("maps").resolve(s.name() + ".npy"));
        }
        Path scores = partial.run.resolve("scores.csv");
        AtomicFiles.writeString(scores, Files.readString(scores).replaceFirst("(?m)^(test_NO0,.*),[^,]*$", "$1,NaN"));
        AtomicFiles.writeString(partial.run.resolve("scans.csv"), Files.readString(partial.run.resolve("scans.csv"))
                .lines().filter(line -> !line.startsWith("test_Y11")).reduce("", (a, b) -> a + b + "\n"));
        Analysis result = RunAnalysis.of(partial.run, OPTIONS);
        assertEquals(5, result.notes().size(), result.notes()::toString);
        assertTrue(result.notes().get(0).contains("baselines.csv"));
        assertTrue(result.notes().get(1).startsWith("P_D is missing for 1 of 246"), result.notes()::toString);
        assertTrue(result.notes().get(2).startsWith("1 of 58 test scans"), result.notes()::toString);
        assertTrue(result.notes().get(3).contains("1 of 16 masked test scans"), result.notes()::toString);
        assertTrue(result.notes().get(4).contains("no validation scan has a residual map"), result.notes()::toString);
        assertEquals(List.of(Score.R, Score.D, Score.D_HAT, Score.A, Score.A_HAT),
                result.patches().stream().map(Analysis.PatchResult::score).toList());
        assertTrue(result.pixel(Plane.RESIDUAL, "retina").orElseThrow().diceAtThreshold().isEmpty());
        assertNotNull(AnalysisText.of(result));
    }

    @Test
    void fewPatientsAreSaidToBeFew(@TempDir Path folder) throws IOException {
        RunFixture few = new RunFixture(folder);
        Path scans = few.run.resolve("scans.csv");
        AtomicFiles.writeString(scans, Files.readString(scans).lines().filter(line -> !line.startsWith("test_Y"))
                .reduce("", (a, b) -> a + b + "\n"));
        assertTrue(RunAnalysis.of(few.run, OPTIONS).notes().stream().anyMatch(note -> note.startsWith(
                "The test scans come from 15 groups (patients) with normal and 6 with anomalous scans: intervals")));
    }

    @Test
    void whatCannotBeAnalyzedIsOneSentence(@TempDir Path folder) throws IOException {
        assertTrue(assertThrows(UserError.class, () -> RunAnalysis.of(folder, OPTIONS)).getMessage()
                .contains("stage train"));
        assertTrue(assertThrows(UserError.class, () -> Analysis.read(folder)).getMessage().contains("stage analyze"));
        RunFixture broken = new RunFixture(folder);
        Path scores = broken.run.resolve("scores.csv");
        String table = Files.readString(scores);
        AtomicFiles.writeString(scores, table.replaceFirst("(?m)^(test_NO0,.*),[^,]*$", "$1,abc"));
        assertTrue(assertThrows(UserError.class, () -> RunAnalysis.of(broken.run, OPTIONS)).getMessage()
                .contains("scores.csv is not understood"));
        AtomicFiles.writeString(scores, table.replace(",group,", ",patient,"));
        assertTrue(assertThrows(UserError.class, () -> RunAnalysis.of(broken.run, OPTIONS)).getMessage()
                .contains("group"));
        Files.delete(scores);
        assertTrue(assertThrows(UserError.class, () -> RunAnalysis.of(broken.run, OPTIONS)).getMessage()
                .contains("stage map"));
        AtomicFiles.writeString(scores, table);
        Path run = broken.run.resolve("run.json");
        AtomicFiles.writeString(run,
                Files.readString(run).replace("fingerprint\" : \"fingerprint", "fingerprint\" : \"another"));
        assertTrue(assertThrows(UserError.class, () -> RunAnalysis.of(broken.run, OPTIONS)).getMessage()
                .contains("other patches"));
        assertThrows(UserError.class, () -> new AnalysisOptions(0, 0, 200, 1));
        assertThrows(UserError.class, () -> new AnalysisOptions(0.05, 0, 10, 1));
    }
}
