package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import anogan.networks.OnnxExport;
import anogan.networks.OnnxModel;
import anogan.networks.PlainNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What onnxruntime makes of step.onnx is the step that our engine makes, and leads where our descent leads. */
class OnnxStepTest {
    /** Points among which those are chosen that no rounding puts on the other side of a kink. */
    private static final int CANDIDATES = 48;
    private static final double FAR_FROM_KINKS = 1e-5;
    private static final double CLOSE = 1e-4;

    @TempDir
    Path folder;

    static List<Dcgan> pairs() {
        return List.of(Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model")),
                Dcgan.random(new Architecture(32, 16, 0.125), 1), Dcgan.random(new Architecture(64, 6, 0.0625), 2));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theSameLossAndTheSameSlope(Dcgan pair) throws Exception {
        Architecture a = pair.architecture();
        int pixels = a.size() * a.size();
        float[][] x = new float[CANDIDATES][];
        float[][] z = new float[CANDIDATES][];
        int n = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            x[n] = PlainMapping.random(2 * i, pixels);
            z[n] = PlainMapping.random(2 * i + 1, a.latent());
            if (nearestKink(pair, x[n], z[n]) > FAR_FROM_KINKS) n++;
        }
        assertTrue(n >= 5, "only " + n + " points are far from kinks");
        for (double lambda : new double[] {0.1, 0.7}) {
            Step ours = ours(pair, lambda, joined(x, n), joined(z, n), n);
            Map<String, FloatArray> theirs = step(pair, lambda, joined(x, n), joined(z, n), n);
            assertArrayEquals(new int[] {n, a.latent()}, theirs.get("gradient").shape());
            for (int i = 0; i < n; i++) {
                MappingResult m = ours.results[i];
                assertEquals(ours.losses[i], theirs.get("loss").data()[i], CLOSE * ours.losses[i]);
                assertEquals(m.residual(), theirs.get("R").data()[i], CLOSE * m.residual());
                assertEquals(m.features(), theirs.get("D").data()[i], CLOSE * m.features());
                assertClose(row(ours.gradient, i, n), row(theirs.get("gradient").data(), i, n));
            }
        }
    }

    /** Adam written down as its paper has it, on the slopes of step.onnx. */
    @ParameterizedTest
    @MethodSource("pairs")
    void tenStepsOfAdamEndWhereTheMapperEnds(Dcgan pair) throws Exception {
        int n = 4;
        Architecture a = pair.architecture();
        double rate = 0.05;
        List<Mapper.Query> queries = IntStream.range(0, n)
                .mapToObj(i -> new Mapper.Query("patch " + i, PlainMapping.random(100 + i, a.size() * a.size())))
                .toList();
        float[][] starts = new float[n][];
        MappingOptions options = MappingOptions.paper().withOptimiser(new Optimiser.Adam(rate)).withSteps(10);
        List<MappingResult> mapped;
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, Compute.defaults())) {
            mapped = mapper.map(queries, (query, step, now, loss) -> {
                if (step == 0) starts[query] = now.z();
            });
        }
        float[] x = joined(queries.stream().map(Mapper.Query::pixels).toArray(float[][]::new), n);
        float[] z = joined(starts, n);
        double[] m = new double[z.length];
        double[] v = new double[z.length];
        OnnxExport.write(pair, false, folder);
        try (OnnxModel model = new OnnxModel(folder.resolve("step.onnx"))) {
            for (int t = 1; t <= 10; t++) {
                float[] g = model.run(inputs(a, 0.1, x, z, n)).get("gradient").data();
                for (int k = 0; k < z.length; k++) {
                    m[k] = 0.9 * m[k] + 0.1 * g[k];
                    v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
                    z[k] -= (float) (rate * m[k] / (1 - Math.pow(0.9, t))
                            / (Math.sqrt(v[k] / (1 - Math.pow(0.999, t))) + 1e-8));
                }
            }
            float[] losses = model.run(inputs(a, 0.1, x, z, n)).get("loss").data();
            for (int i = 0; i < n; i++) {
                MappingResult end = mapped.get(i);
                assertEquals(end.anomaly(0.1), losses[i], CLOSE * losses[i]);
                for (int k = 0; k < a.latent(); k++) assertEquals(end.z()[k], z[i * a.latent() + k], 0.01 * rate * 10);
            }
        }
    }

    private static double nearestKink(Dcgan pair, float[] x, float[] z) {
        PlainNetworks plain = new PlainNetworks(pair, false);
        double[] query = PlainMapping.doubles(x);
        double[] image = plain.generate(PlainMapping.doubles(z))[0];
        double[] f = plain.features(query)[0];
        double[] generated = plain.features(image)[0];
        double nearest = plain.nearestKink();
        for (int i = 0; i < x.length; i++) nearest = Math.min(nearest, Math.abs(query[i] - image[i]));
        for (int i = 0; i < f.length; i++) nearest = Math.min(nearest, Math.abs(f[i] - generated[i]));
        return nearest;
    }

    private record Step(double[] losses, MappingResult[] results, float[] gradient) {}

    private static Step ours(Dcgan pair, double lambda, float[] x, float[] z, int n) {
        FrozenNetworks networks = FrozenNetworks.of(pair);
        float[] image = new float[x.length];
        float[] f = new float[n * pair.architecture().features()];
        float[] imageErrors = new float[image.length];
        float[] featureErrors = new float[f.length];
        Step step = new Step(new double[n], new MappingResult[n], new float[z.length]);
        try (Engines engines = TestEngines.of(Compute.Engine.AUTO, networks, n)) {
            MappingEngine engine = engines.get(0);
            engine.features(n, x, f);
            LossGradient[] losses = new LossGradient[n];
            for (int i = 0; i < n; i++) losses[i] = new LossGradient(networks, new MappingLoss.FeatureMatching(lambda),
                    row(x, i, n), row(f, i, n));
            engine.forward(n, z, image, f);
            for (int i = 0; i < n; i++) {
                step.losses[i] = losses[i].evaluate(i, image, f, imageErrors, featureErrors);
                step.results[i] = losses[i].result(0, row(z, i, n), i, image, f);
            }
            engine.backward(n, imageErrors, featureErrors, step.gradient);
        }
        return step;
    }

    private Map<String, FloatArray> step(Dcgan pair, double lambda, float[] x, float[] z, int n) throws Exception {
        OnnxExport.write(pair, false, folder);
        try (OnnxModel model = new OnnxModel(folder.resolve("step.onnx"))) {
            return model.run(inputs(pair.architecture(), lambda, x, z, n));
        }
    }

    private static Map<String, FloatArray> inputs(Architecture a, double lambda, float[] x, float[] z, int n) {
        return Map.of("x", new FloatArray(x, n, 1, a.size(), a.size()), "z", new FloatArray(z, n, a.latent()), "lambda",
                new FloatArray(new float[] {(float) lambda}));
    }

    private static float[] joined(float[][] rows, int n) {
        float[] all = new float[n * rows[0].length];
        for (int i = 0; i < n; i++) System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
        return all;
    }

    private static float[] row(float[] rows, int i, int n) {
        int length = rows.length / n;
        return Arrays.copyOfRange(rows, i * length, (i + 1) * length);
    }

    private static void assertClose(float[] expected, float[] actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertTrue(norm > 0 && Math.sqrt(difference / norm) < CLOSE,
                "relative difference " + Math.sqrt(difference / norm));
    }
}
