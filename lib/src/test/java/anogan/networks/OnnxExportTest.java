package anogan.networks;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What onnxruntime makes of G.onnx and D.onnx is what our engine makes of the pair, and what plain loops make of it.
 */
class OnnxExportTest {
    private static final double CLOSE = 1e-5;
    private static final int N = 5;

    @TempDir
    Path folder;

    static List<Dcgan> pairs() {
        return List.of(Dcgan.load(Path.of("src/test/resources/golden/model")),
                Dcgan.random(new Architecture(32, 20, 0.5), 1), Dcgan.random(new Architecture(64, 9, 0.0625), 2));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theGeneratorDrawsTheSame(Dcgan pair) throws Exception {
        Architecture a = pair.architecture();
        List<float[]> z = rows(1, a.latent());
        PlainNetworks plain = new PlainNetworks(pair, false);
        OnnxExport.write(pair, false, folder);
        try (OnnxModel g = new OnnxModel(folder.resolve("G.onnx"));
                ForwardPasses passes = new ForwardPasses(FrozenNetworks.of(pair), Compute.defaults())) {
            FloatArray x = g.run(Map.of("z", joined(z, a.latent()))).get("x");
            assertArrayEquals(new int[] {N, 1, a.size(), a.size()}, x.shape());
            List<float[]> ours = passes.generate(z);
            for (int i = 0; i < N; i++) {
                assertClose(doubles(ours.get(i)), row(x, i));
                assertClose(plain.generate(doubles(z.get(i)))[0], row(x, i));
                FloatArray alone = g.run(Map.of("z", new FloatArray(z.get(i), 1, a.latent()))).get("x");
                assertClose(doubles(alone.data()), row(x, i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theDiscriminatorJudgesTheSame(Dcgan pair) throws Exception {
        Architecture a = pair.architecture();
        List<float[]> x = rows(2, a.size() * a.size());
        PlainNetworks plain = new PlainNetworks(pair, false);
        OnnxExport.write(pair, false, folder);
        try (OnnxModel d = new OnnxModel(folder.resolve("D.onnx"));
                ForwardPasses passes = new ForwardPasses(FrozenNetworks.of(pair), Compute.defaults())) {
            Map<String, FloatArray> judged = d.run(Map.of("x", joined(x, 1, a.size(), a.size())));
            int channels = a.discriminatorChannels()[a.layers()];
            assertArrayEquals(new int[] {N}, judged.get("logit").shape());
            assertArrayEquals(new int[] {N, channels, 4, 4}, judged.get("f").shape());
            List<float[]> ours = passes.features(x);
            List<float[]> logits = passes.heads(x);
            for (int i = 0; i < N; i++) {
                float[] f = row(judged.get("f"), i);
                double[][] truth = plain.features(doubles(x.get(i)));
                assertClose(truth[0], f);
                assertClose(doubles(new FloatArray(ours.get(i), 16, channels).transposed(1, 0).data()), f);
                double scale = CLOSE * (1 + Math.abs(logits.get(i)[0]));
                assertEquals(logits.get(i)[0], judged.get("logit").data()[i], scale);
                assertEquals(plain.logits(truth)[0], judged.get("logit").data()[i], scale);
            }
        }
    }

    /** The last weights of G are another G than their average; both files name the pair that was trained. */
    @Test
    void theFilesSayWhatTheyHold() throws Exception {
        Dcgan average = pairs().get(0);
        Dcgan last = Dcgan.random(average.architecture(), 3);
        Dcgan pair = new Dcgan(average.architecture(), average.generator(), last.generator(), average.discriminator());
        List<float[]> z = rows(4, pair.architecture().latent());
        for (boolean raw : new boolean[] {false, true}) {
            List<Path> files = OnnxExport.write(pair, raw, folder);
            assertEquals(List.of("G.onnx", "D.onnx", "step.onnx"),
                    files.stream().map(f -> f.getFileName().toString()).toList());
            for (Path file : files) {
                try (OnnxModel model = new OnnxModel(file)) {
                    assertEquals(pair.fingerprint(), model.metadata().get("fingerprint"));
                    assertEquals(raw ? "weights of the last step" : "moving average of the weights",
                            model.metadata().get("generator"));
                    assertEquals("32", model.metadata().get("size"));
                }
            }
            try (OnnxModel g = new OnnxModel(files.get(0))) {
                FloatArray x = g.run(Map.of("z", joined(z, pair.architecture().latent()))).get("x");
                assertClose(new PlainNetworks(raw ? last : average, false).generate(doubles(z.get(0)))[0], row(x, 0));
            }
        }
    }

    @Test
    void theSamePairIsTheSameBytes() throws Exception {
        List<Path> once = OnnxExport.write(pairs().get(1), false, folder.resolve("once"));
        List<Path> again = OnnxExport.write(pairs().get(1), false, folder.resolve("again"));
        for (int i = 0; i < once.size(); i++) assertEquals(-1, Files.mismatch(once.get(i), again.get(i)));
    }

    @Test
    void aFileInTheWayIsASentence() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        assertFails(() -> OnnxExport.write(pairs().get(0), false, inTheWay), "Cannot write", "is a file");
    }

    private static List<float[]> rows(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            float[] row = new float[length];
            for (int k = 0; k < length; k++) row[k] = (float) (2 * random.nextDouble() - 1);
            rows.add(row);
        }
        return rows;
    }

    private static FloatArray joined(List<float[]> rows, int... shape) {
        int length = rows.get(0).length;
        float[] all = new float[rows.size() * length];
        for (int i = 0; i < rows.size(); i++) System.arraycopy(rows.get(i), 0, all, i * length, length);
        int[] extents = new int[shape.length + 1];
        extents[0] = rows.size();
        System.arraycopy(shape, 0, extents, 1, shape.length);
        return new FloatArray(all, extents);
    }

    private static float[] row(FloatArray rows, int i) {
        int length = rows.data().length / rows.shape()[0];
        return Arrays.copyOfRange(rows.data(), i * length, (i + 1) * length);
    }

    private static double[] doubles(float... values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) d[i] = values[i];
        return d;
    }

    /** Every number, beside the root of the mean square of all. */
    private static void assertClose(double[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        ToDoubleFunction<double[]> size = v -> Math.sqrt(Arrays.stream(v).map(e -> e * e).average().orElseThrow());
        double most = CLOSE * size.applyAsDouble(expected);
        assertTrue(most > 0);
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], actual[i], most + CLOSE * Math.abs(expected[i]));
    }
}
