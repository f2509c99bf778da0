package anogan.dcgan;

import anogan.io.AtomicFiles;
import anogan.io.FloatArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Patches as a square of grey tiles in one PNG: what G makes of the same noise as training goes on. */
final class SampleGrid {
    private static final int GAP = 2;

    private SampleGrid() {}

    /** @param samples n × 1 × S × S in [−1, 1] */
    static void write(Path file, FloatArray samples) {
        int n = samples.shape()[0];
        int size = samples.shape()[2];
        int columns = (int) Math.ceil(Math.sqrt(n));
        int rows = (n + columns - 1) / columns;
        int pitch = size + GAP;
        BufferedImage image = new BufferedImage(columns * pitch - GAP, rows * pitch - GAP,
                BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < size * size; p++) {
                int grey = Math.round((samples.data()[i * size * size + p] + 1) * 127.5f);
                image.getRaster().setSample(i % columns * pitch + p % size, i / columns * pitch + p / size, 0,
                        Math.max(0, Math.min(255, grey)));
            }
        }
        AtomicFiles.write(file, out -> {
            if (!ImageIO.write(image, "png", out)) throw new IOException("no PNG writer");
        });
    }
}
