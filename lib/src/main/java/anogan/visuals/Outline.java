package anogan.visuals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The edge of a mask as the data of an SVG path: closed lines along the edges of its pixels, holes included, to be
 * filled by the rule {@code evenodd}.
 */
final class Outline {
    private final int width;
    /** Edges that are not drawn yet: where each corner leads, at most two ways, clockwise around the mask. */
    private final Map<Integer, int[]> next = new LinkedHashMap<>();

    private Outline(int width) {
        this.width = width;
    }

    /** @param left added to every column, as {@code top} is to every row */
    static String path(boolean[] mask, int height, int width, int left, int top) {
        Outline outline = new Outline(width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (!mask[y * width + x]) continue;
                if (y == 0 || !mask[(y - 1) * width + x]) outline.edge(x, y, x + 1, y);
                if (x == width - 1 || !mask[y * width + x + 1]) outline.edge(x + 1, y, x + 1, y + 1);
                if (y == height - 1 || !mask[(y + 1) * width + x]) outline.edge(x + 1, y + 1, x, y + 1);
                if (x == 0 || !mask[y * width + x - 1]) outline.edge(x, y + 1, x, y);
            }
        }
        StringBuilder path = new StringBuilder();
        while (!outline.next.isEmpty()) outline.draw(outline.next.keySet().iterator().next(), left, top, path);
        return path.toString();
    }

    private void edge(int x, int y, int toX, int toY) {
        int to = toY * (width + 1) + toX;
        next.merge(y * (width + 1) + x, new int[] {to}, (a, b) -> new int[] {a[0], b[0]});
    }

    /** One closed line; corners on a straight line are left away. */
    private void draw(int start, int left, int top, StringBuilder path) {
        int before = take(start);
        int direction = before - start;
        path.append('M').append(point(start, left, top));
        for (int at = before; at != start; at = before) {
            before = take(at);
            if (before - at != direction) path.append('L').append(point(at, left, top));
            direction = before - at;
        }
        path.append('Z');
    }

    /** Where the edge from this corner leads; it counts as drawn. */
    private int take(int corner) {
        int[] ways = Objects.requireNonNull(next.remove(corner), "the line has an end");
        if (ways.length == 2) next.put(corner, new int[] {ways[1]});
        return ways[0];
    }

    private String point(int corner, int left, int top) {
        return (corner % (width + 1) + left) + " " + (corner / (width + 1) + top);
    }
}
