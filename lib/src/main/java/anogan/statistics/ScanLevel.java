package anogan.statistics;

import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.statistics.Analysis.ScanResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whole test scans, anomalous against normal: every score with every aggregate, for all anomalous classes together and
 * for each against the same normal scans.
 *
 * <p>
 * Subsets: all test scans; and, for each 0/1 attribute that splits the anomalous test scans, those where it is 1.
 * Normal scans are restricted in the same way, except that all stay if none of them carries the attribute. OCTDL's
 * {@code matched} is such an attribute: anomalous scans drawn so that their noise is that of the normal ones, all of
 * which carry it.
 */
final class ScanLevel {
    private ScanLevel() {}

    /**
     * @param table of whole scans; score names end in _mean or _top5
     * @param infos the scans of the prepared folder, for their attributes
     */
    static List<ScanResult> of(ScoreTable table, List<ScanInfo> infos, AnalysisOptions options) {
        ScoreTable test = table.where(c -> c.split() == Split.TEST && c.label() != Label.UNKNOWN);
        Set<String> classes = new TreeSet<>();
        for (ScoreTable.Case c : test.cases()) if (c.label() == Label.ANOMALOUS) classes.add(c.className());
        List<ScanResult> results = new ArrayList<>();
        subsets(test, infos).forEach((subset, inSubset) -> {
            ScoreTable members = test.where(c -> inSubset.test(c.scan()));
            add(results, members, subset, Analysis.ALL, options);
            if (classes.size() < 2) return;
            classes.forEach(
                    name -> add(results, members.where(c -> c.label() == Label.NORMAL || c.className().equals(name)),
                            subset, name, options));
        });
        return results;
    }

    private static void add(List<ScanResult> results, ScoreTable cases, String subset, String anomalous,
            AnalysisOptions options) {
        if (!cases.hasBothKinds()) return;
        for (Aggregate aggregate : Aggregate.values()) {
            for (Comparison.Judged of : Comparison.of(cases.of(aggregate), options))
                results.add(new ScanResult(of.score(), aggregate, subset, anomalous, of.separation(), of.lead()));
        }
    }

    /** Which scans are in each subset, by its name. */
    private static Map<String, Predicate<String>> subsets(ScoreTable test, List<ScanInfo> infos) {
        Map<String, ScanInfo> byName = infos.stream().collect(Collectors.toMap(ScanInfo::scan, info -> info));
        List<ScanInfo> tested = test.cases().stream().map(c -> byName.get(c.scan())).filter(info -> info != null)
                .toList();
        Map<String, Predicate<String>> subsets = new LinkedHashMap<>();
        subsets.put(Analysis.ALL, scan -> true);
        Set<String> attributes = tested.stream().flatMap(info -> info.attributes().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String attribute : attributes) {
            Set<String> anomalous = values(tested, attribute, Label.ANOMALOUS);
            Set<String> normal = values(tested, attribute, Label.NORMAL);
            if (!anomalous.equals(Set.of("0", "1")) || !Set.of("0", "1", "").containsAll(normal)) continue;
            boolean restrictNormals = normal.contains("1");
            subsets.put(attribute, scan -> {
                ScanInfo info = byName.get(scan);
                return info != null
                        && ((info.normal() && !restrictNormals) || "1".equals(info.attributes().get(attribute)));
            });
        }
        return subsets;
    }

    private static Set<String> values(List<ScanInfo> infos, String attribute, Label label) {
        return infos.stream().filter(info -> info.label() == label)
                .map(info -> info.attributes().getOrDefault(attribute, "")).collect(Collectors.toSet());
    }
}
