package anogan.markers;

import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Regions drawn by lot: kinds that lie apart in their features, in scans of several patients. */
public final class Kinds {
    private Kinds() {}

    /** A scan of a patient. */
    public static ScanInfo scan(String name, String group, String className, Label label) {
        return new ScanInfo(name, group, className, Split.TEST, label, false, 64, 64, 1, Map.of());
    }

    /** A region whose every feature is normal around 10 + 4·((kind·(f + 3)) mod 5), with so large a deviation. */
    public static RegionRow region(ScanInfo scan, int kind, double deviation, Random random) {
        Map<Feature, Double> features = new EnumMap<>(Feature.class);
        for (Feature f : Feature.values())
            features.put(f, 10 + 4 * (kind * (f.ordinal() + 3) % 5) + deviation * random.nextGaussian());
        return new RegionRow(0, scan,
                new Region(1, 2, 1, 1, new boolean[] {true}, 1, Optional.empty(), 3, 3, Optional.of(0.5)), features);
    }

    /** In each scan two regions of each kind. */
    public static List<RegionRow> regions(List<ScanInfo> scans, List<Integer> kinds, double deviation, long seed) {
        Random random = new Random(seed);
        List<RegionRow> rows = new ArrayList<>();
        for (ScanInfo scan : scans)
            for (int kind : kinds) for (int i = 0; i < 2; i++) rows.add(region(scan, kind, deviation, random));
        return rows;
    }
}
