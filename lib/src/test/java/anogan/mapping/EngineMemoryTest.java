package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Dcgan;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** An engine that is closed gives its native memory back at once; nobody waits for the garbage collector. */
class EngineMemoryTest {
    private static final int BATCH = 64;
    private static final int ENGINES = 200;
    private final FrozenNetworks networks = FrozenNetworks.of(Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model")));

    @Test
    void closedEnginesLeaveNothingBehind() {
        for (int i = 0; i < 50; i++) use();   // allocators keep some of what they had
        long before = Pointer.physicalBytes();
        for (int i = 0; i < ENGINES; i++) use();
        long grown = Pointer.physicalBytes() - before;
        long engine = 4L * BATCH * 2 * (3 * 32 * 32 + 2 * 8 * 16 * 16);   // its largest buffers alone
        assertTrue(grown < ENGINES * engine / 3, ENGINES + " engines that were closed hold " + grown + " bytes");
    }

    private void use() {
        try (MappingEngine engine = new Nd4jEngine(networks, BATCH)) {
            float[] images = new float[BATCH * 32 * 32];
            float[] features = new float[BATCH * networks.architecture().features()];
            float[] z = new float[BATCH * networks.architecture().latent()];
            engine.forward(z, images, features);
            engine.backward(images, features, z);
        }
    }
}
