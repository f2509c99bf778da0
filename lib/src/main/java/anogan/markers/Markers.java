package anogan.markers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Candidate markers: the clusters that regions form by their {@link Feature}s, found without any label, and frozen, so
 * that regions of other patients can be told by them. A plain value, which JSON holds as it is.
 *
 * <p>
 * A feature counts in standard deviations over all regions and ends at {@value #MOST} of them, since a single giant
 * must not stretch the scale. A region that is far from the middle of its cluster belongs to none, and is shown as
 * such.
 *
 * @param features what was measured, in this order
 * @param centres  mean of each over all regions, as {@link Feature} scales it
 * @param spreads  its standard deviation, positive
 * @param mixture  the clusters, the largest first: marker 1 is its first
 * @param farthest squared distance from which on a region belongs to none
 */
public record Markers(List<Feature> features, double[] centres, double[] spreads, GaussianMixture mixture,
        double farthest) {
    /** The marker of a region that belongs to none. */
    public static final int NONE = 0;
    /** Fewer regions are not sorted into kinds. */
    public static final int FEWEST = 10;
    private static final double MOST = 3;
    private static final int STARTS = 10;
    private static final double BELONGS = 0.975;   // share of the regions that are near enough to their cluster

    public Markers {
        features = List.copyOf(features);
    }

    /** The scale of the regions' features, without any cluster yet. */
    public static final class Space {
        private final List<Feature> features = Feature.OF_CLUSTERS;
        private final double[] centres = new double[features.size()];
        private final double[] spreads = new double[features.size()];
        private final double[][] x;

        /** @param rows at least one */
        public Space(List<RegionRow> rows) {
            double[][] raw = rows.stream().map(r -> raw(features, r)).toArray(double[][]::new);
            for (int d = 0; d < centres.length; d++) {
                int axis = d;
                centres[d] = Arrays.stream(raw).mapToDouble(r -> r[axis]).average().orElseThrow();
                double variance = Arrays.stream(raw)
                        .mapToDouble(r -> (r[axis] - centres[axis]) * (r[axis] - centres[axis])).average()
                        .orElseThrow();
                spreads[d] = variance > 1e-18 ? Math.sqrt(variance) : 1;
            }
            x = Arrays.stream(raw).map(r -> standard(r, centres, spreads)).toArray(double[][]::new);
        }

        /** Regions × features. */
        public double[][] points() {
            return x;
        }

        /**
         * The clusters of some of the regions.
         *
         * @param  weights how often each counts
         * @param  starts  how often it is tried; the likeliest stands
         * @return         nothing if too few regions differ
         */
        public Optional<GaussianMixture> clusters(double[] weights, int clusters, int starts, long seed) {
            return GaussianMixture.fit(x, weights, clusters, starts, seed);
        }

        /** As for good. */
        public Optional<GaussianMixture> clusters(double[] weights, int clusters, long seed) {
            return clusters(weights, clusters, STARTS, seed);
        }

        /** The markers that this mixture, which some of the regions made, becomes with all of them. */
        public Markers frozen(GaussianMixture some) {
            double[] each = new double[x.length];
            Arrays.fill(each, 1);
            GaussianMixture all = bySize(some.refined(x, each));
            double[] distances = Arrays.stream(x).mapToDouble(p -> all.distance(p, all.cluster(p))).sorted().toArray();
            return new Markers(features, centres, spreads, all,
                    distances[(int) Math.min(distances.length - 1, Math.floor(BELONGS * distances.length))]);
        }

        private GaussianMixture bySize(GaussianMixture m) {
            int[] count = new int[m.shares().length];
            for (double[] p : x) count[m.cluster(p)]++;
            List<Integer> order = new ArrayList<>(
                    IntStream.range(0, count.length).filter(k -> count[k] > 0).boxed().toList());
            order.sort(Comparator.comparingInt(k -> -count[k]));
            return new GaussianMixture(order.stream().mapToDouble(k -> m.shares()[k]).toArray(),
                    order.stream().map(k -> m.means()[k]).toArray(double[][]::new),
                    order.stream().map(k -> m.variances()[k]).toArray(double[][]::new));
        }
    }

    /** None: where there are too few regions to tell kinds of them apart. */
    public static Markers none() {
        return new Markers(List.of(), new double[0], new double[0],
                new GaussianMixture(new double[0], new double[0][], new double[0][]), 0);
    }

    /** Whether regions can be told by them: there are some, with a finite number for each feature. */
    public boolean canTell() {
        int n = features.size();
        return centres != null && spreads != null && mixture != null && centres.length == n && spreads.length == n
                && Arrays.stream(centres).allMatch(Double::isFinite) && GaussianMixture.arePositive(spreads)
                && farthest >= 0 && Double.isFinite(farthest) && mixture.fits(n) && count() > 0;
    }

    /** How many there are. */
    public int count() {
        return mixture.shares().length;
    }

    /** The marker of a region, from 1, or {@link #NONE}. */
    public int of(RegionRow row) {
        if (count() == 0) return NONE;
        double[] x = point(row);
        int cluster = mixture.cluster(x);
        return mixture.distance(x, cluster) > farthest ? NONE : cluster + 1;
    }

    /** How far a region is from the middle of a marker, in standard deviations of all features together. */
    public double distance(RegionRow row, int marker) {
        return Math.sqrt(mixture.distance(point(row), marker - 1));
    }

    /** The features of a region as clusters see them. */
    public float[] standardised(RegionRow row) {
        double[] x = point(row);
        float[] floats = new float[x.length];
        for (int d = 0; d < x.length; d++) floats[d] = (float) x[d];
        return floats;
    }

    private double[] point(RegionRow row) {
        return standard(raw(features, row), centres, spreads);
    }

    private static double[] raw(List<Feature> features, RegionRow row) {
        return features.stream().mapToDouble(f -> f.scaled(row.get(f))).toArray();
    }

    private static double[] standard(double[] raw, double[] centres, double[] spreads) {
        double[] x = new double[raw.length];
        for (int d = 0; d < x.length; d++) x[d] = Math.max(-MOST, Math.min(MOST, (raw[d] - centres[d]) / spreads[d]));
        return x;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Markers m && features.equals(m.features) && Arrays.equals(centres, m.centres)
                && Arrays.equals(spreads, m.spreads) && mixture.equals(m.mixture) && farthest == m.farthest;
    }

    @Override
    public int hashCode() {
        return mixture.hashCode();
    }

    @Override
    public String toString() {
        return "Markers[" + count() + "]";
    }
}
