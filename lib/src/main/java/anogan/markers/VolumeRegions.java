package anogan.markers;

import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Regions of neighbouring slices of a volume that cover a common pixel are slices of one and the same thing.
 *
 * @param number for each region of the scans the number of what it is a slice of, from 1; empty for single pictures
 */
public record VolumeRegions(List<Optional<Integer>> number) {
    /** @param rows of test scans */
    public static VolumeRegions of(Patches patches, List<RegionRow> rows) {
        Map<String, List<Integer>> byScan = new HashMap<>();
        for (int i = 0; i < rows.size(); i++)
            byScan.computeIfAbsent(rows.get(i).scan().scan(), s -> new ArrayList<>()).add(i);
        int[] root = IntStream.range(0, rows.size()).toArray();
        boolean[] sliced = new boolean[rows.size()];
        for (Volume volume : Volume.of(patches, Split.TEST)) {
            List<ScanInfo> slices = volume.slices();
            for (int s = 0; s < slices.size(); s++) {
                List<Integer> here = byScan.getOrDefault(slices.get(s).scan(), List.of());
                here.forEach(i -> sliced[i] = true);
                if (s == 0 || Volume.number(slices.get(s)) != Volume.number(slices.get(s - 1)) + 1) continue;
                for (int a : byScan.getOrDefault(slices.get(s - 1).scan(), List.of())) for (int b : here)
                    if (overlap(rows.get(a).region(), rows.get(b).region())) root[find(root, b)] = find(root, a);
            }
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        return new VolumeRegions(
                IntStream.range(0, root.length)
                        .mapToObj(i -> !sliced[i] ? Optional.<Integer>empty()
                                : Optional.of(numbers.computeIfAbsent(find(root, i), k -> numbers.size() + 1)))
                        .toList());
    }

    private static int find(int[] root, int i) {
        int at = i;
        while (root[at] != at) at = root[at];
        return at;
    }

    private static boolean overlap(Region a, Region b) {
        for (int y = Math.max(a.y(), b.y()); y < Math.min(a.y() + a.height(), b.y() + b.height()); y++)
            for (int x = Math.max(a.x(), b.x()); x < Math.min(a.x() + a.width(), b.x() + b.width()); x++)
                if (a.mask()[(y - a.y()) * a.width() + x - a.x()] && b.mask()[(y - b.y()) * b.width() + x - b.x()])
                    return true;
        return false;
    }
}
