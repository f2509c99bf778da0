package anogan.scans;

import anogan.UserError;
import java.util.Optional;

/**
 * Where class and patient stand in the paths of a data set's files. What is not said is guessed from all paths
 * together, and the rule that was found is told.
 *
 * <p>
 * Either is a pattern or a regular expression. A pattern, such as <code>{class}/{patient}/{slice}</code>, has a part
 * <code>{class}</code> or <code>{patient}</code>, and may have <code>{slice}</code> and <code>{*}</code> for anything
 * within a name; it is compared with the end of a path below the data set's folder, without the file's ending. With
 * <code>**</code>, any folders, it is compared with the whole path. Directly before another part, a class is letters
 * alone and a patient ends with its first number: of <code>NORMAL1/TIFFs/001.tif</code>,
 * <code>{class}{*}/TIFFs/{slice}</code> finds the class NORMAL. Of a regular expression the first parenthesis counts;
 * it is looked for in the file's name or, if it has a slash, in the path.
 *
 * @param classes  finds the class
 * @param patients finds the patient, and the class too if it is a pattern with <code>{class}</code>
 */
public record Naming(Optional<String> classes, Optional<String> patients) {
    /** @throws UserError if one of them is neither a pattern nor a regular expression with a parenthesis */
    public Naming {
        classes.ifPresent(text -> PathPattern.of(text, PathPattern.CLASS));
        patients.ifPresent(text -> PathPattern.of(text, PathPattern.PATIENT));
    }

    /** Both are guessed. */
    public static Naming defaults() {
        return new Naming(Optional.empty(), Optional.empty());
    }

    public Naming withClasses(String pattern) {
        return new Naming(Optional.of(pattern), patients);
    }

    public Naming withPatients(String pattern) {
        return new Naming(classes, Optional.of(pattern));
    }

    /**
     * Refuses a pattern that a layout would not look at, for its own folders, tables or arrays tell class or patient.
     *
     * @throws UserError if there is one
     */
    void requireUsed(Layout layout) {
        boolean paths = layout == Layout.folder || layout == Layout.oct2017;
        if (classes.isPresent() && !paths) throw unused("class", layout);
        if (patients.isPresent() && !paths && layout != Layout.mvtec && layout != Layout.bmad)
            throw unused("patient", layout);
    }

    private static UserError unused(String what, Layout layout) {
        return UserError.usage("option %s has no effect: layout %s does not tell the %s by paths of files. "
                + "Leave it out, or read the files as layout folder.", what, layout, what);
    }

    Optional<PathPattern> classPattern() {
        Optional<PathPattern> own = classes.map(text -> PathPattern.of(text, PathPattern.CLASS));
        return own.isPresent() ? own
                : patients.filter(text -> text.contains("{" + PathPattern.CLASS + "}"))
                        .map(text -> PathPattern.of(text, PathPattern.CLASS));
    }

    Optional<PathPattern> patientPattern() {
        return patients.map(text -> PathPattern.of(text, PathPattern.PATIENT));
    }
}
