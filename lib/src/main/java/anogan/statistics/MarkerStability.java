package anogan.statistics;

import anogan.markers.GaussianMixture;
import anogan.markers.Markers;
import anogan.markers.RegionRow;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many kinds of region there are: as many as are found again in other patients.
 *
 * <p>
 * Patients are drawn with replacement, the clusters are looked for anew, and of each cluster the Jaccard similarity |A
 * ∩ B| / |A ∪ B| with the new one that is most like it is taken, over the regions that were drawn. Its mean is the
 * cluster's stability: below {@value #UNSTABLE} unstable, from {@value #STABLE} on stable, from {@value #HIGHLY} on
 * highly stable. If no number of clusters has them all above {@value #UNSTABLE}, the one is taken whose least stable
 * cluster is most stable.
 *
 * <p>
 * Of more than {@value #MOST_REGIONS} regions this is told from as many, of patients drawn by lot. Source: Hennig,
 * Comput. Stat. Data Anal. 52 (2007) 258.
 *
 * @param clusters  number of clusters
 * @param stability of each, in the mixture's order
 * @param mixture   of these regions
 */
public record MarkerStability(int clusters, double[] stability, GaussianMixture mixture) {
    /** Mean Jaccard similarity below which a cluster is not found again. */
    public static final double UNSTABLE = 0.6;
    /** From which on it is. */
    public static final double STABLE = 0.75;
    private static final double HIGHLY = 0.85;
    private static final int MOST_REGIONS = 4000;
    private static final int STARTS = 3;   // of a resample's clusters

    /** Unstable, doubtful, stable, highly stable. */
    public static String words(double stability) {
        return stability < UNSTABLE ? "unstable"
                : stability < STABLE ? "doubtful"
                : stability < HIGHLY ? "stable"
                : "highly stable";
    }

    /** A number of clusters that was tried, how many of these are stable, and how stable they are on average. */
    public record Tried(int clusters, int stable, double mean) {}

    Tried tried() {
        return new Tried(clusters, (int) Arrays.stream(stability).filter(j -> j >= STABLE).count(),
                Arrays.stream(stability).average().orElseThrow());
    }

    /** The numbers of clusters that were tried, the one to take first. */
    static List<MarkerStability> of(List<RegionRow> rows, Markers.Space space, DiscoverOptions options) {
        List<Integer> used = some(rows, options.seed());
        double[] each = new double[rows.size()];
        used.forEach(i -> each[i] = 1);
        List<String> groups = used.stream().map(i -> rows.get(i).scan().group()).toList();
        IntStream numbers = options.clusters() > 0 ? IntStream.of(options.clusters())
                : IntStream.rangeClosed(2, options.most());
        List<MarkerStability> tried = new ArrayList<>(
                numbers.parallel().mapToObj(k -> space.clusters(each, k, Seeds.of(options.seed(), "clusters " + k))
                        .map(m -> of(space, used, groups, m, options))).flatMap(Optional::stream).toList());
        tried.sort(
                Comparator.comparingInt((MarkerStability t) -> -t.tried().stable()).thenComparingInt(t -> t.clusters));
        return tried;
    }

    private static MarkerStability of(Markers.Space space, List<Integer> used, List<String> groups,
            GaussianMixture mixture, DiscoverOptions options) {
        int clusters = mixture.shares().length;
        double[][] x = space.points();
        int[] own = used.stream().mapToInt(i -> mixture.cluster(x[i])).toArray();
        long seed = Seeds.of(options.seed(), "resamples " + clusters);
        double[][] found = ClusterBootstrap.of(groups, options.bootstrap(), seed).vectors(weights -> {
            double[] all = new double[x.length];
            for (int i = 0; i < weights.length; i++) all[used.get(i)] = weights[i];
            Optional<GaussianMixture> again = space.clusters(all, clusters, STARTS,
                    Seeds.of(seed, Arrays.hashCode(weights) + ""));
            if (again.isEmpty()) return new double[clusters];
            int[] other = used.stream().mapToInt(i -> again.get().cluster(x[i])).toArray();
            return jaccard(own, other, weights, clusters);
        });
        return new MarkerStability(clusters, Arrays.stream(found)
                .mapToDouble(j -> DoubleStream.of(j).filter(v -> !Double.isNaN(v)).average().orElse(0)).toArray(),
                mixture);
    }

    /** Of each cluster the similarity with the most similar other one; NaN if none of its regions was drawn. */
    static double[] jaccard(int[] own, int[] other, double[] weights, int clusters) {
        int[][] both = new int[clusters][clusters];
        int[] a = new int[clusters];
        int[] b = new int[clusters];
        for (int i = 0; i < own.length; i++) {
            if (weights[i] == 0) continue;
            both[own[i]][other[i]]++;
            a[own[i]]++;
            b[other[i]]++;
        }
        double[] best = new double[clusters];
        for (int k = 0; k < clusters; k++) {
            if (a[k] == 0) best[k] = Double.NaN;
            for (int j = 0; j < clusters; j++)
                if (a[k] > 0) best[k] = Math.max(best[k], (double) both[k][j] / (a[k] + b[j] - both[k][j]));
        }
        return best;
    }

    /** Indices of the regions of as many patients as make no more than so many. */
    private static List<Integer> some(List<RegionRow> rows, long seed) {
        if (rows.size() <= MOST_REGIONS) return IntStream.range(0, rows.size()).boxed().toList();
        Map<String, List<Integer>> own = new HashMap<>();
        for (int i = 0; i < rows.size(); i++)
            own.computeIfAbsent(rows.get(i).scan().group(), g -> new ArrayList<>()).add(i);
        List<String> order = new ArrayList<>(own.keySet());
        order.sort(Comparator.comparingLong((String g) -> Seeds.of(seed, g)).thenComparing(g -> g));
        List<Integer> some = new ArrayList<>();
        for (String group : order) {
            List<Integer> regions = own.getOrDefault(group, List.of());
            if (some.isEmpty() || some.size() + regions.size() <= MOST_REGIONS) some.addAll(regions);
        }
        some.sort(Comparator.naturalOrder());
        return some;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarkerStability s && Arrays.equals(stability, s.stability) && mixture.equals(s.mixture);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stability);
    }

    @Override
    public String toString() {
        return "MarkerStability" + Arrays.toString(stability);
    }
}
