package anogan.markers;

import anogan.patches.ScanInfo;
import java.util.Map;
import java.util.Objects;

/**
 * A region of a scan with its numbers.
 *
 * @param index    of the scan among the prepared ones
 * @param features every {@link Feature}, finite
 */
public record RegionRow(int index, ScanInfo scan, Region region, Map<Feature, Double> features) {
    public double get(Feature feature) {
        return Objects.requireNonNull(features.get(feature));   // all are there
    }
}
