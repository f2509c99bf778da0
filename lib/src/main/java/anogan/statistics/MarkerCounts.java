package anogan.statistics;

import anogan.markers.RegionRow;
import anogan.patches.ScanInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How many regions of each marker a scan has, and whether anomalous scans have more of them than normal ones.
 *
 * <p>
 * p is the share of shuffles of the labels in which the anomalous scans have at least so many more regions per scan
 * than the normal ones. Scans of a patient are alike: labels are shuffled between patients whose scans all have one
 * label, a patient's scans together, and within a patient whose scans have both. Where no patient has scans of the
 * other label alone, those of one label cannot be told from chance, and count for nothing.
 *
 * @param scans  that are counted, also those without a region
 * @param counts scans × markers; the first column is what belongs to none
 */
record MarkerCounts(List<ScanInfo> scans, int[][] counts) {
    private static final double ROUNDING = 1e-12;

    /** @param marker of each region, from 1; 0 for none */
    static MarkerCounts of(List<ScanInfo> scans, List<RegionRow> rows, int[] marker, int markers) {
        Map<String, Integer> index = new HashMap<>();
        for (int s = 0; s < scans.size(); s++) index.put(scans.get(s).scan(), s);
        int[][] counts = new int[scans.size()][markers + 1];
        for (int i = 0; i < marker.length; i++) {
            Integer s = index.get(rows.get(i).scan().scan());
            if (s != null) counts[s][marker[i]]++;
        }
        return new MarkerCounts(scans, counts);
    }

    /** Those scans alone. */
    MarkerCounts where(Predicate<ScanInfo> wanted) {
        int[] kept = IntStream.range(0, scans.size()).filter(s -> wanted.test(scans.get(s))).toArray();
        return new MarkerCounts(Arrays.stream(kept).mapToObj(scans::get).toList(),
                Arrays.stream(kept).mapToObj(s -> counts[s]).toArray(int[][]::new));
    }

    /** Regions of a marker. */
    int regions(int marker) {
        return Arrays.stream(counts).mapToInt(c -> c[marker]).sum();
    }

    /** Scans that have any. */
    int scansWith(int marker) {
        return (int) Arrays.stream(counts).filter(c -> c[marker] > 0).count();
    }

    /** Patients that have any. */
    int groupsWith(int marker) {
        return (int) IntStream.range(0, counts.length).filter(s -> counts[s][marker] > 0)
                .mapToObj(s -> scans.get(s).group()).distinct().count();
    }

    /**
     * Of each marker, p that these scans have no more of it than the others; 1 if there are no scans of both kinds.
     *
     * @param of    the scans that may have more
     * @param draws shuffles
     */
    double[] p(Predicate<ScanInfo> of, int draws, long seed) {
        int markers = counts.length == 0 ? 1 : counts[0].length;
        double[] p = new double[markers];
        Arrays.fill(p, 1);
        boolean[] anomalous = new boolean[scans.size()];
        for (int s = 0; s < anomalous.length; s++) anomalous[s] = of.test(scans.get(s));
        int positives = (int) IntStream.range(0, anomalous.length).filter(s -> anomalous[s]).count();
        if (positives == 0 || positives == anomalous.length) return p;
        double[] found = lead(anomalous);
        Shuffle shuffle = new Shuffle(scans.stream().map(ScanInfo::group).toList(), anomalous);
        SplittableRandom random = new SplittableRandom(seed);
        int[] hits = new int[markers];
        for (int draw = 0; draw < draws; draw++) {
            double[] lead = lead(shuffle.next(random));
            for (int m = 0; m < markers; m++) if (lead[m] >= found[m] - ROUNDING) hits[m]++;
        }
        for (int m = 0; m < markers; m++) p[m] = (hits[m] + 1.0) / (draws + 1);
        return p;
    }

    /** Regions per anomalous scan less those per normal scan. */
    private double[] lead(boolean[] anomalous) {
        int markers = counts[0].length;
        long[] with = new long[markers];
        long[] all = new long[markers];
        int n = 0;
        for (int s = 0; s < counts.length; s++) {
            if (anomalous[s]) n++;
            for (int m = 0; m < markers; m++) {
                all[m] += counts[s][m];
                if (anomalous[s]) with[m] += counts[s][m];
            }
        }
        double[] lead = new double[markers];
        for (int m = 0; m < markers; m++)
            lead[m] = (double) with[m] / Math.max(1, n) - (double) (all[m] - with[m]) / Math.max(1, counts.length - n);
        return lead;
    }

    /** Labels that might have been, were markers to know nothing of them. */
    private static final class Shuffle {
        private final boolean[] labels;
        private final int[][] pure;    // scans of each patient of one label
        private final int[][] mixed;

        Shuffle(List<String> groupOfScan, boolean[] labels) {
            this.labels = labels;
            Groups groups = Groups.of(groupOfScan);
            int[][] own = new int[groups.number()][];
            for (int g = 0; g < own.length; g++) {
                int group = g;
                own[g] = IntStream.range(0, labels.length).filter(s -> groups.of()[s] == group).toArray();
            }
            pure = Arrays.stream(own).filter(o -> isPure(o)).toArray(int[][]::new);
            mixed = Arrays.stream(own).filter(o -> !isPure(o)).toArray(int[][]::new);
        }

        private boolean isPure(int[] own) {
            return Arrays.stream(own).allMatch(s -> labels[s] == labels[own[0]]);
        }

        boolean[] next(SplittableRandom random) {
            boolean[] drawn = new boolean[labels.length];
            boolean[] ofGroup = new boolean[pure.length];
            for (int g = 0; g < pure.length; g++) ofGroup[g] = labels[pure[g][0]];
            shuffle(ofGroup, random);
            for (int g = 0; g < pure.length; g++) for (int s : pure[g]) drawn[s] = ofGroup[g];
            for (int[] own : mixed) {
                boolean[] ofScan = new boolean[own.length];
                for (int i = 0; i < own.length; i++) ofScan[i] = labels[own[i]];
                shuffle(ofScan, random);
                for (int i = 0; i < own.length; i++) drawn[own[i]] = ofScan[i];
            }
            return drawn;
        }

        private static void shuffle(boolean[] values, SplittableRandom random) {
            for (int i = values.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                boolean v = values[i];
                values[i] = values[j];
                values[j] = v;
            }
        }
    }

    /**
     * p values as they stand when so many are looked at: the least rate of false discoveries at which each is one.
     * Source: Benjamini, Hochberg, J. R. Stat. Soc. B 57 (1995) 289.
     */
    static double[] corrected(double[] p) {
        Integer[] order = IntStream.range(0, p.length).boxed().sorted((a, b) -> Double.compare(p[b], p[a]))
                .toArray(Integer[]::new);
        double[] q = new double[p.length];
        double least = 1;
        for (int i = 0; i < order.length; i++) {
            least = Math.min(least, p[order[i]] * p.length / (p.length - i));
            q[order[i]] = least;
        }
        return q;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarkerCounts c && scans.equals(c.scans) && Arrays.deepEquals(counts, c.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return "MarkerCounts[" + scans.size() + " scans]";
    }
}
