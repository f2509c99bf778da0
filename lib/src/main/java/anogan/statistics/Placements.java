package anogan.statistics;

/**
 * How far up each case stands among those of the other kind: for a positive the share of negatives below it, for a
 * negative the share of positives above it (ties ½). Both average to the AUROC; how they scatter is all that DeLong's
 * variance needs.
 *
 * <p>
 * DeLong's formula compares every positive with every negative, which is O(n²). Sun and Xu saw that the shares are
 * differences of mid-ranks; we count them level by level, which is the same arithmetic, O(n) after sorting.
 *
 * <p>
 * Sources: DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988) 837 (structural components V10 and V01); Sun, Xu, IEEE
 * Signal Processing Letters 21 (2014) 1389.
 *
 * @param ofPositives one share per positive, in case order (V10)
 * @param ofNegatives one share per negative, in case order (V01)
 */
record Placements(double[] ofPositives, double[] ofNegatives) {
    static Placements of(RankedCases cases) {
        double[] share = new double[cases.cases()];
        int below = 0;                   // negatives below the level
        int above = cases.positives();   // positives above it
        for (int k = 0; k < cases.levels(); k++) {
            int positivesHere = 0;
            for (int place = cases.start(k); place < cases.start(k + 1); place++)
                if (cases.positive(cases.byRank(place))) positivesHere++;
            int negativesHere = cases.start(k + 1) - cases.start(k) - positivesHere;
            above -= positivesHere;
            for (int place = cases.start(k); place < cases.start(k + 1); place++) {
                int i = cases.byRank(place);
                share[i] = cases.positive(i) ? (below + negativesHere / 2.0) / cases.negatives()
                        : (above + positivesHere / 2.0) / cases.positives();
            }
            below += negativesHere;
        }
        double[] ofPositives = new double[cases.positives()];
        double[] ofNegatives = new double[cases.negatives()];
        for (int i = 0, p = 0, n = 0; i < share.length; i++) {
            if (cases.positive(i)) ofPositives[p++] = share[i];
            else ofNegatives[n++] = share[i];
        }
        return new Placements(ofPositives, ofNegatives);
    }

    double auroc() {
        return mean(ofPositives);
    }

    /**
     * DeLong's covariance of two AUROCs on the same cases (of one with itself: its variance). NaN with fewer than two
     * cases of a kind.
     */
    double covariance(Placements other) {
        return covariance(ofPositives, other.ofPositives) / ofPositives.length
                + covariance(ofNegatives, other.ofNegatives) / ofNegatives.length;
    }

    private static double covariance(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / (a.length - 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) sum += v;
        return sum / values.length;
    }
}
