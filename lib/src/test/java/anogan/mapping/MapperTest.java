package anogan.mapping;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Dcgan;
import anogan.dcgan.Pairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search for z: what the paper says of it, and the traps that published code fell into. */
class MapperTest {
    private static final MappingLoss MATCHING = new MappingLoss.FeatureMatching(0.1);
    private static final int BATCH = 7;
    private final Dcgan pair = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
    private final FrozenNetworks networks = FrozenNetworks.of(pair);
    private final List<Mapper.Query> queries = queries(16, 32);

    private static List<Mapper.Query> queries(int n, int size) {
        List<Mapper.Query> queries = new ArrayList<>();
        for (int i = 0; i < n; i++) queries.add(new Mapper.Query("scan-" + i + " 0 32", PlainMapping.random(100 + i, size * size)));
        return queries;
    }

    private static MappingOptions options(MappingLoss loss, int steps, int restarts, int batch) {
        return new MappingOptions(loss, steps, 0.05, restarts, batch, 1);
    }

    private List<Mapped> map(List<Mapper.Query> some, MappingOptions options) {
        return map(networks, some, options, Mapper.Observer.NONE);
    }

    private static List<Mapped> map(FrozenNetworks networks, List<Mapper.Query> some, MappingOptions options, Mapper.Observer observer) {
        try (MappingEngine engine = new Nd4jEngine(networks, options.batch())) {
            return new Mapper(networks, engine, options).map(some, observer);
        }
    }

