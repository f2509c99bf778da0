package anogan.scans;

import anogan.scans.NameFields.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose scan a file is. Told by a pattern or, without one, guessed from all paths together; the first of these that is
 * there:
 * <ol>
 * <li>a folder, or else a field of the name, with a word for persons: {@code subj04}, {@code patient_12};
 * <li>a folder below that of the class, or above it;
 * <li>the second field of a name that begins with its class: {@code NORMAL-1001-1}, {@code no_1153297_1};
 * <li>a field that comes again in other names: letters with digits, a long number, a word or number.
 * </ol>
 * Where nothing comes again, every file is taken for a patient of its own, called by class and name. So are the files
 * in which the rule finds nothing.
 *
 * @param rank     the smaller, the surer
 * @param words    what tells the patient, for a sentence that begins with "Patients by"
 * @param column   that place, unless no place does
 * @param patients the patient of each file
 */
record PatientRule(int rank, String words, Optional<PathColumn> column, Map<Classed, String> patients) {
    private static final int NOTHING = 9;
    private static final int FEWEST_WORDS = 3;      // fewer words tell left from right, not patients
    private static final String YEAR = "(?:19|20)\\d\\d";
    private static final double MOST = 0.9;         // of the names that begin with their class,
    private static final double SOME = 0.5;         // or at least, which makes it no patient
    private static final double SHARED = 0.5;       // of a class's folders are in other classes: they are no patients

    /** As a pattern says. */
    static PatientRule given(List<Classed> files, PathPattern pattern) {
        Map<Classed, String> values = new HashMap<>();
        for (Classed f : files) pattern.in(f.file()).ifPresent(patient -> values.put(f, patient));
        return new PatientRule(0, "option patient",
                values.isEmpty() ? Optional.empty() : Optional.of(PathColumn.of(pattern.text(), false, values)),
                complete(files, values));
    }

    /** Of scans whose patients nobody asks for. */
    static PatientRule none() {
        return new PatientRule(NOTHING, "nothing: nobody asked", Optional.empty(), Map.of());
    }

    /** As all paths show together or, in classes whose own paths show more, as those do. */
    static PatientRule guess(List<Classed> files) {
        Set<String> rejected = PathColumn.of(files).stream().filter(c -> c.folder() && !mayBePatients(c))
                .map(PathColumn::words).collect(Collectors.toSet());
        PatientRule all = together(files, rejected);
        Map<String, List<Classed>> classes = files.stream()
                .collect(Collectors.groupingBy(Classed::className, TreeMap::new, Collectors.toList()));
        Map<Classed, String> patients = new HashMap<>(all.patients);
        Set<String> words = new LinkedHashSet<>();
        for (Map.Entry<String, List<Classed>> own : classes.entrySet()) {
            PatientRule single = together(own.getValue(), rejected);
            if (single.rank >= all.rank) continue;
            patients.putAll(single.patients);
            words.add(single.words + " (" + own.getKey() + ")");
        }
        if (words.isEmpty()) return all;
        if (words.size() < classes.size()) words.add("else " + all.words);
        return new PatientRule(all.rank, String.join(", ", words), Optional.empty(), patients);
    }

    /** @param rejected folders that are no patients in the data set as a whole */
    private static PatientRule together(List<Classed> files, Set<String> rejected) {
        List<PathColumn> all = PathColumn.of(files);
        List<PathColumn> useful = all.stream().filter(c -> !c.isConstant())
                .filter(c -> c.kind() != Kind.DATE && c.kind() != Kind.EYE && c.kind() != Kind.SPLIT).toList();
        List<PathColumn> folders = useful.stream().filter(PathColumn::folder).toList();
        List<PathColumn> fields = useful.stream().filter(c -> !c.folder()).toList();
        return Stream
                .<Optional<PatientRule>>of(first(1, files, folders.stream().filter(c -> c.kind() == Kind.PERSON)),
                        first(2, files, fields.stream().filter(c -> c.kind() == Kind.PERSON)),
                        first(3, files, folders.stream().filter(c -> !rejected.contains(c.words()))),
                        afterClass(all, fields).map(c -> of(4, files, c)), repeated(useful).map(c -> of(5, files, c)))
                .flatMap(Optional::stream).findFirst()
                .orElseGet(() -> new PatientRule(NOTHING,
                        "nothing in the names: each file is taken for a patient of its own", Optional.empty(),
                        complete(files, Map.of())));
    }

