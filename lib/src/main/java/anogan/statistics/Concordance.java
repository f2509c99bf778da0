package anogan.statistics;

/**
 * How many (positive, negative) pairs are in order between any two scans, ties counting ½. From this small table the
 * AUROC of all pixels together can be recomputed for any resample of scans without touching millions of pixels again:
 * it is Σ w_s·w_t·C[s][t] / (Σ w_s·P_s · Σ w_t·N_t).
 */
final class Concordance {
    private final double[][] pairs;      // [s][t]: positives of s against negatives of t
    private final double[] positives;
    private final double[] negatives;

    private Concordance(int parts) {
        pairs = new double[parts][parts];
        positives = new double[parts];
        negatives = new double[parts];
    }

    /** @param part the scan that each case belongs to, 0 to {@code parts} − 1 */
    static Concordance of(RankedCases cases, int[] part, int parts) {
        Concordance c = new Concordance(parts);
        double[] below = new double[parts];   // negatives below the present level, by scan
        for (int k = 0; k < cases.levels(); k++) {
            for (int place = cases.start(k); place < cases.start(k + 1); place++) {
                int i = cases.byRank(place);
                if (!cases.positive(i)) below[part[i]] += 0.5;      // a tie counts ½: half of the level's negatives before its positives,
            }
            for (int place = cases.start(k); place < cases.start(k + 1); place++) {
                int i = cases.byRank(place);
                if (cases.positive(i)) c.count(part[i], below);
            }
            for (int place = cases.start(k); place < cases.start(k + 1); place++) {
                int i = cases.byRank(place);
                if (cases.positive(i)) continue;
                below[part[i]] += 0.5;                              // the other half after them
                c.negatives[part[i]]++;
            }
        }
        return c;
    }

    private void count(int part, double[] below) {
        double[] row = pairs[part];
        for (int t = 0; t < row.length; t++) row[t] += below[t];
        positives[part]++;
    }

    /** @param weights of the scans; NaN if they leave no positives or no negatives */
    double auroc(double[] weights) {
        double concordant = 0;
        double p = 0;
        double n = 0;
        for (int s = 0; s < pairs.length; s++) {
            if (weights[s] == 0) continue;
            double row = 0;
            for (int t = 0; t < pairs.length; t++) row += weights[t] * pairs[s][t];
            concordant += weights[s] * row;
            p += weights[s] * positives[s];
            n += weights[s] * negatives[s];
        }
        return concordant / (p * n);
    }
}
