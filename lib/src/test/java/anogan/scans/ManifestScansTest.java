package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of twelve normal scans of six patients and four anomalous ones of two, however somebody typed it. */
class ManifestScansTest {
    private static final SplitOptions OPTIONS = SplitOptions.defaults();
    @TempDir
    Path folder;
    private final StringBuilder plain = new StringBuilder("path,class,patient\n");

    @BeforeEach
    void writeScans() {
        for (int i = 0; i < 16; i++) {
            String name = (i < 12 ? "n" : "d") + i + ".png";
            GrayImage.black(12, 16).writePng(folder.resolve("img/" + name));
            plain.append("img/" + name + "," + (i < 12 ? "NORMAL" : "DME") + ",pat" + i / 2 + "\n");
        }
    }

    private Scans.Listing list(String table) throws IOException {
        return new ManifestScans(Files.writeString(folder.resolve("t.csv"), table)).list(OPTIONS);
    }

    private static Map<String, String> summary(Scans.Listing listing) {
        return listing.scans().stream().collect(Collectors.toMap(Scans.Listed::file,
                s -> s.className() + " " + s.group() + " " + s.split(), (a, b) -> a + " and " + b, TreeMap::new));
    }

    /** Every second class or patient is typed otherwise: the same scans in the same splits. */
    @ParameterizedTest
    @ValueSource(
            strings = {"NORMAL ", " NORMAL", "normal", "Normal", "NORMAL\u00A0", "\tNORMAL", "\"NORMAL \"", "NormAL"})
    void classesAreTheSameHoweverTheyAreTyped(String typed) throws IOException {
        Map<String, String> expected = summary(list(plain.toString()));
        StringBuilder table = new StringBuilder();
        String[] rows = plain.toString().split("\n");
        for (int i = 0; i < rows.length; i++)
            table.append(i % 3 == 2 ? rows[i].replace("NORMAL", typed) : rows[i]).append('\n');
        assertEquals(expected, summary(list(table.toString())));
        assertEquals(16, expected.size());
        assertEquals(Set.of("NORMAL", "DME"),
                list(table.toString()).scans().stream().map(Scans.Listed::className).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$1 ", " $1", "\u00A0$1", "\"$1 \"", "\t$1"})
    void patientsAreTheSameHoweverTheyAreTyped(String typed) throws IOException {
        Map<String, String> expected = summary(list(plain.toString()));
        StringBuilder table = new StringBuilder();
        String[] rows = plain.toString().split("\n");
        for (int i = 0; i < rows.length; i++)
            table.append(i % 2 == 1 ? rows[i].replaceFirst("(pat\\d+)$", typed) : rows[i]).append('\n');
        assertEquals(expected, summary(list(table.toString())));
    }

    @Test
    void whatDiffersInCapitalsAloneIsJoinedAndSaidSo() throws IOException {
        Scans.Listing listing = list(plain.toString().replaceFirst("pat0", "PAT0").replaceFirst("DME", "dme"));
        assertEquals(summary(list(plain.toString())).size(), 16);
        assertEquals(8, listing.scans().stream().map(Scans.Listed::group).distinct().count());
        assertTrue(listing.notes().contains("The classes DME, dme differ in capitals alone: they are one."),
                listing.notes().toString());
        assertTrue(listing.notes().contains("The patients PAT0, pat0 differ in capitals alone: they are one."),
                listing.notes().toString());
    }

    /** A spreadsheet's separators, marks, empty rows and paths of Windows. */
    @Test
    void spreadsheetsOfAnyKindAreRead() throws IOException {
        Map<String, String> expected = summary(list(plain.toString()));
        assertEquals(expected, summary(list(plain.toString().replace(',', ';').replace("\n", "\r\n"))));
        assertEquals(expected, summary(list("\uFEFF" + plain.toString().replace(',', '\t'))));
        assertEquals(expected, summary(list(plain.toString().replace("path,class,patient", "Path,Class,Patient"))));
        assertEquals(expected, summary(list(plain + ",,\n,,\n")));
        Files.write(folder.resolve("t.csv"), ("\uFEFF" + plain).getBytes(StandardCharsets.UTF_16LE));
        assertEquals(expected, summary(new ManifestScans(folder.resolve("t.csv")).list(OPTIONS)));
        Scans.Listing windows = list(plain.toString().replace("img/", "img\\"));
        assertEquals(new TreeSet<>(expected.values()), new TreeSet<>(summary(windows).values()));
        for (Scans.Listed s : windows.scans()) assertEquals(16, s.read().get().image().width());
    }

    @Test
    void aFileThatIsListedTwiceIsOneScanOrRefused() throws IOException {
        Scans.Listing listing = list(plain + "./img/n3.png,NORMAL,pat1\nimg/x/../n3.png,normal,pat1\n");
        assertEquals(summary(list(plain.toString())), summary(listing));
        assertEquals(List.of("row 18 lists it again, after row 5", "row 19 lists it again, after row 5"),
                listing.skipped().stream().map(Skipped::reason).toList());
        assertFails(() -> list(plain + "img/n3.png,DME,pat1\n"), "rows 5 and 18", "img/n3.png",
                "the class \"NORMAL\" and \"DME\"");
        assertFails(() -> list(plain + "img\\n3.png,NORMAL,pat9\n"), "rows 5 and 18",
                "the patient \"pat1\" and \"pat9\"");
    }

    /** Rows are named by their numbers in a spreadsheet. */
    @Test
    void emptyRowsDoNotShiftTheNumbers() {
        assertFails(() -> list("path,class,patient\n,,\n\nimg/n0.png,,pat0\n"), "row 4", "column class is empty");
    }

    @Test
    void patientsAreToldAndWhatTheTableLacks() throws IOException {
        Scans.Listing listing = list(plain.toString().replace("img/n0.png,NORMAL,pat0\n", ""));
        assertTrue(listing.notes().contains("Patients by the table's column patient."), listing.notes().toString());
        assertTrue(listing.notes().contains("test: 4 scans (DME) of 2 patients: pat6, pat7"),
                listing.notes().toString());
        assertTrue(
                listing.notes().contains("Beside listed files lie others that are in no row: 1, such as img/n0.png."),
                listing.notes().toString());
        assertEquals(List.of(), listing.doubts());
    }

    /** A spreadsheet takes the zeros from 007: two names of one patient. */
    @Test
    void numbersThatDifferInZerosAreADoubt() throws IOException {
        String numbers = plain.toString().replaceAll(",pat(?=\\d)", ",00");
        assertEquals(List.of(), list(numbers).doubts());
        assertTrue(list(numbers.replaceFirst(",001", ",1")).doubts().get(0)
                .startsWith("The patients 001 and 1 are told apart"));
        assertTrue(
                list(numbers.replaceFirst(",002", ",2.0")).doubts().get(0).startsWith("The patients 002 and 2.0 are"));
    }
}
