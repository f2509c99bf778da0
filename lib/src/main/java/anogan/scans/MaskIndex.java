package anogan.scans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which mask is whose. A mask lies in a folder for masks, wherever that is, or is called {@code NAME_mask}; it belongs
 * to the scan of its name in the same folders, else to that of its class, else to the only anomalous scan of its name.
 */
final class MaskIndex {
    private static final Set<String> FOLDERS = Set.of("mask", "masks", "ground_truth", "groundtruth", "anomaly_mask");
    private static final String SUFFIX = "(?i)[-_]mask$";
    private final Map<String, List<Classed>> byPath = new HashMap<>();
    private final Map<String, List<Classed>> byClass = new HashMap<>();
    private final Map<String, List<Classed>> byName = new HashMap<>();
    private final Map<Classed, String> matched = new LinkedHashMap<>();

    private MaskIndex(List<Classed> scans, Predicate<String> isNormal) {
        for (Classed scan : scans) {
            String name = "/" + key(scan.name());
            put(byPath, key(String.join("/", FileTree.folders(scan.file()))) + name, scan);
            put(byClass, key(scan.className()) + name, scan);
            if (!isNormal.test(scan.className())) put(byName, name, scan);
        }
    }

    private static void put(Map<String, List<Classed>> index, String key, Classed scan) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(scan);
    }

    static boolean isMask(String file) {
        return ScanFile.stem(file).matches("(?i).*[-_]mask")
                || FileTree.folders(file).stream().anyMatch(folder -> FOLDERS.contains(key(folder)));
    }

    /**
     * The mask of each scan that has one.
     *
     * @param unread is told of masks that belong to no scan, or to one that has another
     */
    static Map<Classed, String> match(List<String> masks, List<Classed> scans, Predicate<String> isNormal,
            Unread unread) {
        if (masks.isEmpty()) return Map.of();   // an index of a million scans takes half a gigabyte
        MaskIndex index = new MaskIndex(scans, isNormal);
        List<String> left = masks;
        for (Function<String, List<Classed>> owners : index.ways())
            left = left.stream().filter(mask -> !index.place(mask, owners.apply(mask))).toList();
        for (String mask : left) {
            List<Classed> owners = index.ways().stream().map(way -> way.apply(mask)).filter(found -> !found.isEmpty())
                    .findFirst().orElse(List.of());
            if (owners.isEmpty()) unread.skip(mask, "mask without a scan", "no scan is called as this mask");
            else if (owners.size() > 1) unread.skip(mask, "mask without a scan", String.format(Locale.ROOT,
                    "%d scans are called as this mask; put it into folders as theirs are", owners.size()));
            else unread.skip(mask, "second mask",
                    "its scan has the mask " + index.matched.get(owners.get(0)) + " already");
        }
        return index.matched;
    }

    /** The scans that a mask may belong to, the surest way first. */
    private List<Function<String, List<Classed>>> ways() {
        return List.of(mask -> called(byPath, String.join("/", folders(mask)), mask), mask -> {
            List<String> folders = folders(mask);
            return folders.isEmpty() ? List.of() : called(byClass, folders.get(folders.size() - 1), mask);
        }, mask -> called(byName, "", mask));
    }

    /** Whether the mask belongs to the only one of these scans that has none yet. */
    private boolean place(String mask, List<Classed> owners) {
        List<Classed> without = owners.stream().filter(scan -> !matched.containsKey(scan)).toList();
        if (without.size() == 1) matched.put(without.get(0), mask);
        return without.size() == 1;
    }

    private static List<String> folders(String mask) {
        return FileTree.folders(mask).stream().map(MaskIndex::key).filter(f -> !FOLDERS.contains(f)).toList();
    }

    private static List<Classed> called(Map<String, List<Classed>> index, String place, String mask) {
        String stem = key(ScanFile.stem(mask).strip());
        List<Classed> same = index.getOrDefault(place + "/" + stem, List.of());
        return same.isEmpty() ? index.getOrDefault(place + "/" + stem.replaceFirst(SUFFIX, ""), List.of()) : same;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
