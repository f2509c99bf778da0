package anogan.scans;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names that become file names, also where case does not count: letters, digits, dot, dash, underscore, and a number
 * where the same name comes twice. Whether a scan can be read has no say in how another one is called.
 */
final class ScanNames {
    private ScanNames() {}

    static List<Scans.Listed> unique(List<Scans.Listed> scans) {
        Set<String> taken = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        return scans.stream().map(s -> s.withName(unique(s.scan(), taken, last))).toList();
    }

    /** @param last number behind each name: a million scans of one name would be counted up to again and again */
    private static String unique(String scan, Set<String> taken, Map<String, Integer> last) {
        String safe = scan.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[.]+", "_");
        if (safe.isEmpty()) safe = "scan";
        String key = safe.toLowerCase(Locale.ROOT);
        int n = last.getOrDefault(key, 0) + 1;
        String name = n == 1 ? safe : safe + "_" + n;
        while (!taken.add(name.toLowerCase(Locale.ROOT)) || name.endsWith("_mask")) name = safe + "_" + ++n;
        if (n > 1) last.put(key, n);
        return name;
    }
}
