package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderTrainerTest {
    private static final int BATCH = 5;   // its halves are not alike
    private static final int PIXELS = 32 * 32;
    private static final double KAPPA = 3;
    private static final float STEP = 1e-5f;   // so short that few LeakyReLUs bend on it
    /** Their slope is zero: batch norm takes them away. */
    private static final Set<String> BEFORE_BATCH_NORM = Set.of("conv2.bias", "conv3.bias");
    private static final Dcgan PAIR = Dcgan.random(new Architecture(32, 6, 0.0625), 4);
    @TempDir
    Path folder;

    private static EncoderOptions options(long seed) {
        return new EncoderOptions(6, BATCH, 2e-3, 0.5, KAPPA, false, 1000, seed, LearningEngine.Kind.AUTO);
    }

    private static EncoderTrainer trained(long seed, int steps) {
        EncoderTrainer trainer = new EncoderTrainer(PAIR, options(seed), Pairs.noise(32));
        for (int i = 0; i < steps; i++) trainer.train();
        return trainer;
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        Map<String, FloatArray> one = trained(1, 3).state();
        Pairs.assertSameBits(one, trained(1, 3).state());
        assertFalse(Arrays.equals(one.get("encoder.code.weight").data(),
                trained(2, 3).state().get("encoder.code.weight").data()));
    }

    @Test
    void aTrainingThatGoesOnFromItsStateEndsWithTheSameBits() {
        EncoderTrainer whole = trained(1, 6);
        EncoderTrainer first = trained(1, 3);
        first.samples(4);   // looking does not change anything
        Npy.writeZip(folder.resolve("state.npz"), first.state());
        EncoderTrainer second = trained(1, 0);
        second.restore(Npy.readZip(folder.resolve("state.npz")));
        assertEquals(3, second.step());
        for (int i = 0; i < 3; i++) second.train();
        Pairs.assertSameBits(whole.state(), second.state());
        assertEquals(whole.encoder().fingerprint(), second.encoder().fingerprint());
        assertArrayEquals(Pairs.bits(whole.samples(5).data()), Pairs.bits(second.samples(5).data()));
        assertFails(
                () -> new EncoderTrainer(Dcgan.random(new Architecture(32, 7, 0.0625), 4), options(1), Pairs.noise(32))
                        .restore(first.state()),
                "does not fit these networks", "code.weight");
    }

    /** The losses of a step from the networks as a textbook has them: E in training mode, the pair frozen. */
    @Test
    void lossesAreWhatTheFormulaSays() {
        EncoderTrainer trainer = trained(5, 2);
        Encoder before = trainer.encoder();
        EncoderTrainer.Losses losses = trainer.train();
        double[] expected = losses(before, real(3));
        assertEquals(3, losses.step());
        assertEquals(expected[0], losses.pixels(), 1e-5);
        assertEquals(expected[1], losses.features(), 1e-4 * expected[1]);
        assertEquals(expected[0] + KAPPA * expected[1], losses.loss(), 1e-4 * losses.loss());
        assertTrue(KAPPA * expected[1] > 0.05 * expected[0], "the features must have something to say");
    }

    /** Mean squares over pixels and over features. */
    private static double[] losses(Encoder e, double[][] x) {
        PlainNetworks plain = new PlainNetworks(PAIR.architecture(), Map.of(), e.weights(), true);
        PlainNetworks frozen = new PlainNetworks(PAIR, false);
        double[][] y = frozen.generate(tanh(plain.codes(plain.features(x))));
        return new double[] {meanSquare(x, y), meanSquare(frozen.features(x), frozen.features(y))};
    }

    private static double[][] tanh(double[][] rows) {
        for (double[] row : rows) for (int i = 0; i < row.length; i++) row[i] = Math.tanh(row[i]);
        return rows;
    }

    private static double meanSquare(double[][] x, double[][] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++)
            for (int p = 0; p < x[i].length; p++) sum += Math.pow(x[i][p] - y[i][p], 2) / (x.length * x[i].length);
        return sum;
    }

    /** The gradient of E against central differences in double precision: some weights of every array. */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void theGradientIsTheSlopeOfTheLoss(LearningEngine.Kind engine) {
        EncoderTrainer trainer = new EncoderTrainer(PAIR, options(3).withEngine(engine), Pairs.noise(32));
        Encoder e = trainer.encoder();
        double[][] x = real(9);
        float[] batch = new float[BATCH * PIXELS];
        Pairs.noise(32).fill(9, BATCH, batch);
        trainer.gradients(batch);
        trainer.encoder.step(1);
        Map<String, FloatArray> state = trainer.encoder.state();
        CentralDifferences.assertSlopes(e.weights(),
                name -> name.contains("running") || BEFORE_BATCH_NORM.contains(name), state, () -> loss(e, x), STEP, 10,
                1e-12, 1e-6);
    }

    private static double loss(Encoder e, double[][] x) {
        double[] parts = losses(e, x);
        return parts[0] + KAPPA * parts[1];
    }

    private static double[][] real(int step) {
        float[] batch = new float[BATCH * PIXELS];
        Pairs.noise(32).fill(step, BATCH, batch);
        double[][] x = new double[BATCH][PIXELS];
        for (int i = 0; i < batch.length; i++) x[i / PIXELS][i % PIXELS] = batch[i];
        return x;
    }

    /** The grid shows what the saved weights make of the patches, with batch norm's running statistics. */
    @Test
    void samplesAreThoseOfTheSavedWeights() {
        EncoderTrainer trainer = trained(4, 5);
        FloatArray samples = trainer.samples(BATCH);
        assertArrayEquals(new int[] {2 * BATCH, 1, 32, 32}, samples.shape());
        PlainNetworks plain = new PlainNetworks(PAIR.architecture(), Map.of(), trainer.encoder().weights(), false);
        double[][] x = real(0);
        double[][] y = new PlainNetworks(PAIR, false).generate(tanh(plain.codes(plain.features(x))));
        for (int i = 0; i < BATCH; i++) {
            for (int p = 0; p < PIXELS; p++) {
                assertEquals(x[i][p], samples.data()[2 * i * PIXELS + p], 1e-7);
                assertEquals(y[i][p], samples.data()[(2 * i + 1) * PIXELS + p], 1e-5);
            }
        }
    }

    /** Patches that G has drawn: E finds its way back to drawings that are alike, and neither G nor D has moved. */
    @Test
    void itLearnsToInvertTheGenerator() {
        String before = PAIR.fingerprint();
        EncoderOptions o = options(1).withBatch(16).withKappa(1);
        try (EncoderTrainer trainer = new EncoderTrainer(PAIR, o, drawn())) {
            double first = trainer.train().loss();
            double last = 0;
            for (int i = 0; i < 150; i++) last = trainer.train().loss();
            assertTrue(last < first / 2, "the loss was " + first + " and is " + last);
        }
        assertEquals(before, PAIR.fingerprint());
    }

    private static PatchSource drawn() {
        PlainNetworks plain = new PlainNetworks(PAIR, false);
        double[][] z = new double[32][6];
        SplittableRandom random = new SplittableRandom(5);
        for (double[] point : z) for (int i = 0; i < 6; i++) point[i] = random.nextDouble(-1, 1);
        double[][] images = plain.generate(z);
        return (step, n, batch) -> {
            for (int i = 0; i < n * PIXELS; i++)
                batch[i] = (float) images[(int) ((step * n + i / PIXELS) % images.length)][i % PIXELS];
        };
    }

    @Test
    void whatIsSavedIsRead() {
        Encoder e = trained(1, 1).encoder();
        assertFalse(Encoder.isSaved(folder));
        assertFails(() -> Encoder.load(folder), "encoder.json", "stage train with option encoder");
        e.save(folder);
        Encoder read = Encoder.load(folder);
        assertEquals(PAIR.architecture(), read.architecture());
        assertEquals(PAIR.fingerprint(), read.pair());
        Pairs.assertSameBits(e.weights(), read.weights());
        assertEquals(e.fingerprint(), read.fingerprint());
        assertFails(() -> new Encoder(new Architecture(32, 7, 0.0625), "", e.weights()),
                "code.weight of the encoder has shape [6, 256]", "encoder.json");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertRefused(() -> options(1).withKappa(-1), "Kappa", "-1.0");
        assertRefused(() -> options(1).withKappa(Double.NaN), "Kappa", "NaN");
        assertRefused(() -> options(1).withSteps(0), "at least one step");
        assertRefused(() -> options(1).withBatch(1), "at least 2 patches");
        assertRefused(() -> options(1).withEngine(null), "engine");
    }
}
