package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.mapping.Optimiser;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.networks.Pairs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeplearning4j and ND4J are loaded where they are used: whoever trains and maps on oneDNN needs neither. */
class WithoutDeeplearning4jTest {
    private static final Path MODEL = Path.of("src/test/resources/golden/model");
    @TempDir
    Path folder;

    @Test
    void weightsAreReadWrittenAndMappedWith() throws IOException, InterruptedException {
        assumeTrue(Compute.Engine.AUTO.resolved() == Compute.Engine.ONEDNN, "oneDNN has no library for this platform");
        String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
        String rest = Arrays.stream(all).filter(jar -> !jar.matches(".*(nd4j|deeplearning4j).*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        assertTrue(rest.split(File.pathSeparator).length < all.length - 5, "nothing was left out of " + rest);
        String printed = OtherJvm.output(List.of("-cp", rest), WithoutDeeplearning4jTest.class, folder.toString());
        assertEquals(mapped(Dcgan.load(MODEL)) + System.lineSeparator() + trained(), printed.strip());
    }

    /** Copies the model, maps with the copy, and trains another. */
    public static void main(String... args) {
        Path copy = Path.of(args[0]).resolve("model");
        Dcgan.load(MODEL).save(copy);
        System.out.println(mapped(Dcgan.load(copy)));
        System.out.println(trained());
    }

    private static String trained() {
        return Pairs.trained(32, 6, 0.125, 2).fingerprint();
    }

    private static String mapped(Dcgan pair) {
        float[] pixels = new float[32 * 32];
        for (int i = 0; i < pixels.length; i++) pixels[i] = i % 7 / 3f - 1;
        MappingOptions options = MappingOptions.defaults().withSteps(20).withOptimiser(new Optimiser.FullMatrix(0.1));
        Compute compute = new Compute(Compute.Engine.ONEDNN, 2, 4);
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, compute)) {
            MappingResult result = mapper.map(List.of(new Mapper.Query("a patch", pixels))).get(0);
            return result.residual() + " " + result.features() + " " + Arrays.toString(result.z());
        }
    }
}
