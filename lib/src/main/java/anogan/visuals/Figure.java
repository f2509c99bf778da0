package anogan.visuals;

import anogan.io.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of the report with the words that belong to it.
 *
 * @param file    its name in the run's {@code figures/}, such as {@code roc.png}
 * @param title   a few words
 * @param caption what is shown (with n), and how to read it: what a good result looks like
 * @param content what is seen
 */
public record Figure(String file, String title, String caption, Content content) {
    /** Pixels, or a drawing. */
    public sealed interface Content {
        /** In points. */
        int width();

        /** As in the file. */
        byte[] bytes();

        /** Such as {@code image/png}. */
        String type();
    }

    /** @param image {@link Style#SCALE} pixels to the point */
    public record Pixels(BufferedImage image) implements Content {
        @Override
        public int width() {
            return image.getWidth() / Style.SCALE;
        }

        @Override
        public byte[] bytes() {
            return png(image);
        }

        @Override
        public String type() {
            return "image/png";
        }
    }

    /**
     * Of scans, whose grain makes a PNG ten times as large.
     *
     * @param image {@link Style#SCALE} pixels to the point
     */
    public record Photo(BufferedImage image) implements Content {
        private static final float QUALITY = 0.6f;

        @Override
        public int width() {
            return image.getWidth() / Style.SCALE;
        }

        @Override
        public byte[] bytes() {
            return encoded(image, "jpeg", QUALITY);
        }

        @Override
        public String type() {
            return "image/jpeg";
        }
    }

    /** @param svg with all of its pictures in it */
    public record Drawing(String svg, int width) implements Content {
        @Override
        public byte[] bytes() {
            return svg.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String type() {
            return "image/svg+xml";
        }
    }

    Figure(String file, String title, String caption, BufferedImage image) {
        this(file, title, caption, new Pixels(image));
    }

    /** Writes it into {@code folder} and returns its path. */
    public Path writeTo(Path folder) {
        Path path = folder.resolve(file);
        AtomicFiles.write(path, out -> out.write(content.bytes()));
        return path;
    }

    static byte[] png(BufferedImage image) {
        return encoded(image, "png");
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // no temporary file, which would want room on another disk
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new IllegalStateException("a picture could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    /** @param quality from 0, the smallest file, to 1; of a PNG it takes no value away */
    static byte[] encoded(BufferedImage image, String format, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new IllegalStateException("a picture could not be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
