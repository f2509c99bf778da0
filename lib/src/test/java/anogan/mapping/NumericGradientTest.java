package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Dcgan;
import anogan.dcgan.Pairs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's gradients against central differences of an implementation that shares nothing with it: unfolded batch norm, plain loops, double precision. */
class NumericGradientTest {
    private static final int N = 3;

    static List<Arguments> cases() {
        Dcgan golden = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
        Dcgan large = Pairs.trained(64, 6, 0.0625, 25);   // long enough for slopes that stand above rounding
        return List.of(Arguments.of("32 pixels, matching", golden, new MappingLoss.FeatureMatching(0.1)),
                Arguments.of("32 pixels, reference", golden, new MappingLoss.Reference(0.1)),
                Arguments.of("64 pixels, matching", large, new MappingLoss.FeatureMatching(0.3)),
                Arguments.of("64 pixels, reference", large, new MappingLoss.Reference(0.9)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theEngineGoesDownTheSlopeOfTheLoss(String name, Dcgan pair, MappingLoss loss) {
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
        try (MappingEngine engine = new Nd4jEngine(networks, N)) {
            float[] fx = new float[f.length];
            engine.features(x, fx);
            LossGradient l = new LossGradient(networks, loss, x, fx, N);
            engine.forward(z, image, f);
            l.evaluate(image, f, imageErrors, featureErrors);
            engine.backward(imageErrors, featureErrors, gradient);
            for (int i = 0; i < N; i++) {
                double[] query = PlainMapping.doubles(Arrays.copyOfRange(x, i * pixels, (i + 1) * pixels));
                double[] point = PlainMapping.doubles(Arrays.copyOfRange(z, i * latent, (i + 1) * latent));
                PlainMapping.Parts parts = plain.parts(query, point);
                assertEquals(parts.residual(), l.residual(i), 1e-5 * parts.residual());
                assertEquals(parts.features(), l.features(i), 1e-5 * parts.features());
                assertEquals(parts.reference(), l.reference(i), 1e-5 * (1 + parts.reference()));
                assertEquals(parts.discriminator(), l.query(i), 1e-5 * (1 + parts.discriminator()));
                double total = plain.loss(loss, query, point);
                assertEquals(total, l.total()[i], 1e-5 * total);
                assertSame(plain.gradient(loss, query, point), Arrays.copyOfRange(gradient, i * latent, (i + 1) * latent));
            }
        }
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
