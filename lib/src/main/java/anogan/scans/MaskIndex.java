package anogan.scans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        MaskIndex index = new MaskIndex(scans, isNormal);
        Map<Classed, String> matched = new LinkedHashMap<>();
        for (String mask : masks) {
            List<Classed> owners = index.owners(mask);
            if (owners.isEmpty()) unread.skip(mask, "mask without a scan", "no scan is called as this mask");
            else if (owners.size() > 1) unread.skip(mask, "mask without a scan", String.format(Locale.ROOT,
                    "%d scans are called as this mask; put it into folders as theirs are", owners.size()));
            else if (matched.putIfAbsent(owners.get(0), mask) != null)
                unread.skip(mask, "second mask", "its scan has the mask " + matched.get(owners.get(0)) + " already");
        }
        return matched;
    }

    private List<Classed> owners(String mask) {
        List<String> folders = FileTree.folders(mask).stream().map(MaskIndex::key).filter(f -> !FOLDERS.contains(f))
                .toList();
        String stem = key(ScanFile.stem(mask).strip());
        String last = folders.isEmpty() ? "" : folders.get(folders.size() - 1);
        for (String name : List.of("/" + stem, "/" + stem.replaceFirst(SUFFIX, ""))) {
            List<List<Classed>> found = List.of(byPath.getOrDefault(String.join("/", folders) + name, List.of()),
                    byClass.getOrDefault(last + name, List.of()), byName.getOrDefault(name, List.of()));
            for (List<Classed> owners : found) if (!owners.isEmpty()) return owners;
        }
        return List.of();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
