package anogan.visuals;

import anogan.io.AtomicFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of the report with the words that belong to it.
 *
 * @param file    its name in the run's {@code figures/}, such as {@code roc.png}
 * @param title   a few words
 * @param caption what is shown (with n), and how to read it: what a good result looks like
 * @param image   the picture, {@link Style#SCALE} pixels to the point
 */
public record Figure(String file, String title, String caption, BufferedImage image) {
    /** Writes the picture into {@code folder} and returns its path. */
    public Path writeTo(Path folder) {
        Path path = folder.resolve(file);
        writePng(path, image);
        return path;
    }

    static void writePng(Path path, BufferedImage image) {
        AtomicFiles.write(path, out -> {
            try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {   // no temporary file, which would want room on another disk
                ImageIO.write(image, "png", png);
            }
        });
    }
}
