package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An analysis that is to replace an earlier one, killed again and again: {@code analysis.json} is the old one or the
 * new one.
 */
class AnalysisKillTest {
    private static final int KILLS = 10;
    @TempDir
    Path folder;

    /** Analyses the run {@code args[1]}, as the script does. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            Path run = Path.of(args[1]);
            Analysis analysis = RunAnalysis.of(run, new AnalysisOptions(0.1, 0, 100, 2));
            new RunFolder(run).locked(() -> {
                analysis.write(run);
                return null;
            });
            System.exit(0);
        }
    }

    @Test
    void tenKillsChangeNothing() throws IOException, InterruptedException {
        Path run = new RunFixture(folder).run;
        RunAnalysis.of(run, new AnalysisOptions(0.1, 0, 100, 2)).write(run);
        byte[] wanted = Files.readAllBytes(run.resolve(Analysis.FILE));
        Set<String> names = names(run);
        long begun = System.nanoTime();
        assertEquals(0, OtherJvm.start(folder, Program.class, new RunFolder(run)).end(), () -> OtherJvm.log(folder));
        int whole = (int) ((System.nanoTime() - begun) / 1_000_000);
        RunAnalysis.of(run, new AnalysisOptions(0.2, 0, 100, 1)).write(run);
        byte[] old = Files.readAllBytes(run.resolve(Analysis.FILE));
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, new RunFolder(run))) {
                if (i % 3 == 0) program.await(() -> Files.exists(run.resolve(".lock")));   // while it is written
                else Thread.sleep(random.nextInt(whole));
                if (program.kill()) kills++;
            }
            byte[] found = Files.readAllBytes(run.resolve(Analysis.FILE));
            assertTrue(java.util.Arrays.equals(found, old) || java.util.Arrays.equals(found, wanted),
                    "neither the old analysis nor the new one");
            Analysis.read(run);
        }
        assertTrue(kills >= KILLS / 2, kills + " kills: the program was too quick for the others");
        assertEquals(0, OtherJvm.start(folder, Program.class, new RunFolder(run)).end(), () -> OtherJvm.log(folder));
        assertArrayEquals(wanted, Files.readAllBytes(run.resolve(Analysis.FILE)));
        assertEquals(names, names(run), "no crumbs are left");
    }

    private static Set<String> names(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
