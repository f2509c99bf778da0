package anogan.markers;

import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.Spacing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Regions of neighbouring slices of a volume that cover a common pixel are slices of one and the same thing. Its volume
 * is the area of its slices times the distance from slice to slice (Cavalieri's rule).
 *
 * @param number for each region of the scans the number of what it is a slice of, from 1; empty for single pictures
 * @param mm3    for each region what it adds to that, in mm³; empty for single pictures, and where one of the three
 *               spacings is unknown
 */
public record VolumeRegions(List<Optional<Integer>> number, List<Optional<Double>> mm3) {
    private static final double UM3_PER_MM3 = 1e9;

    /** @param scans that the rows come from, and those without a region */
    public static VolumeRegions of(List<ScanInfo> scans, List<RegionRow> rows) {
        Map<String, List<Integer>> byScan = IntStream.range(0, rows.size()).boxed()
                .collect(Collectors.groupingBy(i -> rows.get(i).scan().scan()));
        int[] root = IntStream.range(0, rows.size()).toArray();
        boolean[] sliced = new boolean[rows.size()];
        for (Volume volume : Volume.of(scans)) {
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
        List<Optional<Integer>> number = new ArrayList<>();
        List<Optional<Double>> mm3 = new ArrayList<>();
        for (int i = 0; i < root.length; i++) {
            number.add(!sliced[i] ? Optional.empty()
                    : Optional.of(numbers.computeIfAbsent(find(root, i), k -> numbers.size() + 1)));
            mm3.add(sliced[i] ? mm3(rows.get(i)) : Optional.empty());
        }
        return new VolumeRegions(number, mm3);
    }

    /** The volume, in mm³, of the whole thing that each region is a slice of; empty where that is unknown. */
    public List<Optional<Double>> whole() {
        Map<Integer, Double> sums = new HashMap<>();
        for (int i = 0; i < mm3.size(); i++) {
            double own = mm3.get(i).orElse(Double.NaN);
            number.get(i).ifPresent(n -> sums.merge(n, own, Double::sum));
        }
        return number.stream().map(n -> n.map(k -> sums.getOrDefault(k, Double.NaN)).filter(v -> !v.isNaN())).toList();
    }

    private static Optional<Double> mm3(RegionRow row) {
        return Spacing.of(row.scan().attributes()).flatMap(Spacing::slice)
                .flatMap(um -> row.region().um2().map(um2 -> um2 * um / UM3_PER_MM3));
    }

    /**
     * The volumes, in mm³, of the things that these regions are slices of, each as far as they make it, rising: of the
     * regions of a marker, say. Empty if the volume of one is unknown.
     */
    public Optional<double[]> ofThings(int[] regions) {
        Map<Integer, Double> things = new HashMap<>();
        for (int i : regions) {
            if (mm3.get(i).isEmpty()) return Optional.empty();
            things.merge(number.get(i).orElseThrow(), mm3.get(i).get(), Double::sum);
        }
        return Optional.of(things.values().stream().mapToDouble(v -> v).sorted().toArray());
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
