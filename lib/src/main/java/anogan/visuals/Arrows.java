package anogan.visuals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Arrows, straight, with a filled head at their end. */
final class Arrows {
    private static final double HEAD = 7;

    private Arrows() { }

    static void draw(Graphics2D g, double x0, double y0, double x1, double y1, Color colour) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        double dx = (x1 - x0) / length;
        double dy = (y1 - y0) / length;
        g.setColor(colour);
        g.setStroke(Style.solid(2));
        g.draw(new Line2D.Double(x0, y0, x1 - HEAD * dx, y1 - HEAD * dy));
        Path2D head = new Path2D.Double();
        head.moveTo(x1, y1);
        head.lineTo(x1 - HEAD * dx - 0.6 * HEAD * dy, y1 - HEAD * dy + 0.6 * HEAD * dx);
        head.lineTo(x1 - HEAD * dx + 0.6 * HEAD * dy, y1 - HEAD * dy - 0.6 * HEAD * dx);
        head.closePath();
        g.fill(head);
    }
}
