package anogan.visuals;

import anogan.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * A run's smaller csv files as Tablesaw tables. Names stay text even when they look like numbers or like a missing value ("007", "NA"); everything else
 * is a number, NaN where a field is empty. (Scores have a reader of their own: {@link anogan.statistics.ScoreTable}.)
 */
final class Tables {
    private static final Set<String> TEXT = Set.of("scan", "group", "class", "split");

    private Tables() { }

    /** @throws UserError if the file lacks one of the columns or holds something that is not a number */
    static Table read(Path file, String... columns) {
        Table table;
        try {
            table = Table.read().usingOptions(CsvReadOptions.builder(Files.newBufferedReader(file)).sample(false).missingValueIndicator("")
                    .columnTypes(name -> TEXT.contains(name) ? ColumnType.STRING : ColumnType.DOUBLE));
        } catch (Exception e) {   // Tablesaw has a dozen kinds for a file that does not fit
            throw UserError.failure(e, "%s is not understood (%s). Make it anew.", file, e.getMessage());
        }
        for (String column : columns) {
            if (!table.containsColumn(column)) throw UserError.failure("%s has no column %s. Make it anew.", file, column);
        }
        return table;
    }

    static double[] numbers(Table table, String column) {
        return table.doubleColumn(column).asDoubleArray();
    }
}
