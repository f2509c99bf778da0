package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mapping that is killed without warning loses the batch in flight and no more, and ends with the same bytes as one
 * that was left alone.
 */
class ScoringKillTest {
    private static final int KILLS = 5;
    private static final ScoringOptions OPTIONS = TinyRun.options(400);   // one scan to a batch, and time to be killed in
    @TempDir
    Path folder;

    /** Scores the run {@code args[1]} with the patches {@code args[0]}. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            Scoring.run(new RunFolder(Path.of(args[1])), Patches.open(Path.of(args[0])), OPTIONS, TinyRun.COMPUTE);
            System.exit(0);
        }
    }

    @Test
    void killsLoseOnlyTheBatchInFlight() throws IOException, InterruptedException {
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        TinyRun.train(folder.resolve("patches"), alone);
        RunFolder killed = TinyRun.copy(alone, folder.resolve("killed"));
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        Map<Path, FileTime> finished = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(20170317);
        for (int kill = 0; kill < KILLS; kill++) {
            int before = parts(killed).size();
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                program.await(() -> parts(killed).size() > before);
                Thread.sleep(random.nextInt(100));
                assertTrue(program.kill(), "the program ended by itself before it was killed" + OtherJvm.log(folder));
            }
            finished.putAll(parts(killed));
        }
        assertTrue(finished.size() >= 3, finished.size() + " parts were finished before the last kill");
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));

        finished.forEach((part, time) -> assertEquals(time, parts(killed).get(part), part + " was made again"));
        Map<String, byte[]> expected = ScoringTest.contents(alone.path());
        Map<String, byte[]> actual = ScoringTest.contents(killed.path());
        assertEquals(expected.keySet(), actual.keySet(), "no crumbs are left");
        expected.forEach((name, bytes) -> {
            if (!name.equals("run.json")) assertArrayEquals(bytes, actual.get(name), name);
        });
    }

    /** The finished parts, and when they were finished. */
    private static Map<Path, FileTime> parts(RunFolder run) {
        Map<Path, FileTime> parts = new TreeMap<>();
        Path folder = run.file("mapping/scans");
        if (!Files.isDirectory(folder)) return parts;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path f : files.filter(f -> f.toString().endsWith(".csv")).toList())
                parts.put(f.getFileName(), Files.getLastModifiedTime(f));
            return parts;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
