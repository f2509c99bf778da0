package anogan.mapping;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.EncoderOptions;
import anogan.dcgan.EncoderTrainer;
import anogan.io.Json;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.FrozenNetworks;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import anogan.networks.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descents that begin where an encoder says. */
class EncoderStartTest {
    private static final int PIXELS = 32 * 32;
    private static final Dcgan PAIR = Dcgan.random(new Architecture(32, 6, 0.0625), 4);
    private static final Encoder ENCODER = encoder();
    private static final MappingOptions NONE = new MappingOptions(new MappingLoss.FeatureMatching(0.1),
            new Optimiser.Adam(0.02), 0, 0, 1, Precision.F32, 1, MappingOptions.Start.ENCODER);
    private static final List<Mapper.Query> QUERIES = IntStream.range(0, 7)
            .mapToObj(i -> new Mapper.Query("scan 0 " + i, query(i))).toList();

    private static Encoder encoder() {
        EncoderOptions options = EncoderOptions.defaults().withBatch(4).withLearningRate(2e-3);
        try (EncoderTrainer trainer = new EncoderTrainer(PAIR, options, Pairs.noise(32))) {
            for (int i = 0; i < 5; i++) trainer.train();
            return trainer.encoder();
        }
    }

    private static float[] query(int number) {
        float[] x = new float[PIXELS];
        Pairs.noise(32).fill(100 + number, 1, x);
        return x;
    }

    private static Mapper mapper(MappingOptions options, Compute compute) {
        TestEngines.assumeLoads(compute.engine());
        return new Mapper(FrozenNetworks.of(PAIR), Optional.of(FrozenNetworks.of(PAIR, ENCODER)), options, compute);
    }

    /** Without a step: z = E(x), and the scores of G(E(x)), by the networks as a textbook has them. */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void withoutAStepItIsWhatTheEncoderSays(Compute.Engine engine) {
        PlainNetworks e = new PlainNetworks(PAIR.architecture(), Map.of(), ENCODER.weights(), false);
        PlainNetworks pair = new PlainNetworks(PAIR, false);
        try (Mapper mapper = mapper(NONE, new Compute(engine, 2, 4))) {
            List<MappingResult> results = mapper.map(QUERIES);
            for (int i = 0; i < QUERIES.size(); i++) {
                double[] x = doubles(QUERIES.get(i).pixels());
                double[] z = Arrays.stream(e.codes(e.features(x))[0]).map(Math::tanh).toArray();
                double[] y = pair.generate(z)[0];
                MappingResult r = results.get(i);
                assertEquals(0, distance(z, doubles(r.z())), 1e-4);
                assertEquals(0, distance(y, doubles(r.generated())) / PIXELS, 1e-5);
                assertEquals(distance(x, y), r.residual(), 1e-4 * r.residual());
                assertEquals(meanSquare(x, y) + meanSquare(pair.features(x)[0], pair.features(y)[0]), r.squares(),
                        1e-4 * r.squares());
                assertEquals(distance(pair.features(x)[0], pair.features(y)[0]), r.features(), 1e-4 * r.features());
            }
        }
    }

    /** Its first loss is that of E(x), and it goes down from there. */
    @Test
    void itRefinesFromThere() {
        Map<Integer, Double> losses = new TreeMap<>();
        double before;
        try (Mapper mapper = mapper(NONE, Compute.defaults())) {
            before = mapper.map(QUERIES.subList(0, 1)).get(0).anomaly(0.1);
        }
        try (Mapper mapper = mapper(NONE.withSteps(30), Compute.defaults())) {
            mapper.map(QUERIES.subList(0, 1), (query, step, now, loss) -> losses.put(step, loss));
        }
        assertEquals(before, losses.get(0), 1e-9 * before);
        assertEquals(31, losses.size());
        assertTrue(losses.get(30) < losses.get(0), losses::toString);
    }

    /** Trap 3: in any batch, on any number of threads, the same bits. */
    @Test
    void aStartDoesNotDependOnItsCompany() {
        MappingOptions some = NONE.withSteps(3);
        List<MappingResult> together;
        try (Mapper mapper = mapper(some, new Compute(Compute.Engine.AUTO, 2, 7))) {
            together = mapper.map(QUERIES);
        }
        try (Mapper mapper = mapper(some, new Compute(Compute.Engine.AUTO, 1, 1))) {
            for (int i = 0; i < QUERIES.size(); i++) {
                MappingResult alone = mapper.map(QUERIES.subList(i, i + 1)).get(0);
                assertArrayEquals(Pairs.bits(together.get(i).z()), Pairs.bits(alone.z()));
                assertEquals(together.get(i).residual(), alone.residual());
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused(() -> NONE.withStart(MappingOptions.Start.RANDOM), "at least one step",
                "encoder as option start");
        assertRefused(() -> NONE.withSteps(-1), "not -1");
        assertRefused(() -> NONE.withRestarts(2), "one start", "option restarts");
        assertRefused(() -> new Mapper(FrozenNetworks.of(PAIR), NONE, Compute.defaults()), "no encoder",
                "random as option start");
    }

    /** What an earlier version wrote began at random. */
    @Test
    void optionsWithoutAStartAreRandom() {
        MappingOptions usual = MappingOptions.defaults();
        String written = Json.toString(usual);
        assertTrue(written.contains("\"start\" : \"RANDOM\""), written);
        Map<?, ?> older = Json.convert(Map.of("loss", Map.of("kind", "feature matching", "lambda", 0.1), "optimiser",
                Map.of("kind", "adam", "learningRate", 0.2), "steps", 100, "tolerance", 0, "restarts", 1, "precision",
                "F32", "seed", 1), Map.class, Path.of("run.json"), "");
        assertEquals(usual, Json.convert(older, MappingOptions.class, Path.of("run.json"), ""));
    }

    private static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) d[i] = values[i];
        return d;
    }

    private static double meanSquare(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]) / a.length;
        return sum;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
        return sum;
    }
}
