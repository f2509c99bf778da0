package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.FloatArray;
import anogan.Npy;
import anogan.dcgan.Architecture;
import anogan.dcgan.Dcgan;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forward pass, losses and gradients against PyTorch in double precision (src/test/resources/golden/mapping.py). */
class GoldenMappingTest {
    static final Path GOLDEN = Path.of("src/test/resources/golden");
    private final Map<String, FloatArray> golden = Npy.readZip(GOLDEN.resolve("mapping.npz"));
    private final FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(GOLDEN.resolve("model")));
    private final int n = golden.get("z").shape()[0];

    @Test
    void forwardAgreesWithPyTorch() {
        try (MappingEngine engine = new Nd4jEngine(networks, n)) {
            float[] image = new float[array("image").length];
            float[] f = new float[array("features_z").length];
            engine.forward(array("z"), image, f);
            assertClose(array("image"), image, 1e-5);
            assertClose(channelsLast(array("features_z")), f, 1e-5);
            engine.features(array("x"), f);
            assertClose(channelsLast(array("features_x")), f, 1e-5);
            double[] logits = networks.logits(f, n);
            for (int i = 0; i < n; i++) assertTrue(Math.abs(logits[i] - array("logit_x")[i]) < 1e-4 * (1 + Math.abs(logits[i])));
        }
    }

    @Test
    void lossesAndGradientsAgreeWithPyTorch() {
        check(new MappingLoss.FeatureMatching(0.1), "gradient_matching");
        check(new MappingLoss.Reference(0.1), "gradient_reference");
    }

    private void check(MappingLoss loss, String gradient) {
        try (MappingEngine engine = new Nd4jEngine(networks, n)) {
            float[] fx = new float[array("features_x").length];
            engine.features(array("x"), fx);
            LossGradient g = new LossGradient(networks, loss, array("x"), fx, n);
            float[] image = new float[array("image").length];
            float[] f = new float[fx.length];
            float[] imageErrors = new float[image.length];
            float[] featureErrors = new float[f.length];
            float[] zErrors = new float[array("z").length];
            engine.forward(array("z"), image, f);
            g.evaluate(image, f, imageErrors, featureErrors);
            engine.backward(imageErrors, featureErrors, zErrors);
            assertClose(array(gradient), zErrors, 1e-5);
            for (int i = 0; i < n; i++) {
                assertTrue(Math.abs(g.residual(i) / array("residual")[i] - 1) < 1e-5);
                assertTrue(Math.abs(g.features(i) / array("matching")[i] - 1) < 1e-5);
                assertTrue(Math.abs(g.reference(i) - array("reference")[i]) < 1e-4);
            }
        }
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
                for (int p = 0; p < deep; p++) last[(i * deep + p) * channels + c] = features[(i * channels + c) * deep + p];
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
