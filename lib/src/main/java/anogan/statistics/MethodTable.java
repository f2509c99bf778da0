package anogan.statistics;

import anogan.UserError;
import anogan.io.Json;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.Analysis.Separation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The paper's Table 1 for a run: every method of {@link Methods} on the same test cases. Patches are the cases where
 * patches are annotated; otherwise whole scans are.
 *
 * <p>
 * Each method stands at two thresholds. At its Youden point, as the paper's rows do: an oracle, since it looks at the
 * test labels. And at the threshold that normals set, which is what a user would get. The lead of AnoGAN is tested in
 * pairs on the same cases.
 *
 * @param level      {@code patch} or {@code scan}
 * @param cases      test cases that count
 * @param prevalence share of them that is anomalous; precision depends on it
 * @param rows       AnoGAN first, then the paper's other methods in its order, then the rest
 * @param notes      what is missing, and why
 */
public record MethodTable(String level, int cases, int groups, double prevalence, List<Row> rows, List<String> notes) {
    public static final String FILE = "methods.json";
    /** Share of anomalous patches that the paper's Table 1 implies. */
    public static final double PAPER_PREVALENCE = 0.527;
    private static final List<ScoreColumn> ORDER = List.of(Score.ANOGAN, Score.GAN_R, Score.P_D, Score.ACAE, Score.R,
            Score.D, Score.D_HAT);
    private static final Map<ScoreColumn, Paper> PAPER = Map.of(Score.ACAE,
            new Paper(0.7005, 0.7009, 0.7011, 0.6659, 0.73), Score.P_D, new Paper(0.8471, 0.5119, 0.5124, 0.8970, 0.72),
            Score.GAN_R, new Paper(0.8482, 0.7631, 0.7634, 0.8477, 0.88), Score.ANOGAN,
            new Paper(0.8834, 0.7277, 0.7279, 0.8928, 0.89));

    /** A row of the paper's Table 1; its figures 4 a and b add the areas of R (0.88), D (0.74) and D̂ (0.50). */
    public record Paper(double precision, double recall, double sensitivity, double specificity, double auc) {}

    /**
     * @param separation  AUROC with its intervals
     * @param oracle      the Youden point of these very cases
     * @param atThreshold what the threshold from normals does; empty where none could be set
     * @param lead        AUROC of AnoGAN minus this method's; empty for AnoGAN
     */
    public record Row(ScoreColumn method, Separation separation, YoudenOracle oracle, Optional<AtThreshold> atThreshold,
            Optional<Difference> lead) {
        /** What the paper reports for this method, if it does. */
        public Optional<Paper> paper() {
            return Optional.ofNullable(PAPER.get(method));
        }
    }

    /** @param precision empty where nothing is flagged */
    public record AtThreshold(NormalThreshold threshold, double sensitivity, double specificity,
            Optional<Double> precision) {}

    public Optional<Row> row(ScoreColumn method) {
        return rows.stream().filter(r -> r.method.equals(method)).findFirst();
    }

    /**
     * @param  prevalence negatives are thinned out by lot until so large a share of the cases is anomalous
     *                    ({@link #PAPER_PREVALENCE}); 0 keeps them all
     * @return            nothing where there are no test cases of both kinds
     * @throws UserError  if the run was not mapped
     */
    public static Optional<MethodTable> of(Path run, double prevalence, AnalysisOptions options) {
        ScoreTable patches = Methods.of(run);
        boolean annotated = PatchLevel.labelledTest(patches).hasBothKinds();
        return annotated ? of(patches, "patch", prevalence, options)
                : of(Methods.ofScans(run), "scan", prevalence, options);
    }

    /** Whole scans as cases, all of them; each of a scan's scores is the mean over its patches. */
    public static Optional<MethodTable> ofScans(Path run, AnalysisOptions options) {
        return of(Methods.ofScans(run), "scan", 0, options);
    }

    private static Optional<MethodTable> of(ScoreTable all, String level, double prevalence, AnalysisOptions options) {
        List<String> notes = new ArrayList<>();
        ScoreTable test = thinned(PatchLevel.labelledTest(all), prevalence, options.seed());
        if (!test.hasBothKinds()) return Optional.empty();
        test = Methods.complete(test, notes);
        boolean[] positive = test.positive();
        List<Row> rows = new ArrayList<>();
        for (Comparison.Judged of : ordered(Comparison.of(test, Score.ANOGAN, options))) {
            ScoreColumn method = of.score();
            double[] scores = test.of(method);
            YoudenOracle oracle = YoudenOracle.of(RankedCases.of(scores, positive));
            rows.add(new Row(method, of.separation(), oracle, NormalReference.of(all, method, options)
                    .map(n -> atThreshold(n.threshold(options.fpr()), scores, positive)), of.lead()));
        }
        Separation any = rows.get(0).separation;
        return Optional.of(new MethodTable(level, any.cases(), any.groups(), any.prevalence(), rows, notes));
    }

