package anogan.scans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of names and what they look like: {@code 2019-01-05_subj03_OD} is a date, a person and an eye. Fields end
 * at separators; a date is one field, as is a word for persons or slices with the number that follows it
 * ({@code patient_12}).
 */
final class NameFields {
    /** What a field looks like. The order has no meaning. */
    enum Kind {
        /** A word for persons with a number: {@code subj04}. */
        PERSON,
        /** A word for what one person has several of, with a number: {@code slice3}. */
        PART,
        /** Other letters with digits: {@code P12}. */
        CODE, NUMBER, WORD, DATE,
        /** Which eye. */
        EYE,
        /** What splits are called. */
        SPLIT
    }

    private static final String DAY = "(?:0[1-9]|[12]\\d|3[01])";
    private static final String MONTH = "(?:0[1-9]|1[0-2])";
    private static final String YEAR = "(?:19|20)\\d\\d";
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(?:" + YEAR + "([-_. ]?)" + MONTH + "\\1" + DAY + "|"
            + DAY + "([-_. ])" + MONTH + "\\2" + YEAR + ")(?!\\d)");
    private static final Pattern PERSON = Pattern.compile(
            "(?i)(?:subj|subject|sub|pat|patient|pt|pid|id|person|volunteer|proband|participant|case)[-_. ]?\\d+");
    private static final Pattern PART = Pattern.compile(
            "(?i)(?:sl|slice|scan|b|bscan|frame|f|fr|img|image|im|oct|visit|v|page|z|t|rep|crop|aug|vol|batch|part|set|group|site|hospital|clinic|device"
                    + "|center|centre|fold|folder|shard)[-_. ]?\\d+");
    private static final Pattern EYE = Pattern.compile("(?i)od|os|ou|l|r|le|re|left|right|lefteye|righteye");
    private static final String SPLITS = "train|training|test|testing|val|valid|validation|dev";
    private static final Pattern SPLIT = Pattern.compile("(?i)" + SPLITS);
    private static final Pattern SPLIT_WORD = Pattern.compile("(?i)(?<![\\p{L}\\d])(?:" + SPLITS + ")(?![\\p{L}\\d])");
    private static final Pattern WITH_ITS_NUMBER = Pattern.compile(
            "(?i)(?<![\\p{L}\\d])(subj|subject|sub|pat|patient|pt|pid|id|person|volunteer|proband|participant|case"
                    + "|slice|frame|bscan|visit|page)[-_. ](\\d+)(?!\\d)");
    private static final Pattern RUNS = Pattern.compile("\\p{L}+\\d+(?=\\p{L}|$)");
    private static final Pattern EYE_OF_A_NUMBER = Pattern.compile("(?<=\\d)(OD|OS|OU|L|R)(?=\\d|$)");
    private static final String SEPARATORS = "[-_ .,;()\\[\\]+#=~]+";
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth", "sixth",
            "seventh", "eighth");
    private static final char JOINED = '\u0001';   // in place of a separator within a field

    private NameFields() {}

    /**
     * The fields of each name. Numbers with letters before them are told apart within a field ({@code p01s03}) if all
     * names then have equally many fields: letters and digits that are no more than a code stay together.
     */
    static List<List<String>> of(List<String> names) {
        List<List<String>> parts = names.stream().map(name -> fields(name).flatMap(NameFields::parts).toList())
                .toList();
        List<List<String>> whole = names.stream().map(name -> fields(name).toList()).toList();
        return parts.stream().map(List::size).distinct().count() == 1 ? parts : whole;
    }

    private static Stream<String> fields(String name) {
        String joined = join(DATE, join(WITH_ITS_NUMBER, name));
        return Arrays.stream(joined.split(SEPARATORS)).map(field -> field.replace(JOINED, '-'))
                .flatMap(field -> DATE.matcher(field).matches() || !EYE_OF_A_NUMBER.matcher(field).find()
                        ? Stream.of(field)
                        : Arrays.stream(EYE_OF_A_NUMBER.matcher(field).replaceAll("_$1_").split("_")))
                .filter(field -> !field.isEmpty());
    }

    private static String join(Pattern pattern, String name) {
        return pattern.matcher(name)
                .replaceAll(m -> Matcher.quoteReplacement(m.group().replaceAll("[-_. ]", "" + JOINED)));
    }

    private static Stream<String> parts(String field) {
        List<String> runs = new ArrayList<>();
        int end = 0;
        for (Matcher m = RUNS.matcher(field); m.find() && m.start() == end; end = m.end()) runs.add(m.group());
        return runs.size() > 1 && end == field.length() ? runs.stream() : Stream.of(field);
    }

    /** The names of splits in a path: numbers may begin anew in each. */
    static String splits(String path) {
        return SPLIT_WORD.matcher(path).results().map(m -> m.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("/"));
    }

    static Kind kind(String field) {
        if (DATE.matcher(field).matches()) return Kind.DATE;
        if (PERSON.matcher(field).matches()) return Kind.PERSON;
        if (PART.matcher(field).matches()) return Kind.PART;
        if (EYE.matcher(field).matches()) return Kind.EYE;
        if (SPLIT.matcher(field).matches()) return Kind.SPLIT;
        boolean digits = field.chars().anyMatch(NameFields::isDigit);
        if (digits && field.chars().allMatch(NameFields::isDigit)) return Kind.NUMBER;
        return digits ? Kind.CODE : Kind.WORD;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** "the second", for a position from 0. */
    static String ordinal(int position) {
        return position < ORDINALS.size() ? "the " + ORDINALS.get(position) : "the " + (position + 1) + "th";
    }
}
