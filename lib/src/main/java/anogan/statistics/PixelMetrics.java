package anogan.statistics;

import anogan.markers.Regions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a residual map marks annotated pixels, over the pixels of several scans. Scans are added one after the other
 * and forgotten: what stays is a {@link PixelHistogram}, and each scan's own AUROC and average precision, which are
 * exact.
 *
 * <ul>
 * <li><b>AUROC, average precision</b>: over all pixels together (scans with more pixels weigh more, and brightness
 * differences between scans count), and as the mean of the scans' own.
 * <li><b>AUPRO</b>: a large lesion should not outvote ten small ones. At each threshold the per-region overlap is the
 * mean, over connected lesions, of the share of the lesion that is flagged; it is drawn against the false-positive rate
 * of the lesion-free pixels, integrated up to 0.3, and divided by 0.3. A map without information gets 0.15, not 0.5. In
 * code it is an ROC in which each lesion pixel weighs 1/size of its lesion.
 * <li><b>Dice</b> 2·TP/(2·TP + FP + FN): at a given threshold, and the best of all thresholds, which is an oracle.
 * </ul>
 *
 * <p>
 * Source: Bergmann et al., CVPR 2020 (Uninformed Students), and Bergmann et al., Int. J. Comput. Vis. 129 (2021) 1038
 * (MVTec AD), for PRO and the limit of 0.3.
 */
public final class PixelMetrics {
    /** The false-positive rate up to which AUPRO is integrated. */
    public static final double AUPRO_LIMIT = 0.3;

    private final PixelHistogram pixels = new PixelHistogram();
    private final List<StratifiedAuroc.Stratum> strata = new ArrayList<>();
    private final List<String> strataGroups = new ArrayList<>();
    private double sumOfAveragePrecision;
    private int scans;
    private int lesions;

    /**
     * The pixels of one scan that count.
     *
     * @param scan   name
     * @param group  patient
     * @param values of the map; NaN where it has none, which counts as "never flagged"
     * @param lesion for each of them the number of its lesion from 1 (see {@link Regions}), 0 where nothing is
     *               annotated
     */
    public record ScanPixels(String scan, String group, float[] values, int[] lesion) {
        public ScanPixels {
            if (values.length != lesion.length) {
                throw new IllegalArgumentException(
                        values.length + " values but " + lesion.length + " labels in " + scan);
            }
        }

        /** The values as scores: NaN becomes −∞. */
        double[] scores() {
            double[] scores = new double[values.length];
            for (int i = 0; i < scores.length; i++)
                scores[i] = Float.isNaN(values[i]) ? Double.NEGATIVE_INFINITY : values[i];
            return scores;
        }

        boolean[] positive() {
            boolean[] positive = new boolean[lesion.length];
            for (int i = 0; i < positive.length; i++) positive[i] = lesion[i] > 0;
            return positive;
        }

        boolean hasBothKinds() {
            boolean[] positive = positive();
            int positives = 0;
            for (boolean p : positive) if (p) positives++;
            return positives > 0 && positives < positive.length;
        }
    }

    static PixelMetrics of(List<ScanPixels> scans) {
        PixelMetrics metrics = new PixelMetrics();
        scans.forEach(metrics::add);
        return metrics;
    }

    void add(ScanPixels scan) {
        int[] size = new int[Arrays.stream(scan.lesion).max().orElse(0) + 1];
        for (int lesion : scan.lesion) size[lesion]++;
        for (int k = 1; k < size.length; k++) if (size[k] > 0) lesions++;
        for (int i = 0; i < scan.values.length; i++) {
            int lesion = scan.lesion[i];
            if (lesion > 0) pixels.addPositive(scan.values[i], 1.0 / size[lesion]);
            else pixels.addNegative(scan.values[i]);
        }
        scans++;
        if (!scan.hasBothKinds()) return;
        RankedCases own = RankedCases.of(scan.scores(), scan.positive());
        strata.add(new StratifiedAuroc.Stratum(scan.scan, own.auroc(), own.positives(), own.negatives()));
        strataGroups.add(scan.group);
        sumOfAveragePrecision += own.counts().averagePrecision();
    }

    /** Whether any scan has pixels of both kinds. */
    boolean comparesPixels() {
        return !strata.isEmpty();
    }

    int scans() {
        return scans;
    }

    PixelHistogram histogram() {
        return pixels;
    }

    public long pixels() {
        return pixels.positives() + pixels.negatives();
    }

    public long positives() {
        return pixels.positives();
    }

    /** Connected lesions that have a pixel among those that count. */
    public int lesions() {
        return lesions;
    }

    public double auroc() {
        return pixels.counts().auroc();
    }

    public double averagePrecision() {
        return pixels.counts().averagePrecision();
    }

    /** The AUROC of each scan that has pixels of both kinds. */
    public StratifiedAuroc perScan() {
        return new StratifiedAuroc(strata);
    }

    /** The groups of {@link #perScan}'s scans. */
    List<String> perScanGroups() {
        return strataGroups;
    }

    /** Mean of the average precision of each scan that has pixels of both kinds. */
    public double meanAveragePrecision() {
        return sumOfAveragePrecision / strata.size();
    }

    /** See the class comment. */
    public double aupro() {
        double limit = AUPRO_LIMIT * pixels.negatives();
        return pixels.lesionCounts().area(limit) / (lesions * limit);
    }

    /** The best Dice of all thresholds, and that threshold (pixels that score at least it are flagged). */
    public Analysis.DiceOracle diceOracle() {
        ThresholdCounts counts = pixels.counts();
        int best = 0;
        for (int i = 1; i < counts.size(); i++) if (dice(counts, i) > dice(counts, best)) best = i;
        return new Analysis.DiceOracle(dice(counts, best), counts.thresholds()[best]);
    }

    /** Dice when pixels <b>above</b> the threshold are flagged (that of {@link NormalThreshold}). */
    public Analysis.DiceAtThreshold diceAt(double threshold) {
        ThresholdCounts counts = pixels.counts();
        int above = 0;
        while (above < counts.size() && counts.thresholds()[above] > threshold) above++;
        if (above == 0) return new Analysis.DiceAtThreshold(0, threshold, 0);
        return new Analysis.DiceAtThreshold(dice(counts, above - 1), threshold,
                counts.falsePositives()[above - 1] / pixels.negatives());
    }

    private static double dice(ThresholdCounts counts, int i) {
        double tp = counts.truePositives()[i];
        return 2 * tp / (tp + counts.falsePositives()[i] + counts.positives());
    }
}
