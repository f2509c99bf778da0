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
import anogan.networks.Autoencoder;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoencoderTrainerTest {
    private static final Architecture SMALL = new Architecture(32, 6, 0.0625);
    private static final int BATCH = 4;
    private static final int PIXELS = 32 * 32;
    private static final float STEP = 1e-5f;   // so short that few LeakyReLUs bend on it
    /** Their slope is zero: batch norm takes them away. */
    private static final Set<String> BEFORE_BATCH_NORM = Set.of("conv2.bias", "conv3.bias", "deconv1.bias",
            "deconv2.bias");
    @TempDir
    Path folder;

    /** So heavy an adversarial loss that its part of the gradient shows. */
    private static AutoencoderOptions options(long seed) {
        return new AutoencoderOptions(6, BATCH, 2e-3, 0.5, 0.2, false, 1000, seed);
    }

    private static AutoencoderTrainer trained(long seed, int steps) {
        AutoencoderTrainer trainer = new AutoencoderTrainer(SMALL, options(seed), Pairs.noise(SMALL.size()));
        for (int i = 0; i < steps; i++) trainer.train();
        return trainer;
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        Map<String, FloatArray> one = trained(1, 3).state();
        Pairs.assertSameBits(one, trained(1, 3).state());
        Map<String, FloatArray> other = trained(2, 3).state();
        one.forEach((name, array) -> {
            if (differs(name)) assertFalse(Arrays.equals(array.data(), other.get(name).data()), name);
        });
    }

    private static boolean differs(String name) {
        return !name.equals("step") && BEFORE_BATCH_NORM.stream().noneMatch(name::endsWith);
    }

    @Test
    void aTrainingThatGoesOnFromItsStateEndsWithTheSameBits() {
        AutoencoderTrainer whole = trained(1, 6);
        AutoencoderTrainer first = trained(1, 3);
        first.samples(4);   // looking does not change anything
        Npy.writeZip(folder.resolve("state.npz"), first.state());
        AutoencoderTrainer second = trained(1, 0);
        second.samples(3);
        second.restore(Npy.readZip(folder.resolve("state.npz")));
        assertEquals(3, second.step());
        for (int i = 0; i < 3; i++) second.train();
        Pairs.assertSameBits(whole.state(), second.state());
        Pairs.assertSameBits(whole.autoencoder().encoder(), second.autoencoder().encoder());
        assertArrayEquals(Pairs.bits(whole.samples(5).data()), Pairs.bits(second.samples(5).data()));
        assertFails(() -> new AutoencoderTrainer(new Architecture(32, 7, 0.0625), options(1), Pairs.noise(32))
                .restore(first.state()), "does not fit these networks", "code.weight");
    }

    /** The losses of a step, from the networks as a textbook has them, in training mode. */
    @Test
    void lossesAreWhatTheFormulasSay() {
        AutoencoderTrainer trainer = trained(5, 2);
        Autoencoder before = trainer.autoencoder();
        AutoencoderTrainer.Losses losses = trainer.train();
        Autoencoder after = trainer.autoencoder();
        double[][] x = real(3);
        double[][] y = decoded(before, x);
        double[] onReal = logits(before.discriminator(), x);
        double[] onFake = logits(before.discriminator(), y);
        double[] again = logits(after.discriminator(), y);   // encoder and decoder come after D has moved
        double d = 0;
        double adversarial = 0;
        double pReal = 0;
        double pFake = 0;
        for (int i = 0; i < BATCH; i++) {
            d -= (Math.log(sigmoid(onReal[i])) + Math.log(1 - sigmoid(onFake[i]))) / BATCH;
            adversarial -= Math.log(sigmoid(again[i])) / BATCH;
            pReal += sigmoid(onReal[i]) / BATCH;
            pFake += sigmoid(onFake[i]) / BATCH;
        }
        assertEquals(3, losses.step());
        assertEquals(d, losses.discriminator(), 1e-4);
        assertEquals(meanSquare(x, y), losses.reconstruction(), 1e-5);
        assertEquals(adversarial, losses.adversarial(), 1e-4);
        assertEquals(pReal, losses.real(), 1e-4);
        assertEquals(pFake, losses.fake(), 1e-4);
    }

    /**
     * The gradients of the joined loss, of decoder and encoder, against central differences in double precision: some
     * weights of every array.
     */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void theGradientIsTheSlopeOfBothLossesTogether(LearningEngine.Kind engine) {
        AutoencoderTrainer trainer = new AutoencoderTrainer(SMALL, options(3).withEngine(engine), Pairs.noise(32));
        Autoencoder a = trainer.autoencoder();
        double[][] x = real(9);
        float[] batch = floats(x);
        CrossEntropy adversarial = trainer.backward(batch, trainer.forward(batch));
        assertTrue(adversarial.loss() > 0.1, "D must have something to say");
        trainer.encoder.step(1);
        trainer.decoder.step(1);
        compare(a, x, a.encoder(), trainer.encoder.state());
        compare(a, x, a.decoder(), trainer.decoder.state());
    }

    private static void compare(Autoencoder a, double[][] x, Map<String, FloatArray> weights,
            Map<String, FloatArray> state) {
        CentralDifferences.assertSlopes(weights, name -> name.contains("running") || BEFORE_BATCH_NORM.contains(name),
                state, () -> loss(a, x), STEP, 12, 1e-6, 1e-8);
    }

    private static double loss(Autoencoder a, double[][] x) {
        double[][] y = decoded(a, x);
        double adversarial = 0;
        for (double logit : logits(a.discriminator(), y)) adversarial -= Math.log(sigmoid(logit)) / BATCH;
        return 0.8 * meanSquare(x, y) + 0.2 * adversarial;
    }

    private static double[][] decoded(Autoencoder a, double[][] x) {
        PlainNetworks plain = new PlainNetworks(SMALL, a.decoder(), a.encoder(), true);
        return plain.generate(plain.codes(plain.features(x)));
    }

    private static double[] logits(Map<String, FloatArray> discriminator, double[][] images) {
        PlainNetworks plain = new PlainNetworks(SMALL, Map.of(), discriminator, true);
        return plain.logits(plain.features(images));
    }

    private static double meanSquare(double[][] x, double[][] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++)
            for (int p = 0; p < PIXELS; p++) sum += Math.pow(x[i][p] - y[i][p], 2) / (x.length * PIXELS);
        return sum;
    }

    private static double[][] real(int step) {
        float[] batch = new float[BATCH * PIXELS];
        Pairs.noise(SMALL.size()).fill(step, BATCH, batch);
        double[][] x = new double[BATCH][PIXELS];
        for (int i = 0; i < batch.length; i++) x[i / PIXELS][i % PIXELS] = batch[i];
        return x;
    }

    private static float[] floats(double[][] rows) {
        float[] all = new float[rows.length * PIXELS];
        for (int i = 0; i < all.length; i++) all[i] = (float) rows[i / PIXELS][i % PIXELS];
        return all;
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    /** The grid shows what the saved weights make of the patches, with batch norm's running statistics. */
    @Test
    void samplesAreThoseOfTheSavedWeights() {
        AutoencoderTrainer trainer = trained(4, 5);
        FloatArray samples = trainer.samples(BATCH);
        assertArrayEquals(new int[] {2 * BATCH, 1, 32, 32}, samples.shape());
        Autoencoder a = trainer.autoencoder();
        PlainNetworks plain = new PlainNetworks(SMALL, a.decoder(), a.encoder(), false);
        double[][] x = real(0);
        double[][] y = plain.generate(plain.codes(plain.features(x)));
        for (int i = 0; i < BATCH; i++) {
            for (int p = 0; p < PIXELS; p++) {
                assertEquals(x[i][p], samples.data()[2 * i * PIXELS + p], 1e-7);
                assertEquals(y[i][p], samples.data()[(2 * i + 1) * PIXELS + p], 1e-5);
            }
        }
    }

    @Test
    void whatIsSavedIsRead() {
        Autoencoder a = trained(1, 1).autoencoder();
        a.save(folder.resolve("model"));
        Autoencoder read = Autoencoder.load(folder.resolve("model"));
        assertEquals(SMALL, read.architecture());
        Pairs.assertSameBits(a.encoder(), read.encoder());
        Pairs.assertSameBits(a.decoder(), read.decoder());
        Pairs.assertSameBits(a.discriminator(), read.discriminator());
        Map<String, FloatArray> lacking = new LinkedHashMap<>(a.encoder());
        lacking.remove("code.bias");
        assertFails(() -> new Autoencoder(SMALL, lacking, a.decoder(), a.discriminator()), "encoder has arrays",
                "acae.json");
        assertFails(() -> new Autoencoder(new Architecture(32, 7, 0.0625), a.encoder(), a.decoder(), a.discriminator()),
                "code.weight of the encoder has shape [6, 256]");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertRefused(() -> new AutoencoderOptions(1, 4, 1e-3, 0.5, 1, false, 1, 1), "adversarial", "1.0");
        assertRefused(() -> new AutoencoderOptions(1, 4, 1e-3, 0.5, Double.NaN, false, 1, 1), "adversarial", "NaN");
        assertRefused(() -> new AutoencoderOptions(0, 4, 1e-3, 0.5, 0.1, false, 1, 1), "at least one step");
        assertRefused(() -> new AutoencoderOptions(1, 1, 1e-3, 0.5, 0.1, false, 1, 1), "at least 2 patches");
    }
}
