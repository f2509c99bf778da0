package anogan.scans;

import anogan.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Data sets that say themselves what is trained on and what is tested. Their word is kept where it is honest: anomalous
 * scans are not trained on and set no threshold, and a scan is not tested if its group (patient) was learned from.
 */
final class GivenSplit {
    private GivenSplit() {}

    /**
     * Where the data set names no validation scans, a share of its normal training groups is held out.
     *
     * @param scans  with the split that the data set gives them
     * @param source what to call the data set in a message
     */
    static Scans.Listing keep(List<Scans.Listed> scans, SplitOptions options, String source) {
        if (options.onlyJudged()) return GroupSplit.toJudge(scans);
        GroupSplit.requireJudged(scans, options, source);
        List<String> training = groups(scans, Split.TRAIN, options);
        if (training.isEmpty()) {
            throw UserError.failure(
                    "%s lists no normal training scans (classes %s). Its classes are %s; name the normal ones with "
                            + "option normal.",
                    source, String.join(", ", options.normalClasses()), counts(scans));
        }
        Set<String> validation = new HashSet<>(groups(scans, Split.VALIDATION, options));
        if (validation.isEmpty()) validation.addAll(GroupSplit.validationGroups(training, options));
        Set<String> trained = new HashSet<>(training);
        List<Scans.Listed> kept = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (Scans.Listed s : scans) {
            Optional<String> reason = reason(s, options.label(s.className()), trained, validation);
            if (reason.isPresent()) skipped.add(new Skipped(s.file(), "against the split", reason.get()));
            else kept.add(
                    s.split() == Split.TRAIN && validation.contains(s.group()) ? s.withSplit(Split.VALIDATION) : s);
        }
        return new Scans.Listing(kept, skipped).withNotes(leaks(scans, options));
    }

    /** What is to be said of groups that are on both sides of the split. */
    private static List<String> leaks(List<Scans.Listed> scans, SplitOptions options) {
        Set<String> learned = new HashSet<>(groups(scans, Split.TRAIN, options));
        learned.addAll(groups(scans, Split.VALIDATION, options));
        Set<String> both = new TreeSet<>();
        for (Scans.Listed s : scans) if (s.split() == Split.TEST && learned.contains(s.group())) both.add(s.group());
        if (both.isEmpty()) return List.of();
        long all = scans.stream().map(Scans.Listed::group).distinct().count();
        return List.of(String.format(Locale.ROOT,
                "%d of %d patients are on both sides of the split that the data set gives (%s%s): their test scans "
                        + "are left out.",
                both.size(), all, both.stream().limit(5).collect(Collectors.joining(", ")),
                both.size() > 5 ? ", …" : ""));
    }

    /** Why a scan cannot be used where the data set has it, if so. */
    private static Optional<String> reason(Scans.Listed s, Label label, Set<String> trained, Set<String> validation) {
        boolean tested = s.split() == Split.TEST;
        if (label != Label.NORMAL && !tested) {
            return Optional.of((label == Label.UNKNOWN ? "an unlabelled" : "an anomalous") + " scan in the "
                    + (s.split() == Split.TRAIN ? "training" : "validation") + " split");
        }
        if (tested && trained.contains(s.group())) return Optional.of("its group " + s.group() + " is trained on");
        if (tested && validation.contains(s.group())) return Optional.of("its group " + s.group() + " sets thresholds");
        return Optional.empty();
    }

    private static List<String> groups(List<Scans.Listed> scans, Split split, SplitOptions options) {
        return scans.stream().filter(s -> s.split() == split && options.isNormal(s.className()))
                .map(Scans.Listed::group).toList();
    }

    private static String counts(List<Scans.Listed> scans) {
        Map<String, Long> counts = scans.stream()
                .collect(Collectors.groupingBy(Scans.Listed::className, TreeMap::new, Collectors.counting()));
        return counts.isEmpty() ? "none" : counts.keySet().stream().limit(20).collect(Collectors.joining(", "));
    }
}
