package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.markers.Regions;
import anogan.statistics.PixelMetrics.ScanPixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Pixel numbers of small images against their definitions, threshold by threshold. */
class PixelMetricsTest {
    private static final int H = 7;
    private static final int W = 9;

    /** Three small scans with some lesions, few distinct values (ties) and some pixels without a value. */
    private static List<ScanPixels> scans(long seed) {
        Random random = new Random(seed);
        List<ScanPixels> scans = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            boolean[] mask = new boolean[H * W];
            for (int k = 0; k < 6; k++) mask[random.nextInt(mask.length)] = true;
            float[] values = new float[H * W];
            for (int i = 0; i < values.length; i++)
                values[i] = random.nextInt(12) == 0 ? Float.NaN : random.nextInt(8) + (mask[i] ? 2 : 0);
            scans.add(new ScanPixels("scan" + s, "group" + s, values, Regions.of(mask, H, W).label()));
        }
        return scans;
    }

    private static double[] pooled(List<ScanPixels> scans) {
        return scans.stream().flatMapToDouble(s -> Arrays.stream(s.scores())).toArray();
    }

    private static boolean[] labels(List<ScanPixels> scans) {
        boolean[] all = new boolean[scans.size() * H * W];
        for (int s = 0; s < scans.size(); s++) System.arraycopy(scans.get(s).positive(), 0, all, s * H * W, H * W);
        return all;
    }

    @Property(tries = 60)
    void aurocIsPairCountingAlsoOfAnyResample(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int w0,
            @ForAll @IntRange(min = 0, max = 3) int w1) {
        List<ScanPixels> scans = scans(seed);
        PixelMetrics pixels = PixelMetrics.of(scans);
        assertEquals(BruteForce.auroc(pooled(scans), labels(scans)), pixels.auroc(), 1e-12);
        List<ScanPixels> drawn = new ArrayList<>(List.of(scans.get(2)));
        for (int k = 0; k < w0; k++) drawn.add(scans.get(0));
        for (int k = 0; k < w1; k++) drawn.add(scans.get(1));
        GroupHistograms byGroup = new GroupHistograms(pixels.histogram(), 3);
        scans.forEach(byGroup::add);
        assertEquals(BruteForce.auroc(pooled(drawn), labels(drawn)),
                byGroup.auroc().applyAsDouble(new double[] {w0, w1, 1}), 1e-12);
    }

    /** Values without ties, as maps have them: what bins and levels take for ties costs less than 1e-4. */
    @Test
    void countingByBinsIsExactToFourDigits() {
        Random random = new Random(7);
        List<ScanPixels> scans = new ArrayList<>();
        for (int s = 0; s < 40; s++) {
            float[] values = new float[5000];
            int[] lesion = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                lesion[i] = i < 50 * (s % 3) ? 1 : 0;
                values[i] = (float) Math.abs(0.1 * random.nextGaussian() + 0.05 * lesion[i] + 0.001 * s);
            }
            scans.add(new ScanPixels("scan" + s, "group" + s / 2, values, lesion));
        }
        double[] scores = pooled(scans);
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < positive.length; i++) positive[i] = scans.get(i / 5000).lesion()[i % 5000] > 0;
        RankedCases exact = RankedCases.of(scores, positive);
        PixelMetrics pixels = PixelMetrics.of(scans);
        assertEquals(exact.auroc(), pixels.auroc(), 1e-6);
        assertEquals(exact.counts().averagePrecision(), pixels.averagePrecision(), 1e-4);
        GroupHistograms byGroup = new GroupHistograms(pixels.histogram(), 20);
        GroupHistograms coarse = new GroupHistograms(pixels.histogram(), 10_000);
        for (ScanPixels s : scans) {
            byGroup.add(s);
            coarse.add(s);
        }
        double[] weights = new double[20];
        for (int g = 0; g < 20; g++) weights[g] = random.nextInt(3);
        double[] ofPixel = new double[scores.length];
        for (int i = 0; i < ofPixel.length; i++) ofPixel[i] = weights[i / 10_000];
        assertEquals(exact.auroc(ofPixel), byGroup.auroc().applyAsDouble(weights), 1e-5);
        assertEquals(exact.auroc(ofPixel), coarse.auroc().applyAsDouble(weights), 1e-4);
        double[] negatives = IntStream.range(0, scores.length).filter(i -> !positive[i]).mapToDouble(i -> scores[i])
                .toArray();
        double threshold = NormalThreshold.of(negatives, 0.05).threshold();
        assertEquals(threshold, pixels.histogram().threshold(0.05), threshold / 2000);
        assertTrue(pixels.histogram().threshold(0.05) >= threshold, "no more is flagged than asked for");
        assertEquals(pixels.diceAt(threshold).dice(), pixels.diceAt(pixels.histogram().threshold(0.05)).dice(), 1e-3);
    }

    @Property(tries = 60)
    void auproIsTheSweepOverAllThresholds(@ForAll long seed) {
        List<ScanPixels> scans = scans(seed);
        assertEquals(sweptAupro(scans), PixelMetrics.of(scans).aupro(), 1e-12);
    }

    /** Per-region overlap and false-positive rate at each threshold, then the area of the trapezoids up to 0.3. */
    private static double sweptAupro(List<ScanPixels> scans) {
        List<double[]> curve = new ArrayList<>(List.of(new double[] {0, 0}));
        for (double threshold : BruteForce.thresholds(pooled(scans))) {
            List<Double> overlaps = new ArrayList<>();
            double falsePositives = 0;
            double negatives = 0;
            for (ScanPixels scan : scans) {
                int lesions = Arrays.stream(scan.lesion()).max().orElseThrow();
                double[] flagged = new double[lesions + 1];
                double[] size = new double[lesions + 1];
                for (int i = 0; i < scan.lesion().length; i++) {
                    size[scan.lesion()[i]]++;
                    if (scan.scores()[i] >= threshold) flagged[scan.lesion()[i]]++;
                }
                for (int k = 1; k <= lesions; k++) overlaps.add(flagged[k] / size[k]);
                falsePositives += flagged[0];
                negatives += size[0];
            }
            curve.add(new double[] {falsePositives / negatives,
                    overlaps.stream().mapToDouble(v -> v).average().orElseThrow()});
        }
        double area = 0;
        for (int k = 1; k < curve.size() && curve.get(k - 1)[0] < 0.3; k++) {
            double[] a = curve.get(k - 1);
            double[] b = curve.get(k);
            double right = Math.min(0.3, b[0]);
            double height = b[0] == a[0] ? b[1] : a[1] + (b[1] - a[1]) * (right - a[0]) / (b[0] - a[0]);
            area += (right - a[0]) * (a[1] + height) / 2;
        }
        return area / 0.3;
    }

    @Property(tries = 60)
    void diceIsThatOfEveryThreshold(@ForAll long seed) {
        List<ScanPixels> scans = scans(seed);
        double[] scores = pooled(scans);
        boolean[] positive = labels(scans);
        PixelMetrics pixels = PixelMetrics.of(scans);
        double best = 0;
        for (double threshold : BruteForce.thresholds(scores)) {
            long[] at = BruteForce.flagged(scores, positive, threshold);
            best = Math.max(best, dice(at, pixels.positives()));
            if (Double.isInfinite(threshold)) continue;
            // Strictly above a half lower is at least, for whole numbers.
            Analysis.DiceAtThreshold d = pixels.diceAt(threshold - 0.5);
            assertEquals(dice(at, pixels.positives()), d.dice(), 1e-12);
            assertEquals((double) at[1] / (pixels.pixels() - pixels.positives()), d.falsePositiveRate(), 1e-12);
        }
        Analysis.DiceOracle oracle = pixels.diceOracle();
        assertEquals(best, oracle.dice(), 1e-12);
        assertEquals(best, dice(BruteForce.flagged(scores, positive, oracle.threshold()), pixels.positives()), 1e-12);
    }

    private static double dice(long[] flagged, long positives) {
        return 2.0 * flagged[0] / (flagged[0] + flagged[1] + positives);
    }

    @Property(tries = 60)
    void meansAreOverTheScansOwn(@ForAll long seed) {
        List<ScanPixels> scans = scans(seed);
        PixelMetrics pixels = PixelMetrics.of(scans);
        assertEquals(
                scans.stream().mapToDouble(s -> BruteForce.auroc(s.scores(), s.positive())).average().orElseThrow(),
                pixels.perScan().mean(), 1e-12);
        assertEquals(
                scans.stream().mapToDouble(s -> RankedCases.of(s.scores(), s.positive()).counts().averagePrecision())
                        .average().orElseThrow(),
                pixels.meanAveragePrecision(), 1e-12);
    }

    @Test
    void auproKnowsPerfectAndUselessMaps() {
        int[] lesion = new int[1000];
        Arrays.fill(lesion, 0, 90, 1);
        lesion[100] = 2;
        float[] perfect = new float[1000];
        for (int i = 0; i < 1000; i++) perfect[i] = lesion[i] > 0 ? 1 : 0;
        assertEquals(1, PixelMetrics.of(List.of(new ScanPixels("a", "a", perfect, lesion))).aupro(), 1e-12);
        assertEquals(0.15, PixelMetrics.of(List.of(new ScanPixels("a", "a", new float[1000], lesion))).aupro(), 1e-12);
        float[] onlyTheLargeOne = perfect.clone();
        onlyTheLargeOne[100] = -1;
        // AUROC would say 0.99.
        assertEquals(0.5, PixelMetrics.of(List.of(new ScanPixels("a", "a", onlyTheLargeOne, lesion))).aupro(), 1e-12);
    }

    @Test
    void pixelsWithoutAValueAreNeverFlagged() {
        ScanPixels scan = new ScanPixels("a", "a", new float[] {Float.NaN, 5, 1, 2}, new int[] {1, 1, 0, 0});
        PixelMetrics pixels = PixelMetrics.of(List.of(scan));
        assertEquals(0.5, pixels.auroc(), 1e-12);
        assertEquals(0, pixels.diceAt(100).dice());
        assertEquals(2.0 / 5, pixels.diceAt(-1e9).dice(), 1e-12);   // one true, two false positives, two annotated
        assertFalse(PixelMetrics.of(List.of(new ScanPixels("a", "a", new float[2], new int[2]))).comparesPixels());
    }

    /**
     * Two pixels belong together if a chain of touching pixels joins them: by repeated relabelling until nothing
     * changes.
     */
    @Property(tries = 100)
    void regionsAreConnectedChains(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int height,
            @ForAll @IntRange(min = 1, max = 8) int width) {
        Random random = new Random(seed);
        boolean[] mask = new boolean[height * width];
        for (int i = 0; i < mask.length; i++) mask[i] = random.nextInt(3) == 0;
        int[] chain = IntStream.range(0, mask.length).toArray();
        for (boolean changed = true; changed;) {
            changed = false;
            for (int i = 0; i < mask.length; i++) {
                for (int j = 0; j < mask.length; j++) {
                    boolean touch = Math.abs(i / width - j / width) <= 1 && Math.abs(i % width - j % width) <= 1;
                    if (mask[i] && mask[j] && touch && chain[j] < chain[i]) {
                        chain[i] = chain[j];
                        changed = true;
                    }
                }
            }
        }
        Regions regions = Regions.of(mask, height, width);
        Set<Integer> chains = new HashSet<>();
        for (int i = 0; i < mask.length; i++) {
            assertEquals(mask[i], regions.label()[i] > 0);
            if (mask[i]) chains.add(chain[i]);
            for (int j = 0; j < i; j++)
                if (mask[i] && mask[j]) assertEquals(chain[i] == chain[j], regions.label()[i] == regions.label()[j]);
        }
        assertEquals(chains.size(), regions.count());
    }

    @Test
    void aWholeImageIsOneRegion() {
        boolean[] all = new boolean[500 * 500];
        Arrays.fill(all, true);
        Regions regions = Regions.of(all, 500, 500);
        assertEquals(1, regions.count());
        assertEquals(250_000, Arrays.stream(regions.label()).sum());
    }
}
