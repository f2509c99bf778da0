package anogan.statistics;

import anogan.statistics.PixelMetrics.ScanPixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The pixels of each group on a few hundred levels: from this the AUROC of all pixels together can be computed for any
 * resample of groups, without touching millions of pixels again. Pixels of one level count as ties. The AUROC is the
 * share of (positive, negative) pairs that are in order, and the pairs are those of the groups, two by two: they are
 * counted once, and a resample weighs them.
 */
final class GroupHistograms {
    private static final int CELLS = 1 << 20;   // of all groups together: 8 MB
    private static final int MOST_LEVELS = 2048;
    private static final int FEWEST_LEVELS = 256;

    private final PixelHistogram.Levels levelOf;
    private final int levels;
    private final Map<String, Integer> index = new LinkedHashMap<>();
    private final List<int[]> negatives = new ArrayList<>();
    private final List<int[]> positives = new ArrayList<>();

    /** @param all the same pixels */
    GroupHistograms(PixelHistogram all, int groups) {
        levels = Math.max(FEWEST_LEVELS, Math.min(MOST_LEVELS, CELLS / groups));
        levelOf = all.levels(levels);
    }

    void add(ScanPixels scan) {
        int group = index.computeIfAbsent(scan.group(), g -> {
            negatives.add(new int[levels]);
            positives.add(new int[levels]);
            return index.size();
        });
        for (int i = 0; i < scan.values().length; i++) {
            int level = levelOf.of(scan.values()[i]);
            (scan.lesion()[i] > 0 ? positives : negatives).get(group)[level]++;
        }
    }

    /** The groups, in the order of their weights. */
    List<String> groups() {
        return List.copyOf(index.keySet());
    }

    /** Fixes what was added; an AUROC by weights of the groups, NaN if they leave no positives or no negatives. */
    ToDoubleFunction<double[]> auroc() {
        int groups = index.size();
        List<double[]> below = negatives.stream().map(GroupHistograms::below).toList();
        double[][] inOrder = positives.stream().map(own -> pairsInOrder(own, below)).toArray(double[][]::new);
        double[] positive = positives.stream().mapToDouble(GroupHistograms::sum).toArray();
        double[] negative = negatives.stream().mapToDouble(GroupHistograms::sum).toArray();
        return weights -> {
            double ordered = 0;
            double p = 0;
            double n = 0;
            for (int g = 0; g < groups; g++) {
                if (weights[g] == 0) continue;
                double own = 0;
                for (int h = 0; h < groups; h++) own += weights[h] * inOrder[g][h];
                ordered += weights[g] * own;
                p += weights[g] * positive[g];
                n += weights[g] * negative[g];
            }
            return ordered / (p * n);   // 0/0 is NaN
        };
    }

    /** For each level how many lie below it; those on it are halves. */
    private static double[] below(int[] counts) {
        double[] below = new double[counts.length];
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            below[k] = sum + counts[k] / 2.0;
            sum += counts[k];
        }
        return below;
    }

    /** For each group the pairs of one of these positives and a negative of its own, in order. */
    private static double[] pairsInOrder(int[] positives, List<double[]> below) {
        int[] levels = IntStream.range(0, positives.length).filter(k -> positives[k] > 0).toArray();   // few of all
        return below.stream().mapToDouble(own -> {
            double pairs = 0;
            for (int k : levels) pairs += positives[k] * own[k];
            return pairs;
        }).toArray();
    }

    private static double sum(int[] counts) {
        return Arrays.stream(counts).asDoubleStream().sum();
    }
}
