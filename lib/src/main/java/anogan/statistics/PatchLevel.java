package anogan.statistics;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Distribution;
import anogan.statistics.Analysis.PatchResult;
import anogan.statistics.Analysis.WithinScanResult;
import anogan.statistics.ScoreTable.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Single patches, by the paper's definition anomalous if one of their pixels is annotated. Patches of anomalous scans
 * without a mask have no label and are left out.
 */
final class PatchLevel {
    private PatchLevel() {}

    /** Labelled test patches of all scans together. */
    static List<PatchResult> pooled(ScoreTable table, AnalysisOptions options) {
        ScoreTable test = labelledTest(table);
        List<PatchResult> results = new ArrayList<>();
        if (test.hasBothKinds()) {
            for (Comparison.Judged of : Comparison.of(test, options))
                results.add(new PatchResult(of.score(), of.separation(), of.lead()));
        }
        return results;
    }

    /** Anomalous patches against the other patches of the same scan. */
    static List<WithinScanResult> withinScan(ScoreTable table, AnalysisOptions options) {
        ScoreTable test = labelledTest(table);
        Set<String> anomalous = scans(test, Label.ANOMALOUS);
        Set<String> normal = scans(test, Label.NORMAL);
        ScoreTable mixed = test.where(c -> anomalous.contains(c.scan()) && normal.contains(c.scan()));
        List<WithinScanResult> results = new ArrayList<>();
        if (mixed.cases().isEmpty()) return results;
        Map<String, String> groupOf = mixed.cases().stream()
                .collect(Collectors.toMap(Case::scan, Case::group, (a, b) -> a));
        mixed.scores().forEach((score, values) -> {
            StratifiedAuroc auroc = StratifiedAuroc.of(values, mixed.positive(), mixed.scans());
            List<String> groups = auroc.strata().stream().map(s -> groupOf.get(s.name())).toList();
            ClusterBootstrap bootstrap = ClusterBootstrap.of(groups, options.bootstrap(), options.seed());
            int positives = auroc.strata().stream().mapToInt(StratifiedAuroc.Stratum::positives).sum();
            results.add(new WithinScanResult(score, auroc.strata().size(), bootstrap.groups(), positives,
                    mixed.cases().size() - positives, auroc.pairs(), auroc.pooled(), bootstrap.interval(auroc::pooled),
                    auroc.mean(), bootstrap.interval(auroc::mean)));
        });
        return results;
    }

    private static Set<String> scans(ScoreTable table, Label label) {
        return table.cases().stream().filter(c -> c.label() == label).map(Case::scan).collect(Collectors.toSet());
    }

    static ScoreTable labelledTest(ScoreTable table) {
        return table.where(c -> c.split() == Split.TEST && c.label() != Label.UNKNOWN);
    }

    /** Each score among training, validation and test normals, and in anomalous test scans beside and on the lesion. */
    static List<Distribution> distributions(ScoreTable table, Set<String> normalScans) {
        Map<String, Predicate<Case>> cohorts = new LinkedHashMap<>();
        cohorts.put("train normal", c -> c.split() == Split.TRAIN && c.label() == Label.NORMAL);
        cohorts.put("validation normal", c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL);
        cohorts.put("test normal", c -> c.split() == Split.TEST && normalScans.contains(c.scan()));
        cohorts.put("test beside anomalous",
                c -> c.split() == Split.TEST && !normalScans.contains(c.scan()) && c.label() == Label.NORMAL);
        cohorts.put("test anomalous", c -> c.split() == Split.TEST && c.label() == Label.ANOMALOUS);
        List<Distribution> distributions = new ArrayList<>();
        for (ScoreColumn score : table.scores().keySet()) {
            cohorts.forEach((name, members) -> {
                double[] values = Arrays.stream(table.where(members).scores().get(score)).filter(v -> !Double.isNaN(v))
                        .sorted().toArray();
                if (values.length > 0) distributions.add(distribution(score, name, values));
            });
        }
        return distributions;
    }

    private static Distribution distribution(ScoreColumn score, String cohort, double[] sorted) {
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double sd = Math
                .sqrt(Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, sorted.length - 1));
        return new Distribution(score, cohort, sorted.length, mean, sd, Interval.quantile(sorted, .05),
                Interval.quantile(sorted, .25), Interval.quantile(sorted, .5), Interval.quantile(sorted, .75),
                Interval.quantile(sorted, .95));
    }
}
