package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @TempDir
    Path folder;

    record Inner(double lambda, List<String> classes) {}

    record Outer(int steps, long seed, boolean mirror, String name, Inner inner, Map<String, Double> seconds) {}

    @Test
    void recordsComeBackAsTheyWere() {
        Outer outer = new Outer(500, Long.MIN_VALUE, true, "é \"quoted\" \\ \n", new Inner(0.1, List.of("NO", "AMD")),
                Map.of("train", 1.5));
        Json.write(folder.resolve("a.json"), outer);
        assertEquals(outer, Json.read(folder.resolve("a.json"), Outer.class, "Mend it."));
    }

    @Test
    void oneFieldStandsOnOneLine() throws IOException {
        Json.write(folder.resolve("a.json"), new Inner(0.1, List.of("NO")));
        assertEquals("{\n  \"lambda\" : 0.1,\n  \"classes\" : [ \"NO\" ]\n}\n",
                Files.readString(folder.resolve("a.json")));
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"),
                "{\"lambda\": 0.2, \"classes\": [], \"new\": {\"x\": [1]}}");
        assertEquals(new Inner(0.2, List.of()), Json.read(file, Inner.class, "Mend it."));
    }

    @Test
    void whatIsNotUnderstoodIsToldInASentence() throws IOException {
        Path absent = folder.resolve("absent.json");
        assertFails(() -> Json.read(absent, Inner.class, "Mend it."), absent.toString());
        for (String text : List.of("", "{", "null", "[]", "7", "not json", "{\"classes\": []}", "{\"lambda\": null}",
                "{\"lambda\": \"much\"}", "{\"lambda\": 1, \"classes\": 3}",
                "{\"lambda\": 0.1, \"classes\": [\"NO\"]")) {
            Path file = Files.writeString(folder.resolve("a.json"), text);
            assertTrue(
                    assertFails(() -> Json.read(file, Inner.class, "Mend it.")).getMessage().contains(file.toString()),
                    text);
        }
        Path binary = Files.write(folder.resolve("a.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0x80});
        assertFails(() -> Json.read(binary, Inner.class, "Mend it."), binary.toString());
        assertFails(() -> Json.read(folder, Inner.class, "Mend it."), folder.toString());
        assertFails(() -> Json.convert(Map.of("lambda", "much"), Inner.class, Path.of("x/run.json"), "Mend it."),
                "x/run.json", "lambda", "Mend it.");
        assertFails(() -> Json.convert(null, Inner.class, Path.of("x/run.json"), "Mend it."), "x/run.json");
    }

    /**
     * What people write is read to the letter: a key that nobody knows is a slip of theirs, and would be passed over in
     * silence.
     */
    @Test
    void whatPeopleWriteIsReadExactly() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"lambda\": 0.2, \"classes\": []}");
        assertEquals(new Inner(0.2, List.of()), Json.readExactly(file, Inner.class));
        Files.writeString(file, "{\"lambda\": 0.2, \"clases\": []}");
        assertFails(() -> Json.readExactly(file, Inner.class), file.toString(), "\"clases\"", "classes, lambda",
                "Correct it.");
        Files.writeString(file, "{\"lambda\": 0.2,\n\"lambda\": 0.3}");
        assertFails(() -> Json.readExactly(file, Inner.class), file.toString(), "stands twice at line 2");
        Files.writeString(file, "{\"lambda\": 0.2,}");
        assertFails(() -> Json.readExactly(file, Inner.class), file.toString(), "no JSON at line 1");
    }

    @Test
    void aValueOutOfRangeIsToldInTheWordsOfTheRecord() throws IOException {
        Path file = Files.writeString(folder.resolve("dcgan.json"), "{\"size\": 48, \"latent\": 8, \"width\": 1}");
        assertFails(() -> Json.read(file, anogan.networks.Architecture.class, "Mend it."), file.toString(),
                "The patch size must be 32 or 64, not 48");
        assertFails(() -> Json.convert(Map.of("size", 48, "latent", 8, "width", 1), anogan.networks.Architecture.class,
                Path.of("run.json"), "Mend it."), "The patch size must be 32 or 64, not 48");
    }
}
