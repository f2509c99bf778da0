package anogan.patches;

import anogan.io.FloatArray;
import anogan.scans.GrayImage;

/**
 * The way between a scan's own pixels and its strip, both directions.
 *
 * <p>
 * The scan is first resized to the working extents; then each column is shifted, by parts of a pixel, until the
 * reference line is straight at strip row {@code up}: <pre>
 *   own pixel (r, c)  →  working (r', c') = ((r + ½)·workingHeight / height − ½, (c + ½)·columns / width − ½)
 *                     →  strip (r' − reference[c'] + up, c')
 * </pre>
 *
 * @param workingHeight rows of the resized scan
 * @param reference     for every column of the resized scan, the row that comes to lie at strip row {@code up}
 * @param up            strip rows above the reference
 * @param stripHeight   rows of the strip
 */
record StripGeometry(int workingHeight, float[] reference, int up, int stripHeight) {

    int stripWidth() {
        return reference.length;
    }

    /** The strip of a working scan; rows that the scan does not have get the value {@code outside}. */
    float[] flatten(GrayImage working, float outside) {
        int w = stripWidth();
        float[] strip = new float[stripHeight * w];
        for (int x = 0; x < w; x++) {
            for (int y = 0; y < stripHeight; y++) {
                float row = y - up + reference[x];
                strip[y * w + x] = row < -0.5f || row > working.height() - 0.5f ? outside
                        : between(working.pixels(), x, w, working.height(), row);
            }
        }
        return strip;
    }

    /** Strip values in the scan's own pixels, bilinear, NaN where the strip does not reach. */
    FloatArray unflatten(float[] strip, int height, int width) {
        if (strip.length != stripHeight * stripWidth())
            throw new IllegalArgumentException(strip.length + " values are no strip");
        float[] own = new float[Math.multiplyExact(height, width)];
        for (int c = 0; c < width; c++) {
            float x = workingColumn(c, width);
            int left = Math.min((int) x, Math.max(0, stripWidth() - 2));
            int right = Math.min(left + 1, stripWidth() - 1);
            float share = x - left;
            float ref = interpolate(reference, x);
            for (int r = 0; r < height; r++) {
                float y = workingRow(r, height) - ref + up;
                own[r * width + c] = y < -0.5f || y > stripHeight - 0.5f ? Float.NaN
                        : (1 - share) * between(strip, left, stripWidth(), stripHeight, y)
                                + share * between(strip, right, stripWidth(), stripHeight, y);
            }
        }
        return new FloatArray(own, height, width);
    }

    /** A line given in working rows, in rows of the strip. */
    float[] inStrip(float[] line) {
        float[] rows = new float[line.length];
        for (int x = 0; x < rows.length; x++) rows[x] = line[x] - reference[x] + up;
        return rows;
    }

    /** Which pixels of the strip lie between two lines given in working rows. */
    boolean[] betweenInStrip(float[] upper, float[] lower) {
        int w = stripWidth();
        boolean[] inside = new boolean[stripHeight * w];
        for (int i = 0; i < inside.length; i++) {
            int x = i % w;
            float row = i / w - up + reference[x];
            inside[i] = row >= upper[x] && row <= lower[x];
        }
        return inside;
    }

    /** Which of the scan's own pixels lie between two lines given in working rows. */
    boolean[] betweenInScan(float[] upper, float[] lower, int height, int width) {
        float[] depth = depthInScan(upper, lower, height, width);
        boolean[] inside = new boolean[depth.length];
        for (int i = 0; i < inside.length; i++) inside[i] = !Float.isNaN(depth[i]);
        return inside;
    }

    /** How far the scan's own pixels lie from the upper line, 0, to the lower one, 1; NaN outside. */
    float[] depthInScan(float[] upper, float[] lower, int height, int width) {
        float[] depth = new float[height * width];
        for (int c = 0; c < width; c++) {
            float x = workingColumn(c, width);
            float top = interpolate(upper, x);
            float bottom = interpolate(lower, x);
            for (int r = 0; r < height; r++) {
                float row = workingRow(r, height);
                boolean inside = row >= top && row <= bottom;
                depth[r * width + c] = !inside ? Float.NaN : bottom > top ? (row - top) / (bottom - top) : 0;
            }
        }
        return depth;
    }

    /** A line given in working rows, in the scan's own: its row at each of the scan's columns. */
    float[] inScan(float[] line, int height, int width) {
        float[] rows = new float[width];
        for (int c = 0; c < width; c++)
            rows[c] = (interpolate(line, workingColumn(c, width)) + 0.5f) * height / workingHeight - 0.5f;
        return rows;
    }

    private float workingRow(int row, int height) {
        return (row + 0.5f) * workingHeight / height - 0.5f;
    }

    private float workingColumn(int column, int width) {
        return Math.max(0, Math.min(stripWidth() - 1, (column + 0.5f) * stripWidth() / width - 0.5f));
    }

    private static float interpolate(float[] line, float x) {
        int left = Math.min((int) x, Math.max(0, line.length - 2));
        return line.length == 1 ? line[0] : line[left] + (x - left) * (line[left + 1] - line[left]);
    }

    /** Linear interpolation down a column; beyond the first and last row their value holds. */
    private static float between(float[] image, int column, int width, int height, float row) {
        float y = Math.max(0, Math.min(height - 1, row));
        int above = Math.min((int) y, Math.max(0, height - 2));
        float first = image[above * width + column];
        return height == 1 ? first : first + (y - above) * (image[(above + 1) * width + column] - first);
    }
}
