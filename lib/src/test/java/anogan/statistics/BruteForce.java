package anogan.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Definitions written out as double loops: slow, short, and the truth that the library is held against. */
final class BruteForce {
    private BruteForce() {}

    /** A rank statistic's cases. */
    record Data(double[] scores, boolean[] positive) {
        Data without(int i) {
            double[] s = new double[scores.length - 1];
            boolean[] p = new boolean[s.length];
            for (int k = 0, j = 0; k < scores.length; k++) {
                if (k == i) continue;
                s[j] = scores[k];
                p[j++] = positive[k];
            }
            return new Data(s, p);
        }

        long positives() {
            long n = 0;
            for (boolean p : positive) if (p) n++;
            return n;
        }
    }

    /** At least {@code least} cases of each kind; with few distinct scores there are many ties. */
    static Data random(long seed, int least, int distinct) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 2 * least + random.nextInt(30);
        double[] scores = new double[n];
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            positive[i] = i < least || i >= 2 * least && random.nextBoolean();
            scores[i] = random.nextInt(distinct) + (positive[i] && random.nextBoolean() ? 1 : 0);
        }
        return new Data(scores, positive);
    }

    static double auroc(double[] scores, boolean[] positive) {
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (!positive[i] || positive[j]) continue;
                sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                pairs++;
            }
        }
        return sum / pairs;
    }

    static double auroc(Data d) {
        return auroc(d.scores, d.positive);
    }

    /** Distinct scores, highest first. */
    static double[] thresholds(double[] scores) {
        double[] rising = Arrays.stream(scores).sorted().distinct().toArray();
        double[] falling = new double[rising.length];
        for (int i = 0; i < falling.length; i++) falling[i] = rising[rising.length - 1 - i];
        return falling;
    }

    /** True and false positives at score ≥ threshold. */
    static long[] flagged(double[] scores, boolean[] positive, double threshold) {
        long[] counts = new long[2];
        for (int i = 0; i < scores.length; i++) if (scores[i] >= threshold) counts[positive[i] ? 0 : 1]++;
        return counts;
    }
}
