package anogan.scans;

import anogan.UserError;
import anogan.io.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A grey image: what a scanner delivers, one number per pixel, 0 black to 255 white, row by row.
 *
 * <p>
 * Colours become luma (ITU-R BT.601) of the numbers as they are stored; colour profiles, gamma and opacity have no say:
 * {@code BufferedImage.getRGB} would bend grey values by a gamma curve. Numbers that are no bytes are read as
 * {@link Intensities} says.
 *
 * @param height rows
 * @param width  columns
 * @param pixels {@code height * width} grey values, 0 to 255
 */
public record GrayImage(int height, int width, float[] pixels) {
    public GrayImage {
        if (height < 1 || width < 1 || (long) height * width != pixels.length) {
            throw new IllegalArgumentException(
                    height + " x " + width + " pixels do not fit an array of " + pixels.length);
        }
    }

    public static GrayImage black(int height, int width) {
        return new GrayImage(height, width, new float[Math.multiplyExact(height, width)]);
    }

    public float at(int row, int column) {
        return pixels[row * width + column];
    }

    /** @throws UserError if the file is missing, damaged, too large (2^24 pixels) or not an image that Java reads */
    public static GrayImage read(Path file) {
        if (!Files.isRegularFile(file)) throw UserError.failure("There is no image %s. Is its name right?", file);
        return PictureFile.read(file).grey();
    }

    static float luma(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    /** How many grey values occur, rounded to whole ones. */
    int levels() {
        BitSet levels = new BitSet(256);
        for (byte b : toBytes()) levels.set(b & 0xff);
        return levels.cardinality();
    }

    /** Writes an 8-bit grey PNG, values rounded and clamped to 0–255. */
    public void writePng(Path file) {
        AtomicFiles.write(file, this::writePng);
    }

    public void writePng(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, toBytes());
        // a plain stream would go through a temporary file
        try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", png);
        }
    }

    /** The values rounded and clamped to unsigned bytes. */
    public byte[] toBytes() {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Math.round(Math.max(0, Math.min(255, pixels[i])));
        return bytes;
    }

    /**
     * The same picture with other extents: averages over areas along an axis that shrinks, bilinear along one that
     * grows.
     */
    public GrayImage resize(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) return this;
        float[] narrow = new float[Math.multiplyExact(height, newWidth)];
        for (int y = 0; y < height; y++) resizeLine(pixels, y * width, 1, width, narrow, y * newWidth, 1, newWidth);
        float[] out = new float[Math.multiplyExact(newHeight, newWidth)];
        for (int x = 0; x < newWidth; x++) resizeLine(narrow, x, newWidth, height, out, x, newWidth, newHeight);
        return new GrayImage(newHeight, newWidth, out);
    }

    private static void resizeLine(float[] from, int start, int step, int n, float[] to, int toStart, int toStep,
            int m) {
        double ratio = (double) n / m;
        for (int i = 0; i < m; i++) {
            double sum = 0;
            if (ratio > 1) {
                double end = Math.min(n, (i + 1) * ratio);
                for (int j = (int) (i * ratio); j < end; j++) {
                    double covered = Math.min(j + 1, end) - Math.max(j, i * ratio);
                    sum += covered * from[start + j * step];
                }
                sum /= end - i * ratio;
            } else {
                // pixel centres lie at half numbers
                double at = Math.max(0, Math.min(n - 1, (i + 0.5) * ratio - 0.5));
                int j = Math.min((int) at, Math.max(0, n - 2));
                sum = from[start + j * step]
                        + (n > 1 ? (at - j) * (from[start + (j + 1) * step] - from[start + j * step]) : 0);
            }
            to[toStart + i * toStep] = (float) sum;
        }
    }
}
