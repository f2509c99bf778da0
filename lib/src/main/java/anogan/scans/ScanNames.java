package anogan.scans;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that become file names, also where case does not count: letters, digits, dot, dash, underscore, and a number
 * where the same name comes twice. Whether a scan can be read has no say in how another one is called.
 */
final class ScanNames {
    private ScanNames() {}

    static List<Scans.Listed> unique(List<Scans.Listed> scans) {
        Set<String> taken = new HashSet<>();
        return scans.stream().map(s -> s.withName(unique(s.scan(), taken))).toList();
    }

    private static String unique(String scan, Set<String> taken) {
        String safe = scan.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[.]+", "_");
        String name = safe.isEmpty() ? "scan" : safe;
        for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)) || name.endsWith("_mask"); n++) name = safe + "_" + n;
        return name;
    }
}
