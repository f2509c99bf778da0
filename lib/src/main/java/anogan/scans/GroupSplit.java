package anogan.scans;

import anogan.UserError;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides which groups (patients, eyes) are trained on, which set thresholds and which are tested. A group is never
 * divided. The order in which groups are dealt is a hash of seed and name: the order of files has no say.
 */
final class GroupSplit {
    private GroupSplit() {}

    /** Refuses scans that nobody has judged where there are no others: whoever calls them normal trains on disease. */
    static void requireJudged(List<Scans.Listed> scans, SplitOptions options, Object source) {
        if (options.onlyJudged() || scans.isEmpty()
                || scans.stream().anyMatch(s -> options.label(s.className()) != Label.UNKNOWN))
            return;
        throw UserError.failure(
                "%s holds nothing but scans that nobody has judged (%s). A run learns from normal ones: "
                        + "put these beside them, in a folder or class of their own, and prepare all together.",
                source,
                scans.stream().map(Scans.Listed::className).distinct().sorted().collect(Collectors.joining(", ")));
    }

    /** The scans, each with the split of its group, by the shares that the options ask for. */
    static Scans.Listing listing(List<Scans.Listed> scans, SplitOptions options) {
        if (options.onlyJudged()) return toJudge(scans);
        requireJudged(scans, options, "The data set");
        Set<String> anomalous = scans.stream().filter(s -> !options.isNormal(s.className())).map(Scans.Listed::group)
                .collect(Collectors.toSet());
        Map<String, Split> splits = byShares(scans.stream().map(Scans.Listed::group).toList(), anomalous, options);
        return new Scans.Listing(scans.stream().map(s -> s.withSplit(splits.get(s.group()))).toList(), List.of());
    }

    /** All of them to be tested. */
    static Scans.Listing toJudge(List<Scans.Listed> scans) {
        return new Scans.Listing(scans.stream().map(s -> s.withSplit(Split.TEST)).toList(), List.of());
    }

    /** The listing or, where the scans cannot be split, all of them as they are, with the reason as a note. */
    static Scans.Listing orAsTheyAre(List<Scans.Listed> scans, Supplier<Scans.Listing> split) {
        try {
            return split.get();
        } catch (UserError e) {
            return new Scans.Listing(scans, List.of()).withDoubts(List.of(e.getMessage()));
        }
    }

    /**
     * Groups with an anomalous scan are tested; the others are dealt out by the shares of their scans, at least one
     * group to each split.
     *
     * @param scans     the group of every scan
     * @param anomalous the groups with at least one anomalous scan
     */
    static Map<String, Split> byShares(Collection<String> scans, Set<String> anomalous, SplitOptions options) {
        NavigableMap<String, Integer> healthy = sizes(scans);
        healthy.keySet().removeAll(anomalous);
        if (healthy.size() < 3) {
            throw UserError.failure(
                    "Only %s group%s (patients) with nothing but normal scans; training, validation and test need "
                            + "one each. Is the patient read rightly from the file names (option patient)?",
                    healthy.size(), healthy.size() == 1 ? "" : "s");
        }
        Map<String, Split> split = new HashMap<>();
        anomalous.forEach(g -> split.put(g, Split.TEST));
        healthy.keySet().forEach(g -> split.put(g, Split.TRAIN));
        int all = total(healthy);
        List<String> test = take(healthy, options.test() * all, healthy.size() - 2, options.seed());
        test.forEach(g -> split.put(g, Split.TEST));
        healthy.keySet().removeAll(test);
        take(healthy, options.validation() * all, healthy.size() - 1, options.seed())
                .forEach(g -> split.put(g, Split.VALIDATION));
        return split;
    }

    /**
     * Holds a share of the training scans out for validation, in whole groups.
     *
     * @param scans the group of every normal training scan
     */
    static List<String> validationGroups(Collection<String> scans, SplitOptions options) {
        NavigableMap<String, Integer> groups = sizes(scans);
        if (groups.size() < 2) {
            throw UserError.failure(
                    "Only %s training group (patient) with normal scans; training and validation need one each. "
                            + "Are patients told apart rightly (option patient, or the table's column)?",
                    groups.size());
        }
        return take(groups, options.validation() * total(groups), groups.size() - 1, options.seed());
    }

    /** Groups in dealing order, as many as fit into {@code share} scans; at least one, at most {@code most}. */
    private static List<String> take(NavigableMap<String, Integer> groups, double share, int most, long seed) {
        List<String> dealt = new ArrayList<>(groups.keySet());
        dealt.sort(Comparator.comparingLong(g -> Seeds.of(seed, "group " + g)));
        List<String> taken = new ArrayList<>();
        double left = share + 0.5;
        for (String group : dealt) {
            if (taken.size() == most || groups.get(group) > left) continue;
            taken.add(group);
            left -= groups.get(group);
        }
        if (taken.isEmpty()) taken.add(dealt.stream().min(Comparator.comparing(groups::get)).orElseThrow());
        return taken;
    }

    private static NavigableMap<String, Integer> sizes(Collection<String> scans) {
        TreeMap<String, Integer> sizes = new TreeMap<>();
        scans.forEach(g -> sizes.merge(g, 1, Integer::sum));
        return sizes;
    }

    private static int total(Map<String, Integer> sizes) {
        return sizes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
