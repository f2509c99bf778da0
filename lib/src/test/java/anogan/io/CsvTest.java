package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Property(tries = 200)
    void whateverIsWrittenIsRead(@ForAll @Size(2) List<@Chars({'a', ',', '"', ' ', 'ü', '\n'}) String> fields)
            throws IOException {
        Path file = Files.createTempFile("csv", ".csv");
        try {
            Files.writeString(file, Csv.line("one", "two") + Csv.line(fields.toArray()));
            assertEquals(List.of(new Csv.Row(java.util.Map.of("one", fields.get(0), "two", fields.get(1)))),
                    Csv.read(file, "one"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whatSpreadsheetsWriteIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "\uFEFFpath,class\r\n\"a, b.png\",NO\r\n\r\nc.png,\r\n");
        List<Csv.Row> rows = Csv.read(file, "path", "class");
        assertEquals("a, b.png", rows.get(0).get("path"));
        assertEquals("", rows.get(1).get("class"));
        assertEquals(2, rows.size());
        assertThrows(IllegalArgumentException.class, () -> rows.get(0).get("group"));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "path,class\na.png\n");
        assertFails(() -> Csv.read(file, "path"), "row 2", "1 fields", "2");
        assertFails(() -> Csv.read(file, "group"), "no column \"group\"");
        assertFails(() -> Csv.read(folder.resolve("none.csv")), "There is no", "none.csv");
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        assertFails(() -> Csv.read(empty), "empty.csv is empty");
    }
}
