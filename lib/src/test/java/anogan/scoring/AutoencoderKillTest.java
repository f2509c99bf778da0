package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auto-encoder that is killed while it learns and while it scores ends with the same files as one that was left
 * alone.
 */
class AutoencoderKillTest {
    private static final int KILLS = 6;
    private static final int STEPS = 90;
    @TempDir
    Path folder;

    /** Trains and scores in the run {@code args[1]} with the patches {@code args[0]}. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            AutoencoderScores.run(new RunFolder(Path.of(args[1])), Patches.open(Path.of(args[0])),
                    AutoencoderScoresTest.config(STEPS));
            System.exit(0);
        }
    }

    @Test
    void killsChangeNothing() throws IOException, InterruptedException {
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        TinyRun.train(folder.resolve("patches"), alone);
        RunFolder killed = TinyRun.copy(alone, folder.resolve("killed"));
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                long before = modified(killed);
                // While it is saved, or the scoring begins.
                if (i == KILLS - 1) program.await(() -> Files.exists(killed.file("acae/model")));
                else program.await(() -> modified(killed) != before || Files.exists(killed.file("acae/model")));
                Thread.sleep(random.nextInt(40));
                if (program.kill()) kills++;
            }
        }
        // Scoring may be quicker than the last kill.
        assertTrue(kills >= KILLS - 1, "the program ended by itself before it was killed" + OtherJvm.log(folder));
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));
        AutoencoderScoresTest.assertSame(alone, killed);
        assertEquals(IntStream.rangeClosed(1, STEPS).mapToObj(Integer::toString).toList(),
                Files.readAllLines(killed.file("acae/losses.csv")).stream().skip(1).map(l -> l.split(",")[0]).toList());
    }

    private static long modified(RunFolder run) {
        return run.file("acae/checkpoint/state.npz").toFile().lastModified();
    }
}
