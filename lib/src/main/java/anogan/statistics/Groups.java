package anogan.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * The groups (patients, eyes) that cases come from, numbered in the order in which they first occur.
 *
 * @param of     the number of each case's group, from 0
 * @param number how many groups there are
 */
record Groups(int[] of, int number) {
    static Groups of(List<String> groupOfCase) {
        Map<String, Integer> index = new LinkedHashMap<>();
        int[] of = groupOfCase.stream().mapToInt(name -> index.computeIfAbsent(name, n -> index.size())).toArray();
        return new Groups(of, index.size());
    }

    /** What is summed over the cases of each group. */
    double[] sums(double[] values) {
        double[] sums = new double[number];
        for (int i = 0; i < values.length; i++) sums[of[i]] += values[i];
        return sums;
    }

    /** How many cases each group has. */
    double[] sizes() {
        double[] sizes = new double[number];
        for (int group : of) sizes[group]++;
        return sizes;
    }

    /**
     * How many independent cases tell as much about a quantile as these n do: n divided by the design effect 1 + (m −
     * 1)·ρ, where m is the size of the group of a case, on average, and ρ the intraclass correlation of the ranks of
     * the scores (one-way analysis of variance, cut off at 0 and 1). Whether a score lies above a high quantile is less
     * alike within a group than its rank is, so that this rather says too few, and an interval made from it is rather
     * too wide. Of a single group nobody can tell how alike its cases are: it counts as one case.
     *
     * <p>
     * Sources: Kish, <i>Survey Sampling</i>, 1965, section 5.4; Donner, Int. Stat. Rev. 54 (1986) 67 (the estimator).
     */
    double independent(double[] scores) {
        double n = of.length;
        if (number == 1 || number == of.length) return number;
        double[] sizes = sizes();
        double[] ranks = new NaturalRanking().rank(scores);
        double[] sums = sums(ranks);
        double mean = (n + 1) / 2;
        double squares = 0;
        for (double size : sizes) squares += size * size;
        double between = 0;
        for (int g = 0; g < number; g++) between += sizes[g] * Math.pow(sums[g] / sizes[g] - mean, 2);
        double all = 0;
        for (double rank : ranks) all += (rank - mean) * (rank - mean);
        double within = (all - between) / (n - number);
        between /= number - 1;
        double usual = (n - squares / n) / (number - 1);   // size of a group, as the analysis of variance needs it
        double total = between + (usual - 1) * within;
        double alike = total > 0 ? Math.min(1, Math.max(0, (between - within) / total)) : 0;
        return n / (1 + (squares / n - 1) * alike);
    }
}
