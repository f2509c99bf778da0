package anogan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.dcgan.PatchSource;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Trainer;
import anogan.io.FloatArray;
import java.util.Map;
import java.util.SplittableRandom;

/** Small pairs, patches and options for tests, and the comparison of weights by their bits. */
public final class Pairs {
    private Pairs() {}

    /** A pair that was trained for a few steps on noise, so that batch norm has statistics of its own. */
    public static Dcgan trained(int size, int latent, double width, int steps) {
        Architecture a = new Architecture(size, latent, width);
        try (Trainer trainer = new Trainer(a, options(steps, 1), noise(size))) {
            for (int i = 0; i < steps; i++) trainer.train();
            return trainer.dcgan();
        }
    }

    /** Batches of 4, a learning rate at which something happens. */
    public static TrainOptions options(int steps, long seed) {
        return new TrainOptions(steps, 4, 2e-3, 0.5, 0, 0.4, false, 1000, 1000, seed);
    }

    /** Patches without structure, another batch at each step. */
    public static PatchSource noise(int size) {
        return (step, n, batch) -> {
            SplittableRandom random = new SplittableRandom(step);
            for (int i = 0; i < n * size * size; i++) batch[i] = (float) (2 * random.nextDouble() - 1);
        };
    }

    public static void assertSameBits(Map<String, FloatArray> expected, Map<String, FloatArray> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, array) -> {
            assertArrayEquals(array.shape(), actual.get(name).shape(), name);
            assertArrayEquals(bits(array.data()), bits(actual.get(name).data()), name);
        });
    }

    public static void assertSameBits(Dcgan expected, Dcgan actual) {
        assertEquals(expected.architecture(), actual.architecture());
        assertSameBits(expected.generator(), actual.generator());
        assertSameBits(expected.generatorRaw(), actual.generatorRaw());
        assertSameBits(expected.discriminator(), actual.discriminator());
    }

    public static int[] bits(float... values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToRawIntBits(values[i]);
        return bits;
    }
}
