package anogan.scans;

import anogan.UserError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the patient in the name of a file.
 *
 * @param pattern a regular expression over the name without its ending; its first parenthesis is the patient
 */
record PatientPattern(Pattern pattern) {
    /** The second field of {@code CLASS-patient-number} and {@code cls_patient_number}. */
    static final PatientPattern SECOND_FIELD = of("^[^-_]+[-_]([^-_]+)[-_].+$");

    /** @throws UserError if it is no regular expression, or one without a parenthesis */
    static PatientPattern of(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.matcher("").groupCount() > 0) return new PatientPattern(pattern);
        } catch (PatternSyntaxException e) {
            throw UserError.usage("option patient is not a regular expression: %s.", e.getDescription());
        }
        throw UserError.usage("option patient needs a part in parentheses, which is the patient: %s", regex);
    }

    Optional<String> in(String name) {
        Matcher m = pattern.matcher(name);
        return m.find() ? Optional.ofNullable(m.group(1)) : Optional.empty();
    }
}
