package anogan.scans;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file or scan that was left out, and why.
 *
 * @param file   its path in the data set
 * @param kind   in two or three words what such files have in common, to be counted by: its ending where files of that
 *               ending are not read
 * @param reason a sentence or part of one, about this file
 */
public record Skipped(String file, String kind, String reason) {
    private static final String OTHER = "other";

    public Skipped {
        kind = kind == null ? OTHER : kind;   // in a table of an older version
    }

    /** What looked like a scan, but could not be read as one. */
    public static Skipped unreadable(String file, String reason) {
        return new Skipped(file, "not readable", reason);
    }

    /** How many there are of each kind, the most first: {@code "2 .jp2, 1 .e2e"}; empty for none. */
    public static String counts(Collection<Skipped> skipped) {
        Map<String, Long> kinds = skipped.stream()
                .collect(Collectors.groupingBy(Skipped::kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream().sorted(Comparator.comparing(k -> -k.getValue()))
                .map(k -> k.getValue() + " " + k.getKey()).collect(Collectors.joining(", "));
    }
}
