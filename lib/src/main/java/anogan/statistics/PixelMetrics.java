package anogan.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * How well a residual map marks annotated pixels, over the pixels of several scans. Built for millions of pixels:
 * sorted once, every number is then a pass or two.
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

    private final List<ScanPixels> scans;
    private final RankedCases cases;
    private final int[] scanOf;          // of each pooled pixel
    private final double[] lesionWeight; // 1/size of the pixel's lesion; 1 for negatives
    private final int lesions;

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

    private PixelMetrics(List<ScanPixels> scans, RankedCases cases, int[] scanOf, double[] lesionWeight, int lesions) {
        this.scans = scans;
        this.cases = cases;
        this.scanOf = scanOf;
        this.lesionWeight = lesionWeight;
        this.lesions = lesions;
    }

    /** @throws IllegalArgumentException if no pixel is annotated, or every pixel is */
    public static PixelMetrics of(List<ScanPixels> scans) {
        int n = scans.stream().mapToInt(s -> s.values.length).sum();
        double[] scores = new double[n];
        boolean[] positive = new boolean[n];
        int[] scanOf = new int[n];
        double[] weight = new double[n];
        int lesions = 0;
        int at = 0;
        for (int s = 0; s < scans.size(); s++) {
            ScanPixels scan = scans.get(s);
            int[] size = new int[Arrays.stream(scan.lesion).max().orElse(0) + 1];
            for (int lesion : scan.lesion) size[lesion]++;
            for (int k = 1; k < size.length; k++) if (size[k] > 0) lesions++;
            System.arraycopy(scan.scores(), 0, scores, at, scan.values.length);
            for (int lesion : scan.lesion) {
                positive[at] = lesion > 0;
                weight[at] = lesion > 0 ? 1.0 / size[lesion] : 1;
                scanOf[at++] = s;
            }
        }
        return new PixelMetrics(List.copyOf(scans), RankedCases.of(scores, positive), scanOf, weight, lesions);
    }

    public int pixels() {
        return cases.cases();
    }

    public int positives() {
        return cases.positives();
    }

    /** Connected lesions that have a pixel among those that count. */
    public int lesions() {
        return lesions;
    }

    public double auroc() {
        return cases.auroc(null);
    }

    public double averagePrecision() {
        return PrecisionRecall.averagePrecision(cases);
    }

    /** The AUROC of each scan that has pixels of both kinds. */
    public StratifiedAuroc perScan() {
        return new StratifiedAuroc(scans.stream().filter(ScanPixels::hasBothKinds).map(s -> {
            RankedCases own = RankedCases.of(s.scores(), s.positive());
            return new StratifiedAuroc.Stratum(s.scan, own.auroc(null), own.positives(), own.negatives());
        }).toList());
    }

    /** Mean of the average precision of each scan that has pixels of both kinds. */
    public double meanAveragePrecision() {
        return scans.stream().filter(ScanPixels::hasBothKinds)
                .mapToDouble(s -> PrecisionRecall.averagePrecision(RankedCases.of(s.scores(), s.positive()))).average()
                .orElseThrow();
    }

    /** See the class comment; between thresholds the curve is straight. */
    public double aupro() {
        double limit = AUPRO_LIMIT * cases.negatives();
        var area = new RankedCases.Step() {
            double overlap, flagged, sum;

            @Override
            public void at(double threshold, double newOverlap, double newFlagged) {
                double width = Math.min(newFlagged, limit) - flagged;
                if (width > 0) {
                    double end = overlap + (newOverlap - overlap) * width / (newFlagged - flagged);
                    sum += width * (overlap + end) / 2;
                }
                overlap = newOverlap;
                flagged = newFlagged;
            }
        };
        cases.walk(lesionWeight, area);
        return area.sum / (lesions * limit);
    }

    /** The best Dice of all thresholds, and that threshold (pixels that score at least it are flagged). */
    public Analysis.DiceOracle diceOracle() {
        var best = new RankedCases.Step() {
            double dice = -1, threshold;

            @Override
            public void at(double level, double tp, double fp) {
                double value = 2 * tp / (tp + fp + cases.positives());
                if (value > dice) {
                    dice = value;
                    threshold = level;
                }
            }
        };
        cases.walk(null, best);
        return new Analysis.DiceOracle(best.dice, best.threshold);
    }

    /** Dice when pixels <b>above</b> the threshold are flagged (that of {@link NormalThreshold}). */
    public Analysis.DiceAtThreshold diceAt(double threshold) {
        long tp = 0;
        long fp = 0;
        for (ScanPixels scan : scans) {
            for (int i = 0; i < scan.values.length; i++) {
                if (!(scan.values[i] > threshold)) continue;
                if (scan.lesion[i] > 0) tp++;
                else fp++;
            }
        }
        return new Analysis.DiceAtThreshold(2.0 * tp / (tp + fp + cases.positives()), threshold,
                (double) fp / cases.negatives());
    }

    Concordance concordance() {
        return Concordance.of(cases, scanOf, scans.size());
    }
}
