package anogan.statistics;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Rate;
import anogan.statistics.Analysis.ThresholdResult;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a threshold that only validation normals set does on test cases: how many anomalous ones it finds, how many
 * normal ones it flags.
 */
final class ThresholdLevel {
    private ThresholdLevel() {}

    /**
     * @param  level {@code patch} or {@code scan}
     * @param  score a column of the table
     * @return       nothing if the score, validation normals, or one kind of test case is missing
     */
    static Optional<ThresholdResult> of(ScoreTable table, String level, ScoreColumn score, AnalysisOptions options) {
        ScoreTable validation = table.where(c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL);
        ScoreTable test = PatchLevel.labelledTest(table);
        if (!table.scores().containsKey(score) || validation.cases().isEmpty() || !test.hasBothKinds())
            return Optional.empty();
        NormalThreshold threshold = NormalThreshold.of(validation.of(score), options.fpr());
        YoudenOracle oracle = YoudenOracle.of(RankedCases.of(test.of(score), test.positive()));
        return Optional
                .of(new ThresholdResult(level, score, threshold, rate(test, score, Label.ANOMALOUS, threshold, options),
                        rate(test, score, Label.NORMAL, threshold, options), oracle));
    }

    private static Rate rate(ScoreTable test, ScoreColumn score, Label label, NormalThreshold threshold,
            AnalysisOptions options) {
        ScoreTable cases = test.where(c -> c.label() == label);
        double[] values = cases.of(score);
        int hits = (int) IntStream.range(0, values.length).filter(i -> threshold.flags(values[i])).count();
        ClusterBootstrap bootstrap = ClusterBootstrap.of(cases.groups(), options.bootstrap(), options.seed());
        Optional<Interval> interval = bootstrap.interval(weights -> {
            double flagged = 0;
            double total = 0;
            for (int i = 0; i < values.length; i++) {
                total += weights[i];
                if (threshold.flags(values[i])) flagged += weights[i];
            }
            return flagged / total;
        });
        return new Rate(hits, values.length, (double) hits / values.length, Interval.wilson(hits, values.length),
                interval);
    }
}
