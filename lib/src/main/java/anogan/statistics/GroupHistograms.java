package anogan.statistics;

import anogan.statistics.PixelMetrics.ScanPixels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pixels of each group on a few hundred levels: from this the AUROC of all pixels together can be computed for any
 * resample of groups, without touching millions of pixels again. Pixels of one level count as ties.
 */
final class GroupHistograms {
    private static final int CELLS = 1 << 22;   // of all groups together
    private static final int MOST_LEVELS = 2048;
    private static final int FEWEST_LEVELS = 256;

    private final int[] levelOfBin;
    private final int levels;
    private final Map<String, Integer> index = new LinkedHashMap<>();
    private final List<int[]> negatives = new ArrayList<>();
    private final List<int[]> positives = new ArrayList<>();

    /** @param all the same pixels */
    GroupHistograms(PixelHistogram all, int groups) {
        levels = Math.max(FEWEST_LEVELS, Math.min(MOST_LEVELS, CELLS / groups));
        levelOfBin = all.levels(levels);
    }

    void add(ScanPixels scan) {
        int group = index.computeIfAbsent(scan.group(), g -> {
            negatives.add(new int[levels]);
            positives.add(new int[levels]);
            return index.size();
        });
        for (int i = 0; i < scan.values().length; i++) {
            int level = levelOfBin[PixelHistogram.bin(scan.values()[i])];
            (scan.lesion()[i] > 0 ? positives : negatives).get(group)[level]++;
        }
    }

    /** The groups, in the order of their weights. */
    List<String> groups() {
        return List.copyOf(index.keySet());
    }

    /** @param weights of the groups; NaN if they leave no positives or no negatives */
    double auroc(double[] weights) {
        double[] p = new double[levels];
        double[] n = new double[levels];
        for (int g = 0; g < weights.length; g++) {
            double w = weights[g];
            if (w == 0) continue;
            int[] ownPositives = positives.get(g);
            int[] ownNegatives = negatives.get(g);
            for (int k = 0; k < levels; k++) {
                p[k] += w * ownPositives[k];
                n[k] += w * ownNegatives[k];
            }
        }
        return ThresholdCounts.of(levels, k -> k, k -> p[k], k -> n[k]).auroc();
    }
}
