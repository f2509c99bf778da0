package anogan.dcgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import anogan.run.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three training steps against PyTorch: same weights, same real patches, same z
 * (src/test/resources/golden/training.py). Batch norm in training mode, padding, both losses, the joined gradient of D
 * and Adam all have a part in the weights that come out.
 */
class GoldenTrainingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Architecture SMALL = new Architecture(32, 8, 0.125);
    private static final TrainOptions OPTIONS = new TrainOptions(3, 4, 2e-4, 0.5, 0.1, 0.999, false, 100, 100, 7);

    /** Biases whose gradient is zero but for rounding. */
    private static final Set<String> BEFORE_BATCH_NORM = Set.of("g.deconv1.bias", "g.deconv2.bias", "d.conv2.bias",
            "d.conv3.bias");

    private static void fill(long step, int n, float[] batch) {
        SplittableRandom random = Seeds.random(7, "golden batch " + step);
        for (int i = 0; i < n * 32 * 32; i++)
            batch[i] = (float) (2 * random.nextDouble() - 1) * (i / 32 % 32 < 16 ? 0.3f : 1);
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void threeStepsAgreeWithPyTorch(LearningEngine.Kind engine) {
        assertThreeSteps(OPTIONS.withEngine(engine), 2e-4, 0.01);
    }

    /**
     * So do they in bf16, but for rounding. Adam's first steps go by the sign of a gradient whatever its size: weights
     * whose gradient is nearly nothing may go the other way.
     */
    @Test
    void threeStepsInBf16AgreeWithPyTorch() {
        assumeTrue(LearningEngine.computes(Precision.BF16), "this processor has no kernels for bf16");
        assertThreeSteps(OPTIONS.withPrecision(Precision.BF16), 0.01, 0.5);
    }

    /**
     * @param loss bound of a difference
     * @param move bound of the difference between two moves, relative to the move
     */
    private static void assertThreeSteps(TrainOptions options, double loss, double move) {
        Map<String, FloatArray> golden = Npy.readZip(GOLDEN.resolve("training.npz"));
        Trainer trainer = new Trainer(SMALL, options, GoldenTrainingTest::fill);
        for (int step = 1; step <= 3; step++) {
            Trainer.Losses l = trainer.train();
            assertEquals(golden.get("d_loss").data()[step - 1], l.discriminator(), loss);
            assertEquals(golden.get("g_loss").data()[step - 1], l.generator(), loss);
        }
        Map<String, FloatArray> before = arrays(new Trainer(SMALL, OPTIONS, GoldenTrainingTest::fill).dcgan());
        Map<String, FloatArray> after = arrays(trainer.dcgan());
        Set<String> compared = new TreeSet<>(after.keySet());
        compared.removeIf(name -> name.contains("running") || BEFORE_BATCH_NORM.contains(name));
        Set<String> expected = new TreeSet<>(golden.keySet());
        expected.removeAll(Set.of("d_loss", "g_loss"));
        assertEquals(expected, compared);
        compared.forEach(name -> assertSameMove(name, move, before.get(name).data(), golden.get(name).data(),
                after.get(name).data()));
    }

    /** What mapping folds into the weights: against numpy (src/test/resources/golden/running.py). */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void runningStatisticsFollowTheBatches(LearningEngine.Kind engine) {
        Map<String, FloatArray> golden = Npy.readZip(GOLDEN.resolve("running.npz"));
        Trainer trainer = new Trainer(SMALL, OPTIONS.withEngine(engine), GoldenTrainingTest::fill);
        trainer.train();
        Map<String, FloatArray> after = arrays(trainer.dcgan());
        Set<String> running = new TreeSet<>(after.keySet());
        running.removeIf(name -> !name.contains("running"));
        assertEquals(new TreeSet<>(golden.keySet()), running);
        for (String name : running) {
            float[] expected = golden.get(name).data();
            float[] actual = after.get(name).data();
            double size = 0;
            for (float v : expected) size = Math.max(size, Math.abs(v));
            for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-5 * size, name);
        }
    }

    private static Map<String, FloatArray> arrays(Dcgan pair) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        pair.generatorRaw().forEach((name, array) -> arrays.put("g." + name, array));
        pair.discriminator().forEach((name, array) -> arrays.put("d." + name, array));
        return arrays;
    }

    /** How far an array has moved, and whither: the difference between the two moves is small beside the move. */
    private static void assertSameMove(String name, double bound, float[] start, float[] expected, float[] actual) {
        double move = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            move += Math.pow(expected[i] - start[i], 2);
            difference += Math.pow(expected[i] - actual[i], 2);
        }
        assertTrue(Math.sqrt(difference / move) < bound,
                name + ": difference " + Math.sqrt(difference / move) + " of the move");
    }

    /** Writes what training.py starts from: {@code java … GoldenTrainingTest FOLDER}. */
    public static void main(String... args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        Map<String, FloatArray> arrays = arrays(new Trainer(SMALL, OPTIONS, GoldenTrainingTest::fill).dcgan());
        for (int step = 1; step <= 3; step++) {
            float[] x = new float[4 * 32 * 32];
            fill(step, 4, x);
            arrays.put("x" + step, new FloatArray(x, 4, 1, 32, 32));
            arrays.put("z" + step, new FloatArray(Seeds.uniform(OPTIONS.seed(), "noise " + step, 4 * 8), 4, 8));
        }
        Npy.writeZip(folder.resolve("training_start.npz"), arrays);
    }
}
