package anogan.markers;

import anogan.scoring.ScanMaps;
import java.util.List;
import java.util.Optional;

/**
 * A region, and which of some {@link Markers} it is.
 *
 * @param marker from 1; {@link Markers#NONE} for none of them
 */
public record MarkedRegion(Region region, int marker) {
    /**
     * Those of one scan, as {@link RegionRule#regions} has them; what tells markers is measured where there are any.
     */
    public static List<MarkedRegion> of(ScanMaps maps, int scan, RegionRule rule, Optional<Markers> markers) {
        if (markers.isPresent()) return RegionTable.of(maps, scan, rule).stream()
                .map(row -> new MarkedRegion(row.region(), markers.get().of(row))).toList();
        return rule.regions(maps.patches(), scan, rule.map(maps.of(scan))).stream()
                .map(r -> new MarkedRegion(r, Markers.NONE)).toList();
    }
}
