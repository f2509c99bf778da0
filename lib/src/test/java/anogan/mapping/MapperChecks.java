package anogan.mapping;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.networks.Pairs;
import anogan.networks.PlainNetworks;
import anogan.networks.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The search for z: what the paper says of it, and the traps that published code fell into. Run for each engine. */
abstract class MapperChecks {
    private static final MappingLoss MATCHING = new MappingLoss.FeatureMatching(0.1);
    private static final int BATCH = 7;
    private final Dcgan pair = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
    private final FrozenNetworks networks = FrozenNetworks.of(pair);
    private final List<Mapper.Query> queries = queries(16, 32);

    private static List<Mapper.Query> queries(int n, int size) {
        List<Mapper.Query> queries = new ArrayList<>();
        for (int i = 0; i < n; i++)
            queries.add(new Mapper.Query("scan-" + i + " 0 32", PlainMapping.random(100 + i, size * size)));
        return queries;
    }

    /** The implementation under test. */
    abstract Compute.Engine engine();

    static MappingOptions options(MappingLoss loss, int steps, int restarts) {
        return new MappingOptions(loss, new Optimiser.Adam(0.05), steps, 0, restarts, Precision.F32, 1);
    }

    Mapper mapper(FrozenNetworks n, MappingOptions options, int threads, int batch) {
        return new Mapper(n, options, new Compute(engine(), threads, batch));
    }

    private List<MappingResult> map(List<Mapper.Query> some, MappingOptions options) {
        return map(networks, some, options, BATCH, Mapper.Observer.NONE);
    }

    private List<MappingResult> map(FrozenNetworks n, List<Mapper.Query> some, MappingOptions options, int batch,
            Mapper.Observer observer) {
        try (Mapper mapper = mapper(n, options, 1, batch)) {
            return mapper.map(some, observer);
        }
    }

