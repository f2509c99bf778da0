package anogan.mapping;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.Precision;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
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
            long[] held = new long[3];
            int batches = kind == Compute.Engine.ND4J ? BATCHES / 4 : BATCHES;   // it is slow
            for (int i = 0; i < batches; i++) {
                if (i == batches / 5) held[0] = held();
                if (i == batches * 3 / 5) held[1] = held();
                engines.get(0).forward(1, z, image, features);
                engines.get(0).backward(1, image, features, z);
            }
            held[2] = held();
            long grown = Math.min(held[1] - held[0], held[2] - held[1]);
            int between = batches * 2 / 5;
            assertTrue(grown < 12_000_000, between + " batches hold " + grown + " bytes");
        }
    }

    /** A batch that no memory holds is told as what it is, so that the program can say which option to lower. */
    @Test
    void aBatchThatIsTooLargeIsLackOfMemory() {
        TestEngines.assumeLoads(Compute.Engine.ONEDNN);
        FrozenNetworks paper = FrozenNetworks.of(Dcgan.random(new Architecture(64, 100, 1), 1));
        assertThrows(OutOfMemoryError.class, () -> TestEngines.of(Compute.Engine.ONEDNN, paper, 50_000_000).close());
        assertRefused(() -> new Compute(Compute.Engine.AUTO, 1, 100_000), "1 to 65536 queries", "100000");
    }

    /** Queries come one by one and leave no trace: what holds for this many holds for a million. */
    @ParameterizedTest
    @MethodSource("engines")
    void aLongStreamDoesNotGrow(Compute.Engine kind) {
        TestEngines.assumeLoads(kind);
        var options = new MappingOptions(new MappingLoss.FeatureMatching(0.1), new Optimiser.Adam(0.05), 1, 0, 1,
                Precision.F32, 1);
        try (Mapper mapper = new Mapper(networks, options, new Compute(kind, 2, BATCH))) {
            stream(mapper, 3_000);
            long[] held = new long[3];
            for (int part = 0; part < 3; part++) {
                held[part] = held();
                assertEquals(15_000, stream(mapper, 15_000));
            }
            long grown = Math.min(held[1] - held[0], held[2] - held[1]);
            assertTrue(grown < 30_000_000, "15,000 queries hold " + grown
                    + " bytes; their pixels alone would be 60 MB, G's images as much again");
        }
    }

    /**
     * Resident memory, Java's heap included: that grows once when it finds its size, where a leak goes on; so the
     * lesser of two growths counts.
     */
    private static long held() {
        System.gc();
        return Pointer.physicalBytes();
    }

    private static int stream(Mapper mapper, int n) {
        int[] taken = {0};
        mapper.map(IntStream.range(0, n).mapToObj(i -> new Mapper.Query("q" + i, new float[32 * 32])).iterator(),
                (query, mapped) -> taken[0]++);
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
