package anogan.statistics;

import anogan.statistics.NormalReference.Origin;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A threshold that normal cases alone set: no anomalous case, and no test case, has a say.
 *
 * <p>
 * Of the n normals of a {@link NormalReference}, sorted, it is the k-th smallest with k = ⌈(n + 1)(1 − fpr)⌉; a case is
 * flagged if its score is <b>above</b> it, which is to say if its p-value is at most (n + 1 − k)/(n + 1). If a new
 * normal case is exchangeable with those n, it is flagged with no more than that probability, which is at most fpr,
 * whatever the distribution of scores (exactly that much without ties). The plain 1 − fpr sample quantile flags more
 * than asked for when n is small.
 *
 * <p>
 * With fewer than 1/fpr − 1 normals (19 at 5 %) no sample threshold can promise fpr; the highest normal is then taken
 * and {@link #expectedFpr} tells what that promises.
 *
 * <p>
 * Source: Vovk, Gammerman, Shafer, <i>Algorithmic Learning in a Random World</i>, 2005 (conformal prediction; order
 * statistics as in Wilks, Ann. Math. Stat. 12 (1941) 91).
 *
 * @param targetFpr   the false-positive rate asked for
 * @param expectedFpr the rate that so many normals can promise, were they independent: (n + 1 − k)/(n + 1)
 * @param normals     n
 * @param threshold   scores above it are flagged
 * @param origin      where the normals come from
 */
public record NormalThreshold(double targetFpr, double expectedFpr, int normals, double threshold, Origin origin) {
    /** Thresholds of the time before their groups were kept were set by validation normals, taken as independent. */
    @JsonCreator
    static NormalThreshold read(@JsonProperty("targetFpr") double targetFpr,
            @JsonProperty("expectedFpr") double expectedFpr, @JsonProperty("normals") int normals,
            @JsonProperty("threshold") double threshold, @JsonProperty("origin") @Nullable Origin origin) {
        return new NormalThreshold(targetFpr, expectedFpr, normals, threshold,
                origin == null ? Origin.independent(normals) : origin);
    }

    /**
     * Of validation normals of which each stands for itself.
     *
     * @param scores at least one
     * @param fpr    in (0, 1)
     */
    public static NormalThreshold of(double[] scores, double fpr) {
        return NormalReference.of(scores).threshold(fpr);
    }

    /**
     * Where the true false-positive rate of this threshold lies, with 95 %. Whatever the distribution of scores, the
     * share of normal cases above the k-th smallest of n independent ones is Beta(n + 1 − k, k) distributed (Wilks).
     * Scans of one patient are alike, and patches of one scan even more: for n stands the number m of independent cases
     * that they are worth, with the same share k/n of them below: Beta(m(1 − k/n) + 1, m·k/n).
     */
    @JsonProperty("trueFpr")
    public Interval trueFpr() {
        double below = (normals + 1) * (1 - expectedFpr) / normals;   // k/n
        double independent = origin.independent();
        BetaDistribution rate = new BetaDistribution(independent * (1 - below) + 1, independent * below);
        double tail = (1 - Interval.LEVEL) / 2;
        return new Interval(rate.inverseCumulativeProbability(tail), rate.inverseCumulativeProbability(1 - tail));
    }

    /** 5 % aimed at, 2–11 % to be expected. */
    public String rates() {
        Interval rate = trueFpr();
        return String.format(Locale.ROOT, "%s %% aimed at, %s–%s %% to be expected", percent(targetFpr),
                rough(rate.low()), rough(rate.high()));
    }

    /** What so many normals can promise, in a sentence. */
    public String promise() {
        if (expectedFpr <= targetFpr + NormalReference.ROUNDING)
            return String.format(Locale.ROOT, "Set by %s: %s.", origin, rates());
        return String.format(Locale.ROOT,
                "With %s no threshold below %s %% can be promised, %s %% takes %.0f: the highest of them is taken; %s.",
                origin, percent(expectedFpr), percent(targetFpr),
                Math.ceil(1 / targetFpr - 1 - NormalReference.ROUNDING), rates());
    }

    /** With one digit behind the point if there is one: 5, 12.5. */
    static String percent(double share) {
        String digits = String.format(Locale.ROOT, "%.1f", 100 * share);
        return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    }

    /** As an end of an interval: 11, but 0.4. */
    private static String rough(double share) {
        return share < 0.01 ? percent(share) : String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    public boolean flags(double score) {
        return score > threshold;
    }
}
