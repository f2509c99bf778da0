package anogan.visuals;

import anogan.io.FloatArray;
import anogan.statistics.MapScale;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * Residuals as heat: alone, or over the picture they belong to, so that one sees <i>what</i> could not be reproduced
 * and <i>where</i>.
 *
 * <p>
 * One scale serves all pictures of a figure: that of normal scans, {@link MapScale}.
 */
public final class Heat {
    /** The grey that overlays are shown on in bars. */
    private static final int MIDDLE = 70;

    private Heat() {}

    /** A grey picture: pixels 0–255, row by row. */
    public static BufferedImage grey(float[] pixels, int height, int width) {
        return over(pixels, new float[pixels.length], height, width, 1);
    }

    /** A patch with values in [−1, 1] as the networks see it, in grey. */
    public static BufferedImage patch(float[] values, int offset, int size) {
        return grey(greyLevels(values, offset, size), size, size);
    }

    /**
     * Patches as tiles, row by row, each pixel as a square of {@code zoom} pixels: what G draws, say.
     *
     * @param patches n × 1 × S × S in [−1, 1]
     */
    public static BufferedImage patches(FloatArray patches, int columns, int zoom) {
        int n = patches.shape()[0];
        int size = patches.shape()[2];
        int pitch = size * zoom + 2;
        BufferedImage sheet = new BufferedImage(columns * pitch - 2, (n + columns - 1) / columns * pitch - 2,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Style.PAPER);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < n; i++) {
            g.drawImage(patch(patches.data(), i * size * size, size), i % columns * pitch, i / columns * pitch,
                    size * zoom, size * zoom, null);
        }
        g.dispose();
        return sheet;
    }

    /** The grey levels 0–255 of a patch with values in [−1, 1]. */
    public static float[] greyLevels(float[] values, int offset, int size) {
        float[] grey = new float[size * size];
        for (int i = 0; i < grey.length; i++) grey[i] = (values[offset + i] + 1) * 127.5f;
        return grey;
    }

    /** The heat alone: 0 black, {@code scale} and above pale yellow. */
    public static BufferedImage alone(float[] heat, int height, int width, double scale) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) rgb[i] = ColourMap.rgb(heat[i] / scale);
        return image(rgb, height, width);
    }

    /**
     * Heat over a grey picture.
     *
     * @param pixels 0–255
     * @param heat   of the same extent; 0 or NaN leaves the picture as it is
     * @param scale  the heat that is shown strongest
     */
    public static BufferedImage over(float[] pixels, float[] heat, int height, int width, double scale) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) rgb[i] = ColourMap.over(pixels[i], heat[i] / scale);
        return image(rgb, height, width);
    }

    /** The same, with what is darker than drawn, below 0, in cold colours. */
    static BufferedImage signed(float[] pixels, float[] heat, int height, int width, double scale) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) rgb[i] = ColourMap.signed(pixels[i], heat[i] / scale);
        return image(rgb, height, width);
    }

    /** Heat over a grey picture in the paper's red; see {@link #over}. */
    public static BufferedImage red(float[] pixels, float[] heat, int height, int width, double scale) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) rgb[i] = ColourMap.red(pixels[i], heat[i] / scale);
        return image(rgb, height, width);
    }

    /** By how much a scan is enlarged to be looked at. */
    static int factor(int width) {
        return width < 700 ? 2 : 1;
    }

    /**
     * The picture enlarged by a whole factor and smoothly, with the edge of the mask drawn along the edges of its
     * pixels.
     */
    public static BufferedImage outlined(BufferedImage picture, boolean[] mask, int factor) {
        return outlined(picture, mask, factor, Style.OUTLINE);
    }

    static BufferedImage outlined(BufferedImage picture, boolean[] mask, int factor, Color colour) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        BufferedImage out = new BufferedImage(w * factor, h * factor, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(picture, 0, 0, out.getWidth(), out.getHeight(), null);
        g.scale(factor, factor);
        g.setColor(colour);
        g.setStroke(Style.solid(1.2f));
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (!mask[y * w + x]) continue;
                if (y == 0 || !mask[(y - 1) * w + x]) g.draw(new Line2D.Float(x, y, x + 1, y));
                if (y == h - 1 || !mask[(y + 1) * w + x]) g.draw(new Line2D.Float(x, y + 1, x + 1, y + 1));
                if (x == 0 || !mask[y * w + x - 1]) g.draw(new Line2D.Float(x, y, x, y + 1));
                if (x == w - 1 || !mask[y * w + x + 1]) g.draw(new Line2D.Float(x + 1, y, x + 1, y + 1));
            }
        }
        g.dispose();
        return out;
    }

    /**
     * The picture enlarged by a whole factor and smoothly, with lines over it.
     *
     * @param lines the row of each line at every column of the picture, 0 at the top
     */
    public static BufferedImage traced(BufferedImage picture, int factor, List<float[]> lines, List<Color> colours) {
        BufferedImage out = outlined(picture, new boolean[picture.getWidth() * picture.getHeight()], factor);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(factor, factor);
        g.setStroke(Style.solid(1));
        for (int i = 0; i < lines.size(); i++) {
            Path2D path = new Path2D.Float();
            path.moveTo(0.5, lines.get(i)[0] + 0.5);   // pixel centres lie at half numbers
            for (int x = 1; x < lines.get(i).length; x++) path.lineTo(x + 0.5, lines.get(i)[x] + 0.5);
            g.setColor(colours.get(i));
            g.draw(path);
        }
        g.dispose();
        return out;
    }

    /** Where heat ends that shows these values: {@link MapScale}. */
    public static double scale(float[] values) {
        return MapScale.of(List.of(values));
    }

    /**
     * A bar that tells the heat in numbers.
     *
     * @param over true for heat over pictures (shown here over a middle grey), false for heat alone
     */
    public static BufferedImage bar(String words, double scale, boolean over, int width) {
        return bar(words, scale, over ? at -> ColourMap.over(MIDDLE, at) : ColourMap::rgb, width);
    }

    /** A bar that tells the heat of {@link #red} in numbers. */
    public static BufferedImage redBar(String words, double scale, int width) {
        return bar(words, scale, at -> ColourMap.red(MIDDLE, at), width);
    }

    private static BufferedImage bar(String words, double scale, DoubleToIntFunction colours, int width) {
        int length = Math.min(260, width / 3);
        BufferedImage sheet = Style.sheet(width, 28);
        Graphics2D g = Style.pen(sheet);
        float x = width - length - g.getFontMetrics().stringWidth(number(scale) + "+") - 8;
        for (int i = 0; i < length; i++) {
            double at = (i + 0.5) / length;
            g.setColor(new Color(colours.applyAsInt(at)));
            g.fill(new Rectangle2D.Float(x + i, 6, 1.5f, 16));
        }
        g.setColor(Style.MUTED);
        g.drawString(number(scale) + "+", x + length + 8, 19);
        float zero = x - 8 - g.getFontMetrics().stringWidth("0");
        g.drawString("0", zero, 19);
        String shown = Style.fit(words, g.getFont(), (int) zero - 16);
        g.drawString(shown, zero - 16 - g.getFontMetrics().stringWidth(shown), 19);
        g.dispose();
        return sheet;
    }

    private static String number(double value) {
        return Format.of(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static BufferedImage image(int[] rgb, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }
}
