package anogan.scans;

import anogan.scans.NameFields.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How patients were read, in sentences: what was found, so that whoever knows the data sees a mistake, and what is
 * doubtful.
 */
final class PatientReport {
    private static final int SHOWN = 5;
    private static final double MANY_SHARED = 0.1;   // of the patients have scans in several classes
    private static final int FEW = 5;                // patients with normal scans
    private static final int MANY_NAMES = 20;        // names for each of them
    private static final int FIRST_GUESS = 4;        // the rank from which on the rule is a guess
    private static final int WEAK_GUESS = 5;
    private static final String MEND = "say with option patient where the patient stands, such as "
            + "{class}/{patient}/{slice} or ^[^_]+_[^_]+_([^_]+).";

    private PatientReport() {}

    /**
     * The listing with a note on patients in each split and class.
     *
     * @param words what the patients were told by
     */
    static Scans.Listing tell(Scans.Listing listing, String words, SplitOptions options) {
        List<String> notes = new ArrayList<>(List.of("Patients by " + words + "."));
        Map<String, List<Scans.Listed>> parts = listing.scans().stream().collect(
                Collectors.groupingBy(s -> s.split().ordinal() + s.className(), TreeMap::new, Collectors.toList()));
        parts.values().forEach(own -> notes.add(counts(own, options)));
        return listing.withNotes(notes).withDoubts(alike(listing.scans()));
    }

    private static String counts(List<Scans.Listed> own, SplitOptions options) {
        Scans.Listed first = own.get(0);
        Set<String> patients = own.stream().map(Scans.Listed::group).collect(Collectors.toCollection(TreeSet::new));
        return String.format(Locale.ROOT, "%s: %d %sscan%s (%s) of %s: %s", first.split().word(), own.size(),
                options.isNormal(first.className()) ? "normal " : "", own.size() == 1 ? "" : "s", first.className(),
                patients.size() == 1 ? "1 patient" : patients.size() + " patients", some(patients));
    }

    private static String some(Collection<String> names) {
        return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (names.size() > SHOWN ? ", …" : "");
    }

    /** Numbers that differ in zeros alone, as a spreadsheet makes 1 or 1.0 of 001. */
    private static List<String> alike(List<Scans.Listed> scans) {
        Map<String, Set<String>> spellings = new LinkedHashMap<>();
        for (Scans.Listed s : scans) {
            String number = s.group().replaceFirst("^0+(?=\\d)", "").replaceFirst("[.]0$", "");
            if (number.matches("\\d+")) spellings.computeIfAbsent(number, n -> new TreeSet<>()).add(s.group());
        }
        return spellings.values().stream().filter(same -> same.size() > 1).limit(1)
                .map(same -> "The patients " + String.join(" and ", same) + " are told apart, though they may be one. "
                        + "Give every patient one name.")
                .toList();
    }

    /** What does not fit, with the option that mends it; empty if all is well. */
    static List<String> doubts(PatientRule rule, List<Classed> files, SplitOptions options) {
        List<String> doubts = new ArrayList<>();
        if (rule.rank() == 0 && rule.column().isEmpty()) doubts.add("option patient finds nothing in any path, such as "
                + files.get(0).file() + ": each file is taken for a patient of its own.");
        rule.column().ifPresent(column -> {
            addUnless(column.values().size() == files.size(), doubts,
                    "%d of %d names do not tell their patient (%s): each of these is taken for a patient of its own. If they "
                            + "are not, %s",
                    files.size() - column.values().size(), files.size(), some(files.stream()
                            .filter(f -> !column.values().containsKey(f)).map(Classed::file).limit(1).toList()),
                    MEND);
            fit(rule, column, files, options, doubts);
        });
        boolean alone = new TreeSet<>(rule.patients().values()).size() == files.size();
        List<PathColumn> again = PathColumn.of(files).stream().filter(c -> !c.isConstant() && c.repeats())
                .filter(c -> rule.rank() > FIRST_GUESS || isTelling(c)).toList();
        if (alone && rule.rank() >= FIRST_GUESS && !again.isEmpty()) doubts.add(String.format(Locale.ROOT,
                "Each of %d files is taken for a patient of its own, though parts of their paths come again (%s). If one "
                        + "patient has several of them, %s",
                files.size(), some(again.get(0).distinct()), MEND));
        return doubts;
    }

    private static void fit(PatientRule rule, PathColumn column, List<Classed> files, SplitOptions options,
            List<String> doubts) {
        Set<String> shared = column.shared(f -> options.label(f.className()) != Label.UNKNOWN);
        Set<String> patients = column.distinct();
        addUnless(shared.size() < 2 || shared.size() <= MANY_SHARED * patients.size(), doubts,
                column.countsAnew() && rule.rank() > 0
                        ? "%d of %d patients (%s) come in several classes. Each class counts from the beginning, so that they are "
                                + "taken for different people. If they are not, %s"
                        : "%d of %d patients (%s) have scans in several classes, so that their healthy scans are tested as well. "
                                + "Are they patients? If not, %s",
                shared.size(), patients.size(), some(shared), MEND);
        addUnless(column.kind() != Kind.DATE && column.kind() != Kind.EYE && column.kind() != Kind.PART, doubts,
                "What is read as patients looks like dates, eyes or parts (%s). If so, %s", some(patients), MEND);
        Set<String> normal = files.stream().filter(f -> options.isNormal(f.className())).map(rule.patients()::get)
                .collect(Collectors.toCollection(TreeSet::new));
        long names = files.stream().filter(f -> options.isNormal(f.className())).count();
        addUnless(rule.rank() < FIRST_GUESS || normal.size() > FEW || names < (long) MANY_NAMES * normal.size(), doubts,
                "There are only %d patients (%s) for %d normal names. If there are more, %s", normal.size(),
                some(normal), names, MEND);
        addUnless(
                rule.rank() != WEAK_GUESS || column.kind() == Kind.CODE || column.kind() == Kind.PART
                        || column.isLongNumber(),
                doubts,
                "It is a guess that %s is the patient, for names are not of the kind CLASS-patient-number: are these patients, %s? "
                        + "If not, %s",
                column.words(), some(patients), MEND);
    }

    private static boolean isTelling(PathColumn column) {
        return (column.kind() == Kind.WORD && column.distinct().size() > 2) || column.kind() == Kind.CODE
                || column.isLongNumber();
    }

    private static void addUnless(boolean well, List<String> doubts, String words, Object... values) {
        if (!well) doubts.add(String.format(Locale.ROOT, words, values));
    }
}
