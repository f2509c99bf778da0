package anogan.scans;

import anogan.scans.NameFields.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One place in the paths of a data set's files, which may tell the patient: a folder, or a field of the name.
 *
 * @param words  what it is, for a sentence that begins with "Patients by"
 * @param folder whether it is a folder
 * @param kind   what most of its values look like; a word where they differ
 * @param values what each file has there
 */
record PathColumn(String words, boolean folder, Kind kind, Map<Classed, String> values) {
    private static final double MOST = 0.9;        // of the files have the place, and look alike there
    private static final int LONG_NUMBER = 4;      // digits of a number that nobody counts to
    private static final int DEEPEST = 8;          // folders and fields that are looked at

    private static final List<String> LAST = List.of("the last field of a file's name",
            "the last field but one of a file's name", "the last field but two of a file's name");

    /** Every place that nearly all files have and that differs between files of a class. */
    static List<PathColumn> of(List<Classed> files) {
        List<PathColumn> columns = new ArrayList<>();
        boolean own = files.stream().allMatch(Classed::isBelowItself);
        for (int i = 0; i < DEEPEST; i++) {
            int step = i;
            add(columns, files, true,
                    own && i == 0 ? "the class's own folder"
                            : NameFields.ordinal(own ? i - 1 : i) + " folder below the class's",
                    f -> at(f.below(), step));
        }
        for (int i = 0; i < DEEPEST; i++) {
            int step = i;
            add(columns, files, true,
                    i == 0 ? "the folder above the class's" : "the folder " + (i + 1) + " above the class's",
                    f -> at(f.above(), f.above().size() - 1 - step));
        }
        Map<Classed, List<String>> fields = new HashMap<>();
        List<List<String>> all = NameFields.of(files.stream().map(Classed::name).toList());
        for (int i = 0; i < files.size(); i++) fields.put(files.get(i), all.get(i));
        for (int i = 0; i < DEEPEST; i++) {
            int step = i;
            add(columns, files, false, NameFields.ordinal(i) + " field of a file's name", f -> at(fields.get(f), step));
        }
        if (fields.values().stream().map(List::size).distinct().count() == 1) return columns;
        for (int i = 0; i < LAST.size(); i++) {
            int step = i;
            add(columns, files, false, LAST.get(i), f -> at(fields.get(f), fields.get(f).size() - 1 - step));
        }
        return columns;
    }

    private static Optional<String> at(List<String> parts, int index) {
        return index < 0 || index >= parts.size() ? Optional.empty() : Optional.of(parts.get(index));
    }

    private static void add(List<PathColumn> columns, List<Classed> files, boolean folder, String words,
            Function<Classed, Optional<String>> part) {
        Map<Classed, String> values = new LinkedHashMap<>();
        for (Classed f : files) part.apply(f).ifPresent(value -> values.put(f, value));
        if (values.size() >= MOST * files.size() && !values.isEmpty()) columns.add(of(words, folder, values));
    }

    /** @param values at least one */
    static PathColumn of(String words, boolean folder, Map<Classed, String> values) {
        Map<Kind, Long> kinds = values.values().stream()
                .collect(Collectors.groupingBy(NameFields::kind, TreeMap::new, Collectors.counting()));
        Map.Entry<Kind, Long> most = kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Kind kind = most.getValue() >= MOST * values.size() ? most.getKey() : Kind.WORD;
        return new PathColumn(words, folder, kind, values);
    }

    Set<String> distinct() {
        return new TreeSet<>(values.values());
    }

    /** Whether files share a value; files of two classes only if that says something. */
    boolean repeats() {
        return repeatsInClass() || (!shared().isEmpty() && !countsAnew());
    }

    /** Small numbers only within a split, for each may count from the beginning. */
    private boolean repeatsInClass() {
        boolean counts = kind == Kind.NUMBER && !isLongNumber();
        Set<String> once = new HashSet<>();
        values.forEach((f, value) -> once
                .add(f.className() + "/" + (counts ? NameFields.splits(f.file()) : "") + "/" + value));
        return once.size() < values.size();
    }

    /** Whether it is the same for all files of a class. */
    boolean isConstant() {
        return byClass().values().stream().allMatch(own -> own.size() == 1);
    }

    /** Whether it is the class in such a share of the files, in capitals or not. */
    boolean isClass(double share) {
        return values.entrySet().stream().filter(e -> e.getKey().className().equalsIgnoreCase(e.getValue()))
                .count() >= share * values.size();
    }

    private Map<String, Set<String>> byClass() {
        Map<String, Set<String>> own = new TreeMap<>();
        values.forEach((f, value) -> own.computeIfAbsent(f.className(), c -> new TreeSet<>()).add(value));
        return own;
    }

    Set<String> shared() {
        return shared(f -> true);
    }

    /** The values that files of several classes have, of those files that count. */
    Set<String> shared(Predicate<Classed> counts) {
        Map<String, Set<String>> classes = new HashMap<>();
        values.forEach((f, value) -> {
            if (counts.test(f)) classes.computeIfAbsent(value, v -> new HashSet<>()).add(f.className());
        });
        return classes.entrySet().stream().filter(e -> e.getValue().size() > 1).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The largest share that a class's values have in common with other classes. */
    double sharing() {
        Set<String> shared = shared();
        return byClass().values().stream()
                .mapToDouble(own -> own.stream().filter(shared::contains).count() / (double) own.size()).max()
                .orElse(0);
    }

    /** Whether every class counts from 0 or 1, so that equal numbers of two classes say nothing. */
    boolean countsAnew() {
        if (shared().isEmpty() || (kind != Kind.NUMBER && repeatsInClass())) return false;
        if (distinct().stream().map(v -> v.replaceFirst("\\d+$", "")).distinct().count() > 1) return false;
        return byClass().values().stream().allMatch(PathColumn::isCount);
    }

    private static boolean isCount(Set<String> values) {
        List<Long> numbers = values.stream().map(v -> v.replaceFirst(".*?(\\d+)$", "$1"))
                .filter(v -> v.matches("\\d{1,9}")).map(Long::valueOf).sorted().toList();
        return numbers.size() == values.size() && numbers.get(0) <= 1
                && numbers.get(numbers.size() - 1) <= 2L * numbers.size();
    }

    /** Whether these are numbers of many digits, as patients have, and not such as slices have. */
    boolean isLongNumber() {
        return kind == Kind.NUMBER
                && distinct().stream().filter(v -> v.length() >= LONG_NUMBER).count() >= MOST * distinct().size()
                && !distinct().stream().allMatch(v -> v.startsWith("00"));
    }

    /** Whether each of two places has several values for one of the other's, as patients and slices have. */
    boolean crosses(PathColumn other) {
        return severalFor(values, other.values) && severalFor(other.values, values);
    }

    private static boolean severalFor(Map<Classed, String> ones, Map<Classed, String> others) {
        Map<String, String> first = new HashMap<>();
        return ones.entrySet().stream().filter(e -> others.containsKey(e.getKey())).anyMatch(
                e -> !first.computeIfAbsent(e.getValue(), v -> others.get(e.getKey())).equals(others.get(e.getKey())));
    }

    /** One file with its value, so that a reader sees what is meant. */
    String example() {
        Map.Entry<Classed, String> first = values.entrySet().iterator().next();
        return folder ? first.getValue() : first.getValue() + " of " + first.getKey().name();
    }
}
