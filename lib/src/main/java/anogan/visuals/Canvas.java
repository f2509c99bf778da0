package anogan.visuals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** What a drawing that explains is made of: panels, boxes, arrows, pictures and words at their places, in points. */
final class Canvas {
    private static final Color PANEL = new Color(0xF6F8FA);
    private static final double HEAD = 7;

    private final Graphics2D g;

    /** @param sheet to draw on; {@link #close} in the end */
    Canvas(BufferedImage sheet) {
        g = Style.pen(sheet);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    void close() {
        g.dispose();
    }

    /** A pale ground with a title, for a step of the whole. */
    void panel(String title, int x, int y, int width, int height) {
        g.setColor(PANEL);
        g.fill(new RoundRectangle2D.Float(x, y, width, height, 12, 12));
        heading(title, x + 16, y + 26);
    }

    void heading(String text, double x, double y) {
        g.setFont(Style.heading());
        place(text, x, y, Style.INK);
    }

    /** A rounded box with a name in it. */
    void box(String name, int x, int y, int width, int height, Color fill) {
        g.setColor(fill);
        g.fill(new RoundRectangle2D.Float(x, y, width, height, 10, 10));
        g.setFont(Style.heading());
        place(name, x + width / 2.0 - g.getFontMetrics().stringWidth(name) / 2.0, y + height / 2.0 + 6, Style.INK);
    }

    void words(String text, double x, double y, Color colour) {
        g.setFont(Style.text());
        place(text, x, y, colour);
    }

    void centred(String text, double x, double y, Color colour, boolean bold) {
        g.setFont(bold ? Style.bold() : Style.text());
        place(text, x - g.getFontMetrics().stringWidth(text) / 2.0, y, colour);
    }

    private void place(String text, double x, double y, Color colour) {
        g.setColor(colour);
        g.drawString(text, (float) x, (float) y);
    }

    /** A filled shape with a thin edge: its corners in order. */
    void shape(Color fill, double... corners) {
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

    /**
     * A picture in a place of its own proportions: it keeps hard pixels where it grows, and loses none unseen where it
     * shrinks.
     */
    void picture(BufferedImage picture, Rectangle2D place) {
        int width = (int) place.getWidth();
        int height = (int) place.getHeight();
        boolean shrinks = width * Style.SCALE < picture.getWidth();
        Image drawn = shrinks
                ? picture.getScaledInstance(width * Style.SCALE, height * Style.SCALE, Image.SCALE_AREA_AVERAGING)
                : picture;
        g.drawImage(drawn, (int) place.getX(), (int) place.getY(), width, height, null);
    }

    /** A picture as large as the place allows, at its top left. */
    Rectangle2D fitted(BufferedImage picture, int x, int y, int width, int height) {
        double zoom = Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
        Rectangle2D place = new Rectangle2D.Double(x, y, Math.round(zoom * picture.getWidth()),
                Math.round(zoom * picture.getHeight()));
        picture(picture, place);
        return place;
    }

    void frame(Rectangle2D place, Color colour, float width) {
        g.setColor(colour);
        g.setStroke(Style.solid(width));
        g.draw(place);
    }

    /** White lines that part a strip into patches of so many points. */
    void grid(Rectangle2D strip, double width) {
        g.setColor(Color.WHITE);
        g.setStroke(Style.solid(1.2f));
        for (double x = strip.getX() + width; x < strip.getMaxX() - 1; x += width)
            g.draw(new Line2D.Double(x, strip.getY(), x, strip.getMaxY()));
    }

    /** What follows from what. */
    void arrow(double x0, double y0, double x1, double y1) {
        arrow(x0, y0, x1, y1, Style.MUTED, 2, 0);
    }

    /** An arrow that shows on any picture: white with a dark edge. */
    void pointer(double x0, double y0, double x1, double y1) {
        arrow(x0, y0, x1, y1, Style.INK, 5, 3);
        arrow(x0, y0, x1, y1, Color.WHITE, 2.2f, 0);
    }

    private void arrow(double x0, double y0, double x1, double y1, Color colour, float width, float edge) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        double dx = HEAD * (x1 - x0) / length;
        double dy = HEAD * (y1 - y0) / length;
        g.setColor(colour);
        g.setStroke(Style.solid(width));
        g.draw(new Line2D.Double(x0, y0, x1 - dx, y1 - dy));
        Path2D head = new Path2D.Double();
        head.moveTo(x1, y1);
        head.lineTo(x1 - dx - 0.6 * dy, y1 - dy + 0.6 * dx);
        head.lineTo(x1 - dx + 0.6 * dy, y1 - dy - 0.6 * dx);
        head.closePath();
        g.fill(head);
        if (edge == 0) return;
        g.setStroke(Style.solid(edge));
        g.draw(head);
    }
}
