package anogan.statistics;

import java.util.Optional;
import org.apache.commons.math3.special.Erf;

/**
 * DeLong's test of two scores on the same cases: is one AUROC higher than the other? Scores of the same cases go up and
 * down together, so the variance of the difference is var A + var B − 2·cov(A, B), often far smaller than two separate
 * intervals suggest.
 *
 * <p>
 * It takes cases as independent; with several cases per patient its p is too small, and the paired bootstrap by group
 * is the honest interval.
 *
 * <p>
 * Source: DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988) 837.
 *
 * @param difference first AUROC minus second
 * @param variance   of the difference
 * @param z          difference / √variance; 0 if there is neither difference nor variance; NaN if undefined (a
 *                   difference without variance, or fewer than two cases of a kind)
 * @param p          two-sided; NaN where z is
 */
public record PairedDeLong(double difference, double variance, double z, double p) {
    /** @throws IllegalArgumentException if the two were not ranked from the same cases */
    public static PairedDeLong of(RankedCases first, RankedCases second) {
        if (first.cases() != second.cases()) {
            throw new IllegalArgumentException(
                    "the two scores have " + first.cases() + " and " + second.cases() + " cases");
        }
        for (int i = 0; i < first.cases(); i++) {
            if (first.positive(i) != second.positive(i))
                throw new IllegalArgumentException("the two scores disagree on the label of case " + i);
        }
        Placements a = Placements.of(first);
        Placements b = Placements.of(second);
        double difference = first.auroc() - second.auroc();
        double variance = Math.max(0, a.covariance(a) + b.covariance(b) - 2 * a.covariance(b));
        double z = difference == 0 && variance == 0 ? 0 : variance > 0 ? difference / Math.sqrt(variance) : Double.NaN;
        return new PairedDeLong(difference, variance, z, Erf.erfc(Math.abs(z) / Math.sqrt(2)));
    }

    public static PairedDeLong of(double[] first, double[] second, boolean[] positive) {
        return of(RankedCases.of(first, positive), RankedCases.of(second, positive));
    }

    /** difference ± 1.96·√variance, kept within −1 and 1; empty if the variance is unknown. */
    public Optional<Interval> interval() {
        if (Double.isNaN(variance)) return Optional.empty();
        double half = Interval.Z * Math.sqrt(variance);
        return Optional.of(new Interval(Math.max(-1, difference - half), Math.min(1, difference + half)));
    }
}
