package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine's gradients against central differences of an implementation that shares nothing with it: unfolded batch
 * norm, plain loops, double precision.
 */
class NumericGradientTest {
    private static final int N = 3;

    static List<Arguments> cases() {
        Dcgan golden = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
        Dcgan large = Dcgan.random(new Architecture(64, 6, 0.0625), 1);   // slopes that stand far above rounding
        return TestEngines.ALL.stream()
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, "32 pixels, matching", golden, new MappingLoss.FeatureMatching(0.1)),
                        Arguments.of(engine, "32 pixels, reference", golden, new MappingLoss.Reference(0.1)),
                        Arguments.of(engine, "64 pixels, matching", large, new MappingLoss.FeatureMatching(0.3)),
                        Arguments.of(engine, "64 pixels, reference", large, new MappingLoss.Reference(0.9))))
                .toList();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void theEngineGoesDownTheSlopeOfTheLoss(Compute.Engine kind, String name, Dcgan pair, MappingLoss loss) {
        FrozenNetworks networks = FrozenNetworks.of(pair);
        PlainMapping plain = new PlainMapping(pair);
        int pixels = pair.architecture().size() * pair.architecture().size();
        int latent = pair.architecture().latent();
        float[] x = PlainMapping.random(1, N * pixels);
        float[] z = PlainMapping.random(2, N * latent);
        float[] image = new float[N * pixels];
        float[] f = new float[N * pair.architecture().features()];
        float[] imageErrors = new float[image.length];
        float[] featureErrors = new float[f.length];
        float[] gradient = new float[z.length];
        try (Engines engines = TestEngines.of(kind, networks, N)) {
            MappingEngine engine = engines.get(0);
            engine.features(N, x, f);
            LossGradient[] losses = new LossGradient[N];
            for (int i = 0; i < N; i++) losses[i] = new LossGradient(networks, loss, row(x, i), row(f, i));
            engine.forward(N, z, image, f);
            double[] totals = new double[N];
            for (int i = 0; i < N; i++) totals[i] = losses[i].evaluate(i, image, f, imageErrors, featureErrors);
            engine.backward(N, imageErrors, featureErrors, gradient);
            for (int i = 0; i < N; i++) {
                double[] query = PlainMapping.doubles(row(x, i));
                double[] point = PlainMapping.doubles(row(z, i));
                PlainMapping.Parts parts = plain.parts(query, point);
                MappingResult m = losses[i].result(0, row(z, i), i, image, f);
                assertEquals(parts.residual(), m.residual(), 1e-5 * parts.residual());
                assertEquals(parts.features(), m.features(), 1e-5 * parts.features());
                assertEquals(parts.reference(), m.reference(), 1e-5 * (1 + parts.reference()));
                assertEquals(parts.discriminator(), m.discriminator(), 1e-5 * (1 + parts.discriminator()));
                double total = plain.loss(loss, query, point);
                assertEquals(total, totals[i], 1e-5 * total);
                assertSame(plain.gradient(loss, query, point), row(gradient, i));
            }
        }
    }

    private static float[] row(float[] rows, int i) {
        int length = rows.length / N;
        return Arrays.copyOfRange(rows, i * length, (i + 1) * length);
    }

    private static void assertSame(double[] expected, float[] actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertTrue(norm > 0 && difference < 1e-8 * norm, "relative difference " + Math.sqrt(difference / norm));
    }
}
