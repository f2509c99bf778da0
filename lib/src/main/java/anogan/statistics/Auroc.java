package anogan.statistics;

/**
 * Area under the ROC curve: the probability that a positive case scores above a negative one, ties counting ½ (the
 * Mann–Whitney statistic divided by the number of pairs). 1 is perfect, ½ is chance; it does not depend on prevalence
 * or on a threshold, and no rising transform of the scores changes it.
 *
 * <p>
 * <b>Interval.</b> DeLong's variance on the logit scale, ln(A/(1 − A)) ± 1.96·√var/(A(1 − A)), transformed back: it
 * stays within 0 and 1 and covers better than the plain one near them. Three cases have no such interval:
 * <ul>
 * <li>Perfect separation (A = 1, or 0 the other way): the variance estimate is 0, which would claim certainty. Match
 * each case of the smaller kind, m in number, with one of the other kind: m independent pairs, all of them in order,
 * which has probability A^m at most; so A ≥ 0.025^(1/m), a one-sided 97.5 % bound.
 * <li>Fewer than two cases of a kind: the variance cannot be estimated; the interval is 0 to 1.
 * <li>A score that ties all cases: A = ½ without variance; the interval is the point ½.
 * </ul>
 * DeLong takes cases as independent; where several come from one patient, read {@link ClusterBootstrap}'s interval
 * instead.
 *
 * <p>
 * Sources: DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988) 837; Pepe, <i>The Statistical Evaluation of Medical
 * Tests</i>, 2003, section 5.2 (logit).
 *
 * @param value     the area, 0 to 1
 * @param variance  DeLong's estimate; NaN with fewer than two cases of a kind
 * @param positives number of positive cases
 * @param negatives number of negative cases
 */
public record Auroc(double value, double variance, int positives, int negatives) {
    /** @throws IllegalArgumentException if a score is NaN or one kind of case is missing */
    public static Auroc of(double[] scores, boolean[] positive) {
        return of(RankedCases.of(scores, positive));
    }

    public static Auroc of(RankedCases cases) {
        Placements placements = Placements.of(cases);
        return new Auroc(cases.auroc(), placements.covariance(placements), cases.positives(), cases.negatives());
    }

    public double standardError() {
        return Math.sqrt(variance);
    }

    /** The 95 % interval described above. */
    public Interval interval() {
        if (Double.isNaN(variance)) return new Interval(0, 1);
        double bound = Math.pow(0.5 - Interval.LEVEL / 2, 1.0 / Math.min(positives, negatives));
        if (value == 1) return new Interval(bound, 1);
        if (value == 0) return new Interval(0, 1 - bound);
        double logit = Math.log(value / (1 - value));
        double half = Interval.Z * standardError() / (value * (1 - value));
        return new Interval(logistic(logit - half), logistic(logit + half));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
