package anogan.statistics;

import anogan.markers.Feature;
import anogan.markers.VolumeRegions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A candidate marker: a kind of region, what it looks like, how often it is seen, in whom, and whether that is chance.
 *
 * @param number    from 1, the most frequent first; 0 for what belongs to none
 * @param name      made of its numbers: where, how large, how it departs; never a disease
 * @param kind      what its frequency says
 * @param regions   of the test scans
 * @param scans     that have any
 * @param groups    patients that have any
 * @param stability mean Jaccard similarity when patients are drawn anew ({@link MarkerStability}); 0 for none
 * @param extent    in three dimensions; empty where one of its regions is in a single picture, or in a volume of
 *                  unknown spacing
 * @param features  lower quartile, median and upper quartile of each, over its regions
 * @param classes   how often per scan: all anomalous classes together first, then each, and the normal scans last
 */
public record Marker(int number, String name, Kind kind, int regions, int scans, int groups, double stability,
        Optional<Extent> extent, Map<Feature, Quartiles> features, List<Frequency> classes) {
    public Marker {
        extent = extent == null ? Optional.empty() : extent;   // files of earlier versions
    }

    /** What the frequency of a marker in normal scans says. */
    public enum Kind {
        /** Found again in other patients, and more frequent in anomalous scans than shuffled labels explain. */
        CANDIDATE("candidate marker"),
        /** Normal scans show it as often: a vessel's shadow, a rim, the optic nerve head. */
        ARTEFACT("artefact"),
        /** Too few of them, not stable, or no normal or no anomalous scan to compare with. */
        OPEN("cannot be told");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As tables have it. */
        public String word() {
            return word;
        }
    }

    /**
     * What the regions make in volumes, where those that touch from slice to slice are one thing.
     *
     * @param things how many
     * @param median volume of one, in mm³
     * @param total  of all, in mm³
     */
    public record Extent(int things, double median, double total) {
        static Optional<Extent> of(VolumeRegions volumes, int[] regions) {
            return volumes.ofThings(regions).filter(mm3 -> mm3.length > 0).map(mm3 -> new Extent(mm3.length,
                    (mm3[(mm3.length - 1) / 2] + mm3[mm3.length / 2]) / 2, DoubleStream.of(mm3).sum()));
        }
    }

    /** Of a feature's values. */
    public record Quartiles(double low, double median, double high) {
        /** Three numbers, as tables have them: median [lower–upper]. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3g [%.3g–%.3g]", median, low, high);
        }
    }

    /**
     * In one class of scans, beside the normal ones.
     *
     * @param className of the scans; {@link MarkerAnalysis#ANOMALOUS} or {@link MarkerAnalysis#NORMAL} for all such
     * @param scans     of the class
     * @param with      share of them that have any
     * @param perScan   regions per scan
     * @param range     of that, over patients; empty with fewer than two
     * @param normal    regions per normal scan
     * @param ratio     of both, half a region added to each so that none is no division by nothing; empty without
     *                  normal scans
     * @param interval  of the ratio, over patients; empty likewise, or with fewer than two patients
     * @param p         that shuffled labels lead by as much
     * @param corrected p, for the number of markers looked at
     */
    public record Frequency(String className, int scans, double with, double perScan, Optional<Interval> range,
            double normal, Optional<Double> ratio, Optional<Interval> interval, double p, double corrected) {}

    /** Of a feature's values; a marker without regions has none. */
    public Quartiles quartiles(Feature feature) {
        return Objects.requireNonNull(features.get(feature));
    }

    /** All anomalous classes together. */
    public Frequency overall() {
        return classes.get(0);
    }
}
