package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * A run's csv files as Tablesaw tables. Names stay text even when they look like numbers or like a missing value
 * ("007", "NA"); everything else is a number, NaN where a field is empty.
 */
public final class Tables {
    private static final Set<String> TEXT = Set.of("scan", "group", "class", "split");

    private Tables() {}

    /**
     * Reads the table that {@code stage} wrote.
     *
     * @throws UserError if the file is missing, lacks one of the columns, or holds something that is not a number
     */
    public static Table read(Path file, String stage, List<String> columns) {
        try {
            String csv = Files.readString(file);
            // Before it is read as a table: a column of another name may hold text where numbers are looked for.
            List<String> header = List.of(csv.lines().findFirst().orElse("").split(","));
            for (String column : columns)
                if (!header.contains(column)) throw new IOException("it has no column " + column);
            return Table.read()
                    .usingOptions(CsvReadOptions.builder(new StringReader(csv)).sample(false).missingValueIndicator("")
                            .columnTypes(name -> TEXT.contains(name) ? ColumnType.STRING : ColumnType.DOUBLE));
        } catch (NoSuchFileException e) {
            throw UserError.failure(e, "There is no %s. Make it with stage %s.", file, stage);
        } catch (IOException | RuntimeException e) {   // Tablesaw has a dozen kinds for a file that does not fit
            throw notUnderstood(file, stage, e);
        }
    }

    /** For what only the reader of a table can see to be wrong with it. */
    public static UserError notUnderstood(Path file, String stage, Exception e) {
        return UserError.failure(e, "%s is not understood (%s). Make it anew with stage %s.", file,
                e instanceof IOException ? ErrorText.of(e) : e.getMessage(), stage);
    }

    /**
     * Records as a table: a row each, a column for each component, in their order. Numbers stay numbers, and everything
     * else is written as it writes itself.
     *
     * @throws IllegalArgumentException if there is no record, which leaves the columns unknown
     */
    public static Table of(List<? extends Record> rows) {
        if (rows.isEmpty()) throw new IllegalArgumentException("no records, no columns");
        Table table = Table.create();
        for (RecordComponent component : rows.get(0).getClass().getRecordComponents()) {
            Object[] values = rows.stream().map(row -> value(row, component)).toArray();
            table.addColumns(column(component, values));
        }
        return table;
    }

    private static Column<?> column(RecordComponent component, Object[] values) {
        String name = component.getName();
        if (component.getType() == int.class)
            return IntColumn.create(name, Arrays.stream(values).mapToInt(v -> (int) v).toArray());
        if (component.getType() == double.class)
            return DoubleColumn.create(name, Arrays.stream(values).mapToDouble(v -> (double) v).toArray());
        return StringColumn.create(name, Arrays.stream(values).map(String::valueOf).toList());
    }

    private static Object value(Record row, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);   // of a record that a notebook's cell declared
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static double[] numbers(Table table, String column) {
        return table.doubleColumn(column).asDoubleArray();
    }
}
