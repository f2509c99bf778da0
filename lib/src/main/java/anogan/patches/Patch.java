package anogan.patches;

/**
 * Where a patch is cut: a square of {@link PrepareOptions#size()} pixels out of a scan's flattened strip.
 *
 * @param scan   index into {@link Patches#scans()}
 * @param row    top row in the strip
 * @param column left column in the strip
 * @param label  1 if at least one pixel of the patch is annotated as anomalous (the paper's definition), 0 if none is
 *               or the scan is normal, {@code
 *               null} if nobody knows: an anomalous scan without a mask
 */
public record Patch(int scan, int row, int column, Integer label) {
    /** The patch's part of something that is known for every pixel of the strip. */
    public boolean[] cut(boolean[] strip, int stripWidth, int size) {
        boolean[] own = new boolean[size * size];
        for (int y = 0; y < size; y++) System.arraycopy(strip, (row + y) * stripWidth + column, own, y * size, size);
        return own;
    }
}
