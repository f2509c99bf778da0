package anogan.markers;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scoring.ScanMaps;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The regions of many scans, each with its numbers: {@code regions.csv}. */
public final class RegionTable {
    private RegionTable() {}

    /** Those of the scans named, in their order. */
    public static List<RegionRow> of(ScanMaps maps, List<Integer> scans, RegionRule rule) {
        try (Progress bar = Progress.start("regions", scans.size(), "scan")) {
            return scans.parallelStream().map(scan -> {
                List<RegionRow> rows = of(maps, scan, rule);
                bar.step();
                return rows;
            }).flatMap(List::stream).toList();
        }
    }

    /** Those of one scan, as {@link RegionRule#regions} has them. */
    public static List<RegionRow> of(ScanMaps maps, int scan, RegionRule rule) {
        Patches patches = maps.patches();
        float[] z = rule.map(maps.of(scan));
        List<Region> regions = rule.regions(patches, scan, z);
        if (regions.isEmpty()) return List.of();
        RegionFeatures features = new RegionFeatures(patches, scan, z);
        ScanInfo info = patches.scans().get(scan);
        return regions.stream().map(r -> new RegionRow(scan, info, r, features.of(r))).toList();
    }

    /**
     * A row each; of a region that belongs to no marker that column is empty.
     *
     * @param markers of the rows
     * @param volumes what each is a slice of
     */
    public static void write(Path file, List<RegionRow> rows, int[] markers, VolumeRegions volumes) {
        StringBuilder csv = new StringBuilder(Csv.line(Stream.concat(
                Stream.of("scan", "group", "class", "x", "y", "pixel_width", "pixel_height", "pixels", "area_um2",
                        "sign", "mean_z", "highest_z", "layer", "marker", "volume_region", "volume_mm3"),
                Stream.of(Feature.values()).map(Feature::column)).toArray()));
        List<Optional<Double>> whole = volumes.whole();
        IntStream.range(0, rows.size())
                .forEach(i -> csv.append(line(rows.get(i), markers[i], volumes.number().get(i), whole.get(i))));
        AtomicFiles.writeString(file, csv.toString());
    }

    private static String line(RegionRow row, int marker, Optional<Integer> volume, Optional<Double> mm3) {
        Region r = row.region();
        return Csv.line(Stream.concat(
                Stream.of(row.scan().scan(), row.scan().group(), row.scan().className(), r.x(), r.y(), r.width(),
                        r.height(), r.area(), r.um2().map(v -> String.format(Locale.ROOT, "%.1f", v)).orElse(""),
                        r.sign(), Feature.csv(r.meanZ()), Feature.csv(r.highestZ()),
                        r.depth().isEmpty() ? "" : Layer.at(row.get(Feature.DEPTH)).title(),
                        marker == Markers.NONE ? "" : marker, volume.map(String::valueOf).orElse(""),
                        mm3.map(Feature::csv).orElse("")),
                Stream.of(Feature.values()).map(k -> Feature.csv(row.get(k)))).toArray());
    }
}
