package anogan.visuals;

import anogan.networks.Architecture;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * G and D drawn as their feature maps: each block is as wide as the logarithm of its channels and as high as that of
 * its extent, from z to G(z) and from an image to D's verdict. The block of f, the output of D's last convolution, is
 * set off.
 */
final class NetworkDiagram {
    private static final int ROW = 214;
    private static final int BASE = 140;      // where blocks stand in their row
    private static final int FIRST = 12;      // left edge
    private static final double RECEDES = 0.3;   // how far a block reaches back, to the right and up, per point of height
    private static final Color G = new Color(0xAA4499);   // as in the figure of the losses: the purple of what is generated
    private static final Color D = Style.NORMAL;

    private final Architecture architecture;
    private final Canvas sketch;
    private double x;
    private int base;

    private NetworkDiagram(Architecture architecture, Canvas sketch) {
        this.architecture = architecture;
        this.sketch = sketch;
    }

    /**
     * @param generated what G draws, S × S in [−1, 1]
     * @param real      a real patch, likewise
     */
    static BufferedImage draw(Architecture architecture, float[] generated, float[] real, int width) {
        BufferedImage sheet = Style.sheet(width, 2 * ROW + 16);
        Canvas sketch = new Canvas(sheet);
        NetworkDiagram diagram = new NetworkDiagram(architecture, sketch);
        diagram.generator(generated, 28);
        diagram.discriminator(real, 28 + ROW);
        sketch.close();
        return sheet;
    }

    private void generator(float[] generated, int top) {
        begin("(a) G, the generator", top);
        int latent = architecture.latent();
        box(10, 86, 0, Style.tint(G, 0.5), "z", String.valueOf(latent));
        int[] channels = architecture.generatorChannels();
        for (int i = 0; i < channels.length - 1; i++) {
            arrow();
            maps(channels[i], Architecture.DEEP << i, Style.tint(G, 0.35));
        }
        arrow();
        picture(generated, "G(z)");
    }

    private void discriminator(float[] real, int top) {
        begin("D, the discriminator", top);
        picture(real, "x");
        int[] channels = architecture.discriminatorChannels();
        for (int i = 1; i < channels.length; i++) {
            arrow();
            boolean last = i == channels.length - 1;
            double left = x;
            maps(channels[i], architecture.size() >> i, last ? Style.ANOMALOUS : Style.tint(D, 0.35));
            if (last) mark("f", left);
        }
        arrow();
        box(10, 32, 0, Style.tint(D, 0.5), "real?", "1");
    }

    private void begin(String title, int top) {
        sketch.heading(title, FIRST, top);
        x = FIRST;
        base = top + BASE;
    }

    /** A stack of {@code channels} maps of {@code extent} × {@code extent}. */
    private void maps(int channels, int extent, Color colour) {
        box(8 + 4.5 * log2(channels), height(extent), RECEDES * height(extent), colour, String.valueOf(channels),
                extent + "×" + extent);
    }

    private void picture(float[] patch, String name) {
        double height = height(architecture.size());
        sketch.picture(Heat.patch(patch, 0, architecture.size()),
                new Rectangle2D.Double(x, base - height, height, height));
        words(x + height / 2, name, architecture.size() + "×" + architecture.size());
        x += height;
    }

    private static double height(int extent) {
        return 32 + 18 * log2(extent / (double) Architecture.DEEP);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private void box(double width, double height, double back, Color colour, String first, String second) {
        sketch.shape(colour, x, base - height, x + width, base - height, x + width, base, x, base);
        sketch.shape(Style.tint(colour, 0.6), x, base - height, x + back, base - height - back, x + width + back,
                base - height - back, x + width, base - height);
        sketch.shape(Style.tint(colour, 0.8), x + width, base - height, x + width + back, base - height - back,
                x + width + back, base - back, x + width, base);
        words(x + width / 2, first, second);
        x += width + back;
    }

    private void words(double centre, String first, String second) {
        sketch.centred(first, centre, base + 18, Style.INK, true);
        sketch.centred(second, centre, base + 36, Style.MUTED, false);
    }

    /** A name above a block. */
    private void mark(String name, double left) {
        sketch.centred(name, (left + x) / 2, base - height(Architecture.DEEP) * (1 + RECEDES) - 8, Style.ANOMALOUS,
                true);
    }

    private void arrow() {
        sketch.arrow(x + 6, base - 16, x + 28, base - 16);
        x += 34;
    }
}
