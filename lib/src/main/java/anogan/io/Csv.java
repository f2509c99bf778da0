package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values as RFC 4180 has them: a field with a comma, a quote or a line end stands in quotes, and a
 * quote in it is doubled. What other programs and people write as such is a {@link GivenTable}.
 */
public final class Csv {
    private Csv() {}

    /** The fields by their columns, in the file's order. */
    public record Row(Map<String, String> fields) {
        /** @throws IllegalArgumentException if the file has no such column */
        public String get(String column) {
            return Optional.ofNullable(fields.get(column))
                    .orElseThrow(() -> new IllegalArgumentException("there is no column " + column));
        }
    }

    /** The fields, joined, with a line end. */
    public static String line(Object... fields) {
        return Stream.of(fields).map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(Object value) {
        String text = String.valueOf(value);
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * The rows of a file. Every named column must be there.
     */
    public static List<Row> read(Path file, String... columns) {
        List<List<String>> lines = parse(file, text(file), ',').stream().filter(line -> !isEmpty(line)).toList();
        if (lines.isEmpty()) throw UserError.failure("%s is empty. It needs a header and a row for each entry.", file);
        List<String> header = lines.get(0);
        for (String column : columns) {
            if (!header.contains(column))
                throw UserError.failure("%s has no column \"%s\"; its columns are %s. Name one so.", file, column,
                        String.join(", ", header));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> fields = lines.get(i);
            if (fields.size() != header.size()) {
                throw UserError.failure(
                        "%s, row %s has %s fields, but the header has %s. Put a field that holds a comma in quotes.",
                        file, i + 1, fields.size(), header.size());
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int j = 0; j < fields.size(); j++) row.put(header.get(j), fields.get(j));
            rows.add(new Row(row));
        }
        return rows;
    }

    private static String text(Path file) {
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;   // a spreadsheet's byte order mark
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw UserError.failure(e, "There is no %s. Is its name right?", file);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Make it readable.", file, ErrorText.of(e));
        }
    }

    /**
     * The fields of every row, also of empty ones.
     *
     * @throws UserError if a quote is opened, but not closed
     */
    static List<List<String>> parse(Path file, String text, char separator) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int opened = 0;   // the row
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
            if (quoted && c == '"' && next == '"') {
                field.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (!quoted && c == '"' && field.toString().isBlank()) {
                quoted = true;
                opened = lines.size() + 1;
                field.setLength(0);
            } else if (quoted || (c != separator && c != '\n' && c != '\r')) {
                field.append(c);
            } else if (c != '\r' || next != '\n') {   // a line ends in CR LF, LF or, of old, in CR
                line.add(field.toString());
                field.setLength(0);
                if (c != separator) {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            }
        }
        if (quoted) throw UserError.failure("%s, row %d: a quote is opened, but not closed. Close it.", file, opened);
        line.add(field.toString());
        lines.add(line);
        return lines;
    }

    private static boolean isEmpty(List<String> line) {
        return line.size() == 1 && line.get(0).isBlank();
    }
}
