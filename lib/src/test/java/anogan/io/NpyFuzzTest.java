package anogan.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import anogan.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever happens to a file, reading it gives arrays or a {@link UserError}: no other exception, no endless loop, no
 * memory that is not there.
 */
class NpyFuzzTest {
    private static final int MUTANTS = 30;   // of each seed
    private static Path folder;
    private static byte[] npy;
    private static byte[] npz;

    @BeforeContainer
    static void makeFiles() throws IOException {
        folder = Files.createTempDirectory("fuzz");
        Npy.write(folder.resolve("a.npy"), new FloatArray(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        npy = Files.readAllBytes(folder.resolve("a.npy"));
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        arrays.put("weight", new FloatArray(new float[] {1, 2, 3, 4}, 2, 2));
        arrays.put("bias", new FloatArray(new float[] {5}, 1));
        Npy.writeZip(folder.resolve("a.npz"), arrays);
        npz = Files.readAllBytes(folder.resolve("a.npz"));
    }

    @AfterContainer
    static void removeFiles() throws IOException {
        for (String name : new String[] {"a.npy", "a.npz"}) Files.deleteIfExists(folder.resolve(name));
        Files.delete(folder);
    }

    @Property(tries = 100, seed = "20170317", shrinking = ShrinkingMode.OFF)
    void mutatedArrays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int mutations) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) read(Mutation.of(npy, random, mutations), file -> Npy.read(file).data());
    }

    @Property(tries = 100, seed = "20170318", shrinking = ShrinkingMode.OFF)
    void mutatedZips(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int mutations) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) read(Mutation.of(npz, random, mutations), Npy::readZip);
    }

    private static void read(byte[] content, Function<Path, Object> reader) throws IOException {
        Path file = Files.write(folder.resolve("mutant"), content);
        try {
            assertNotNull(reader.apply(file));
        } catch (UserError e) {
            assertFalse(e.getMessage().contains(": null."), e.getMessage());
        } finally {
            Files.delete(file);   // overwriting it would force each to disk
        }
    }
}
