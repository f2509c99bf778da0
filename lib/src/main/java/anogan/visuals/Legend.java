package anogan.visuals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** What the colours mean, as a line above panels that share it, or as a table beside a chart. */
final class Legend {
    private static final int SWATCH = 28;
    private static final int LINE = 24;
    private static final int MARGIN = 12;

    /** Stands for "not a line but a filled box". */
    private static final Stroke BOX = Style.solid(14);
    /** Stands for "not a line but a ring". */
    static final Stroke RING = Style.solid(2.5f);

    /**
     * @param stroke of the swatch; {@link #BOX} for a filled box, {@link #RING} for a ring
     * @param label  what it is
     * @param value  a number that belongs to it, set in a column of its own; may be empty
     */
    record Entry(Color colour, Stroke stroke, String label, String value) {
        static Entry box(Color colour, String label) {
            return new Entry(colour, BOX, label, "");
        }

        static Entry dashes(String label) {
            return new Entry(Style.INK, Style.dashes(1.5f), label, "");
        }

        static Entry line(Color colour, String label) {
            return new Entry(colour, Style.solid(3), label, "");
        }
    }

    private Legend() {}

    /** One line of so many points, broken where an entry would leave it. */
    static BufferedImage strip(List<Entry> entries, int width) {
        List<Point> places = places(entries, width);
        BufferedImage sheet = Style.sheet(width, LINE + places.stream().mapToInt(p -> p.y).max().orElse(0));
        Graphics2D g = Style.pen(sheet);
        for (int i = 0; i < entries.size(); i++) {
            Point at = places.get(i);
            swatch(g, entries.get(i), at.x, at.y);
            g.drawString(label(entries.get(i), width), at.x + SWATCH + 8, at.y + 17);
        }
        g.dispose();
        return sheet;
    }

    private static List<Point> places(List<Entry> entries, int width) {
        List<Point> places = new ArrayList<>();
        Point next = new Point(MARGIN, 0);
        for (Entry e : entries) {
            int length = SWATCH + 8 + Style.metrics(Style.text()).stringWidth(label(e, width)) + 2 * MARGIN;
            if (next.x > MARGIN && next.x + length > width) next = new Point(MARGIN, next.y + LINE);
            places.add(next);
            next = new Point(next.x + length, next.y);
        }
        return places;
    }

    private static String label(Entry e, int width) {
        return Style.fit(e.label, Style.text(), width - SWATCH - 8 - 3 * MARGIN);
    }

    /** A column of entries under a title, their values aligned at the right. */
    static BufferedImage table(String title, String values, List<Entry> entries, int sheetWidth, int top) {
        int width = sheetWidth - 6;
        BufferedImage sheet = Style.sheet(sheetWidth, top + LINE * (entries.size() + 1) + 6);
        Graphics2D g = Style.pen(sheet);
        g.setFont(Style.bold());
        g.drawString(title, 0, top + 16);
        right(g, values, width, top + 16);
        g.setColor(Style.RULE);
        g.draw(new Line2D.Float(0, top + LINE + 1, width, top + LINE + 1));
        int y = top + LINE + 6;
        for (Entry e : entries) {
            swatch(g, e, 0, y);
            g.setFont(Style.text());
            int room = width - SWATCH - 8 - g.getFontMetrics().stringWidth(e.value) - 12;
            g.drawString(Style.fit(e.label, g.getFont(), room), SWATCH + 8, y + 17);
            right(g, e.value, width, y + 17);
            y += LINE;
        }
        g.dispose();
        return sheet;
    }

    private static void right(Graphics2D g, String text, int x, int y) {
        g.drawString(text, x - g.getFontMetrics().stringWidth(text), y);
    }

    private static void swatch(Graphics2D g, Entry e, int x, int y) {
        g.setColor(e.colour);
        if (e.stroke == BOX) {
            g.fill(new RoundRectangle2D.Float(x + SWATCH - 16, y + 5, 14, 14, 4, 4));
        } else if (e.stroke == RING) {
            g.setStroke(RING);
            g.draw(new Ellipse2D.Float(x + SWATCH / 2f - 8, y + LINE / 2f - 7, 14, 14));
        } else {
            g.setStroke(e.stroke);
            g.draw(new Line2D.Float(x, y + LINE / 2f, x + SWATCH - 2, y + LINE / 2f));
        }
        g.setColor(Style.INK);
    }
}
