package anogan.statistics;

import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.Separation;
import java.util.LinkedHashMap;
import java.util.Map;

/** All scores of a table judged on the same cases and the same bootstrap draws, each also against one of them. */
final class Comparison {
    /** The paper's score, with which the others are compared. */
    static final ScoreColumn REFERENCE = Score.A;

    private Comparison() {}

    /** @param leadOfA of the score that the others are compared with; null for itself, or where the table lacks it */
    record Judged(Separation separation, Difference leadOfA) {}

    /** @param table labelled cases of both kinds, without gaps; compared with A */
    static Map<ScoreColumn, Judged> of(ScoreTable table, AnalysisOptions options) {
        return of(table, REFERENCE, options);
    }

    /** @param with the score that the others are compared with */
    static Map<ScoreColumn, Judged> of(ScoreTable table, ScoreColumn with, AnalysisOptions options) {
        boolean[] positive = table.positive();
        ClusterBootstrap bootstrap = ClusterBootstrap.of(table.groups(), options.bootstrap(), options.seed());
        Map<ScoreColumn, Ranked> ranked = new LinkedHashMap<>();
        table.scores().forEach((name, values) -> {
            RankedCases cases = RankedCases.of(values, positive);
            ranked.put(name, new Ranked(cases, bootstrap.replicates(cases::auroc)));
        });
        Map<ScoreColumn, Judged> judged = new LinkedHashMap<>();
        Ranked reference = ranked.get(with);
        ranked.forEach((name, r) -> {
            Difference lead = reference == null || name.equals(with) ? null
                    : difference(reference, r, bootstrap,
                            bootstrap.groups() < 2 ? null
                                    : (Double) PairedPermutation.p(reference.cases, r.cases, table.groups(),
                                            options.bootstrap(), options.seed()));
            judged.put(name, new Judged(separation(r, bootstrap), lead));
        });
        return judged;
    }

    /** A score's ranking and its AUROC on every resample. */
    private record Ranked(RankedCases cases, double[] replicates) {}

    private static Separation separation(Ranked r, ClusterBootstrap bootstrap) {
        Auroc auroc = Auroc.of(r.cases);
        return new Separation(r.cases.cases(), r.cases.positives(), bootstrap.groups(), r.cases.prevalence(),
                auroc.value(), auroc.interval(), bootstrap.interval(r.replicates), r.cases.counts().averagePrecision());
    }

    private static Difference difference(Ranked a, Ranked other, ClusterBootstrap bootstrap, Double p) {
        PairedDeLong test = PairedDeLong.of(a.cases, other.cases);
        return new Difference(test.difference(), test.interval(), bootstrap.difference(a.replicates, other.replicates),
                p);
    }
}
