package anogan.statistics;

import anogan.UserError;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.ScoreColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The healthy cases that a score is compared with, scans or patches: what {@code 426.3} means is how many of them score
 * as high. No anomalous case, and no test case, is among them. A {@link NormalThreshold} is one of their order
 * statistics; a p-value is the place of a score among them:
 *
 * <pre>
 * p(s) = (1 + #{reference normals that score at least s}) / (n + 1)
 * </pre>
 *
 * If a case is healthy and exchangeable with the n, then P(p ≤ α) ≤ α for every α, whatever the distribution of scores;
 * ties only make it more careful. The smallest p that n normals can give is 1/(n + 1). Scans of one patient resemble
 * each other and patches of one scan do even more: the promise then holds on average over patients, not for each set of
 * them, and {@link NormalThreshold#trueFpr} says how far off it may be.
 *
 * <p>
 * These are the validation normals, which the model has not seen, and beside them the training normals where no gap
 * between the two shows ({@link TrainingGap}). Of training scans only those count whose patches were all scored.
 *
 * <p>
 * It is a plain value, which JSON holds as it is: whoever judges a scan without the run's folder needs this alone.
 *
 * <p>
 * Sources: Vovk, Gammerman, Shafer, <i>Algorithmic Learning in a Random World</i>, 2005 (conformal p-values); Bates,
 * Candès, Lei, Romano, Sesia, Ann. Stat. 51 (2023) 149 (for outliers); Dunn, Wasserman, Ramdas, J. Am. Stat. Assoc. 118
 * (2023) 2491 (what is left of exchangeability between cases of few groups).
 *
 * @param scores rising, at least one
 * @param origin where they come from
 */
public record NormalReference(List<Double> scores, Origin origin) {
    /** What is whole on paper must not become the next whole number by rounding. */
    static final double ROUNDING = 1e-9;

    /**
     * @param validation  how many are validation normals
     * @param training    how many are training normals
     * @param groups      patients (or eyes) of all of them
     * @param independent how many independent cases they are worth, since those of one group are alike; from 1 to their
     *                    number
     * @param gap         between training and validation normals; empty where there was none to test: no whole training
     *                    scans, or too few groups
     */
    public record Origin(int validation, int training, int groups, double independent, Optional<TrainingGap> gap) {
        public Origin {
            if (!(independent > 0 && Double.isFinite(independent)))
                throw new IllegalArgumentException("normals cannot be worth " + independent + " independent cases");
        }

        /** Of n validation normals each stands for itself. */
        static Origin independent(int n) {
            return new Origin(n, 0, n, n, Optional.empty());
        }

        public int number() {
            return validation + training;
        }

        /** 28 validation normals of 11 groups (training normals score lower, p = 0.0040, and are left out). */
        @Override
        public String toString() {
            String tested = gap
                    .map(g -> String
                            .format(Locale.ROOT,
                                    training > 0 ? " (no gap between the two shows, p = %.2g)"
                                            : " (training normals score lower, p = %.2g, and are left out)",
                                    g.p()))
                    .orElse("");
            return count(validation, "validation normal")
                    + (training > 0 ? " and " + count(training, "training normal") : "")
                    + (groups < number() ? " of " + count(groups, "group") : "") + tested;
        }

        private static String count(int n, String what) {
            return n + " " + what + (n == 1 ? "" : "s");
        }
    }

    public NormalReference {
        if (scores.isEmpty()) throw new IllegalArgumentException("a threshold needs at least one normal case");
        if (scores.stream().anyMatch(s -> s.isNaN())) throw new IllegalArgumentException("a score is not a number");
        if (scores.size() != origin.number())
            throw new IllegalArgumentException(scores.size() + " scores of " + origin.number() + " normals");
        scores = scores.stream().sorted().toList();
    }

    /** Validation normals of which each stands for itself. */
    public static NormalReference of(double[] scores) {
        return new NormalReference(Arrays.stream(scores).boxed().toList(), Origin.independent(scores.length));
    }

    /**
     * Those of a table of patches or of whole scans.
     *
     * @param  table all cases of a run, none left out
     * @return       nothing if the score, or a validation normal's value of it, is missing, or there is none
     */
    public static Optional<NormalReference> of(ScoreTable table, ScoreColumn score, AnalysisOptions options) {
        if (!table.scores().containsKey(score)) return Optional.empty();
        ScoreTable normals = table.only(score).where(c -> c.label() == Label.NORMAL);
        ScoreTable unseen = normals.where(c -> c.split() == Split.VALIDATION);
        if (unseen.cases().isEmpty() || !isComplete(unseen.of(score))) return Optional.empty();
        ScoreTable whole = table.only(score).wholeScans();
        ScoreTable learned = whole.where(c -> c.split() == Split.TRAIN && c.label() == Label.NORMAL);
        Optional<TrainingGap> gap = !isComplete(learned.of(score)) ? Optional.empty()
                : TrainingGap.of(unseen.of(score), unseen.groups(), learned.of(score), learned.groups(),
                        options.bootstrap(), options.seed());
        boolean joined = gap.isPresent() && !gap.get().isThere();
        double[] scores = joined ? concat(unseen.of(score), learned.of(score)) : unseen.of(score);
        Groups groups = Groups.of(
                joined ? Stream.concat(unseen.groups().stream(), learned.groups().stream()).toList() : unseen.groups());
        return Optional.of(new NormalReference(Arrays.stream(scores).boxed().toList(), new Origin(unseen.cases().size(),
                scores.length - unseen.cases().size(), groups.number(), groups.independent(scores), gap)));
    }

    private static boolean isComplete(double[] scores) {
        return Arrays.stream(scores).noneMatch(Double::isNaN);
    }

    private static double[] concat(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /** How many normals there are. */
    public int number() {
        return scores.size();
    }

    /** How many patients (or eyes) they come from. */
    public int groups() {
        return origin.groups;
    }

    /** @throws UserError if it is no false-positive rate that a threshold can aim at, in (0, 1) */
    static void requireRate(double fpr) {
        if (!(fpr > 0 && fpr < 1))
            throw UserError.usage("The false-positive rate must lie between 0 and 1, not %s.", fpr);
    }

    /**
     * @param  fpr       false-positive rate aimed at, in (0, 1)
     * @throws UserError if it is none
     */
    public NormalThreshold threshold(double fpr) {
        requireRate(fpr);
        int n = number();
        int k = (int) Math.min(n, Math.max(1, Math.ceil((n + 1) * (1 - fpr) - ROUNDING)));
        return new NormalThreshold(fpr, (n + 1.0 - k) / (n + 1), n, scores.get(k - 1), origin);
    }

    /**
     * How likely a healthy case scores at least so much, in (0, 1].
     *
     * @throws IllegalArgumentException if the score is not a number
     */
    public double pValue(double score) {
        return (1.0 + number() - below(score)) / (number() + 1);
    }

    /**
     * The share of the normals that score lower, equal ones counting half, in percent.
     *
     * @throws IllegalArgumentException if the score is not a number
     */
    public double percentile(double score) {
        int below = below(score);
        int equal = 0;
        while (below + equal < number() && scores.get(below + equal) == score) equal++;
        return 100 * (below + equal / 2.0) / number();
    }

    /** more unusual than 97 % of 188 healthy scans (p = 0.032). */
    public String words(double score, String cases) {
        return String.format(Locale.ROOT, "more unusual than %.0f %% of %d healthy %s (p = %.2g)",
                Math.floor(percentile(score)), number(), cases, pValue(score));
    }

    /** How many normals score lower. */
    private int below(double score) {
        if (Double.isNaN(score)) throw new IllegalArgumentException("a score is not a number");
        int low = 0;
        int high = number();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores.get(middle) < score) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
