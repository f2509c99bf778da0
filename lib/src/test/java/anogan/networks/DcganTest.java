package anogan.networks;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DcganTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/model");
    @TempDir
    Path folder;

    /** The golden model is NumPy's own writing; raw and averaged weights are made to differ. */
    private static Dcgan pair() {
        Dcgan golden = Dcgan.load(GOLDEN);
        Map<String, FloatArray> raw = new LinkedHashMap<>();
        golden.generator().forEach((name, array) -> {
            FloatArray other = new FloatArray(array.data().clone(), array.shape());
            other.data()[0] = Math.nextUp(other.data()[0]);
            raw.put(name, other);
        });
        return new Dcgan(golden.architecture(), golden.generator(), raw, golden.discriminator());
    }

    @Test
    void aPairComesBackBitForBit() throws IOException {
        Dcgan pair = pair();
        pair.save(folder.resolve("model"));
        Pairs.assertSameBits(pair, Dcgan.load(folder.resolve("model")));
        assertEquals(pair.fingerprint(), Dcgan.load(folder.resolve("model")).fingerprint());
        assertNotEquals(pair.fingerprint(), pair.raw().fingerprint(), "one last bit differs");
        Dcgan.load(folder.resolve("model")).save(folder.resolve("again"));
        for (String file : new String[] {"dcgan.json", "generator.npz", "generator_raw.npz", "discriminator.npz"}) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("model").resolve(file)),
                    Files.readAllBytes(folder.resolve("again").resolve(file)), file);
        }
    }

    /** Golden values by hand: 1 + 2^-14 needs 15 bits, and goes to 1 + 2^-13 (a tie goes away from 0). */
    @Test
    void aPairThatIsRoundedIsNearAndSmall() throws IOException {
        float[] some = {0, 1, -1.5f, 0x1.0004p0f, 0x1.0002p0f, -0x1.0004p-3f, 0x1.5bf0a8p1f};
        float[] expected = {0, 1, -1.5f, 0x1.0008p0f, 0x1p0f, -0x1.0008p-3f, 0x1.5bfp1f};
        assertArrayEquals(expected, new FloatArray(some, some.length).rounded().data());
        Dcgan demos = Dcgan.random(Architecture.defaults().withSize(64).withWidth(0.25), 1);
        Dcgan rounded = demos.rounded();
        demos.generator().forEach((name, array) -> {
            for (int i = 0; i < array.data().length; i++) {
                float w = array.data()[i];
                assertEquals(w, rounded.generator().get(name).data()[i], Math.abs(w) * 0x1p-14f, name);
            }
        });
        Pairs.assertSameBits(rounded, rounded.rounded());
        rounded.save(folder);
        long bytes = 0;
        for (String file : new String[] {"generator.npz", "discriminator.npz"}) {
            byte[] content = Files.readAllBytes(folder.resolve(file));
            Deflater deflater = new Deflater();
            deflater.setInput(content);
            deflater.finish();
            bytes += deflater.deflate(new byte[content.length]);
            assertTrue(deflater.finished());
        }
        assertTrue(bytes < 1_950_000, bytes + " bytes");
        assertFalse(demos.isSaved(folder));
        assertTrue(rounded.isSaved(folder));
    }

    /**
     * A save that is stopped halfway leaves no model, rather than G of one and D of another; begun again, it leaves the
     * new one.
     */
    @Test
    void aPairIsNeverReplacedByHalves() throws IOException {
        pair().save(folder);
        Dcgan other = Dcgan.random(pair().architecture(), 1);
        Path inTheWay = Files.createDirectories(folder.resolve(".discriminator.npz.part/x"));
        assertFails(() -> other.save(folder), "Cannot write", "discriminator.npz");
        Pairs.assertSameBits(other.generator(), Npy.readZip(folder.resolve("generator.npz")));
        Pairs.assertSameBits(pair().discriminator(), Npy.readZip(folder.resolve("discriminator.npz")));
        assertFails(() -> Dcgan.load(folder), "There is no", "dcgan.json", "option resume");
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        other.save(folder);
        Pairs.assertSameBits(other, Dcgan.load(folder));
    }

    @Test
    void rawPutsTheLastStepInPlaceOfTheAverage() {
        Dcgan pair = pair();
        Pairs.assertSameBits(pair.generatorRaw(), pair.raw().generator());
        Pairs.assertSameBits(pair.discriminator(), pair.raw().discriminator());
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        assertFails(() -> Dcgan.load(folder), "dcgan.json");
        pair().save(folder);
        Files.delete(folder.resolve("generator_raw.npz"));
        assertFails(() -> Dcgan.load(folder), "generator_raw.npz", "no such file");
        Files.write(folder.resolve("generator_raw.npz"), new byte[100]);
        assertFails(() -> Dcgan.load(folder), "generator_raw.npz");
        byte[] whole = Files.readAllBytes(folder.resolve("discriminator.npz"));
        pair().save(folder);
        Files.write(folder.resolve("discriminator.npz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(() -> Dcgan.load(folder), "discriminator.npz");
        Files.writeString(folder.resolve("dcgan.json"), "{\"size\": 64}");
        assertFails(() -> Dcgan.load(folder), "dcgan.json", "latent");
    }

    @Test
    void weightsOfAnotherArchitectureAreRefused() throws IOException {
        pair().save(folder);
        Files.writeString(folder.resolve("dcgan.json"), "{\"size\": 32, \"latent\": 16, \"width\": 0.25}");
        assertFails(() -> Dcgan.load(folder), "dense.weight", "generator", "do not belong together");
        Files.writeString(folder.resolve("dcgan.json"), "{\"size\": 64, \"latent\": 16, \"width\": 0.125}");
        assertFails(() -> Dcgan.load(folder), "deconv4.weight", "do not belong together");
    }

    @Test
    void aMissingAndASurplusArrayAreNamed() {
        pair().save(folder);
        Map<String, FloatArray> weights = Npy.readZip(folder.resolve("discriminator.npz"));
        FloatArray bias = weights.remove("conv2.bias");
        Npy.writeZip(folder.resolve("discriminator.npz"), weights);
        assertFails(() -> Dcgan.load(folder), "discriminator", "conv2.bias", "do not belong together");
        weights.put("conv2.bias", bias);
        weights.put("conv9.bias", bias);
        Npy.writeZip(folder.resolve("discriminator.npz"), weights);
        assertFails(() -> Dcgan.load(folder), "discriminator", "conv9.bias");
    }
}
