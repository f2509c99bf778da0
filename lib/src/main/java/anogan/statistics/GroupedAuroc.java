package anogan.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Area under the ROC curve of more cases than memory holds, with an interval that heeds how alike the cases of a group
 * (patient, volume, scan) are. Every case is shown twice, in any order: first counted, then placed among the others.
 * Memory holds the bins that scores fall into, some thousand, and four numbers for each group.
 *
 * <p>
 * <b>Error.</b> Scores are counted in bins as pixels are ({@link PixelHistogram}), less than one part in 2,000 wide,
 * and those of a bin are taken for ties: the area is off by at most {@link #error}, half the share of the (positive,
 * negative) pairs that fall into one bin.
 *
 * <p>
 * <b>Interval.</b> Obuchowski's variance. V of a positive is the share of negatives below it, of a negative that of
 * positives above it, as in {@link Placements}; θ is the area, M and N the numbers of positives and negatives, of which
 * group g has m_g and n_g, and G₁, G₀, G the numbers of groups with positives, with negatives, at all:
 *
 * <pre>
 * S₁₁ = G₁/((G₁ − 1)·M)·Σ_g (ΣV₁ − m_g·θ)²          var θ = S₁₁/M + S₀₀/N + 2·S₁₀/(M·N)
 * S₀₀ = G₀/((G₀ − 1)·N)·Σ_g (ΣV₀ − n_g·θ)²
 * S₁₀ = G/(G − 1)·Σ_g (ΣV₁ − m_g·θ)·(ΣV₀ − n_g·θ)
 * </pre>
 *
 * Where each case is a group of its own it is DeLong's. The interval is made of it as {@link Auroc} tells, groups
 * counting there for cases. {@link ClusterBootstrap}, which other tables have, needs all cases at once.
 *
 * <p>
 * Source: Obuchowski, <i>Nonparametric Analysis of Clustered ROC Curve Data</i>, Biometrics 53 (1997) 567.
 */
public final class GroupedAuroc {
    private final TreeMap<Integer, Bin> bins = new TreeMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private long positives;
    private long negatives;
    private boolean placing;

    private static final class Bin {
        private long positives;
        private long negatives;
        private double ofPositive;   // V of each, once all are counted
        private double ofNegative;
    }

    private static final class Group {
        private long positives;
        private long negatives;
        private double ofPositives;   // sums of V
        private double ofNegatives;

        private double positive(double area) {
            return ofPositives - positives * area;
        }

        private double negative(double area) {
            return ofNegatives - negatives * area;
        }
    }

    /** @throws IllegalArgumentException if the score is NaN */
    public void count(double score, boolean positive) {
        if (Double.isNaN(score)) throw new IllegalArgumentException("a score is not a number");
        Bin bin = bins.computeIfAbsent(PixelHistogram.bin((float) score), b -> new Bin());
        if (positive) bin.positives++;
        else bin.negatives++;
    }

    /** @throws IllegalArgumentException if it was not counted */
    public void place(String group, double score, boolean positive) {
        if (!placing) rank();
        Bin bin = bins.get(PixelHistogram.bin((float) score));
        if (bin == null) throw new IllegalArgumentException("the score " + score + " was not counted");
        Group own = groups.computeIfAbsent(group, g -> new Group());
        if (positive) {
            own.positives++;
            own.ofPositives += bin.ofPositive;
        } else {
            own.negatives++;
            own.ofNegatives += bin.ofNegative;
        }
    }

    private void rank() {
        placing = true;
        bins.values().forEach(b -> {
            positives += b.positives;
            negatives += b.negatives;
        });
        long below = 0;
        long above = positives;
        for (Bin b : bins.values()) {
            above -= b.positives;
            b.ofPositive = (below + b.negatives / 2.0) / negatives;
            b.ofNegative = (above + b.positives / 2.0) / positives;
            below += b.negatives;
        }
    }

    public long positives() {
        return groups.values().stream().mapToLong(g -> g.positives).sum();
    }

    public long negatives() {
        return groups.values().stream().mapToLong(g -> g.negatives).sum();
    }

    /** How many groups the cases come from. */
    public int groups() {
        return groups.size();
    }

    /** @throws IllegalStateException if there are no positives or no negatives, or a case was not placed */
    public double value() {
        if (positives == 0 || negatives == 0 || positives() != positives || negatives() != negatives)
            throw new IllegalStateException(positives() + " positives and " + negatives()
                    + " negatives were placed, of " + positives + " and " + negatives);
        return bins.values().stream().mapToDouble(b -> b.positives * b.ofPositive).sum() / positives;
    }

    /** How far off the area is at most. */
    public double error() {
        return bins.values().stream().mapToDouble(b -> (double) b.positives / positives * b.negatives / negatives).sum()
                / 2;
    }

    /** NaN with fewer than two groups that have positives, or negatives. */
    public double variance() {
        double area = value();
        double[] sums = new double[3];
        for (Group g : groups.values()) {
            sums[0] += g.positive(area) * g.positive(area);
            sums[1] += g.negative(area) * g.negative(area);
            sums[2] += g.positive(area) * g.negative(area);
        }
        double variance = share(withPositives()) * sums[0] / positives / positives
                + share(withNegatives()) * sums[1] / negatives / negatives
                + 2 * share(groups.size()) * sums[2] / positives / negatives;
        return Math.max(0, variance);
    }

    /** NaN of a single group, which tells nothing about others. */
    private static double share(int groups) {
        return groups < 2 ? Double.NaN : groups / (groups - 1.0);
    }

    private int withPositives() {
        return (int) groups.values().stream().filter(g -> g.positives > 0).count();
    }

    private int withNegatives() {
        return (int) groups.values().stream().filter(g -> g.negatives > 0).count();
    }

    /** The 95 % interval. */
    public Interval interval() {
        return new Auroc(value(), variance(), withPositives(), withNegatives()).interval();
    }
}