    /** Trap 1: an image alone is mapped as in any batch, in any order. */
    @Test
    void anImageAloneIsMappedAsInAnyCompany() {
        MappingOptions options = options(MATCHING, 15, 1);
        try (Mapper mapper = mapper(networks, options, 1, BATCH)) {
            List<MappingResult> together = mapper.map(queries);
            for (int i = 0; i < queries.size(); i++)
                assertSameBits(together.get(i), mapper.map(queries.subList(i, i + 1)).get(0));
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) order.add(i);
            for (int shuffle = 0; shuffle < 3; shuffle++) {
                Collections.shuffle(order, new Random(shuffle));
                List<MappingResult> shuffled = mapper.map(order.stream().map(queries::get).toList());
                for (int i = 0; i < order.size(); i++) assertSameBits(together.get(order.get(i)), shuffled.get(i));
            }
            assertEquals(List.of(), mapper.map(List.of()));
        }
    }

    /** Trap 1: batch and threads are a matter of speed alone. */
    @Test
    void batchAndThreadsDoNotMatter() {
        for (Dcgan p : List.of(pair, Dcgan.random(new Architecture(64, 16, 0.25), 1),
                Dcgan.random(new Architecture(32, 8, 1), 1))) {
            FrozenNetworks n = FrozenNetworks.of(p);
            List<Mapper.Query> some = queries(19, p.architecture().size());
            List<MappingResult> expected = map(n, some, options(MATCHING, 6, 1), 19, Mapper.Observer.NONE);
            for (int[] other : new int[][] {{1, 2}, {1, 3}, {1, 5}, {1, 16}, {2, 16}, {2, 4}, {2, 64}, {3, 30}}) {
                try (Mapper mapper = mapper(n, options(MATCHING, 6, 1), other[0], other[1])) {
                    List<MappingResult> actual = mapper.map(some);
                    for (int i = 0; i < some.size(); i++) assertSameBits(expected.get(i), actual.get(i));
                }
            }
            List<MappingResult> alone = map(n, some.subList(0, 2), options(MATCHING, 6, 1), 1, Mapper.Observer.NONE);
            for (int i = 0; i < 2; i++) assertSameBits(expected.get(i), alone.get(i));
        }
    }

    /** What converges leaves, and nobody else notices; what leaves has gone the first part of the same way. */
    @Test
    void leavingEarlyChangesNothingElse() {
        MappingOptions whole = options(MATCHING, 60, 1);
        MappingOptions early = new MappingOptions(MATCHING, whole.optimiser(), 60, 0.02, 1, Precision.F32, 1);
        Map<Integer, List<Double>> losses = new java.util.TreeMap<>();
        map(networks, queries, whole, BATCH,
                (q, step, g, loss) -> losses.computeIfAbsent(q, k -> new ArrayList<>()).add(loss));
        Map<Integer, List<Double>> shorter = new java.util.TreeMap<>();
        List<MappingResult> together = map(networks, queries, early, BATCH,
                (q, step, g, loss) -> shorter.computeIfAbsent(q, k -> new ArrayList<>()).add(loss));
        java.util.Set<Integer> lengths = new java.util.TreeSet<>();
        for (int i = 0; i < queries.size(); i++) {
            List<Double> own = losses.get(i);
            int end = 0;
            while (end < 60) {
                double best = own.subList(0, end + 1).stream().mapToDouble(d -> d).min().orElseThrow();
                if (end >= Mapper.WINDOW) {
                    double before = own.subList(0, end + 1 - Mapper.WINDOW).stream().mapToDouble(d -> d).min()
                            .orElseThrow();
                    if (before - best < 0.02 * best) break;
                }
                end++;
            }
            assertEquals(own.subList(0, end + 1), shorter.get(i), "query " + i);
            assertSameBits(together.get(i),
                    map(networks, queries.subList(i, i + 1), early, BATCH, Mapper.Observer.NONE).get(0));
            lengths.add(end);
        }
        assertTrue(lengths.size() > 2, "descents of different length, or this test says nothing: " + lengths);
    }

    /** A stream of queries is mapped as a list of them. */
    @Test
    void aStreamIsMappedAsAList() {
        List<MappingResult> expected = map(queries, options(MATCHING, 5, 2));
        MappingResult[] got = new MappingResult[queries.size()];
        try (Mapper mapper = mapper(networks, options(MATCHING, 5, 2), 2, 16)) {
            mapper.map(queries.iterator(), (i, m) -> got[i] = m);
        }
        for (int i = 0; i < got.length; i++) assertSameBits(expected.get(i), got[i]);
    }

    /** Whoever takes the results may wait for a disk: the descents go on, and ask for more queries than a batch. */
    @Test
    void theDescentsGoOnWhileTheSinkWaits() {
        CountDownLatch drawn = new CountDownLatch(2 * BATCH);
        Iterator<Mapper.Query> more = Stream.generate(() -> queries).flatMap(List::stream).limit(3 * BATCH)
                .peek(q -> drawn.countDown()).iterator();
        List<Integer> taken = new ArrayList<>();
        try (Mapper mapper = mapper(networks, options(MATCHING, 2, 1), 2, BATCH)) {
            mapper.map(more, (i, result) -> {
                try {
                    assertTrue(drawn.await(60, TimeUnit.SECONDS), "nobody went on while result " + i + " was taken");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                taken.add(i);
            });
        }
        Collections.sort(taken);
        assertEquals(IntStream.range(0, 3 * BATCH).boxed().toList(), taken);
    }

    /**
     * A query that is no picture, or networks that are none, end the mapping: no score is written that is no number.
     */
    @Test
    void scoresThatAreNoNumbersAreRefused() {
        float[] broken = queries.get(3).pixels().clone();
        broken[17] = Float.NaN;
        List<Mapper.Query> some = new ArrayList<>(queries);
        some.set(3, new Mapper.Query("scan-3 0 32", broken));
        assertFails(() -> map(some, options(MATCHING, 3, 2)), "The mapping of scan-3 0 32", "no finite numbers", "NaN",
                "option learning-rate");
        Map<String, FloatArray> weights = new LinkedHashMap<>(pair.generator());
        float[] bias = weights.get("deconv1.bias").data().clone();
        bias[0] = Float.POSITIVE_INFINITY;
        weights.put("deconv1.bias", new FloatArray(bias, bias.length));
        FrozenNetworks damaged = FrozenNetworks
                .of(new Dcgan(pair.architecture(), weights, weights, pair.discriminator()));
        MappingOptions fullMatrix = options(MATCHING, 3, 1).withOptimiser(new Optimiser.FullMatrix(0.1));
        for (MappingOptions o : List.of(options(MATCHING, 3, 1), fullMatrix))
            assertFails(() -> map(damaged, queries, o, BATCH, Mapper.Observer.NONE), "no finite numbers");
    }

    /** What goes wrong in a sink or an observer comes out, and the mapper works on. */
    @Test
    void aFailureOutsideComesOut() {
        try (Mapper mapper = mapper(networks, options(MATCHING, 3, 1), 2, 16)) {
            IllegalStateException e = assertThrows(IllegalStateException.class,
                    () -> mapper.map(queries.iterator(), (i, m) -> {
                        throw new IllegalStateException("disk full");
                    }));
            assertEquals("disk full", e.getMessage());
            assertEquals(queries.size(), mapper.map(queries).size());
        }
    }

    @Test
    void anInterruptedMappingStopsAndTheMapperWorksOn() throws InterruptedException {
        try (Mapper mapper = mapper(networks, options(MATCHING, 1_000_000, 1), 2, 16)) {
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch moving = new CountDownLatch(1);
            Thread caller = new Thread(() -> {
                try {
                    mapper.map(queries, (q, step, now, loss) -> moving.countDown());
                } catch (UserError e) {
                    said.add(e.getMessage() + Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            moving.await();
            caller.interrupt();
            caller.join(20_000);
            assertEquals(List.of("The mapping was interrupted. Start it again: what it had finished is kept.true"),
                    said);
        }
    }

    @Test
    void generatedImagesAreThoseOfTheirPoints() {
        try (Mapper mapper = mapper(networks, options(MATCHING, 4, 1), 1, 4)) {
            List<MappingResult> mapped = mapper.map(queries.subList(0, 7));
            List<float[]> drawn = mapper.generate(mapped.stream().map(MappingResult::z).toList());
            for (int i = 0; i < 7; i++)
                assertArrayEquals(Pairs.bits(mapped.get(i).generated()), Pairs.bits(drawn.get(i)));
        }
    }

    /** Trap 2: G and D are the same before and after. */
    @Test
    void mappingDoesNotTouchTheNetworks() {
        float[][] before = copies();
        Dcgan untouched = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
        map(queries, options(MATCHING, 5, 2));
        map(queries, options(new MappingLoss.Reference(0.1), 5, 1));
        assertArrayEquals(before, copies());
        Pairs.assertSameBits(untouched, pair);
    }

    private float[][] copies() {
        List<FrozenNetworks.Layer> layers = new ArrayList<>(List.of(networks.dense(), networks.head()));
        layers.addAll(Arrays.asList(networks.deconvolutions()));
        layers.addAll(Arrays.asList(networks.convolutions()));
        return layers.stream().flatMap(l -> java.util.stream.Stream.of(l.weight().clone(), l.bias().clone()))
                .toArray(float[][]::new);
    }

    /**
     * Trap 3: a start of its own for every image, by its pixels; its name and its place in the list are of no account.
     */
    @Test
    void theStartGoesByThePixels() {
        float[] pixels = queries.get(0).pixels();
        float[] other = pixels.clone();
        other[0] = -other[0] / 2;
        List<Mapper.Query> three = List.of(new Mapper.Query("a", pixels), new Mapper.Query("b", other),
                new Mapper.Query("c", pixels));
        List<MappingResult> mapped = map(three, options(MATCHING, 1, 1));
        assertSameBits(mapped.get(0), mapped.get(2));
        assertFalse(Arrays.equals(mapped.get(0).z(), mapped.get(1).z()));
        MappingResult otherSeed = map(three,
                new MappingOptions(MATCHING, new Optimiser.Adam(0.05), 5, 0, 1, Precision.F32, 2)).get(0);
        assertFalse(Arrays.equals(mapped.get(0).z(), otherSeed.z()));
    }

    /** Trap 3, Adam's moments: a mapper that has mapped others before starts afresh. */
    @Test
    void nothingIsRememberedOfImagesBefore() {
        try (Mapper mapper = mapper(networks, options(MATCHING, 10, 1), 1, BATCH)) {
            MappingResult first = mapper.map(queries.subList(3, 4)).get(0);
            mapper.map(queries);
            assertSameBits(first, mapper.map(queries.subList(3, 4)).get(0));
        }
    }

    @Test
    void theLossFallsAndMoreStepsGoOnAlongTheSamePath() {
        double[][] shorter = new double[BATCH][11];
        double[][] longer = new double[BATCH][81];
        MappingResult[] tenth = new MappingResult[BATCH];
        List<Mapper.Query> some = queries.subList(0, BATCH);
        List<MappingResult> ten = map(networks, some, options(MATCHING, 10, 1), BATCH,
                (q, step, g, loss) -> shorter[q][step] = loss);
        map(networks, some, options(MATCHING, 80, 1), BATCH, (q, step, now, loss) -> {
            longer[q][step] = loss;
            if (step == 10) tenth[q] = now;
        });
        for (int i = 0; i < BATCH; i++) {
            assertArrayEquals(shorter[i], Arrays.copyOf(longer[i], 11));
            assertTrue(longer[i][80] < longer[i][10] && longer[i][10] < longer[i][0], "query " + i);
            assertEquals(shorter[i][10], ten.get(i).anomaly(0.1), 1e-9 * shorter[i][10]);
            assertSameBits(ten.get(i), tenth[i]);   // what an observer sees is where a descent of so many steps ends
        }
    }

    @Test
    void restartsNeverMakeItWorse() {
        for (MappingLoss loss : List.of(MATCHING, new MappingLoss.Reference(0.1))) {
            List<MappingResult> one = map(queries, options(loss, 8, 1));
            List<MappingResult> two = map(queries, options(loss, 8, 2));
            List<MappingResult> four = map(queries, options(loss, 8, 4));
            int better = 0;
            for (int i = 0; i < queries.size(); i++) {
                assertTrue(loss(two.get(i), loss) <= loss(one.get(i), loss)
                        && loss(four.get(i), loss) <= loss(two.get(i), loss), "query " + i);
                if (loss(four.get(i), loss) < loss(one.get(i), loss)) better++;
            }
            assertTrue(better > queries.size() / 2,
                    "of four starts the first is seldom the best, but only " + better + " have changed");
        }
    }

    private static double loss(MappingResult m, MappingLoss loss) {
        return loss instanceof MappingLoss.Reference ? m.referenceAnomaly(loss.lambda()) : m.anomaly(loss.lambda());
    }

    /** Sums, not means; and the scores belong to the z and the image that are handed out. */
    @Test
    void scoresAreTheSumsOfTheFormulas() {
        PlainMapping plain = new PlainMapping(pair);
        List<MappingResult> mapped = map(queries, options(MATCHING, 12, 1));
        for (int i = 0; i < queries.size(); i++) {
            MappingResult m = mapped.get(i);
            double sum = 0;
            for (int p = 0; p < 1024; p++) sum += Math.abs(queries.get(i).pixels()[p] - m.generated()[p]);
            assertEquals(sum, m.residual(), 1e-5);
            double[] image = plain.generate(PlainMapping.doubles(m.z()));
            for (int p = 0; p < 1024; p++) assertEquals(image[p], m.generated()[p], 1e-5);
            PlainMapping.Parts parts = plain.parts(PlainMapping.doubles(queries.get(i).pixels()),
                    PlainMapping.doubles(m.z()));
            assertEquals(parts.residual(), m.residual(), 1e-5 * parts.residual());
            assertEquals(parts.features(), m.features(), 1e-5 * parts.features());
            assertEquals(parts.reference(), m.reference(), 1e-5 * (1 + parts.reference()));
            assertEquals(parts.discriminator(), m.discriminator(), 1e-5 * (1 + parts.discriminator()));
            assertEquals(0.75 * m.residual() + 0.25 * m.features(), m.anomaly(0.25), 1e-9 * m.anomaly(0.25));
            assertEquals(0.75 * m.residual() + 0.25 * m.reference(), m.referenceAnomaly(0.25), 1e-9 * m.residual());
        }
    }

    /**
     * D's features of images are those that its layers, written out plainly, make of them: channels last here, first
     * there.
     */
    @Test
    void featuresAreThoseOfTheLastConvolution() {
        PlainNetworks plain = new PlainNetworks(pair, false);
        List<float[]> images = queries.stream().map(Mapper.Query::pixels).toList();
        try (Mapper mapper = mapper(networks, options(MATCHING, 1, 1), 2, 5)) {
            List<float[]> all = mapper.features(images);
            assertEquals(images.size(), all.size());
            for (int i = 0; i < images.size(); i++) {
                double[] expected = plain.features(PlainMapping.doubles(images.get(i)))[0];
                float[] f = all.get(i);
                int channels = f.length / 16;
                for (int k = 0; k < f.length; k++) assertEquals(expected[k], f[k % 16 * channels + k / 16], 1e-4);
            }
            assertEquals(List.of(), mapper.features(List.of()));
        }
    }

    /** A whole descent in double precision with gradients by central differences and Adam as its paper writes it. */
    @Test
    void theDescentIsAdamOnTheGradient() {
        for (MappingLoss loss : List.of(MATCHING, new MappingLoss.Reference(0.1))) {
            PlainMapping plain = new PlainMapping(pair);
            List<Double> trace = new ArrayList<>();
            MappingResult mapped = map(networks, queries.subList(0, 1), options(loss, 5, 1), BATCH,
                    (q, step, g, now) -> trace.add(now)).get(0);
            float[] first = new float[16];
            java.util.SplittableRandom random = anogan.run.Seeds.random(1,
                    "z 0 " + Arrays.hashCode(queries.get(0).pixels()));
            for (int k = 0; k < first.length; k++) first[k] = (float) (2 * random.nextDouble() - 1);
            double[] x = PlainMapping.doubles(queries.get(0).pixels());
            double[] z = PlainMapping.doubles(first);
            double[] m = new double[z.length];
            double[] v = new double[z.length];
            for (int t = 1; t <= 5; t++) {
                assertEquals(plain.loss(loss, x, z), trace.get(t - 1), 1e-4 * trace.get(t - 1));
                double[] g = plain.gradient(loss, x, z);
                for (int k = 0; k < z.length; k++) {
                    m[k] = 0.9 * m[k] + 0.1 * g[k];
                    v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
                    z[k] -= 0.05 * (m[k] / (1 - Math.pow(0.9, t)))
                            / (Math.sqrt(v[k] / (1 - Math.pow(0.999, t))) + 1e-8);
                }
            }
            for (int k = 0; k < z.length; k++) assertEquals(z[k], mapped.z()[k], 1e-3);
        }
    }

    @Test
    void theTwoLossesPullDifferently() {
        List<MappingResult> matching = map(queries, options(new MappingLoss.FeatureMatching(0.5), 30, 1));
        List<MappingResult> reference = map(queries, options(new MappingLoss.Reference(0.99), 30, 1));
        List<MappingResult> residual = map(queries, options(new MappingLoss.Reference(0), 30, 1));
        List<MappingResult> sameResidual = map(queries, options(new MappingLoss.FeatureMatching(0), 30, 1));
        double[] mean = new double[5];
        for (int i = 0; i < queries.size(); i++) {
            mean[0] += matching.get(i).features();
            mean[1] += residual.get(i).features();
            mean[2] += reference.get(i).reference();
            mean[3] += residual.get(i).reference();
            mean[4] += matching.get(i).residual() - residual.get(i).residual();
            assertArrayEquals(residual.get(i).z(), sameResidual.get(i).z());
        }
        assertTrue(mean[0] < mean[1], "feature matching brings features together");
        assertTrue(mean[2] < mean[3], "the reference loss makes D believe");
        assertTrue(mean[4] > 0, "and both pay with residual");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertRefused(() -> new MappingLoss.FeatureMatching(1.1), "Lambda", "1.1");
        assertRefused(() -> new MappingLoss.Reference(Double.NaN), "Lambda", "NaN");
        Optimiser adam = new Optimiser.Adam(0.1);
        assertRefused(() -> new Optimiser.Adam(0), "learning rate");
        assertRefused(() -> new Optimiser.FullMatrix(11), "learning rate", "11");
        assertRefused(() -> new MappingOptions(MATCHING, adam, 0, 0, 1, Precision.F32, 1), "at least one step");
        assertRefused(() -> new MappingOptions(MATCHING, adam, 1, 1, 1, Precision.F32, 1), "tolerance");
        assertRefused(() -> new MappingOptions(MATCHING, adam, 1, 0, 0, Precision.F32, 1), "at least one start");
        assertRefused(() -> new MappingOptions(null, adam, 1, 0, 1, Precision.F32, 1), "loss");
        assertRefused(() -> new MappingOptions(MATCHING, null, 1, 0, 1, Precision.F32, 1), "optimiser");
        assertRefused(() -> new Compute(Compute.Engine.AUTO, 0, 1), "at least one thread");
        assertRefused(() -> new Compute(Compute.Engine.AUTO, 1, 0), "1 to 65536 queries");
        assertRefused(() -> new Mapper(networks, new MappingOptions(MATCHING, adam, 1, 0, 1, Precision.BF16, 1),
                new Compute(Compute.Engine.ND4J, 1, 1)), "bf16");
    }

    static void assertSameBits(MappingResult expected, MappingResult actual) {
        assertArrayEquals(Pairs.bits(expected.z()), Pairs.bits(actual.z()));
        assertArrayEquals(Pairs.bits(expected.generated()), Pairs.bits(actual.generated()));
        assertArrayEquals(
                new double[] {expected.residual(), expected.features(), expected.reference(), expected.discriminator()},
                new double[] {actual.residual(), actual.features(), actual.reference(), actual.discriminator()});
    }
}
