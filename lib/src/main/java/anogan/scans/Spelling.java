package anogan.scans;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One spelling of names that people write now with capitals, now without: the most frequent one. */
final class Spelling {
    private final Map<String, String> chosen = new HashMap<>();
    private final Map<String, List<String>> joined = new TreeMap<>();

    Spelling(Collection<String> names) {
        Map<String, Map<String, Long>> spellings = names.stream().collect(Collectors.groupingBy(Spelling::key,
                Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting())));
        spellings.forEach((key, counts) -> {
            String most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
            chosen.put(key, most);
            if (counts.size() > 1) joined.put(most, List.copyOf(counts.keySet()));
        });
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    String of(String name) {
        return chosen.getOrDefault(key(name), name);
    }

    /**
     * What was taken for one name.
     *
     * @param what the names are of, in the plural
     */
    List<String> notes(String what) {
        return joined.values().stream().map(spellings -> "The " + what + " " + String.join(", ", spellings)
                + " differ in capitals alone: they are one.").toList();
    }
}
