package anogan.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Precision and recall at every threshold, and the average precision: Σ (recall_k − recall_{k−1})·precision_k over the
 * distinct scores from high to low. Cases with equal scores are flagged together, so their order in the file has no
 * influence. There is no interpolation, which would flatter.
 *
 * <p>
 * Unlike an AUROC these depend on prevalence: a score without information has an expected average precision of about
 * the prevalence, which therefore stands beside it everywhere.
 *
 * <p>
 * Source: Davis, Goadrich, ICML 2006 (relation to ROC, why not to interpolate linearly).
 *
 * @param points           one for each distinct score, highest first
 * @param averagePrecision 0 to 1
 * @param positives        number of positive cases
 * @param cases            number of cases
 */
public record PrecisionRecall(List<Point> points, double averagePrecision, int positives, int cases) {
    /** Flagging every case that scores at least {@code threshold}. */
    public record Point(double threshold, double recall, double precision) {}

    public double prevalence() {
        return (double) positives / cases;
    }

    /** @throws IllegalArgumentException if a score is NaN or one kind of case is missing */
    public static PrecisionRecall of(double[] scores, boolean[] positive) {
        return of(RankedCases.of(scores, positive));
    }

    public static PrecisionRecall of(RankedCases cases) {
        List<Point> points = new ArrayList<>();
        cases.walk(null,
                (threshold, tp, fp) -> points.add(new Point(threshold, tp / cases.positives(), tp / (tp + fp))));
        return new PrecisionRecall(List.copyOf(points), averagePrecision(cases), cases.positives(), cases.cases());
    }

    /** The average precision alone, without keeping the points: for millions of pixels. */
    public static double averagePrecision(RankedCases cases) {
        return averagePrecision(step -> cases.walk(null, step), cases.positives());
    }

    /** The same from a walk down the thresholds, whoever walks. */
    static double averagePrecision(Consumer<RankedCases.Step> walk, long positives) {
        var sum = new RankedCases.Step() {
            double truePositives, total;

            @Override
            public void at(double threshold, double tp, double fp) {
                if (tp > truePositives) total += (tp - truePositives) * tp / (tp + fp);
                truePositives = tp;
            }
        };
        walk.accept(sum);
        return sum.total / positives;
    }
}
