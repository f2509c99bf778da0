package anogan.patches;

import anogan.scans.Label;

/**
 * Where a patch is cut: a square of {@link PrepareOptions#size()} pixels out of a scan's flattened strip.
 *
 * @param scan   index into {@link Patches#scans()}
 * @param row    top row in the strip
 * @param column left column in the strip
 * @param label  anomalous if at least one pixel of the patch is annotated so (the paper's definition), normal if none
 *               is or the scan is normal, unknown in an anomalous scan without a mask; of a patch that is a whole scan
 *               (not flattened) the scan's own
 */
public record Patch(int scan, int row, int column, Label label) {
    /** The patch's part of something that is known for every pixel of the strip. */
    public boolean[] cut(boolean[] strip, int stripWidth, int size) {
        boolean[] own = new boolean[size * size];
        for (int y = 0; y < size; y++) System.arraycopy(strip, (row + y) * stripWidth + column, own, y * size, size);
        return own;
    }
}
