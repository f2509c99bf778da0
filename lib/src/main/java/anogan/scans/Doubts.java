package anogan.scans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The doubts about the scans of a data set, each said once with the number of its scans and the first of them. */
public final class Doubts {
    private static final int SHOWN = 3;

    private final Map<Doubt, List<String>> files = new LinkedHashMap<>();

    public void add(String file, List<Doubt> doubts) {
        for (Doubt doubt : doubts) files.computeIfAbsent(doubt, d -> new ArrayList<>()).add(file);
    }

    /** A sentence or two for each doubt: how many scans, which, and what to do. */
    public List<String> sentences() {
        return files.entrySet().stream().map(e -> {
            List<String> own = e.getValue();
            return String.format(Locale.ROOT, "%d scan%s %s (%s%s). %s", own.size(), own.size() == 1 ? "" : "s",
                    e.getKey().what(), String.join("; ", own.subList(0, Math.min(SHOWN, own.size()))),
                    own.size() > SHOWN ? "; …" : "", e.getKey().cure());
        }).toList();
    }
}
