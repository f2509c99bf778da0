package anogan.statistics;

import java.util.function.IntToDoubleFunction;

/**
 * What is flagged at each threshold, from the highest to the lowest: the weight of the positives and of the negatives
 * that score at least so much. The ROC curve, the areas under it, average precision and the best of all thresholds are
 * read off it. Cases with equal scores are flagged together, so that their order in a file has no influence.
 *
 * @param thresholds     the scores that occur, falling
 * @param truePositives  weight of the flagged positives; the last is that of all
 * @param falsePositives weight of the flagged negatives; the last is that of all
 */
record ThresholdCounts(double[] thresholds, double[] truePositives, double[] falsePositives) {
    /**
     * @param levels    how many distinct scores there are
     * @param score     that of each level, rising
     * @param positives weight of the positives that have it
     * @param negatives weight of the negatives that have it
     */
    static ThresholdCounts of(int levels, IntToDoubleFunction score, IntToDoubleFunction positives,
            IntToDoubleFunction negatives) {
        ThresholdCounts counts = new ThresholdCounts(new double[levels], new double[levels], new double[levels]);
        double tp = 0;
        double fp = 0;
        for (int i = 0; i < levels; i++) {
            int level = levels - 1 - i;
            counts.thresholds[i] = score.applyAsDouble(level);
            counts.truePositives[i] = tp += positives.applyAsDouble(level);
            counts.falsePositives[i] = fp += negatives.applyAsDouble(level);
        }
        return counts;
    }

    /** How many thresholds there are. */
    int size() {
        return thresholds.length;
    }

    double positives() {
        return truePositives[size() - 1];
    }

    double negatives() {
        return falsePositives[size() - 1];
    }

    /**
     * The probability that a positive scores above a negative, both drawn by weight, ties counting ½. NaN if one kind
     * weighs nothing.
     */
    double auroc() {
        return area(Double.POSITIVE_INFINITY) / (positives() * negatives());
    }

    /**
     * The area under true over false positives, up to so many of the latter; between thresholds the line is straight.
     */
    double area(double mostFalsePositives) {
        double tp = 0;
        double fp = 0;
        double area = 0;
        for (int i = 0; i < size() && fp < mostFalsePositives; i++) {
            double width = Math.min(falsePositives[i], mostFalsePositives) - fp;
            if (width > 0) {
                double end = tp + (truePositives[i] - tp) * width / (falsePositives[i] - fp);
                area += width * (tp + end) / 2;
            }
            tp = truePositives[i];
            fp = falsePositives[i];
        }
        return area;
    }

    /**
     * The average precision: Σ (recall_k − recall_{k−1})·precision_k. There is no interpolation, which would flatter.
     * It depends on prevalence, which a score without information has for its expected average precision, and which
     * therefore stands beside it everywhere.
     *
     * <p>
     * Source: Davis, Goadrich, ICML 2006 (relation to ROC, why not to interpolate linearly).
     */
    double averagePrecision() {
        double tp = 0;
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            double hits = truePositives[i];
            if (hits > tp) sum += (hits - tp) * hits / (hits + falsePositives[i]);
            tp = hits;
        }
        return sum / positives();
    }

    /** The share of what is flagged at the i-th threshold that is positive. */
    double precision(int i) {
        return truePositives[i] / (truePositives[i] + falsePositives[i]);
    }
}
