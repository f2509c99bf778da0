package anogan.patches;

import anogan.scans.Label;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scans that are slices of one volume, in their order.
 *
 * @param name   after its first slice
 * @param slices at least one
 */
public record Volume(String name, List<ScanInfo> slices) {
    /** The volumes of a split. */
    public static List<Volume> of(Patches patches, Split split) {
        return of(patches.scans(split).stream().map(i -> patches.scans().get(i)).toList());
    }

    /** The volumes of these scans; none of single pictures. Two patients may have volumes of one name. */
    public static List<Volume> of(List<ScanInfo> scans) {
        Map<List<String>, List<ScanInfo>> slices = new LinkedHashMap<>();
        for (ScanInfo scan : scans) {
            if (!scan.attributes().getOrDefault("slice", "").isEmpty())
                slices.computeIfAbsent(List.of(scan.group(), scan.attributes().get("volume")), v -> new ArrayList<>())
                        .add(scan);
        }
        return slices.values().stream().map(own -> {
            own.sort(Comparator.comparingInt(Volume::number));
            return new Volume(own.get(0).scan().replaceFirst("-s\\d+$", ""), own);
        }).toList();
    }

    /** Anomalous if any slice is; else unknown if any is; else normal. */
    public Label label() {
        return decisive().label();
    }

    /** The class of the first slice that decides about the label. */
    public String className() {
        return decisive().className();
    }

    private ScanInfo decisive() {
        for (Label label : List.of(Label.ANOMALOUS, Label.UNKNOWN))
            for (ScanInfo slice : slices) if (slice.label() == label) return slice;
        return slices.get(0);
    }

    /** The number of a slice in its volume, from 0. */
    public static int number(ScanInfo slice) {
        return Integer.parseInt(slice.attributes().get("slice"));
    }
}
