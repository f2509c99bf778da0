package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Dcgan;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines own their native memory: closed ones give it back at once, and working ones do not grow. */
class EngineMemoryTest {
    private static final int BATCH = 64;
    private static final int ENGINES = 200;
    private static final int BATCHES = 10_000;
    private final FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model")));

    static List<Compute.Engine> engines() {
        return TestEngines.ALL;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void closedEnginesLeaveNothingBehind(Compute.Engine kind) {
        for (int i = 0; i < 50; i++) use(kind);   // allocators keep some of what they had
        long before = Pointer.physicalBytes();
        for (int i = 0; i < ENGINES; i++) use(kind);
        long grown = Pointer.physicalBytes() - before;
        long engine = 4L * BATCH * 2 * (3 * 32 * 32 + 2 * 8 * 16 * 16);   // its largest buffers alone
        assertTrue(grown < ENGINES * engine / 3, ENGINES + " engines that were closed hold " + grown + " bytes");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void tenThousandBatchesOfOneImageDoNotGrow(Compute.Engine kind) {
        try (Engines engines = TestEngines.of(kind, networks, 1)) {
            float[] image = new float[32 * 32];
            float[] features = new float[networks.architecture().features()];
            float[] z = new float[networks.architecture().latent()];
            long before = 0;
            for (int i = 0; i < BATCHES; i++) {
                if (i == BATCHES / 5) {
                    System.gc();
                    before = Pointer.physicalBytes();
                }
                engines.get(0).forward(1, z, image, features);
                engines.get(0).backward(1, image, features, z);
            }
            System.gc();
            long grown = Pointer.physicalBytes() - before;
            assertTrue(grown < 24_000_000, "8,000 batches hold " + grown + " bytes: " + grown / 8000 + " each");
        }
    }

    /** Queries come one by one and leave no trace: what holds for this many holds for a million. */
    @ParameterizedTest
    @MethodSource("engines")
    void aLongStreamDoesNotGrow(Compute.Engine kind) {
        TestEngines.assumeLoads(kind);
        var options = new MappingOptions(new MappingLoss.FeatureMatching(0.1), new Optimiser.Adam(0.05), 1, 0, 1, Precision.F32, 1);
        try (Mapper mapper = new Mapper(networks, options, new Compute(kind, 2, BATCH))) {
            stream(mapper, 3_000);
            System.gc();
            long before = Pointer.physicalBytes();
            assertEquals(30_000, stream(mapper, 30_000));
            System.gc();
            long grown = Pointer.physicalBytes() - before;
            assertTrue(grown < 64_000_000, "30,000 queries hold " + grown + " bytes; their pixels alone would be 120 MB, G's images as much again");
        }
    }

    private static int stream(Mapper mapper, int n) {
        int[] taken = {0};
        mapper.map(IntStream.range(0, n).mapToObj(i -> new Mapper.Query("q" + i, new float[32 * 32])).iterator(), (query, mapped) -> taken[0]++);
        return taken[0];
    }

    private void use(Compute.Engine kind) {
        try (Engines engines = TestEngines.of(kind, networks, BATCH)) {
            float[] images = new float[BATCH * 32 * 32];
            float[] features = new float[BATCH * networks.architecture().features()];
            float[] z = new float[BATCH * networks.architecture().latent()];
            engines.get(0).forward(BATCH, z, images, features);
            engines.get(0).backward(BATCH, images, features, z);
        }
    }
}
