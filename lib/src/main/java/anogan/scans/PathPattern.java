package anogan.scans;

import anogan.UserError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds class or patient in a file's path, as {@link Naming} says.
 *
 * @param text   as the user gave it
 * @param regex  its first parenthesis is what is looked for
 * @param inPath whether it is looked for in the path, rather than in the file's name
 */
record PathPattern(String text, Pattern regex, boolean inPath) {
    static final String CLASS = "class";
    static final String PATIENT = "patient";
    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}|\\*\\*/|\\*\\*|\\*|[^{*]+|[{]");
    private static final Pattern FIELD = Pattern.compile("\\{(?:class|patient)}");

    /**
     * @param  what      {@link #CLASS} or {@link #PATIENT}, which is also the option's name
     * @throws UserError if the text is neither a pattern that has it nor a regular expression with a parenthesis
     */
    static PathPattern of(String text, String what) {
        try {
            if (FIELD.matcher(text).find()) return pattern(text, what);
            Pattern regex = Pattern.compile(text);
            if (regex.matcher("").groupCount() > 0) return new PathPattern(text, regex, text.contains("/"));
        } catch (PatternSyntaxException e) {
            throw UserError.usage("option %s is not a regular expression: %s.", what, e.getDescription());
        }
        throw UserError.usage("option %s needs a part in parentheses, which is the %s, or a pattern with {%s}: %s",
                what, what, what, text);
    }

    private static PathPattern pattern(String text, String what) {
        if (!text.contains("{" + what + "}"))
            throw UserError.usage("option %s is a pattern without {%s}: %s", what, what, text);
        String whole = text.endsWith("/") ? text + "**" : text;
        StringBuilder regex = new StringBuilder(whole.contains("**") ? "^" : "^(?:.*/)?");
        Matcher m = PART.matcher(whole);
        while (m.find()) {
            String part = m.group();
            if (m.group(1) != null) regex.append(field(m.group(1), what, whole.startsWith("{", m.end()), regex));
            else if (part.equals("**/")) regex.append("(?:.*/)??");
            else if (part.equals("**")) regex.append(".*");
            else if (part.equals("*")) regex.append("[^/]*?");
            else regex.append(Pattern.quote(part));
        }
        return new PathPattern(text, Pattern.compile(regex + "$", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                true);
    }

    /** A part in braces as a regular expression: a parenthesis, if it is the one that is looked for. */
    private static String field(String name, String what, boolean beforeAnother, CharSequence before) {
        String values = switch (name) {
            case CLASS -> beforeAnother ? "\\p{L}+" : "[^/]+?";
            case PATIENT -> beforeAnother ? "[^/\\d]*\\d+" : "[^/]+?";
            case "slice" -> "[^/]+?";
            case "*", "" -> "[^/]*?";
            default -> throw UserError.usage(
                    "option %s has {%s}, but a pattern knows {class}, {patient}, {slice} and {*} alone.", what, name);
        };
        if (!name.equals(what)) return values;
        return before.toString().contains("(?<" + what + ">") ? "\\k<" + what + ">" : "(?<" + what + ">" + values + ")";
    }

    /** What the file's path, without blanks around its parts, has of it. */
    Optional<String> in(String file) {
        Matcher m = regex.matcher(inPath ? FileTree.bare(file) : ScanFile.stem(file));
        return m.find() ? Optional.ofNullable(m.group(1)).map(String::strip).filter(s -> !s.isEmpty())
                : Optional.empty();
    }
}
