package anogan.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AUROC within strata: only pairs of one and the same stratum (scan) are compared. A score that merely tells a bright
 * scan from a dark one, or one device setting from another, gains nothing here; what is left is whether it finds
 * <i>where</i> in the scan the anomaly is.
 *
 * <p>
 * Two averages: {@link #pooled} is the share of concordant pairs among all such pairs, so that scans weigh by their
 * number of pairs; {@link #mean} gives each scan the same weight. A stratum without a pair (only positives, or only
 * negatives) has no say.
 *
 * <p>
 * Source: van Elteren, Bull. Inst. Int. Stat. 37 (1960) 351 (stratified Wilcoxon test).
 *
 * @param strata those that hold positives and negatives
 */
public record StratifiedAuroc(List<Stratum> strata) {
    /** One scan with its own AUROC. */
    public record Stratum(String name, double auroc, int positives, int negatives) {
        public long pairs() {
            return (long) positives * negatives;
        }
    }

    /**
     * @param  stratum                  the name of each case's stratum
     * @throws IllegalArgumentException if a score is NaN or no stratum has both kinds of cases
     */
    public static StratifiedAuroc of(double[] scores, boolean[] positive, List<String> stratum) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++)
            members.computeIfAbsent(stratum.get(i), name -> new ArrayList<>()).add(i);
        List<Stratum> strata = new ArrayList<>();
        members.forEach((name, cases) -> {
            double[] own = cases.stream().mapToDouble(i -> scores[i]).toArray();
            boolean[] label = new boolean[own.length];
            int positives = 0;
            for (int k = 0; k < own.length; k++) {
                label[k] = positive[cases.get(k)];
                if (label[k]) positives++;
            }
            if (positives > 0 && positives < own.length) {
                strata.add(new Stratum(name, RankedCases.of(own, label).auroc(), positives, own.length - positives));
            }
        });
        return new StratifiedAuroc(strata);
    }

    public StratifiedAuroc {
        if (strata.isEmpty()) throw new IllegalArgumentException("no stratum holds both positive and negative cases");
        strata = List.copyOf(strata);
    }

    public long pairs() {
        return strata.stream().mapToLong(Stratum::pairs).sum();
    }

    public double pooled() {
        return pooled(ones());
    }

    public double mean() {
        return mean(ones());
    }

    private double[] ones() {
        double[] ones = new double[strata.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * @param weights of the strata, as a {@link ClusterBootstrap} over strata gives them. NaN if all are 0.
     */
    double pooled(double[] weights) {
        double concordant = 0;
        double pairs = 0;
        for (int s = 0; s < weights.length; s++) {
            concordant += weights[s] * strata.get(s).pairs() * strata.get(s).auroc;
            pairs += weights[s] * strata.get(s).pairs();
        }
        return concordant / pairs;
    }

    double mean(double[] weights) {
        double sum = 0;
        for (int s = 0; s < weights.length; s++) sum += weights[s] * strata.get(s).auroc;
        return sum / Arrays.stream(weights).sum();
    }
}
