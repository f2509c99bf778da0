package anogan.patches;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scans.GreyRange;
import anogan.scans.Scans;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of 12 bits in 16-bit files, from files to strips: one range for all, kept with what was prepared. */
class RangeTest {
    private static final int EDGE = 32;
    private static final PrepareOptions OPTIONS = PrepareOptions.defaults(32).withFlatten(false);
    @TempDir
    Path folder;

    /** Scan {@code n} is a slope from 0 that ends at 4095·n/8. */
    private void writeScans() throws IOException {
        for (int n = 1; n <= 8; n++) {
            BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_USHORT_GRAY);
            for (int i = 0; i < EDGE * EDGE; i++) image.getRaster().setSample(i % EDGE, i / EDGE, 0, value(n, i));
            String name = n < 8 ? "NORMAL/NORMAL-p" + n + "-1.png" : "DME/DME-p8-1.png";
            Files.createDirectories(folder.resolve("scans").resolve(name).getParent());
            assertTrue(ImageIO.write(image, "png", folder.resolve("scans").resolve(name).toFile()));
        }
    }

    private static int value(int n, int i) {
        return 4095 * n * i / (8 * (EDGE * EDGE - 1));
    }

    @Test
    void scansOf12BitsKeepTheirGreysAndTheirOrder() throws IOException {
        writeScans();
        Patches.prepare(Scans.folder(folder.resolve("scans")), OPTIONS, folder.resolve("p"));
        Patches patches = Patches.open(folder.resolve("p"));
        assertEquals(Map.of("uint16", new GreyRange(0, 4095)), patches.manifest().ranges());
        assertTrue(
                patches.manifest().notes()
                        .contains("The 16-bit numbers of 8 scans lie between 0 and 4095. "
                                + "Black is 0 and white is 4095; option range of stage prepare says otherwise."),
                patches.manifest().notes()::toString);
        assertStrips(patches, 4095);
        assertEquals(List.of(), patches.options().range());
    }

    /** An archive is read from front to back, again and again. */
    @Test
    void anArchiveHasTheRangeOfItsFolder() throws IOException {
        writeScans();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("scans.zip")));
                var files = Files.walk(folder.resolve("scans"))) {
            for (Path f : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(f).toString().replace('\\', '/')));
                Files.copy(f, zip);
            }
        }
        assertStrips(Patches.prepare(Scans.folder(folder.resolve("scans.zip")), OPTIONS, folder.resolve("p")), 4095);
    }

    @Test
    void aRangeThatIsGivenCountsAndIsKept() throws IOException {
        writeScans();
        PrepareOptions options = OPTIONS.withRange(List.of(0.0, 2000.0));
        assertStrips(Patches.prepare(Scans.folder(folder.resolve("scans")), options, folder.resolve("p")), 2000);
        Patches patches = Patches.open(folder.resolve("p"));
        assertEquals(List.of(0.0, 2000.0), patches.options().range());
        assertEquals(Map.of(), patches.manifest().ranges());
        assertTrue(patches.manifest().doubts().stream().anyMatch(d -> d.contains("lies outside")),
                patches.manifest().doubts()::toString);
    }

    @Test
    void aRangeIsTwoNumbersInOrder() {
        for (List<Double> wrong : List.of(List.of(1.0), List.of(5.0, 5.0), List.of(9.0, 1.0), List.of(1.0, 2.0, 3.0)))
            assertRefused(() -> OPTIONS.withRange(wrong), "option range must be two numbers");
        assertRefused(() -> OPTIONS.withRange(List.of(0.0, Double.POSITIVE_INFINITY)),
                "option range must be two numbers");
        assertRefused(() -> OPTIONS.withRange(List.of(Double.NaN, 1.0)), "option range must be two numbers");
    }

    private static void assertStrips(Patches patches, double white) {
        assertEquals(8, patches.scans().size());
        for (int s = 0; s < 8; s++) {
            int n = Integer.parseInt(patches.scans().get(s).group().substring(1));
            float[] found = patches.strip(s);
            assertEquals(EDGE * EDGE, found.length);
            for (int i = 0; i < found.length; i++)
                assertEquals(Math.min(255, 255 * value(n, i) / white), found[i], 1, n + " at " + i);
        }
    }
}
