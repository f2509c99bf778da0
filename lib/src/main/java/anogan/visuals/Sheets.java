package anogan.visuals;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** Sheets put beside or below each other to one sheet. */
public final class Sheets {
    private Sheets() {}

    /** From left to right, tops aligned. */
    public static BufferedImage row(int gap, List<BufferedImage> sheets) {
        int between = gap * Style.SCALE;
        int width = sheets.stream().mapToInt(s -> s.getWidth() + between).sum() - between;
        BufferedImage whole = blank(width, sheets.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow());
        int x = 0;
        for (BufferedImage sheet : sheets) {
            paste(whole, sheet, x, 0);
            x += sheet.getWidth() + between;
        }
        return whole;
    }

    /** From top to bottom, left edges aligned. */
    public static BufferedImage column(int gap, BufferedImage... sheets) {
        int between = gap * Style.SCALE;
        int height = Arrays.stream(sheets).mapToInt(s -> s.getHeight() + between).sum() - between;
        BufferedImage whole = blank(Arrays.stream(sheets).mapToInt(BufferedImage::getWidth).max().orElseThrow(),
                height);
        int y = 0;
        for (BufferedImage sheet : sheets) {
            paste(whole, sheet, 0, y);
            y += sheet.getHeight() + between;
        }
        return whole;
    }

    private static BufferedImage blank(int width, int height) {
        BufferedImage whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = whole.createGraphics();
        g.setColor(Style.PAPER);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return whole;
    }

    private static void paste(BufferedImage whole, BufferedImage sheet, int x, int y) {
        Graphics2D g = whole.createGraphics();
        g.drawImage(sheet, x, y, null);
        g.dispose();
    }
}
