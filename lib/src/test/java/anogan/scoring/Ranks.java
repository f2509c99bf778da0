package anogan.scoring;

import java.util.List;

/** AUROC by counting pairs, ties a half: slow and plain. */
final class Ranks {
    private Ranks() {}

    static double auroc(List<Double> positive, List<Double> negative) {
        double[] sorted = negative.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double wins = 0;
        for (double p : positive) wins += (first(sorted, p, false) + first(sorted, p, true)) / 2.0;
        return wins / positive.size() / sorted.length;
    }

    /** How many are below {@code value}, or not above it. */
    private static int first(double[] sorted, double value, boolean notAbove) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (notAbove ? sorted[middle] <= value : sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
