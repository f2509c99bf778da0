package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TrainOptions.Keep;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.Pairs;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pair a training keeps, where a made-up loss is lowest at step 4. */
class KeepTest {
    private static final Architecture TINY = new Architecture(32, 4, 0.0625);
    private static final Optional<HeldOutCurve.Measure> LOWEST_AT_4 = lowestAt(4);
    @TempDir
    static Path folder;
    private static Patches patches;

    /** A loss that depends on the step alone. */
    static Optional<HeldOutCurve.Measure> lowestAt(int best) {
        return Optional.of((step, pair) -> new HeldOutCurve.Row(step, 1, 2 + Math.abs(step - best), 3, 4));
    }

    private static Training.Config config(int steps, Keep keep) {
        return new Training.Config(TINY,
                new TrainOptions(steps, 4, 1e-3, 0.5, 0, 0.9, true, 4, 3, 1).withKeep(keep).withHeldOutEvery(2));
    }

    private static Dcgan afterSteps(int steps) {
        TrainOptions o = config(steps, Keep.LAST).options();
        try (Trainer trainer = new Trainer(TINY, o, new RandomCrops(patches, true, 1))) {
            while (trainer.step() < steps) trainer.train();
            return trainer.dcgan().rounded();
        }
    }

    @BeforeAll
    static void prepare() {
        patches = TinyPatches.prepare(folder.resolve("patches"), 1);
    }

    @Test
    void bestIsThatOfTheLowestLossAndLastIsTheLast() {
        Pairs.assertSameBits(afterSteps(4),
                Training.start(new RunFolder(folder.resolve("best")), config(9, Keep.BEST), patches, LOWEST_AT_4));
        Pairs.assertSameBits(afterSteps(9),
                Training.start(new RunFolder(folder.resolve("last")), config(9, Keep.LAST), patches, LOWEST_AT_4));
    }

    /** At 5 steps the best is that of step 4; later steps do not change it, and run.json knows them nevertheless. */
    @Test
    void anExtendedRunEqualsALongerOne() throws IOException {
        RunFolder extended = new RunFolder(folder.resolve("extended"));
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        Training.start(extended, config(5, Keep.BEST), patches, LOWEST_AT_4);
        Dcgan kept = Training.resume(extended, config(9, Keep.BEST), patches, LOWEST_AT_4);
        Pairs.assertSameBits(Training.start(whole, config(9, Keep.BEST), patches, LOWEST_AT_4), kept);
        for (String file : new String[] {"heldout.csv", "checkpoint/state.npz", "model/generator.npz"})
            assertArrayEquals(Files.readAllBytes(whole.file(file)), Files.readAllBytes(extended.file(file)), file);
        assertEquals("step,train_loss,held_out_loss,train_R,held_out_R\n2,1.0000,4.0000,3.0000,4.0000\n"
                + "4,1.0000,2.0000,3.0000,4.0000\n6,1.0000,4.0000,3.0000,4.0000\n8,1.0000,6.0000,3.0000,4.0000\n",
                Files.readString(whole.file("heldout.csv")));
        assertEquals(config(9, Keep.BEST), Training.Config.of(extended));
        Map<String, byte[]> before = TrainingTest.contents(extended);
        Training.resume(extended, config(9, Keep.BEST), patches, LOWEST_AT_4);
        Map<String, byte[]> after = TrainingTest.contents(extended);
        before.forEach((name, bytes) -> {
            if (!name.equals("run.json")) assertArrayEquals(bytes, after.get(name), name);
        });
    }

    @Test
    void whatIsKeptStaysAsItWasBegun() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("begun"));
        Training.start(run, config(3, Keep.BEST), patches, LOWEST_AT_4);
        assertFails(() -> Training.resume(run, config(6, Keep.LAST), patches, LOWEST_AT_4), "other options",
                "\"keep\" : \"BEST\"");
        Training.Config rarely = new Training.Config(TINY, config(6, Keep.BEST).options().withHeldOutEvery(3));
        assertFails(() -> Training.resume(run, rarely, patches, LOWEST_AT_4), "\"heldOutEvery\" : 2");
        Map<String, FloatArray> state = Npy.readZip(run.file("checkpoint/state.npz"));
        assertTrue(state.keySet().removeIf(name -> name.startsWith("best.discriminator")));
        Npy.writeZip(run.file("checkpoint/state.npz"), state);
        assertFails(() -> Training.resume(run, config(6, Keep.BEST), patches, LOWEST_AT_4), "state.npz", "damaged",
                "best pair");
    }

    /** A run of a version that measured nothing goes on, measured from there on. */
    @Test
    void anOlderRunGoesOn() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("older"));
        Training.start(run, config(3, Keep.LAST), patches);
        String json = Files.readString(run.file("run.json"));
        String older = json.replaceAll(",\\s*\"keep\" : \"LAST\",\\s*\"heldOutEvery\" : 2", "");
        assertTrue(older.length() < json.length() && !older.contains("keep"), json);
        Files.writeString(run.file("run.json"), older);
        Pairs.assertSameBits(afterSteps(7), Training.resume(run, config(7, Keep.LAST), patches, LOWEST_AT_4));
        assertEquals(3, Files.readAllLines(run.file("heldout.csv")).size(), "a head, steps 4 and 6");
    }

    /** Versions before 0.2 saved all bits of a weight; scores of such a model stay those of this model. */
    @Test
    void aFinishedRunOfAnOlderVersionKeepsItsModel() {
        RunFolder run = new RunFolder(folder.resolve("finished"));
        Training.start(run, config(3, Keep.LAST), patches);
        try (Trainer trainer = new Trainer(TINY, config(3, Keep.LAST).options(), new RandomCrops(patches, true, 1))) {
            while (trainer.step() < 3) trainer.train();
            trainer.dcgan().save(run.file("model"));
            assertNotEquals(trainer.dcgan().fingerprint(), trainer.dcgan().rounded().fingerprint());
            Pairs.assertSameBits(trainer.dcgan(), Training.resume(run, config(3, Keep.LAST), patches));
            Pairs.assertSameBits(trainer.dcgan(), Dcgan.load(run.file("model")));
        }
    }
}
