package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.LearningEngine;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder beside the pair of a run. */
class EncoderTrainingTest {
    private static final int KILLS = 4;
    private static final int STEPS = 60;
    private static final TrainOptions PAIR = new TrainOptions(3, 4, 2e-3, 0.5, 0, 0.4, true, 10, 10, 1);
    private static final Architecture TINY = new Architecture(32, 8, 0.0625);
    @TempDir
    Path folder;
    private Patches patches;

    private static EncoderOptions options(int steps) {
        return new EncoderOptions(steps, 4, 2e-3, 0.5, 1, true, 3, 1, LearningEngine.Kind.AUTO);
    }

    @BeforeEach
    void prepare() {
        patches = TinyPatches.prepare(folder.resolve("patches"), 1);
    }

    private RunFolder run(String name) {
        RunFolder run = new RunFolder(folder.resolve(name));
        Training.start(run, new Training.Config(TINY, PAIR), patches);
        return run;
    }

    @Test
    void aRunHoldsWhatItPromisesAndThePairStaysAsItIs() throws IOException {
        RunFolder run = run("run");
        Map<String, byte[]> before = TrainingTest.contents(run);
        Encoder made = EncoderTraining.run(run, options(8), patches);
        List<String> losses = Files.readAllLines(run.file("encoder/losses.csv"));
        assertEquals("step,loss,pixels,features,seconds", losses.get(0));
        assertEquals(steps(8), losses.stream().skip(1).map(l -> l.split(",")[0]).toList());
        for (String step : List.of("000000", "000003", "000006", "000008"))
            assertTrue(Files.exists(run.file("encoder/samples/step-" + step + ".png")), step);
        assertEquals(made.fingerprint(), Encoder.load(EncoderTraining.model(run)).fingerprint());
        Stage stage = run.info().stages().get("encoder");
        assertEquals(Map.of("model", Dcgan.load(run.file("model")).fingerprint(), "encoder", made.fingerprint()),
                stage.fingerprints());
        Map<String, byte[]> after = TrainingTest.contents(run);
        before.forEach((name, bytes) -> {
            if (!name.equals("run.json")) assertArrayEquals(bytes, after.get(name), name + " is none of its business");
        });
    }

    /** Fewer steps first, then more: as if it had not been stopped. */
    @Test
    void anExtendedTrainingEqualsALongerOne() {
        RunFolder whole = run("whole");
        RunFolder extended = run("extended");
        String longer = EncoderTraining.run(whole, options(8), patches).fingerprint();
        EncoderTraining.run(extended, options(4), patches);
        assertEquals(longer, EncoderTraining.run(extended, options(8), patches).fingerprint());
        assertEquals(longer, EncoderTraining.run(extended, options(8), patches).fingerprint(), "it is done already");
        assertFails(() -> EncoderTraining.run(extended, options(4), patches), "8 steps already",
                "8 or more as option steps");
    }

    @Test
    void whatDoesNotBelongToTheRunIsRefused() {
        RunFolder run = run("run");
        EncoderTraining.run(run, options(3), patches);
        assertFails(() -> EncoderTraining.run(run, options(3).withKappa(2), patches), "other options",
                "\"kappa\" : 1.0", "remove the folder");
        Patches others = TinyPatches.prepare(folder.resolve("others"), 2);
        assertFails(() -> EncoderTraining.run(run, options(3), others), "other patches");
        Training.resume(run, new Training.Config(TINY, PAIR.withSteps(5)), patches);
        assertFails(() -> EncoderTraining.run(run, options(3), patches), "another pair", "trained on after",
                run.file("encoder").toString(), "stage train with option encoder");
        RunFolder empty = new RunFolder(folder.resolve("begun"));
        empty.write(run.info());
        assertFails(() -> EncoderTraining.run(empty, options(3), patches), "has no model/dcgan.json yet",
                "stage train with option resume");
    }

    /** Trains in {@code args[1]} on {@code args[0]}, or goes on with it. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            EncoderTraining.run(new RunFolder(Path.of(args[1])), options(STEPS), Patches.open(Path.of(args[0])));
            System.exit(0);
        }
    }

    /** Killed without warning, again and again, it ends with the same bytes as one that was left alone. */
    @Test
    void killsChangeNothing() throws IOException, InterruptedException {
        RunFolder alone = run("alone");
        RunFolder killed = run("killed");
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                long before = modified(killed);
                program.await(() -> modified(killed) != before || Files.exists(EncoderTraining.model(killed)));
                Thread.sleep(random.nextInt(40));
                if (program.kill()) kills++;
            }
        }
        assertTrue(kills > 0, "the program ended by itself before it was killed" + OtherJvm.log(folder));
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));
        assertEquals(steps(STEPS), Files.readAllLines(killed.file("encoder/losses.csv")).stream().skip(1)
                .map(l -> l.split(",")[0]).toList());
        Map<String, byte[]> expected = TrainingTest.contents(alone);
        Map<String, byte[]> actual = TrainingTest.contents(killed);
        assertEquals(expected.keySet(), actual.keySet(), "no crumbs are left");
        expected.forEach((name, bytes) -> {
            if (name.matches("encoder/(model|samples|checkpoint|options).*"))
                assertArrayEquals(bytes, actual.get(name), name);
        });
    }

    private static List<String> steps(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(Integer::toString).toList();
    }

    private static long modified(RunFolder run) {
        return run.file("encoder/checkpoint/state.npz").toFile().lastModified();
    }
}
