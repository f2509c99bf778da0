package anogan.dcgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed without warning, again and again, ends with the same bytes as one that was left alone. */
class TrainingKillTest {
    private static final int KILLS = 10;
    private static final int STEPS = 60;
    private static final int EVERY = 5;
    private static final Training.Config CONFIG = new Training.Config(new Architecture(32, 8, 0.125),
            new TrainOptions(STEPS, 4, 1e-3, 0.5, 0, 0.9, true, 10, EVERY, 1).withKeep(TrainOptions.Keep.BEST)
                    .withHeldOutEvery(3));
    /** The model is the pair of a step that many kills come after, the checkpoint holds that of the last step too. */
    private static final Optional<HeldOutCurve.Measure> MEASURE = KeepTest.lowestAt(24);
    @TempDir
    Path folder;

    /** Trains in {@code args[1]} on {@code args[0]}, or goes on with it. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            Patches patches = Patches.open(Path.of(args[0]));
            RunFolder run = new RunFolder(Path.of(args[1]));
            if (Files.exists(run.file("run.json"))) Training.resume(run, CONFIG, patches, MEASURE);
            else Training.start(run, CONFIG, patches, MEASURE);
            System.exit(0);
        }
    }

    @Test
    void tenKillsChangeNothing() throws IOException, InterruptedException {
        TinyPatches.prepare(folder.resolve("patches"), 1);
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        RunFolder killed = new RunFolder(folder.resolve("killed"));
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                // the last one: while the model is being saved
                if (i == KILLS - 1) program.await(() -> Files.exists(killed.file("model")));
                else killAtRandom(program, killed, random);
                if (program.kill()) kills++;
            }
        }
        // saving may be quicker than the last kill
        assertTrue(kills >= KILLS - 1, "the program ended by itself before it was killed" + OtherJvm.log(folder));
        assertTrue(Files.exists(killed.file("checkpoint/state.npz")), "it was never killed in the middle");
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));

        assertEquals(TrainingTest.withoutSeconds(alone), TrainingTest.withoutSeconds(killed));
        assertEquals(IntStream.rangeClosed(1, STEPS).mapToObj(Integer::toString).toList(),
                Files.readAllLines(killed.file("losses.csv")).stream().skip(1).map(l -> l.split(",")[0]).toList());
        Map<String, byte[]> expected = TrainingTest.contents(alone);
        Map<String, byte[]> actual = TrainingTest.contents(killed);
        assertEquals(expected.keySet(), actual.keySet(), "no crumbs are left");
        expected.forEach((name, bytes) -> {
            if (name.matches("(model|samples|checkpoint|heldout).*")) assertArrayEquals(bytes, actual.get(name), name);
        });
    }

    /**
     * Up to one new checkpoint, and then up to a few steps more: in the beginning, between steps, in steps, while files
     * are written.
     */
    private static void killAtRandom(OtherJvm program, RunFolder run, SplittableRandom random)
            throws InterruptedException {
        long before = modified(run);
        if (random.nextInt(4) > 0) program.await(() -> modified(run) != before || Files.exists(run.file("model")));
        Thread.sleep(random.nextInt(60));
    }

    private static long modified(RunFolder run) {
        return run.file("checkpoint/state.npz").toFile().lastModified();
    }
}
