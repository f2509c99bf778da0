package anogan.statistics;

import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.Separation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All scores of a table judged on the same cases and the same bootstrap draws, each also against one of them. */
final class Comparison {
    private Comparison() {}

    /**
     * @param lead of the score that the others are compared with over this one; empty for itself, or where the table
     *             lacks it
     */
    record Judged(ScoreColumn score, Separation separation, Optional<Difference> lead) {}

    /** @param table labelled cases of both kinds, without gaps; compared with the score that leads */
    static List<Judged> of(ScoreTable table, AnalysisOptions options) {
        return of(table, table.leading(), options);
    }

    /** @param with the score that the others are compared with */
    static List<Judged> of(ScoreTable table, ScoreColumn with, AnalysisOptions options) {
        boolean[] positive = table.positive();
        ClusterBootstrap bootstrap = ClusterBootstrap.of(table.groups(), options.bootstrap(), options.seed());
        Map<ScoreColumn, Ranked> ranked = new LinkedHashMap<>();
        table.scores().forEach((name, values) -> {
            RankedCases cases = RankedCases.of(values, positive);
            ranked.put(name, new Ranked(cases, bootstrap.replicates(cases::auroc)));
        });
        List<Judged> judged = new ArrayList<>();
        Optional<Ranked> reference = Optional.ofNullable(ranked.get(with));
        ranked.forEach((name, r) -> {
            Optional<Difference> lead = reference.filter(a -> !name.equals(with))
                    .map(a -> difference(a, r, bootstrap, pByGroups(a, r, table, options)));
            judged.add(new Judged(name, separation(r, bootstrap), lead));
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

    private static Difference difference(Ranked a, Ranked other, ClusterBootstrap bootstrap, Optional<Double> p) {
        PairedDeLong test = PairedDeLong.of(a.cases, other.cases);
        return new Difference(test.difference(), test.interval(), bootstrap.difference(a.replicates, other.replicates),
                p);
    }

    /** Empty where there are too few groups to exchange. */
    private static Optional<Double> pByGroups(Ranked a, Ranked other, ScoreTable table, AnalysisOptions options) {
        return table.groups().stream().distinct().count() < 2 ? Optional.empty()
                : Optional.of(
                        PairedPermutation.p(a.cases, other.cases, table.groups(), options.bootstrap(), options.seed()));
    }
}
