package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Grey values as they are stored; resizing against averages over a grid so fine that every pixel of both pictures is a
 * whole number of its cells.
 */
class GrayImageTest {
    @TempDir
    Path folder;

    @Test
    void everyGreyValueSurvivesAPng() {
        GrayImage all = new GrayImage(16, 16, new float[256]);
        for (int i = 0; i < 256; i++) all.pixels()[i] = i;
        all.writePng(folder.resolve("a.png"));
        assertArrayEquals(all.pixels(), GrayImage.read(folder.resolve("a.png")).pixels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void sixteenBitsAreDividedBy257(String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 257 * 100, 65535});
        write(image, format);
        assertArrayEquals(new float[] {0, 100, 255}, GrayImage.read(folder.resolve("a." + format)).pixels(), 1e-4f);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB})
    void colourIsLuma(int type) throws IOException {
        BufferedImage image = new BufferedImage(4, 1, type);
        int[] colours = {0xffff0000, 0xff00ff00, 0xff0000ff, 0xff808080};
        for (int x = 0; x < 4; x++) image.setRGB(x, 0, colours[x]);
        write(image, "png");
        assertArrayEquals(new float[] {76.245f, 149.685f, 29.07f, 128},
                GrayImage.read(folder.resolve("a.png")).pixels(), 0.01f);
    }

    @Test
    void paletteAndBilevelPicturesAreRead() throws IOException {
        byte[] levels = {0, 60, (byte) 200, (byte) 255};
        BufferedImage palette = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, 4, levels, levels, levels));
        palette.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});
        write(palette, "png");
        assertArrayEquals(new float[] {0, 60, 200, 255}, GrayImage.read(folder.resolve("a.png")).pixels(), 1e-3f);
        BufferedImage bilevel = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bilevel.getRaster().setPixels(0, 0, 2, 1, new int[] {0, 1});
        write(bilevel, "png");
        assertArrayEquals(new float[] {0, 255}, GrayImage.read(folder.resolve("a.png")).pixels(), 1e-3f);
    }

    /** Channels of 5, 6 and 5 bits: white is white, and full green no brighter than in 8 bits. */
    @Test
    void channelsOfUnequalDepthWeighTheSame() throws IOException {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_565_RGB);
        int[] colours = {0xffffffff, 0xffff0000, 0xff00ff00, 0xff0000ff};
        for (int x = 0; x < 4; x++) image.setRGB(x, 0, colours[x]);
        assertArrayEquals(new float[] {255, 76.245f, 149.685f, 29.07f},
                Samples.of(image, 0, Optional.empty()).grey().pixels(), 0.01f);
    }

    private void write(BufferedImage image, String format) throws IOException {
        assertEquals(true, ImageIO.write(image, format, folder.resolve("a." + format).toFile()));
    }

    @Test
    void whatIsNoPictureIsNamed() throws IOException {
        assertFails(() -> GrayImage.read(folder.resolve("none.png")), "There is no image", "none.png");
        Files.writeString(folder.resolve("text.png"), "no picture");
        assertFails(() -> GrayImage.read(folder.resolve("text.png")), "Cannot read the image", "text.png");
        Files.createFile(folder.resolve("empty.jpg"));
        assertFails(() -> GrayImage.read(folder.resolve("empty.jpg")), "Cannot read the image", "empty.jpg");
    }

    /** Cut at any byte, a PNG is read or refused with a sentence, never with anything else. */
    @Test
    void aDamagedPictureIsReadOrNamed() throws IOException {
        GrayImage.black(40, 40).writePng(folder.resolve("whole.png"));
        byte[] whole = Files.readAllBytes(folder.resolve("whole.png"));
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
            if (i % 2 == 1) damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(folder.resolve("damaged.png"), damaged);
            try {
                GrayImage.read(folder.resolve("damaged.png"));
            } catch (anogan.UserError e) {
                refused++;
            }
        }
        assertEquals(true, refused > 90, "only " + refused + " of 200 damaged files were refused");
    }

    @Property(tries = 60)
    void shrinkingAverages(@ForAll @IntRange(min = 1, max = 12) int h, @ForAll @IntRange(min = 1, max = 12) int w,
            @ForAll @IntRange(min = 1, max = 12) int newH, @ForAll @IntRange(min = 1, max = 12) int newW,
            @ForAll int seed) {
        if (newH > h || newW > w) return;
        GrayImage image = random(h, w, seed);
        GrayImage small = image.resize(newH, newW);
        for (int y = 0; y < newH; y++) {
            for (int x = 0; x < newW; x++) {
                double sum = 0;   // cells: h·newH × w·newW; a new pixel covers h × w of them, an old one newH × newW
                for (int cy = y * h; cy < (y + 1) * h; cy++)
                    for (int cx = x * w; cx < (x + 1) * w; cx++) sum += image.at(cy / newH, cx / newW);
                assertEquals(sum / (h * w), small.at(y, x), 1e-3);
            }
        }
    }

    /** A linear ramp stays one, half a pixel away from the edges, when it grows. */
    @Property(tries = 30)
    void growingIsLinear(@ForAll @IntRange(min = 2, max = 9) int n, @ForAll @IntRange(min = 1, max = 40) int more) {
        GrayImage ramp = GrayImage.black(1, n);
        for (int x = 0; x < n; x++) ramp.pixels()[x] = 10 * x;
        GrayImage grown = ramp.resize(3, n + more);
        for (int x = 0; x < n + more; x++) {
            double at = (x + 0.5) * n / (n + more) - 0.5;
            assertEquals(10 * Math.max(0, Math.min(n - 1, at)), grown.at(1, x), 1e-3);
        }
    }

    private static GrayImage random(int h, int w, int seed) {
        GrayImage image = GrayImage.black(h, w);
        Random random = new Random(seed);
        for (int i = 0; i < image.pixels().length; i++) image.pixels()[i] = random.nextInt(256);
        return image;
    }
}
