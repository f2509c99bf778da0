package anogan.scans;

import anogan.UserError;
import java.util.List;
import java.util.TreeSet;

/**
 * Which scans are learned from and which are judged: names of the normal classes, and shares that are dealt out by
 * patient.
 *
 * @param normalClasses names of the classes that are normal, in capitals or not; none where all scans are judged by a
 *                      model that exists: their classes then say nothing
 * @param validation    share of the normal training scans that are not trained on but set thresholds, in whole groups,
 *                      0 to 1
 * @param test          share of the normal scans that are tested, where the source does not say which, in whole groups,
 *                      0 to 1
 * @param seed          decides which group goes where
 */
public record SplitOptions(List<String> normalClasses, double validation, double test, long seed) {
    private static final List<String> UNKNOWN = List.of("unknown", "unlabelled", "unlabeled");

    public SplitOptions {
        check(validation > 0 && validation < 1, "option validation must be above 0 and below 1, not %s", validation);
        check(test > 0 && test < 1, "option test must be above 0 and below 1, not %s", test);
        check(validation + test < 1,
                "option validation and option test together must leave something to train on, but they take %s",
                validation + test);
        normalClasses = List.copyOf(new TreeSet<>(normalClasses.stream().map(String::strip).toList()));
    }

    public static SplitOptions defaults() {
        return new SplitOptions(List.of("NO", "NORMAL", "normal", "good"), 0.15, 0.2, 1);
    }

    public SplitOptions withNormalClasses(List<String> classes) {
        return new SplitOptions(classes, validation, test, seed);
    }

    public SplitOptions withSeed(long other) {
        return new SplitOptions(normalClasses, validation, test, other);
    }

    /** Whether nothing is learned from the scans: all are tested, none has a label. */
    public boolean onlyJudged() {
        return normalClasses.isEmpty();
    }

    /**
     * What a class says of its scans: those of a normal class are normal, those of the class {@code UNKNOWN} or
     * {@code UNLABELLED} are not judged yet, and all others are anomalous.
     */
    public Label label(String className) {
        if (onlyJudged()) return Label.UNKNOWN;
        if (isNormal(className)) return Label.NORMAL;
        return UNKNOWN.stream().anyMatch(className.strip()::equalsIgnoreCase) ? Label.UNKNOWN : Label.ANOMALOUS;
    }

    /** Whether a class is one of the normal ones; capitals and blanks around its name do not count. */
    public boolean isNormal(String className) {
        return normalClasses.stream().anyMatch(className.strip()::equalsIgnoreCase);
    }

    private static void check(boolean holds, String sentence, Object value) {
        if (!holds) throw UserError.usage(sentence + ".", value);
    }
}
