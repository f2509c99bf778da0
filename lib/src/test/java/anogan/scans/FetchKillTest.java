package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.run.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download that is killed again and again goes on each time where it was, and its file appears when it is whole. */
class FetchKillTest {
    private static final int KILLS = 10;
    @TempDir
    Path folder;

    /** Fetches what {@code url.txt} beside {@code args[1]} names, with the MD5 in its second line. */
    static final class Program {
        public static void main(String... args) throws IOException {
            Path target = Path.of(args[1], "a.npz");
            List<String> order = Files.readAllLines(target.getParent().resolveSibling("url.txt"));
            System.out.println("begin");
            Fetch.file(URI.create(order.get(0)), target, order.get(1), Fetch.Options.USUAL);
            System.exit(0);
        }
    }

    @Test
    void tenKillsChangeNothing() throws IOException, InterruptedException {
        byte[] content = new byte[4_000_000];
        Random random = new Random(1);
        random.nextBytes(content);
        RunFolder downloads = new RunFolder(folder.resolve("downloads"));
        Path part = downloads.file(".a.npz.part");
        try (TroubledServer server = new TroubledServer(content)) {
            String md5 = Fetch.md5(Files.write(folder.resolve("original"), content));
            Files.write(folder.resolve("url.txt"), List.of(server.address("a.npz").toString(), md5));
            long arrived = 0;
            for (int i = 0; i < KILLS; i++) {
                int piece = 1 + random.nextInt(content.length / KILLS);
                server.stallAfter(piece);   // so that no download is over before it is killed
                try (OtherJvm program = OtherJvm.start(folder, Program.class, downloads)) {
                    long wanted = i % 3 == 0 ? arrived : arrived + 1 + random.nextInt(piece);
                    program.await(() -> size(part) >= wanted);
                    assertTrue(program.kill(),
                            () -> "the program ended by itself before it was killed" + OtherJvm.log(folder));
                }
                assertFalse(Files.exists(downloads.file("a.npz")));
                assertTrue(size(part) >= arrived, "what had arrived was thrown away");
                arrived = size(part);
            }
            assertTrue(arrived > 0, "nothing arrived between the kills");
            server.stallAfter(Integer.MAX_VALUE);
            assertEquals(0, OtherJvm.start(folder, Program.class, downloads).end(), () -> OtherJvm.log(folder));
            assertEquals("bytes=" + arrived + "-", server.lastRange());
        }
        assertArrayEquals(content, Files.readAllBytes(downloads.file("a.npz")));
        try (Stream<Path> left = Files.list(downloads.path())) {
            assertEquals(1, left.count(), "no crumbs are left");
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }
}
