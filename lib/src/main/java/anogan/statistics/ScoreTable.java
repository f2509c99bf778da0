package anogan.statistics;

import anogan.UserError;
import anogan.io.Tables;
import anogan.run.RunFolder;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.scoring.ScoreFiles;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * One of a run's score files as columns: {@code scores.csv} and {@code baselines.csv} (a row per patch),
 * {@code scans.csv} and {@code baselines_scans.csv} (a row per scan). Columns that do not say which case it is are
 * scores, so a further score needs no change here.
 *
 * @param cases  what each row is about
 * @param scores one value per case for each of them; NaN where the file has none
 */
public record ScoreTable(List<Case> cases, Map<ScoreColumn, double[]> scores) {
    /**
     * A patch, or a whole scan (row and column are then 0).
     *
     * @param patches how many patches its scores are of: 1, or those of the scan that were scored
     */
    public record Case(String scan, String group, String className, Split split, Label label, int row, int column,
            int patches) {
        /** A single patch. */
        public Case(String scan, String group, String className, Split split, Label label, int row, int column) {
            this(scan, group, className, split, label, row, column, 1);
        }

        private record Place(String scan, int row, int column) {}

        private Place place() {
            return new Place(scan, row, column);
        }
    }

    public ScoreTable {
        int n = cases.size();
        scores.forEach((name, values) -> {
            if (values.length != n) throw new IllegalArgumentException(
                    values.length + " values of " + name.column() + " for " + n + " cases");
        });
    }

    /** Every patch of a run with our scores and, as far as the run has them, the trivial ones. */
    public static ScoreTable ofPatches(RunFolder run) {
        return beside(run.file("scores.csv"), run.file("baselines.csv"));
    }

    /** Every scan, likewise. */
    public static ScoreTable ofScans(RunFolder run) {
        return beside(run.file("scans.csv"), run.file("baselines_scans.csv"));
    }

    private static ScoreTable beside(Path ours, Path trivial) {
        return Files.exists(trivial) ? read(ours).join(read(trivial)) : read(ours);
    }

    /** @throws UserError if the file is missing, lacks a column, or holds something that is not a number */
    public static ScoreTable read(Path file) {
        Table table = Tables.read(file, "map", List.of("scan", "group", "class", "split", "label"));
        List<Case> cases = new ArrayList<>();
        try {
            for (Row row : table) cases.add(caseOf(row));
        } catch (RuntimeException e) {   // an unknown split, or a row that Tablesaw cannot give
            throw Tables.notUnderstood(file, "map", e);
        }
        Map<ScoreColumn, double[]> scores = new LinkedHashMap<>();
        for (String name : ScoreFiles.scores(table)) scores.put(ScoreColumn.of(name), Tables.numbers(table, name));
        return new ScoreTable(cases, scores);
    }

    private static Case caseOf(Row row) {
        List<String> columns = row.columnNames();
        return new Case(row.getString("scan"), row.getString("group"), row.getString("class"),
                Split.of(row.getString("split")), label(row.getDouble("label")),
                columns.contains("row") ? (int) row.getDouble("row") : 0,
                columns.contains("column") ? (int) row.getDouble("column") : 0,
                columns.contains("patches") ? (int) row.getDouble("patches") : 1);
    }

    /** Tablesaw gives the column as numbers, NaN where it is empty. */
    private static Label label(double number) {
        return Label.of(Double.isNaN(number) ? "" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
    }

    /** This table with the other's scores beside its own: NaN for cases that the other does not have. */
    public ScoreTable join(ScoreTable other) {
        Map<Case.Place, Integer> rowOf = new HashMap<>();
        for (int i = 0; i < other.cases.size(); i++) rowOf.put(other.cases.get(i).place(), i);
        int[] row = cases.stream().mapToInt(c -> rowOf.getOrDefault(c.place(), -1)).toArray();
        Map<ScoreColumn, double[]> all = new LinkedHashMap<>(scores);
        other.scores.forEach((name, values) -> all.put(name,
                Arrays.stream(row).mapToDouble(r -> r < 0 ? Double.NaN : values[r]).toArray()));
        return new ScoreTable(cases, all);
    }

    public ScoreTable where(Predicate<Case> wanted) {
        int[] rows = IntStream.range(0, cases.size()).filter(i -> wanted.test(cases.get(i))).toArray();
        Map<ScoreColumn, double[]> chosen = new LinkedHashMap<>();
        scores.forEach((name, values) -> chosen.put(name, Arrays.stream(rows).mapToDouble(i -> values[i]).toArray()));
        return new ScoreTable(Arrays.stream(rows).mapToObj(cases::get).toList(), chosen);
    }

    /**
     * The cases of scans whose patches were all scored. Those of validation and test always are, and all scans of a run
     * have the same number of patches; of training scans some versions score a sample.
     */
    ScoreTable wholeScans() {
        Map<String, Integer> patches = new HashMap<>();
        for (Case c : cases) patches.merge(c.scan, c.patches, Integer::sum);
        int all = patches.values().stream().max(Integer::compare).orElse(0);
        return where(c -> patches.getOrDefault(c.scan, 0) == all);
    }

    /** Of whole scans: the scores of one aggregate, named as those of patches. */
    public ScoreTable of(Aggregate aggregate) {
        Map<ScoreColumn, double[]> chosen = new LinkedHashMap<>();
        scores.forEach((name, values) -> {
            if (name instanceof ScoreColumn.OfScan scan && scan.aggregate() == aggregate) chosen.put(scan.of(), values);
        });
        return new ScoreTable(cases, chosen);
    }

    /** Of patches, or of one aggregate of scans: the recommended score, or A where a version had none. */
    ScoreColumn leading() {
        return scores.containsKey(Score.RECOMMENDED) ? Score.RECOMMENDED : Score.A;
    }

    /** With other names for some of the scores. */
    public ScoreTable renamed(Map<? extends ScoreColumn, ? extends ScoreColumn> names) {
        Map<ScoreColumn, double[]> renamed = new LinkedHashMap<>();
        scores.forEach((name, values) -> renamed.put(names.containsKey(name) ? names.get(name) : name, values));
        return new ScoreTable(cases, renamed);
    }

    /**
     * One score's values.
     *
     * @throws IllegalArgumentException if the table has no such score
     */
    public double[] of(ScoreColumn score) {
        return Optional.ofNullable(scores.get(score))
                .orElseThrow(() -> new IllegalArgumentException("there is no score " + score.column()));
    }

    /** One score alone. */
    public ScoreTable only(ScoreColumn name) {
        Map<ScoreColumn, double[]> one = new LinkedHashMap<>(scores);
        one.keySet().retainAll(Set.of(name));
        return new ScoreTable(cases, one);
    }

    public ScoreTable without(Set<ScoreColumn> names) {
        Map<ScoreColumn, double[]> chosen = new LinkedHashMap<>(scores);
        chosen.keySet().removeAll(names);
        return new ScoreTable(cases, chosen);
    }

    /** Whether each case is anomalous; unknown counts as not, so choose the labelled ones first. */
    public boolean[] positive() {
        boolean[] positive = new boolean[cases.size()];
        for (int i = 0; i < positive.length; i++) positive[i] = cases.get(i).label == Label.ANOMALOUS;
        return positive;
    }

    public boolean hasBothKinds() {
        long positives = cases.stream().filter(c -> c.label == Label.ANOMALOUS).count();
        return positives > 0 && positives < cases.size();
    }

    public List<String> groups() {
        return cases.stream().map(Case::group).toList();
    }

    public List<String> scans() {
        return cases.stream().map(Case::scan).toList();
    }
}
