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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A variant and a sweep that are killed without warning lose what was in flight and no more, and end with the same
 * bytes as those left alone.
 */
class SweepKillTest {
    private static final int KILLS = 6;
    private static final List<String> WHERE = List.of("variants", "sweep");
    private static final ScoringOptions OPTIONS = TinyRun.options(80);
    @TempDir
    Path folder;

    /** Maps a variant of the run {@code args[1]} with the patches {@code args[0]}, and sweeps. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            RunFolder run = new RunFolder(Path.of(args[1]));
            Patches patches = Patches.open(Path.of(args[0]));
            Scoring.variant(run, "other", patches, OPTIONS, TinyRun.COMPUTE);
            Sweep.run(run, patches, OPTIONS, new SweepOptions(List.of(0.0, 0.1, 0.5, 0.9, 1.0), List.of(5, 60), 6),
                    TinyRun.COMPUTE);
            System.exit(0);
        }
    }

    @Test
    void sixKillsChangeNothing() throws IOException, InterruptedException {
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        TinyRun.train(folder.resolve("patches"), alone);
        RunFolder killed = TinyRun.copy(alone, folder.resolve("killed"));
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        Map<Path, FileTime> finished = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            String where = WHERE.get(i * WHERE.size() / KILLS);
            long before = parts(killed, where);
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                program.await(() -> parts(killed, where) > before);
                Thread.sleep(random.nextInt(60));
                if (program.kill()) kills++;
            }
            finished.putAll(parts(killed));
        }
        assertTrue(kills >= KILLS - 2, kills + " kills: the program was too quick for the others");
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));

        Map<Path, FileTime> now = parts(killed);
        finished.forEach((part, time) -> assertEquals(time, now.get(part), part + " was made again"));
        Map<String, byte[]> expected = ScoringTest.contents(alone.path());
        Map<String, byte[]> actual = ScoringTest.contents(killed.path());
        assertEquals(expected.keySet(), actual.keySet(), "no crumbs are left");
        expected.forEach((name, bytes) -> {
            if (!name.endsWith("run.json")) assertArrayEquals(bytes, actual.get(name), name);
        });
    }

    private static long parts(RunFolder run, String where) {
        return parts(run).keySet().stream().filter(p -> p.startsWith(where)).count();
    }

    /** The finished scans of the variant and values of the sweep, and when they were finished. */
    private static Map<Path, FileTime> parts(RunFolder run) {
        Map<Path, FileTime> parts = new TreeMap<>();
        for (Path folder : List.of(run.file("variants/other/mapping/scans"), run.file("sweep"))) {
            if (!Files.isDirectory(folder)) continue;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path f : files.filter(f -> f.toString().endsWith(".csv")).toList())
                    parts.put(run.path().relativize(f), Files.getLastModifiedTime(f));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return parts;
    }
}