    /**
     * The test cases that the rows are about: those that were there when this table was made, thinned out by the same
     * lot.
     */
    public ScoreTable cases(Path run, AnalysisOptions options) {
        ScoreTable all = level.equals("patch") ? Methods.of(run) : Methods.ofScans(run);
        return Methods.complete(thinned(PatchLevel.labelledTest(all), prevalence, options.seed()), new ArrayList<>());
    }

    private static List<Comparison.Judged> ordered(List<Comparison.Judged> methods) {
        Comparator<Comparison.Judged> byPlace = Comparator
                .comparingInt(m -> ORDER.contains(m.score()) ? ORDER.indexOf(m.score()) : ORDER.size());
        return methods.stream().sorted(byPlace).collect(Collectors.toList());   // stable: the rest as they come
    }

    /** All positives, and of the negatives as many by lot as leave the positives so large a share. */
    static ScoreTable thinned(ScoreTable table, double prevalence, long seed) {
        if (!(prevalence >= 0 && prevalence < 1))
            throw UserError.usage("The prevalence must lie in [0, 1), not %s.", prevalence);
        boolean[] positive = table.positive();
        List<Integer> negatives = new ArrayList<>(
                IntStream.range(0, positive.length).filter(i -> !positive[i]).boxed().toList());
        int positives = positive.length - negatives.size();
        int wanted = prevalence == 0 ? negatives.size() : (int) Math.round(positives * (1 - prevalence) / prevalence);
        SplittableRandom random = Seeds.random(seed, "thinned");
        while (negatives.size() > wanted) negatives.remove(random.nextInt(negatives.size()));
        Set<ScoreTable.Case> kept = negatives.stream().map(i -> table.cases().get(i)).collect(Collectors.toSet());
        return table.where(c -> c.label() == Label.ANOMALOUS || kept.contains(c));
    }

    private static AtThreshold atThreshold(NormalThreshold threshold, double[] scores, boolean[] positive) {
        int[] flagged = new int[2];
        int[] all = new int[2];
        for (int i = 0; i < scores.length; i++) {
            int kind = positive[i] ? 1 : 0;
            all[kind]++;
            if (threshold.flags(scores[i])) flagged[kind]++;
        }
        Optional<Double> precision = flagged[0] + flagged[1] == 0 ? Optional.empty()
                : Optional.of((double) flagged[1] / (flagged[0] + flagged[1]));
        return new AtThreshold(threshold, (double) flagged[1] / all[1], 1 - (double) flagged[0] / all[0], precision);
    }

    public void write(Path run) {
        Json.write(run.resolve(FILE), this);
    }

    /** @throws UserError if the methods of the run were not compared yet */
    public static MethodTable read(Path run) {
        return Json.read(new RunFolder(run).require(FILE, "analyze"), MethodTable.class,
                "Make it anew with stage analyze.");
    }

    /**
     * Rows of text; the paper's numbers stand below ours. Precision, recall and specificity are those of the Youden
     * point, an oracle.
     */
    public String text() {
        TextTable table = new TextTable("method", "precision", "recall", "specificity", "AUC", "95 % (groups)",
                "95 % (DeLong)", "AnoGAN leads by", "p", "flags anomalous", "flags normal");
        for (Row r : rows) {
            table.row(r.method.column(), number(r.oracle.precision()), number(r.oracle.sensitivity()),
                    number(r.oracle.specificity()), number(r.separation.auroc()), r.separation.bootstrap(),
                    r.separation.deLong(),
                    r.lead.map(
                            d -> format("%+.3f %s", d.difference(), d.bootstrap().map(Interval::toString).orElse("–"))),
                    r.lead.flatMap(Difference::pByGroups).map(p -> format("%.2g", p)),
                    r.atThreshold.map(at -> format("%.1f %%", 100 * at.sensitivity)),
                    r.atThreshold.map(at -> format("%.1f %%", 100 * (1 - at.specificity))));
            r.paper().ifPresent(p -> table.row("  in the paper", number(p.precision), number(p.sensitivity),
                    number(p.specificity), format("%.2f", p.auc), "", "", "", "", "", ""));
        }
        return String.format(Locale.ROOT,
                "Methods on %d test %s of %d groups, %.1f %% anomalous; precision, recall and specificity at "
                        + "the Youden point (oracle)%n%s%s",
                cases, level.equals("patch") ? "patches" : "scans", groups, 100 * prevalence, table,
                notes.isEmpty() ? "" : String.join("\n", notes) + "\n");
    }

    private static String number(double value) {
        return format("%.3f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
