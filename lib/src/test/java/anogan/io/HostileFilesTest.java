package anogan.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.Sentences;
import anogan.UserError;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.run.RunFolder;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.statistics.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our own files, damaged 2,000 times each by others: read as something sensible, or refused with a {@link UserError};
 * and JSON that a model never had.
 */
class HostileFilesTest {
    private static final int MUTANTS = 2000;
    private static final int FEW = 200;   // of long files; NpyFuzzTest has thousands of short ones
    private static final Path MODEL = Path.of("src/test/resources/golden/model");
    private static final Path RESULTS = Path.of("../data/results/demo");
    @TempDir
    Path folder;
    private Path patches;

    private interface Reader {
        void read(Path folder) throws IOException;
    }

    @BeforeEach
    void prepare() {
        for (int i = 0; i < 4; i++) {
            GrayImage image = GrayImage.black(12, 10);
            image.pixels()[i] = 200;
            image.writePng(folder.resolve("scans/" + (i < 3 ? "NORMAL/NORMAL-" : "DME/DME-") + i + "-1.png"));
        }
        patches = folder.resolve("patches");
        Patches.prepare(Scans.folder(folder.resolve("scans")), PrepareOptions.defaults(32).withFlatten(false), patches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcgan.json", "generator.npz", "discriminator.npz"})
    void models(String name) throws IOException {
        Path model = copy(MODEL, "model");
        fuzz(model, name, name.endsWith(".json") ? MUTANTS : FEW, f -> FrozenNetworks.of(Dcgan.load(f)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patches.json", "scans.csv", "strips.npy"})
    void preparedFolders(String name) throws IOException {
        fuzz(patches, name, f -> {
            Patches opened = Patches.open(f);
            for (int i = 0; i < opened.scans().size(); i++) opened.grid(i);
        });
    }

    @Test
    void runs() throws IOException {
        fuzz(copy(RESULTS, "run"), "run.json", f -> new RunFolder(f).info());
    }

    @Test
    void analyses() throws IOException {
        fuzz(copy(RESULTS, "run"), "analysis.json", FEW, Analysis::read);
    }

    @Test
    void tables() throws IOException {
        fuzz(patches, "scans.csv", f -> Csv.read(f.resolve("scans.csv"), "scan", "group"));
    }

    /** A model whose JSON asks for networks that would not fit any memory, or nests a thousand levels deep. */
    @Test
    void jsonThatNoModelHas() throws IOException {
        Path model = copy(MODEL, "model");
        List<String> hostile = List.of("{\"size\": 32, \"latent\": 2147483647, \"width\": 1}",
                "{\"size\": 32, \"latent\": 16, \"width\": 1e308}",
                "{\"size\": 2147483647, \"latent\": 16, \"width\": 1}",
                "{\"size\": 32, \"latent\": 16, \"width\": NaN}", "[".repeat(100_000), "{\"a\":".repeat(5000),
                "{\"size\": 1" + "0".repeat(100_000) + "}", "\u0000", "null", "[]", "{}", "32");
        for (String json : hostile) {
            Files.writeString(model.resolve("dcgan.json"), json);
            Sentences.assertFails(() -> Dcgan.load(model));
        }
    }

    private Path copy(Path from, String to) throws IOException {
        Path target = Files.createDirectories(folder.resolve(to));
        try (Stream<Path> files = Files.list(from)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) Files.copy(f, target.resolve(f.getFileName()));
        }
        return target;
    }

    private void fuzz(Path in, String name, Reader reader) throws IOException {
        fuzz(in, name, MUTANTS, reader);
    }

    private static void fuzz(Path in, String name, int mutants, Reader reader) throws IOException {
        Path file = in.resolve(name);
        byte[] seed = Files.readAllBytes(file);
        reader.read(in);
        Random random = new Random(20170317);
        int refused = 0;
        for (int i = 0; i < mutants; i++) {
            Files.delete(file);
            Files.write(file, Mutation.of(seed, random, 1 + random.nextInt(6)));
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(30), () -> reader.read(in));
            } catch (UserError e) {
                refused++;
                assertFalse(e.getMessage().contains("java.") || e.getMessage().contains("Exception"),
                        i + ": " + e.getMessage());
            } catch (Throwable e) {
                throw new AssertionError("mutant " + i + " of " + name, e);
            }
        }
        assertTrue(refused > mutants / 20, refused + " of " + mutants + " were refused");
    }
}
