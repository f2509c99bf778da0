package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward pass, losses and gradients against PyTorch in double precision (src/test/resources/golden/mapping.py). */
class GoldenMappingTest {
    static final Path GOLDEN = Path.of("src/test/resources/golden");
    private final Map<String, FloatArray> golden = Npy.readZip(GOLDEN.resolve("mapping.npz"));
    private final FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(GOLDEN.resolve("model")));
    private final int n = golden.get("z").shape()[0];

    static List<Compute.Engine> engines() {
        return TestEngines.ALL;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void forwardAgreesWithPyTorch(Compute.Engine kind) {
        try (Engines engines = TestEngines.of(kind, networks, n)) {
            float[] image = new float[array("image").length];
            float[] f = new float[array("features_z").length];
            engines.get(0).forward(n, array("z"), image, f);
            assertClose(array("image"), image, 1e-5);
            assertClose(channelsLast(array("features_z")), f, 1e-5);
            engines.get(0).features(n, array("x"), f);
            assertClose(channelsLast(array("features_x")), f, 1e-5);
            for (int i = 0; i < n; i++) {
                double logit = networks.logit(f, i * f.length / n);
                assertTrue(Math.abs(logit - array("logit_x")[i]) < 1e-4 * (1 + Math.abs(logit)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void lossesAndGradientsAgreeWithPyTorch(Compute.Engine kind) {
        check(kind, new MappingLoss.FeatureMatching(0.1), "gradient_matching");
        check(kind, new MappingLoss.Reference(0.1), "gradient_reference");
    }

    private void check(Compute.Engine kind, MappingLoss loss, String gradient) {
        try (Engines engines = TestEngines.of(kind, networks, n)) {
            MappingEngine engine = engines.get(0);
            float[] f = new float[array("features_x").length];
            engine.features(n, array("x"), f);
            LossGradient[] losses = new LossGradient[n];
            for (int i = 0; i < n; i++) losses[i] = new LossGradient(networks, loss, row(array("x"), i), row(f, i));
            float[] image = new float[array("image").length];
            float[] imageErrors = new float[image.length];
            float[] featureErrors = new float[f.length];
            float[] zErrors = new float[array("z").length];
            engine.forward(n, array("z"), image, f);
            for (int i = 0; i < n; i++) losses[i].evaluate(i, image, f, imageErrors, featureErrors);
            engine.backward(n, imageErrors, featureErrors, zErrors);
            assertClose(array(gradient), zErrors, 1e-5);
            for (int i = 0; i < n; i++) {
                MappingResult m = losses[i].result(0, new float[0], i, image, f);
                assertTrue(Math.abs(m.residual() / array("residual")[i] - 1) < 1e-5);
                assertTrue(Math.abs(m.features() / array("matching")[i] - 1) < 1e-5);
                assertTrue(Math.abs(m.reference() - array("reference")[i]) < 1e-4);
            }
        }
    }

    private float[] row(float[] rows, int i) {
        int length = rows.length / n;
        return Arrays.copyOfRange(rows, i * length, (i + 1) * length);
    }

    private float[] array(String name) {
        return golden.get(name).data();
    }

    /** N×C×4×4 → N×4×4×C. */
    private float[] channelsLast(float[] features) {
        int deep = Architecture.DEEP * Architecture.DEEP;
        int channels = features.length / n / deep;
        float[] last = new float[features.length];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < deep; p++)
                    last[(i * deep + p) * channels + c] = features[(i * channels + c) * deep + p];
            }
        }
        return last;
    }

    /** The norm of the difference, relative to the norm of what is expected. */
    static void assertClose(float[] expected, float[] actual, double tolerance) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        double relative = Math.sqrt(difference / norm);
        assertTrue(relative < tolerance, "relative difference " + relative);
    }
}
