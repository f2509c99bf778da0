package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One table, as fifteen programs and people write it. */
class GivenTableTest {
    private static final List<Map<String, String>> EXPECTED = List.of(Map.of("path", "ä/1, x.png", "Class", "NORMAL"),
            Map.of("path", "2.png", "Class", "DME"));
    @TempDir
    Path folder;

    private List<Map<String, String>> read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), bytes);
        return GivenTable.read(file, List.of("path"), List.of("Class")).rows().stream().map(GivenTable.Row::cells)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"path,class\n\"ä/1, x.png\",NORMAL\n2.png,DME\n",
            "path;class\r\nä/1, x.png;NORMAL\r\n2.png;DME\r\n", "path\tclass\nä/1, x.png\tNORMAL\n2.png\tDME",
            "\uFEFFpath,class\n\"ä/1, x.png\",NORMAL\n2.png,DME\n", "path;class\rä/1, x.png;NORMAL\r2.png;DME\r",
            "PATH ,\u00A0CLASS\n \"ä/1, x.png\" , NORMAL \n2.png\u00A0,\tDME\n",
            "sep=;\r\npath;class\r\nä/1, x.png;NORMAL\r\n2.png;DME\r\n",
            "path,class,,\n\"ä/1, x.png\",NORMAL,,\n2.png,DME,,\n,,,\n,,,\n",
            "\n\n\"path\",\"class\"\n\"ä/1, x.png\",\"NORMAL\"\n\n\"2.png\",\"DME\"\n\n"})
    void whateverWroteItTheTableIsTheSame(String text) throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16))
            assertEquals(EXPECTED, read(text.getBytes(charset)), charset.name());
    }

    /** Rows are numbered as a spreadsheet shows them. */
    @Test
    void emptyRowsCountButSayNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "path,class\n\na,b\n,\nc,d\n");
        assertEquals(List.of(3, 5),
                GivenTable.read(file, List.of("path"), List.of()).rows().stream().map(GivenTable.Row::line).toList());
    }

    @Test
    void whatCannotBeReadIsToldHowToMend() {
        assertFails(() -> read("path,class\nä.png,NORMAL\n".getBytes(StandardCharsets.ISO_8859_1)), "no text in UTF-8",
                "Save it as CSV in UTF-8");
        assertFails(() -> read(new byte[] {'P', 'K', 3, 4, 0, 0}), "a spreadsheet's own file", "Save it as CSV");
        assertFails(() -> read("name,class\na,b\n".getBytes(StandardCharsets.UTF_8)), "no column \"path\"",
                "its columns are name, Class");
        assertFails(() -> read("path;class\na,b,c\n".getBytes(StandardCharsets.UTF_8)), "row 2 has 1 fields",
                "the header has 2");
        assertFails(() -> read("path,class\na, b.png,NORMAL\n".getBytes(StandardCharsets.UTF_8)), "row 2",
                "\"NORMAL\" stands in no column", "in quotes");
        assertFails(() -> read("path,class,Path\na,b,c\n".getBytes(StandardCharsets.UTF_8)), "column \"path\" twice");
        assertFails(() -> read("path,class\na,b\n\"c,d\n".getBytes(StandardCharsets.UTF_8)), "row 3",
                "a quote is opened, but not closed");
        assertFails(() -> read(" \n".getBytes(StandardCharsets.UTF_8)), "is empty");
    }
}
