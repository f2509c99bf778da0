package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both engines descend the same way, as far as single precision goes. The weights are fixed numbers, whatever the
 * processor, and so are the bounds: they are told in units of rounding.
 */
class EnginesAgreeTest {
    private static final int N = 12;
    private static final double ROUNDING = Math.pow(2, -24);

    @BeforeAll
    static void both() {
        TestEngines.assumeLoads(Compute.Engine.ONEDNN);
    }

    /** The last one is wide enough for products in place of convolutions. */
    static List<Dcgan> pairs() {
        return List.of(Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model")),
                Dcgan.random(new Architecture(64, 16, 0.25), 1), Dcgan.random(new Architecture(32, 8, 1), 1));
    }

    private static List<Mapper.Query> queries(Dcgan pair) {
        int pixels = pair.architecture().size() * pair.architecture().size();
        List<Mapper.Query> queries = new ArrayList<>();
        for (int i = 0; i < N; i++) queries.add(new Mapper.Query("scan " + i, PlainMapping.random(i, pixels)));
        return queries;
    }

    private static MappingOptions options(MappingLoss loss, int steps) {
        return MappingOptions.paper().withLoss(loss).withSteps(steps);
    }

    private static List<MappingResult> map(Dcgan pair, Compute.Engine engine, MappingOptions options,
            List<Mapper.Query> queries, Mapper.Observer observer) {
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, new Compute(engine, 2, 16))) {
            return mapper.map(queries, observer);
        }
    }

    /**
     * The slope of a smooth loss, −log D(G(z)), at the points of a descent. Each sum of K products rounds about √K
     * times, layer after layer; the median keeps to that. A ReLU whose input is zero but for rounding may be open in
     * one engine and shut in the other: then one unit of the hundreds of a layer makes the difference, and no more.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void theSameSlopeAllTheWay(Dcgan pair) {
        Architecture a = pair.architecture();
        List<float[]> points = new ArrayList<>();
        map(pair, Compute.Engine.ONEDNN, options(new MappingLoss.Reference(1), 10), queries(pair),
                (query, step, now, loss) -> {
                    synchronized (points) {
                        points.add(now.z());
                    }
                });
        List<float[]> onednn = slopes(pair, Compute.Engine.ONEDNN, points);
        List<float[]> nd4j = slopes(pair, Compute.Engine.ND4J, points);
        double[] differences = new double[points.size()];
        for (int i = 0; i < differences.length; i++) differences[i] = relative(nd4j.get(i), onednn.get(i));
        Arrays.sort(differences);
        double products = 25.0 * a.generatorChannels()[0];
        double layers = 4 * (a.layers() + 1);   // G and D, forth and back
        double median = differences[differences.length / 2];
        double worst = differences[differences.length - 1];
        String found = "median " + median + ", worst " + worst;
        assertTrue(median < layers * Math.sqrt(products) * ROUNDING, found);
        assertTrue(worst < oneUnit(a), found);
    }

    private static List<float[]> slopes(Dcgan pair, Compute.Engine kind, List<float[]> points) {
        FrozenNetworks networks = FrozenNetworks.of(pair);
        Architecture a = pair.architecture();
        int n = points.size();
        int latent = a.latent();
        float[] z = new float[n * latent];
        for (int i = 0; i < n; i++) System.arraycopy(points.get(i), 0, z, i * latent, latent);
        float[] x = new float[a.size() * a.size()];
        float[] fx = new float[a.features()];
        float[] images = new float[n * x.length];
        float[] f = new float[n * fx.length];
        float[] imageErrors = new float[images.length];
        float[] featureErrors = new float[f.length];
        float[] slopes = new float[z.length];
        try (Engines engines = TestEngines.of(kind, networks, n)) {
            MappingEngine engine = engines.get(0);
            engine.forward(n, z, images, f);
            for (int i = 0; i < n; i++) new LossGradient(networks, new MappingLoss.Reference(1), x, fx).evaluate(i,
                    images, f, imageErrors, featureErrors);
            engine.backward(n, imageErrors, featureErrors, slopes);
        }
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) rows.add(Arrays.copyOfRange(slopes, i * latent, (i + 1) * latent));
        return rows;
    }

    private static double relative(float[] expected, float[] actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /**
     * With Σ|x − G(z)| a residual near zero that rounding puts on the other side turns its share of the gradient round,
     * and two descents part company little by little. What is compared after Γ steps is therefore what they reach, not
     * where they stand: they gain the same, but for the share that one unit has in a slope.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void theSameScoresAfterAWholeDescent(Dcgan pair) {
        MappingOptions options = options(new MappingLoss.FeatureMatching(0.1), 100);
        double[] starts = new double[N];
        List<MappingResult> onednn = map(pair, Compute.Engine.ONEDNN, options, queries(pair),
                (query, step, now, loss) -> {
                    if (step == 0) starts[query] = loss;
                });
        List<MappingResult> nd4j = map(pair, Compute.Engine.ND4J, options, queries(pair), Mapper.Observer.NONE);
        for (int i = 0; i < N; i++) {
            double gain = starts[i] - nd4j.get(i).anomaly(0.1);
            double apart = Math.abs(onednn.get(i).anomaly(0.1) - nd4j.get(i).anomaly(0.1));
            assertTrue(gain > 0 && apart < oneUnit(pair.architecture()) * gain, apart + " of " + gain);
        }
    }

    /** The share of one unit of the deepest maps in a slope, as the root of sums of squares counts it; twice that. */
    private static double oneUnit(Architecture a) {
        return 2 / Math.sqrt(a.features());
    }
}