    /** Trap 1: an image alone is mapped as in any batch, in any order. */
    @Test
    void anImageAloneIsMappedAsInAnyCompany() {
        MappingOptions options = options(MATCHING, 15, 1, BATCH);
        try (MappingEngine engine = new Nd4jEngine(networks, BATCH)) {
            Mapper mapper = new Mapper(networks, engine, options);
            List<Mapped> together = mapper.map(queries);
            for (int i = 0; i < queries.size(); i++) assertSameBits(together.get(i), mapper.map(queries.subList(i, i + 1)).get(0));
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) order.add(i);
            for (int shuffle = 0; shuffle < 3; shuffle++) {
                Collections.shuffle(order, new Random(shuffle));
                List<Mapped> shuffled = mapper.map(order.stream().map(queries::get).toList());
                for (int i = 0; i < order.size(); i++) assertSameBits(together.get(order.get(i)), shuffled.get(i));
            }
            assertEquals(List.of(), mapper.map(List.of()));
        }
    }

    /** Trap 1, the batch size: the same bits from 2 on; alone in a batch of 1, another matrix product may round the last bit otherwise. */
    @Test
    void theBatchSizeIsAMatterOfSpeedAlone() {
        Dcgan large = Pairs.trained(64, 16, 0.25, 2);
        for (Dcgan p : List.of(pair, large)) {
            FrozenNetworks n = FrozenNetworks.of(p);
            List<Mapper.Query> some = queries(6, p.architecture().size());
            List<Mapped> expected = map(n, some, options(MATCHING, 6, 1, 6), Mapper.Observer.NONE);
            for (int batch : new int[] {2, 3, 5, 16}) {
                List<Mapped> actual = map(n, some, options(MATCHING, 6, 1, batch), Mapper.Observer.NONE);
                for (int i = 0; i < some.size(); i++) assertSameBits(expected.get(i), actual.get(i));
            }
            List<Mapped> alone = map(n, some.subList(0, 2), options(MATCHING, 6, 1, 1), Mapper.Observer.NONE);
            for (int i = 0; i < 2; i++) {
                assertEquals(expected.get(i).residual(), alone.get(i).residual(), 1e-6 * expected.get(i).residual());
                for (int k = 0; k < alone.get(i).z().length; k++) assertEquals(expected.get(i).z()[k], alone.get(i).z()[k], 1e-5);
            }
        }
    }

    /** Trap 2: G and D are the same before and after. */
    @Test
    void mappingDoesNotTouchTheNetworks() {
        float[][] before = copies();
        Dcgan untouched = Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model"));
        map(queries, options(MATCHING, 5, 2, BATCH));
        map(queries, options(new MappingLoss.Reference(0.1), 5, 1, BATCH));
        assertArrayEquals(before, copies());
        Pairs.assertSameBits(untouched, pair);
    }

    private float[][] copies() {
        List<FrozenNetworks.Layer> layers = new ArrayList<>(List.of(networks.dense(), networks.head()));
        layers.addAll(Arrays.asList(networks.deconvolutions()));
        layers.addAll(Arrays.asList(networks.convolutions()));
        return layers.stream().flatMap(l -> java.util.stream.Stream.of(l.weight().clone(), l.bias().clone())).toArray(float[][]::new);
    }

    /** Trap 3: a start of its own for every image, by its name; its place in the list is of no account. */
    @Test
    void theStartGoesByTheName() {
        float[] pixels = queries.get(0).pixels();
        List<Mapper.Query> three = List.of(new Mapper.Query("a", pixels), new Mapper.Query("b", pixels), new Mapper.Query("a", pixels));
        List<Mapped> mapped = map(three, options(MATCHING, 5, 1, BATCH));
        assertSameBits(mapped.get(0), mapped.get(2));
        assertFalse(Arrays.equals(mapped.get(0).z(), mapped.get(1).z()));
        Mapped otherSeed = map(three, new MappingOptions(MATCHING, 5, 0.05, 1, BATCH, 2)).get(0);
        assertFalse(Arrays.equals(mapped.get(0).z(), otherSeed.z()));
    }

    /** Trap 3, Adam's moments: a mapper that has mapped others before starts afresh. */
    @Test
    void nothingIsRememberedOfImagesBefore() {
        try (MappingEngine engine = new Nd4jEngine(networks, BATCH)) {
            Mapper mapper = new Mapper(networks, engine, options(MATCHING, 10, 1, BATCH));
            Mapped first = mapper.map(queries.subList(3, 4)).get(0);
            mapper.map(queries);
            assertSameBits(first, mapper.map(queries.subList(3, 4)).get(0));
        }
    }

    @Test
    void theLossFallsAndMoreStepsGoOnAlongTheSamePath() {
        List<double[]> shorter = new ArrayList<>();
        List<double[]> longer = new ArrayList<>();
        List<float[]> images = new ArrayList<>();
        List<Mapper.Query> some = queries.subList(0, BATCH);
        List<Mapped> ten = map(networks, some, options(MATCHING, 10, 1, BATCH), (step, g, losses) -> shorter.add(losses.clone()));
        map(networks, some, options(MATCHING, 80, 1, BATCH), (step, g, losses) -> {
            assertEquals(longer.size(), step);
            longer.add(losses.clone());
            if (step == 10) images.add(g.clone());
        });
        assertEquals(11, shorter.size());
        assertEquals(81, longer.size());
        for (int step = 0; step <= 10; step++) assertArrayEquals(shorter.get(step), longer.get(step));
        for (int i = 0; i < BATCH; i++) {
            assertTrue(longer.get(80)[i] < longer.get(10)[i] && longer.get(10)[i] < longer.get(0)[i], "query " + i);
            assertEquals(shorter.get(10)[i], ten.get(i).anomaly(0.1), 1e-9 * shorter.get(10)[i]);
            assertArrayEquals(ten.get(i).generated(), Arrays.copyOfRange(images.get(0), i * 1024, (i + 1) * 1024));
        }
    }

    @Test
    void restartsNeverMakeItWorse() {
        for (MappingLoss loss : List.of(MATCHING, new MappingLoss.Reference(0.1))) {
            List<Mapped> one = map(queries, options(loss, 8, 1, BATCH));
            List<Mapped> two = map(queries, options(loss, 8, 2, BATCH));
            List<Mapped> four = map(queries, options(loss, 8, 4, BATCH));
            int better = 0;
            for (int i = 0; i < queries.size(); i++) {
                assertTrue(loss(two.get(i), loss) <= loss(one.get(i), loss) && loss(four.get(i), loss) <= loss(two.get(i), loss), "query " + i);
                if (loss(four.get(i), loss) < loss(one.get(i), loss)) better++;
            }
            assertTrue(better > queries.size() / 2, "of four starts the first is seldom the best, but only " + better + " have changed");
        }
    }

    private static double loss(Mapped m, MappingLoss loss) {
        return loss instanceof MappingLoss.Reference ? m.referenceAnomaly(loss.lambda()) : m.anomaly(loss.lambda());
    }

    /** Sums, not means; and the scores belong to the z and the image that are handed out. */
    @Test
    void scoresAreTheSumsOfTheFormulas() {
        PlainMapping plain = new PlainMapping(pair);
        List<Mapped> mapped = map(queries, options(MATCHING, 12, 1, BATCH));
        for (int i = 0; i < queries.size(); i++) {
            Mapped m = mapped.get(i);
            double sum = 0;
            for (int p = 0; p < 1024; p++) sum += Math.abs(queries.get(i).pixels()[p] - m.generated()[p]);
            assertEquals(sum, m.residual(), 1e-5);
            double[] image = plain.generate(PlainMapping.doubles(m.z()));
            for (int p = 0; p < 1024; p++) assertEquals(image[p], m.generated()[p], 1e-5);
            PlainMapping.Parts parts = plain.parts(PlainMapping.doubles(queries.get(i).pixels()), PlainMapping.doubles(m.z()));
            assertEquals(parts.residual(), m.residual(), 1e-5 * parts.residual());
            assertEquals(parts.features(), m.features(), 1e-5 * parts.features());
            assertEquals(parts.reference(), m.reference(), 1e-5 * (1 + parts.reference()));
            assertEquals(parts.discriminator(), m.discriminator(), 1e-5 * (1 + parts.discriminator()));
            assertEquals(0.75 * m.residual() + 0.25 * m.features(), m.anomaly(0.25), 1e-9 * m.anomaly(0.25));
            assertEquals(0.75 * m.residual() + 0.25 * m.reference(), m.referenceAnomaly(0.25), 1e-9 * m.residual());
        }
    }

    /** A whole descent in double precision with gradients by central differences and Adam as its paper writes it. */
    @Test
    void theDescentIsAdamOnTheGradient() {
        for (MappingLoss loss : List.of(MATCHING, new MappingLoss.Reference(0.1))) {
            PlainMapping plain = new PlainMapping(pair);
            List<double[]> trace = new ArrayList<>();
            Mapped mapped = map(networks, queries.subList(0, 1), options(loss, 5, 1, BATCH), (step, g, losses) -> trace.add(losses.clone())).get(0);
            float[] first = new float[16];
            java.util.SplittableRandom random = anogan.Seeds.random(1, "z 0 " + queries.get(0).name());
            for (int k = 0; k < first.length; k++) first[k] = (float) (2 * random.nextDouble() - 1);
            double[] x = PlainMapping.doubles(queries.get(0).pixels());
            double[] z = PlainMapping.doubles(first);
            double[] m = new double[z.length];
            double[] v = new double[z.length];
            for (int t = 1; t <= 5; t++) {
                assertEquals(plain.loss(loss, x, z), trace.get(t - 1)[0], 1e-4 * trace.get(t - 1)[0]);
                double[] g = plain.gradient(loss, x, z);
                for (int k = 0; k < z.length; k++) {
                    m[k] = 0.9 * m[k] + 0.1 * g[k];
                    v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
                    z[k] -= 0.05 * (m[k] / (1 - Math.pow(0.9, t))) / (Math.sqrt(v[k] / (1 - Math.pow(0.999, t))) + 1e-8);
                }
            }
            for (int k = 0; k < z.length; k++) assertEquals(z[k], mapped.z()[k], 1e-3);
        }
    }

    @Test
    void theTwoLossesPullDifferently() {
        List<Mapped> matching = map(queries, options(new MappingLoss.FeatureMatching(0.5), 30, 1, BATCH));
        List<Mapped> reference = map(queries, options(new MappingLoss.Reference(0.99), 30, 1, BATCH));
        List<Mapped> residual = map(queries, options(new MappingLoss.Reference(0), 30, 1, BATCH));
        List<Mapped> sameResidual = map(queries, options(new MappingLoss.FeatureMatching(0), 30, 1, BATCH));
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
        assertRefused(() -> new MappingOptions(MATCHING, 0, 0.1, 1, 1, 1), "at least one step");
        assertRefused(() -> new MappingOptions(MATCHING, 1, 0, 1, 1, 1), "learning rate");
        assertRefused(() -> new MappingOptions(MATCHING, 1, 0.1, 0, 1, 1), "at least one start");
        assertRefused(() -> new MappingOptions(MATCHING, 1, 0.1, 1, 0, 1), "at least one query");
        assertRefused(() -> new MappingOptions(null, 1, 0.1, 1, 1, 1), "loss");
    }

    private static void assertSameBits(Mapped expected, Mapped actual) {
        assertArrayEquals(Pairs.bits(expected.z()), Pairs.bits(actual.z()));
        assertArrayEquals(Pairs.bits(expected.generated()), Pairs.bits(actual.generated()));
        assertArrayEquals(new double[] {expected.residual(), expected.features(), expected.reference(), expected.discriminator()},
                new double[] {actual.residual(), actual.features(), actual.reference(), actual.discriminator()});
    }
}
