package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.run.RunFolder;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A preparation that is to replace an earlier folder, killed again and again: a folder is always the old one or the new
 * one, whole.
 */
class PreparationKillTest {
    private static final int KILLS = 15;
    private static final PrepareOptions OLD = PrepareOptions.defaults(32).withFlatten(false);
    private static final PrepareOptions NEW = OLD.withSeed(2);
    @TempDir
    Path folder;

    /** Prepares the scans beside {@code args[1]} in it. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            Patches.prepare(source(Path.of(args[1]).resolveSibling("scans")), NEW, Path.of(args[1]));
            System.exit(0);
        }
    }

    private static Scans source(Path scans) {
        return Scans.folder(scans);
    }

    @BeforeEach
    void writeScans() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 150; i++) {
            GrayImage image = GrayImage.black(80, 80);
            for (int j = 0; j < image.pixels().length; j++) image.pixels()[j] = random.nextInt(256);
            String className = i % 3 == 0 ? "DME" : "NORMAL";
            image.writePng(folder.resolve("scans").resolve(className).resolve(className + "-" + i + "-1.png"));
        }
    }

    @Test
    void fifteenKillsChangeNothing() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        String old = Patches.prepare(source(folder.resolve("scans")), OLD, out).fingerprint();
        String wanted = Patches.prepare(source(folder.resolve("scans")), NEW, folder.resolve("alone")).fingerprint();
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, new RunFolder(out))) {
                int pictures = random.nextInt(40);
                if (i % 3 == 0) {   // while the folder is completed and put in its place
                    program.await(() -> Files.exists(folder.resolve(".out.part/scans.csv")));
                } else if (i % 3 == 1) {
                    program.await(() -> pictures(folder.resolve(".out.part/scans")) >= pictures);
                }
                if (program.kill()) kills++;
            }
            if (!Files.exists(out)) {
                assertTrue(Files.exists(folder.resolve(".out.old/patches.json")),
                        "between the two renames the old folder waits aside");
            } else assertTrue(List.of(old, wanted).contains(Patches.open(out).fingerprint()));
        }
        assertTrue(kills >= KILLS - 5, kills + " kills: the program was too quick for the others");
        assertEquals(0, OtherJvm.start(folder, Program.class, new RunFolder(out)).end(), () -> OtherJvm.log(folder));

        assertEquals(wanted, Patches.open(out).fingerprint());
        Map<String, byte[]> expected = contents(folder.resolve("alone"));
        Map<String, byte[]> actual = contents(out);
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(withoutSeconds(name, bytes),
                withoutSeconds(name, actual.get(name)), name));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of("alone", "log.txt", "out", "scans"),
                    left.map(f -> f.getFileName().toString()).sorted().toList(), "no crumbs are left");
        }
    }

    /** How long it took is the one thing in which two preparations may differ. */
    private static byte[] withoutSeconds(String name, byte[] bytes) {
        if (!name.equals("patches.json")) return bytes;
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\"seconds\" : [0-9.]+", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int pictures(Path scans) {
        String[] names = scans.toFile().list();
        return names == null ? 0 : names.length;
    }

    private static Map<String, byte[]> contents(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path f : files.filter(Files::isRegularFile).toList())
                contents.put(root.relativize(f).toString(), Files.readAllBytes(f));
        }
        return contents;
    }
}
