package anogan.visuals;

import anogan.dcgan.Architecture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/**
 * G and D drawn as their feature maps: each block is as wide as the logarithm of its channels and as high as that of its extent, from z to G(z) and from an
 * image to D's verdict. The block of f, the output of D's last convolution, is set off.
 */
final class NetworkDiagram {
    private static final int ROW = 196;
    private static final int BASE = 128;      // where blocks stand in their row
    private static final int FIRST = 16;      // left edge
    private static final double RECEDES = 0.3;   // how far a block reaches back, to the right and up, per point of height
    private static final Color G = new Color(0xAA4499);   // as in the figure of the losses: the purple of what is generated
    private static final Color D = Style.NORMAL;

    private final Architecture architecture;
    private final Graphics2D g;
    private double x;
    private int base;

    private NetworkDiagram(Architecture architecture, Graphics2D g) {
        this.architecture = architecture;
        this.g = g;
    }

    /**
     * @param generated what G draws, S × S in [−1, 1]
     * @param real      a real patch, likewise
     */
    static BufferedImage draw(Architecture architecture, float[] generated, float[] real, int width) {
        BufferedImage sheet = Style.sheet(width, 2 * ROW + 16);
        Graphics2D g = Style.pen(sheet);
        NetworkDiagram diagram = new NetworkDiagram(architecture, g);
        diagram.generator(generated, 28);
        diagram.discriminator(real, 28 + ROW);
        g.dispose();
        return sheet;
    }

    private void generator(float[] generated, int top) {
        begin("G, the generator", top);
        int latent = architecture.latent();
        box(8, 76, 0, Style.tint(G, 0.5), "z", String.valueOf(latent));
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
        box(8, 30, 0, Style.tint(D, 0.5), "real?", "1");
    }

    private void begin(String title, int top) {
        g.setFont(Style.bold());
        g.setColor(Style.INK);
        g.drawString(title, FIRST, top);
        x = FIRST;
        base = top + BASE;
    }

    /** A stack of {@code channels} maps of {@code extent} × {@code extent}. */
    private void maps(int channels, int extent, Color colour) {
        box(8 + 4.5 * log2(channels), height(extent), RECEDES * height(extent), colour, String.valueOf(channels), extent + "×" + extent);
    }

    private void picture(float[] patch, String name) {
        double height = height(architecture.size());
        g.drawImage(Heat.patch(patch, 0, architecture.size()), (int) x, (int) (base - height), (int) height, (int) height, null);
        words(x + height / 2, name, architecture.size() + "×" + architecture.size());
        x += height;
    }

    private static double height(int extent) {
        return 28 + 15 * log2(extent / (double) Architecture.DEEP);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private void box(double width, double height, double back, Color colour, String first, String second) {
        face(colour, x, base - height, x + width, base - height, x + width, base, x, base);
        face(Style.tint(colour, 0.6), x, base - height, x + back, base - height - back, x + width + back, base - height - back, x + width, base - height);
        face(Style.tint(colour, 0.8), x + width, base - height, x + width + back, base - height - back, x + width + back, base - back, x + width, base);
        words(x + width / 2, first, second);
        x += width + back;
    }

    private void face(Color fill, double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) path.lineTo(corners[i], corners[i + 1]);
        path.closePath();
        g.setColor(fill);
        g.fill(path);
        g.setColor(Style.MUTED);
        g.setStroke(Style.solid(1));
        g.draw(path);
    }

    private void words(double centre, String first, String second) {
        g.setFont(Style.bold());
        g.setColor(Style.INK);
        centred(first, centre, base + 18);
        g.setFont(Style.text());
        g.setColor(Style.MUTED);
        centred(second, centre, base + 36);
    }

    private void centred(String text, double centre, double y) {
        g.drawString(text, (float) (centre - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }

    /** A name above a block. */
    private void mark(String name, double left) {
        g.setFont(Style.heading());
        g.setColor(Style.ANOMALOUS);
        centred(name, (left + x) / 2, base - height(Architecture.DEEP) * (1 + RECEDES) - 10);
    }

    private void arrow() {
        double y = base - 16;
        Arrows.draw(g, x + 5, y, x + 21, y, Style.MUTED);
        x += 26;
    }
}
