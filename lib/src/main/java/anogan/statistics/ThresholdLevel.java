package anogan.statistics;

import anogan.scans.Label;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Rate;
import anogan.statistics.Analysis.ThresholdResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a threshold that only normals set does on test cases: how many anomalous ones it finds, how many normal ones it
 * flags.
 */
final class ThresholdLevel {
    /** The scores of patches that get a threshold, the one that leads first. */
    static final List<ScoreColumn> OF_PATCHES = List.of(Score.RECOMMENDED, Score.A);
    /** Those of scans; the first is what scans are ranked by. */
    static final List<ScoreColumn> OF_SCANS = List.of(Score.RECOMMENDED.of(Aggregate.MEAN), Score.A.of(Aggregate.MEAN),
            Score.A.of(Aggregate.TOP5));

    private ThresholdLevel() {}

    /** Of all scores that are listed here and stand in the tables. */
    static List<ThresholdResult> of(ScoreTable patches, ScoreTable scans, AnalysisOptions options) {
        return Stream.concat(OF_PATCHES.stream().map(s -> of(patches, "patch", s, options)),
                OF_SCANS.stream().map(s -> of(scans, "scan", s, options))).flatMap(Optional::stream).toList();
    }

    /** Nothing if the score, validation normals, or one kind of test case is missing. */
    private static Optional<ThresholdResult> of(ScoreTable table, String level, ScoreColumn score,
            AnalysisOptions options) {
        ScoreTable test = PatchLevel.labelledTest(table);
        Optional<NormalReference> normals = NormalReference.of(table, score, options);
        if (normals.isEmpty() || !test.hasBothKinds()) return Optional.empty();
        NormalThreshold threshold = normals.get().threshold(options.fpr());
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
