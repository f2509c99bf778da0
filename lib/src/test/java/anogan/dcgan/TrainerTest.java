package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import anogan.networks.Precision;
import anogan.run.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
    private static final Architecture SMALL = new Architecture(32, 8, 0.125);
    private static final int BATCH = 4;
    @TempDir
    Path folder;

    private static Trainer trainer(TrainOptions options) {
        return new Trainer(SMALL, options, Pairs.noise(SMALL.size()));
    }

    private static Trainer trained(TrainOptions options, int steps) {
        Trainer trainer = trainer(options);
        for (int i = 0; i < steps; i++) trainer.train();
        return trainer;
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        Trainer one = trained(Pairs.options(3, 1), 3);
        Trainer same = trained(Pairs.options(3, 1), 3);
        Trainer other = trained(Pairs.options(3, 2), 3);
        Pairs.assertSameBits(one.state(), same.state());
        assertArrayEquals(Pairs.bits(one.samples(8).data()), Pairs.bits(same.samples(8).data()));
        one.state().forEach((name, array) -> {
            boolean zero = name.matches(".*(deconv[12]|conv[23])[.]bias");   // batch norm would take it away
            if (!zero && !name.equals("step"))
                assertFalse(Arrays.equals(array.data(), other.state().get(name).data()), name);
        });
        assertFalse(Arrays.equals(one.samples(8).data(), other.samples(8).data()));
    }

    /** Other JVMs write these bytes too: {@link TrainingKillTest} compares. */
    @Test
    void equalStatesAreEqualFiles() throws IOException {
        Npy.writeZip(folder.resolve("one.npz"), trained(Pairs.options(2, 1), 2).state());
        Npy.writeZip(folder.resolve("same.npz"), trained(Pairs.options(2, 1), 2).state());
        assertArrayEquals(Files.readAllBytes(folder.resolve("one.npz")),
                Files.readAllBytes(folder.resolve("same.npz")));
        assertEquals(List.copyOf(trained(Pairs.options(2, 1), 2).state().keySet()),
                List.copyOf(Npy.readZip(folder.resolve("one.npz")).keySet()));
    }

    @ParameterizedTest
    @EnumSource
    void aTrainingThatGoesOnFromItsStateEndsWithTheSameBits(Precision precision) {
        assumeTrue(LearningEngine.computes(precision), "this processor has no such kernels");
        TrainOptions options = Pairs.options(6, 1).withPrecision(precision);
        Trainer whole = trained(options, 6);
        Trainer first = trained(options, 3);
        Npy.writeZip(folder.resolve("state.npz"), first.state());
        Trainer second = trainer(options);
        second.samples(4);   // looking does not change anything
        second.restore(Npy.readZip(folder.resolve("state.npz")));
        assertEquals(3, second.step());
        Pairs.assertSameBits(first.state(), second.state());
        assertArrayEquals(Pairs.bits(first.samples(8).data()), Pairs.bits(second.samples(8).data()));
        for (int i = 0; i < 3; i++) second.train();
        Pairs.assertSameBits(whole.state(), second.state());
        Pairs.assertSameBits(whole.dcgan(), second.dcgan());
        assertArrayEquals(Pairs.bits(whole.samples(8).data()), Pairs.bits(second.samples(8).data()));
    }

    @Test
    void aStateOfOtherNetworksIsRefused() {
        Map<String, FloatArray> other = new Trainer(new Architecture(32, 8, 0.25), Pairs.options(1, 1), Pairs.noise(32))
                .state();
        assertFails(() -> trainer(Pairs.options(1, 1)).restore(other), "does not fit these networks");
        for (String name : new String[] {"generator.bn1.running_var", "discriminator.adam_v.head.weight"}) {
            Map<String, FloatArray> lacking = new LinkedHashMap<>(trainer(Pairs.options(1, 1)).state());
            lacking.remove(name);
            assertFails(() -> trainer(Pairs.options(1, 1)).restore(lacking), "does not fit these networks",
                    name.substring(name.indexOf('.') + 1));
        }
        assertFails(() -> trainer(Pairs.options(1, 1)).restore(Map.of()), "does not say its step");
    }

    /**
     * The moving average runs from random start to the raw weights by d·average + (1 − d)·raw, with d = min(decay, (1 +
     * step)/(10 + step)).
     */
    @Test
    void theAverageFollowsTheRawWeightsByItsFormula() {
        Trainer trainer = trainer(Pairs.options(8, 1));
        Map<String, double[]> average = new LinkedHashMap<>();
        trainer.dcgan().generatorRaw().forEach((name, array) -> {
            double[] start = new double[array.data().length];
            for (int i = 0; i < start.length; i++) start[i] = array.data()[i];
            average.put(name, start);
        });
        for (int step = 1; step <= 8; step++) {
            trainer.train();
            double decay = Math.min(0.4, (1.0 + step) / (10.0 + step));
            Dcgan pair = trainer.dcgan();
            pair.generatorRaw().forEach((name, raw) -> {
                double[] a = average.get(name);
                for (int i = 0; i < a.length; i++) {
                    a[i] = decay * a[i] + (1 - decay) * raw.data()[i];
                    assertEquals(a[i], pair.generator().get(name).data()[i], 1e-6 * (1 + Math.abs(a[i])), name);
                }
            });
        }
    }

    @Test
    void withoutDecayTheAverageIsTheRawWeights() {
        Dcgan pair = trained(new TrainOptions(2, BATCH, 2e-3, 0.5, 0, 0, false, 1, 1, 1), 2).dcgan();
        Pairs.assertSameBits(pair.generatorRaw(), pair.generator());
    }

    /**
     * The losses of a step, from the networks as a textbook has them: batch norm by the batch, real and generated
     * patches apart.
     */
    @Test
    void lossesAreWhatTheFormulasSay() {
        for (double smoothing : new double[] {0, 0.2}) {
            TrainOptions options = new TrainOptions(3, BATCH, 2e-3, 0.5, smoothing, 0.4, false, 1, 1, 5);
            Trainer trainer = trained(options, 2);
            Dcgan before = trainer.dcgan().raw();
            Trainer.Losses losses = trainer.train();
            Dcgan after = trainer.dcgan();

            PlainNetworks plain = new PlainNetworks(before, true);
            double[][] fake = plain.generate(latent("noise 3", options.seed(), BATCH));
            double[] onReal = plain.logits(plain.features(real(3)));
            double[] onFake = plain.logits(plain.features(fake));
            PlainNetworks moved = new PlainNetworks(
                    new Dcgan(SMALL, before.generator(), before.generator(), after.discriminator()), true);
            double[] again = moved.logits(moved.features(fake));   // G's part comes after D has moved
            double d = 0;
            double g = 0;
            double pReal = 0;
            double pFake = 0;
            for (int i = 0; i < BATCH; i++) {
                d -= ((1 - smoothing) * Math.log(sigmoid(onReal[i])) + smoothing * Math.log(1 - sigmoid(onReal[i])))
                        / BATCH + Math.log(1 - sigmoid(onFake[i])) / BATCH;
                g -= Math.log(sigmoid(again[i])) / BATCH;
                pReal += sigmoid(onReal[i]) / BATCH;
                pFake += sigmoid(onFake[i]) / BATCH;
            }
            assertEquals(3, losses.step());
            assertEquals(d, losses.discriminator(), 1e-4);
            assertEquals(g, losses.generator(), 1e-4);
            assertEquals(pReal, losses.real(), 1e-4);
            assertEquals(pFake, losses.fake(), 1e-4);
        }
    }

    /** What is saved is what samples: a reader of model/ gets the same pictures from the weights and the formulas. */
    @Test
    void samplesAreThoseOfTheSavedAverage() {
        Trainer trainer = trained(Pairs.options(5, 3), 5);
        FloatArray samples = trainer.samples(6);
        assertArrayEquals(new int[] {6, 1, 32, 32}, samples.shape());
        double[][] expected = new PlainNetworks(trainer.dcgan(), false).generate(latent("fixed noise", 3, 6));
        double contrast = 0;
        for (int i = 0; i < samples.data().length; i++) {
            assertTrue(Math.abs(samples.data()[i]) <= 1);
            assertEquals(expected[i / 1024][i % 1024], samples.data()[i], 1e-5);
            contrast = Math.max(contrast, Math.abs(samples.data()[i]));
        }
        assertTrue(contrast > 1e-3, "grey pictures prove nothing");
    }

    private static double[][] real(int step) {
        float[] batch = new float[BATCH * SMALL.size() * SMALL.size()];
        Pairs.noise(SMALL.size()).fill(step, BATCH, batch);
        double[][] x = new double[BATCH][batch.length / BATCH];
        for (int i = 0; i < batch.length; i++) x[i / x[0].length][i % x[0].length] = batch[i];
        return x;
    }

    private static double[][] latent(String name, long seed, int n) {
        SplittableRandom random = Seeds.random(seed, name);
        double[][] z = new double[n][SMALL.latent()];
        for (double[] point : z)
            for (int i = 0; i < point.length; i++) point[i] = (float) (2 * random.nextDouble() - 1);
        return z;
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }
}
