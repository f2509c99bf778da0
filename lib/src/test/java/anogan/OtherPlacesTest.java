package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.Fingerprint;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.run.Seeds;
import anogan.scans.Scans;
import anogan.ui.NotebookSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine's owner speaks, and where it stands, changes no name, no seed, no file and no sentence. */
class OtherPlacesTest {
    @TempDir
    Path folder;

    /** A whole preparation, and one of everything else that is written: printed, for comparison. */
    static final class Program {
        public static void main(String... args) throws IOException {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Path folder = Path.of(args[0]);
            Patches patches = Patches.prepare(new PhantomScans(2, 1, 1, 1), PrepareOptions.defaults(32), folder);
            out.println(Files.readString(folder.resolve("scans.csv")) + patches.fingerprint());
            out.println(Files.readString(folder.resolve("patches.json")).replaceAll("\"made\" : [^¶]*", ""));
            out.print(Csv.line(1234.5, -7, 1e-9, "I"));
            volumes(folder.resolveSibling("volumes"), out);
            patches.scans().forEach(s -> out.println(Seeds.of(1, s.scan())));
            Npy.writeZip(folder.resolveSibling("a.npz"), Map.of("a", FloatArray.zeros(3)));
            out.println(new Fingerprint().add(folder.resolveSibling("a.npz")).hex());
            out.println(UserError.failure("%d of %.1f, %,d", 3, 0.5, 12345).getMessage());
            NotebookSettings settings = new NotebookSettings();
            settings.number("NO_SUCH_VARIABLE", 0.25, "width");
            out.println(settings);
        }
    }

    /** Volumes of users, whose slices are numbered and whose names have letters that Turkish has twice. */
    private static void volumes(Path folder, PrintStream out) throws IOException {
        List<String> files = List.of("NORMAL/NORMAL-ID1-1", "NORMAL/NORMAL-ID2-1", "normal/normal-id3-1",
                "IRF/IRF-ID4-1", "irf/irf-id4-2");
        for (String file : files) {
            Path target = folder.resolve("scans/" + file + ".vol");
            Files.createDirectories(target.getParent());
            Files.copy(Path.of("src/test/resources/formats/bscans.vol"), target, StandardCopyOption.REPLACE_EXISTING);
        }
        Path prepared = folder.resolve("patches");
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("scans")),
                PrepareOptions.defaults(32).withFlatten(false), prepared);
        try (Stream<Path> all = Files.walk(prepared)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                boolean manifest = file.endsWith("patches.json");   // tells seconds
                out.println(prepared.relativize(file) + (manifest ? "" : " " + new Fingerprint().add(file).hex()));
            }
        }
        out.println(patches.manifest().notes());
    }

    private String printed(String... settings) throws IOException, InterruptedException {
        return OtherJvm.output(List.of(settings), Program.class, folder.resolve("patches").toString());
    }

    @Test
    void languageAndTimeZoneChangeNothing() throws IOException, InterruptedException {
        String here = printed("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC");
        assertEquals(here, printed("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=Asia/Kathmandu"));
        assertTrue(here.contains("irf-id4-2-s002.png") && here.contains("test: 6 scans (IRF) of 1 patient: ID4"), here);
        assertEquals(here, printed("-Duser.language=fa", "-Duser.country=IR", "-Duser.timezone=Asia/Tehran"));
        assertEquals(here, printed("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=America/St_Johns"));
        assertEquals(here, printed("-Duser.language=de", "-Duser.country=DE", "-Duser.timezone=Pacific/Kiritimati"));
    }

    /** So that the test above can fail at all. */
    @Test
    void arabicDigitsAreThoseOfAnArabicMachine() throws IOException, InterruptedException {
        assertNotEquals("7", OtherJvm.output(List.of("-Duser.language=ar", "-Duser.country=EG"), Digit.class));
    }

    static final class Digit {
        public static void main(String... args) {
            System.out.print(String.format("%d", 7));
        }
    }

    /** Calls that write numbers, or change letters, as the machine's owner does. */
    @Test
    void noSourceAsksForTheMachinesLanguage() throws IOException {
        Pattern calls = Pattern.compile("[.]formatted\\(|String[.]format\\((?!\\s*Locale)|[.]printf\\((?!\\s*Locale)"
                + "|to(Lower|Upper)Case\\(\\)|new (Formatter|Scanner|SimpleDateFormat)\\(|Locale[.]getDefault"
                + "|(DecimalFormat|ofPattern)\\((?![^;]*Locale|[^;]*Symbols)|(Number|Message)Format[.]");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                Matcher m = calls.matcher(source);
                while (m.find()) found.add(file.getFileName() + ":"
                        + (1 + source.substring(0, m.start()).lines().count()) + " " + m.group());
            }
        }
        assertEquals(List.of(), found);
    }
}
