package anogan.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table for a terminal: columns as wide as they need to be, words to the left, numbers to the right. */
final class TextTable {
    private final List<List<String>> lines = new ArrayList<>();

    TextTable(String... header) {
        lines.add(List.of(header));
    }

    TextTable row(Object... cells) {
        List<String> line = Arrays.stream(cells).map(TextTable::text).toList();
        if (line.size() != lines.get(0).size())
            throw new IllegalArgumentException(line.size() + " cells under " + lines.get(0).size() + " headings");
        lines.add(line);
        return this;
    }

    /** What is empty is a dash. */
    private static String text(Object cell) {
        return cell instanceof Optional<?> known ? known.map(Object::toString).orElse("–") : cell.toString();
    }

    /** As a page of Markdown has it. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append("| ").append(String.join(" | ", line)).append(" |\n");
            if (line == lines.get(0)) text.append("|---".repeat(line.size())).append("|\n");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] width = IntStream.range(0, columns)
                .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElse(0)).toArray();
        boolean[] number = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            number[c] = lines.stream().skip(1).allMatch(line -> line.get(column).matches("[-–+0-9(].*"));
        }
        return lines.stream().map(line -> IntStream.range(0, columns).mapToObj(c -> {
            String gap = " ".repeat(width[c] - line.get(c).length());
            return number[c] ? gap + line.get(c) : line.get(c) + gap;
        }).collect(Collectors.joining("  ")).stripTrailing()).collect(Collectors.joining("\n", "", "\n"));
    }
}
