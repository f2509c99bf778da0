package anogan.io;

import anogan.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table that a person or a spreadsheet wrote. Fields are separated by commas, semicolons or tabs, whichever gives the
 * columns that are needed; the text is UTF-8 or UTF-16, with or without a byte order mark. Blanks around a field do not
 * count, nor do capitals in the names of columns; rows and columns of nothing but empty fields are passed over.
 *
 * @param file    where it was read from
 * @param columns its columns, in their order; those that were asked for as they were asked for
 * @param rows    its rows, in their order
 */
public record GivenTable(Path file, List<String> columns, List<Row> rows) {
    private static final String SEPARATORS = ",;\t";
    private static final String CURE = "Save it as CSV in UTF-8 (in a spreadsheet: Save as, CSV UTF-8).";

    /**
     * A row.
     *
     * @param line  its number as a spreadsheet counts, 1 being the header
     * @param cells a field for each column, without blanks around it
     */
    public record Row(int line, Map<String, String> cells) {
        /** The field; empty if there is no such column. */
        public String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /**
     * Reads a table.
     *
     * @param  needed    columns that must be there
     * @param  known     further columns, whose names are compared without capitals as well
     * @throws UserError if the file is no such table, or lacks a column that is needed
     */
    public static GivenTable read(Path file, List<String> needed, List<String> known) {
        String text = text(file);
        if (text.isBlank()) throw UserError.failure("%s is empty. It needs a header and a row for each entry.", file);
        List<String> names = new ArrayList<>(needed);
        names.addAll(known);
        return readings(file, text, names).filter(table -> table.columns.containsAll(needed)).findFirst()
                .orElseThrow(() -> lacking(file, needed, readings(file, text, names))).checked();
    }

    private static Stream<GivenTable> readings(Path file, String text, List<String> names) {
        return SEPARATORS.chars().mapToObj(separator -> table(file, Csv.parse(file, text, (char) separator), names));
    }

    private static UserError lacking(Path file, List<String> needed, Stream<GivenTable> readings) {
        List<String> columns = readings.map(GivenTable::columns).max(Comparator.comparing(List::size)).orElseThrow();
        List<String> missing = new ArrayList<>(needed);
        missing.removeAll(columns);
        return UserError.failure("%s has no column \"%s\"; its columns are %s. Name one so.", file, missing.get(0),
                String.join(", ", columns));
    }

    private static GivenTable table(Path file, List<List<String>> lines, List<String> names) {
        int first = 0;
        while (first < lines.size() - 1 && (isEmpty(lines.get(first)) || isSeparatorLine(lines.get(first)))) first++;
        List<String> header = lines.get(first).stream().map(GivenTable::bare).map(name -> known(name, names)).toList();
        List<Row> rows = new ArrayList<>();
        for (int i = first + 1; i < lines.size(); i++)
            if (!isEmpty(lines.get(i))) rows.add(new Row(i + 1, cells(lines.get(i), header)));
        return new GivenTable(file, header.stream().filter(name -> !name.isEmpty()).toList(), rows);
    }

    /** Excel's line {@code sep=;}. */
    private static boolean isSeparatorLine(List<String> line) {
        return line.get(0).startsWith("sep=");
    }

    private static boolean isEmpty(List<String> line) {
        return line.stream().allMatch(field -> bare(field).isEmpty());
    }

    private static String known(String name, List<String> names) {
        return names.stream().filter(n -> n.equalsIgnoreCase(name)).findFirst().orElse(name);
    }

    /** A row's fields by column; what stands in no column is kept under no name, to be complained of. */
    private static Map<String, String> cells(List<String> line, List<String> header) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int j = 0; j < line.size(); j++) {
            String cell = bare(line.get(j));
            String column = j < header.size() ? header.get(j) : "";
            if (!column.isEmpty()) cells.put(column, cell);
            else if (!cell.isEmpty()) cells.put("", cell);
        }
        return cells;
    }

    private GivenTable checked() {
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column))
                throw UserError.failure("%s has the column \"%s\" twice. Name one of them otherwise.", file, column);
        }
        for (Row row : rows) {
            if (!row.cells.keySet().containsAll(columns)) {
                throw UserError.failure("%s, row %d has %d fields, but the header has %d. Give it one for each column.",
                        file, row.line, row.cells.size(), columns.size());
            }
            if (row.cells.containsKey("")) throw UserError.failure(
                    "%s, row %d: \"%s\" stands in no column of the header. Put a field that holds a comma in quotes, "
                            + "or name its column.",
                    file, row.line, row.cells.get(""));
        }
        return this;
    }

    /** Without blanks around it, also such as spreadsheets and web pages leave behind. */
    private static String bare(String field) {
        return field.replaceAll("^[\\s\\u00A0\\u200B\\uFEFF]+|[\\s\\u00A0\\u200B\\uFEFF]+$", "");
    }

    private static String text(Path file) {
        byte[] bytes = Csv.bytes(file);
        if (startsWith(bytes, 'P', 'K', 3, 4) || startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0))
            throw UserError.failure("%s is a spreadsheet's own file, not a table in text. %s", file, CURE);
        try {
            String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) throw new CharacterCodingException();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw UserError.failure(e, "%s is no text in UTF-8, so that its names cannot be read. %s", file, CURE);
        }
    }

    /** UTF-16 shows by its mark or, in names that are mostly Latin letters, by every second byte being 0. */
    private static Charset charset(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE)) return StandardCharsets.UTF_16LE;
        if (startsWith(bytes, 0xFE, 0xFF)) return StandardCharsets.UTF_16BE;
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) if (bytes[i] == 0) zeros[i % 2]++;
        if (zeros[1] > bytes.length / 4 && zeros[0] == 0) return StandardCharsets.UTF_16LE;
        if (zeros[0] > bytes.length / 4 && zeros[1] == 0) return StandardCharsets.UTF_16BE;
        return StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) return false;
        return true;
    }
}
