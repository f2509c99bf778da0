package anogan.statistics;

/**
 * The point of the ROC curve that is highest above the diagonal (largest sensitivity + specificity − 1), found <b>on
 * the test cases themselves</b>: an oracle. Each row of the paper's Table 1 stands at its Youden point, so this is what
 * compares with it; it is not what a user of the score would get, for which see {@link NormalThreshold}.
 *
 * <p>
 * Source: Youden, Cancer 3 (1950) 32.
 *
 * @param threshold   cases that score at least this are flagged (of several equally good ones, the highest)
 * @param sensitivity share of positives that are flagged; also called recall
 * @param specificity share of negatives that are not
 * @param precision   share of flagged cases that are positive; depends on prevalence
 */
public record YoudenOracle(double threshold, double sensitivity, double specificity, double precision) {
    /** The Youden index J, from 0 (chance) to 1. */
    public double index() {
        return sensitivity + specificity - 1;
    }

    public static YoudenOracle of(RankedCases cases) {
        ThresholdCounts counts = cases.counts();
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < counts.size(); i++) {
            double index = counts.truePositives()[i] / cases.positives()
                    - counts.falsePositives()[i] / cases.negatives();
            if (index <= highest) continue;
            highest = index;
            best = i;
        }
        return new YoudenOracle(counts.thresholds()[best], counts.truePositives()[best] / cases.positives(),
                1 - counts.falsePositives()[best] / cases.negatives(), counts.precision(best));
    }
}