    private static Optional<PatientRule> first(int rank, List<Classed> files, Stream<PathColumn> columns) {
        return columns.findFirst().map(c -> of(rank, files, c));
    }

    private static PatientRule of(int rank, List<Classed> files, PathColumn column) {
        Map<Classed, String> values = new HashMap<>(column.values());
        boolean anew = column.countsAnew();
        if (anew) values.replaceAll((f, value) -> f.className() + "/" + value);
        return new PatientRule(rank,
                column.words() + " (" + column.example() + ")" + (anew ? ", counted anew in each class" : ""),
                Optional.of(column), complete(files, values));
    }

    private static Map<Classed, String> complete(List<Classed> files, Map<Classed, String> values) {
        Map<Classed, String> patients = new HashMap<>();
        for (Classed f : files) patients.put(f, values.getOrDefault(f, f.className() + "/" + f.name()));
        return patients;
    }

    /** A folder that other classes have as well is one of eyes, visits or parts of a download. */
    private static boolean mayBePatients(PathColumn folder) {
        if (folder.kind() == Kind.PART || folder.distinct().stream().allMatch(name -> name.matches(YEAR))) return false;
        if (folder.words().contains("above"))
            return folder.distinct().size() >= FEWEST_WORDS && (folder.kind() != Kind.WORD || folder.sharing() < 1);
        return folder.countsAnew() || folder.sharing() <= SHARED;
    }

    /**
     * The second field, where the first is the class and a third follows; or a field that crosses it and fits better.
     */
    private static Optional<PathColumn> afterClass(List<PathColumn> all, List<PathColumn> fields) {
        List<PathColumn> names = all.stream().filter(c -> !c.folder()).toList();
        if (names.size() < 3 || !names.get(0).isClass(MOST) || !fields.contains(names.get(1))) return Optional.empty();
        PathColumn second = names.get(1);
        if (second.kind() == Kind.PART) return Optional.empty();
        if (second.kind() != Kind.NUMBER || second.isLongNumber()) return Optional.of(second);
        return fields.stream().filter(c -> !c.equals(second) && c.repeats() && c.crosses(second))
                .filter(c -> c.kind() == Kind.CODE || c.isLongNumber() || (c.kind() == Kind.WORD
                        && c.distinct().size() >= FEWEST_WORDS && c.sharing() < second.sharing()))
                .findFirst().or(() -> Optional.of(second));
    }

    /** A field that comes again: rather a code or long number; else what classes share least and is told apart most. */
    private static Optional<PathColumn> repeated(List<PathColumn> places) {
        List<PathColumn> again = places.stream().filter(PathColumn::repeats).filter(c -> !c.isClass(SOME))
                .filter(c -> !c.folder() || (c.kind() == Kind.PART && c.sharing() <= SHARED))
                .filter(c -> c.kind() != Kind.WORD || c.distinct().size() >= FEWEST_WORDS).toList();
        Comparator<PathColumn> least = Comparator.<PathColumn, Boolean>comparing(c -> c.kind() == Kind.PART)
                .thenComparing(c -> c.sharing() > SHARED).thenComparing(c -> -c.distinct().size());
        return again.stream().filter(c -> c.kind() == Kind.CODE && c.sharing() <= SHARED).min(least)
                .or(() -> again.stream().filter(PathColumn::isLongNumber).findFirst())
                .or(() -> again.stream().min(least));
    }
}
