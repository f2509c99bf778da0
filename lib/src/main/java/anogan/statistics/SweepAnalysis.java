package anogan.statistics;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.ErrorText;
import anogan.io.Json;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scoring.Score;
import anogan.statistics.Analysis.Separation;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What λ and Γ do to a run's scores, from the tables that a sweep left in {@code sweep/}; as {@code sweep.csv} for
 * other programs.
 *
 * <p>
 * Which value is best must not be read off the cases that it is reported on. It is chosen by cross-validation over
 * whole groups: for each of {@value #FOLDS} folds the value with the highest AUROC of A on the other folds is taken and
 * judged on this one. {@link Choice#auroc} counts pairs within a fold only, since scores of different values are on
 * different scales.
 *
 * @param kind   which of the two
 * @param points rising by value
 * @param choice empty if there are fewer than {@value #FOLDS} groups, or a fold lacks one kind of case
 */
public record SweepAnalysis(Kind kind, List<Point> points, Optional<Choice> choice) {
    public static final String FILE = "sweep.csv";
    private static final String JSON = "analysis/sweeps.json";
    static final int FOLDS = 5;
    private static final List<Score> SCORES = List.of(Score.A, Score.R, Score.D);
    private static final Pattern NAME = Pattern.compile("(lambda|steps)-([0-9.]+)\\.csv");

    /** λ or Γ, with the paper's value of it. */
    public enum Kind {
        LAMBDA("lambda", "λ", 0.1), STEPS("steps", "Γ", 500);

        private final String word;
        private final String symbol;
        private final double paper;

        Kind(String word, String symbol, double paper) {
            this.word = word;
            this.symbol = symbol;
            this.paper = paper;
        }

        /** Its name in files. */
        @JsonValue
        public String word() {
            return word;
        }

        public String symbol() {
            return symbol;
        }

        /** The one value that the paper gives. */
        public double paper() {
            return paper;
        }
    }

    /**
     * @param scores separation by each of A, R, D
     * @param loss   mean of A, which is the loss where the descents ended
     */
    public record Point(double value, Map<Score, Separation> scores, double loss) {
        /** By one of A, R, D. */
        public Separation of(Score score) {
            return Optional.ofNullable(scores.get(score)).orElseThrow();
        }
    }

    /**
     * @param chosen in each fold
     * @param auroc  of A with them, within folds, with its interval from resampling groups
     */
    public record Choice(List<Double> chosen, double auroc, Optional<Interval> interval) {
        /** The value that most folds chose; the smaller one of two. */
        public double mostOften() {
            return chosen.stream().max((a, b) -> {
                int more = Long.compare(count(a), count(b));
                return more != 0 ? more : Double.compare(b, a);
            }).orElseThrow();
        }

        private long count(double value) {
            return chosen.stream().filter(c -> c == value).count();
        }
    }

    /** Both sweeps of a run, as far as they were made. */
    public static List<SweepAnalysis> of(Path folder, AnalysisOptions options) {
        List<SweepAnalysis> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Map<Double, ScoreTable> tables = tables(new RunFolder(folder).file("sweep"), kind);
            if (!tables.isEmpty()) all.add(of(kind, tables, options));
        }
        return all;
    }

    /** Writes {@value #FILE} and {@value #JSON} into the run, if there is anything to write. */
    public static void write(Path run, List<SweepAnalysis> sweeps) {
        if (sweeps.isEmpty()) return;
        AtomicFiles.writeString(run.resolve(FILE), csv(sweeps));
        Json.write(run.resolve(JSON), sweeps.toArray());
    }

    /** As {@link #write} left them; none if it wrote none. */
    public static List<SweepAnalysis> read(Path run) {
        return Files.exists(run.resolve(JSON))
                ? List.of(Json.read(run.resolve(JSON), SweepAnalysis[].class, "Make it anew with stage analyze."))
                : List.of();
    }

    static SweepAnalysis of(Kind kind, Map<Double, ScoreTable> tables, AnalysisOptions options) {
        List<Point> points = new ArrayList<>();
        tables.forEach((value, table) -> {
            Map<Score, Separation> scores = new LinkedHashMap<>();
            List<Comparison.Judged> judged = Comparison.of(table, options);
            for (Score s : SCORES)
                judged.stream().filter(j -> j.score() == s).forEach(j -> scores.put(s, j.separation()));
            points.add(new Point(value, scores, Arrays.stream(table.of(Score.A)).average().orElseThrow()));
        });
        return new SweepAnalysis(kind, points, choice(tables, options));
    }

    private static Map<Double, ScoreTable> tables(Path folder, Kind kind) {
        Map<Double, ScoreTable> tables = new TreeMap<>();
        if (!Files.isDirectory(folder)) return tables;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group(1).equals(kind.word))
                    tables.put(Double.valueOf(name.group(2)), ScoreTable.read(file));
            }
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s. Make it readable.", folder, ErrorText.of(e));
        }
        return tables;
    }

    private static Optional<Choice> choice(Map<Double, ScoreTable> tables, AnalysisOptions options) {
        ScoreTable any = tables.values().iterator().next();
        int[] fold = folds(any.groups(), options.seed());
        boolean[] positive = any.positive();
        for (int f = 0; f < FOLDS; f++) {
            int k = f;
            if (IntStream.range(0, fold.length).filter(i -> fold[i] == k).mapToObj(i -> positive[i]).distinct()
                    .count() < 2)
                return Optional.empty();
        }
        double[] scores = new double[fold.length];
        List<Double> chosen = new ArrayList<>();
        for (int f = 0; f < FOLDS; f++) {
            Map.Entry<Double, ScoreTable> best = best(tables, positive, fold, f);
            chosen.add(best.getKey());
            for (int i = 0; i < scores.length; i++) if (fold[i] == f) scores[i] = best.getValue().of(Score.A)[i];
        }
        ClusterBootstrap bootstrap = ClusterBootstrap.of(any.groups(), options.bootstrap(), options.seed());
        RankedCases ranked = RankedCases.of(scores, positive);   // once: a resample changes weights, not ranks
        Optional<Interval> interval = bootstrap.interval(weights -> within(ranked, fold, weights));
        double[] ones = new double[fold.length];
        Arrays.fill(ones, 1);
        return Optional.of(new Choice(chosen, within(ranked, fold, ones), interval));
    }

    /** Whole groups to folds, as evenly as they go. */
    static int[] folds(List<String> groups, long seed) {
        List<String> names = new ArrayList<>(new TreeSet<>(groups));
        SplittableRandom random = Seeds.random(seed, "folds");
        Map<String, Integer> foldOf = new LinkedHashMap<>();
        for (int n = 0; !names.isEmpty(); n++) foldOf.put(names.remove(random.nextInt(names.size())), n % FOLDS);
        return groups.stream().mapToInt(foldOf::get).toArray();
    }

    private static Map.Entry<Double, ScoreTable> best(Map<Double, ScoreTable> tables, boolean[] positive, int[] fold,
            int without) {
        double[] others = Arrays.stream(fold).mapToDouble(f -> f == without ? 0 : 1).toArray();
        return tables.entrySet().stream()
                .max(Comparator.comparingDouble(e -> RankedCases.of(e.getValue().of(Score.A), positive).auroc(others)))
                .orElseThrow();   // of equally good ones the lowest
    }

    /** Concordant share of the pairs within a fold. */
    private static double within(RankedCases ranked, int[] fold, double[] weights) {
        double concordant = 0;
        double pairs = 0;
        for (int f = 0; f < FOLDS; f++) {
            double[] own = new double[fold.length];
            for (int i = 0; i < own.length; i++) own[i] = fold[i] == f ? weights[i] : 0;
            ThresholdCounts counts = ranked.counts(own);
            double within = counts.positives() * counts.negatives();
            if (within == 0) continue;
            concordant += within * counts.auroc();
            pairs += within;
        }
        return concordant / pairs;
    }

    private static String csv(List<SweepAnalysis> sweeps) {
        StringBuilder csv = new StringBuilder("kind,value,score,auroc,low,high,loss,chosen\n");
        for (SweepAnalysis s : sweeps) {
            for (Point p : s.points) {
                boolean chosen = s.choice.filter(c -> c.mostOften() == p.value).isPresent();
                p.scores.forEach((score,
                        of) -> csv.append(Csv.line(s.kind.word, p.value, score.column(), number(of.auroc()),
                                of.bootstrap().map(i -> number(i.low())).orElse(""),
                                of.bootstrap().map(i -> number(i.high())).orElse(""), number(p.loss), chosen ? 1 : 0)));
            }
        }
        return csv.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }

    /** A line for each value, and what was chosen. */
    public String text() {
        TextTable table = new TextTable(kind.symbol, "AUROC of A", "95 % (groups)", "R", "D", "mean A");
        for (Point p : points) {
            table.row(String.format(Locale.ROOT, "%.4g", p.value), number(p.of(Score.A).auroc()),
                    p.of(Score.A).bootstrap(), number(p.of(Score.R).auroc()), number(p.of(Score.D).auroc()),
                    number(p.loss));
        }
        return table + choice.map(c -> String.format(Locale.ROOT,
                "Chosen in %d folds of whole groups: %s; with them AUROC within the folds %.3f%s%n", FOLDS, c.chosen,
                c.auroc, Interval.bracketed(c.interval))).orElse("");
    }
}
