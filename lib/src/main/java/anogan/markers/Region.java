package anogan.markers;

import java.util.Arrays;
import java.util.Optional;

/**
 * Pixels of a scan that belong together and depart from a drawing in one direction.
 *
 * @param x        left edge of its box in the scan's own pixels
 * @param y        upper edge
 * @param width    of the box
 * @param height   likewise
 * @param mask     which of the box's pixels are in it, {@code height * width}, row by row
 * @param area     how many these are
 * @param um2      in µm², where the spacing of the pixels is known
 * @param meanZ    mean of Z over it: below 0 where it is darker than drawn
 * @param highestZ the Z of largest magnitude, with its sign
 * @param depth    of its pixels on average, from 0 at the ILM to 1 at Bruch's membrane; empty where nothing was
 *                 flattened
 */
public record Region(int x, int y, int width, int height, boolean[] mask, int area, Optional<Double> um2, double meanZ,
        double highestZ, Optional<Double> depth) {
    public Region {
        if (mask.length != width * height)
            throw new IllegalArgumentException(mask.length + " pixels are no box of " + width + " x " + height);
    }

    /** As tables have it. */
    public String sign() {
        return highestZ < 0 ? "dark" : "bright";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Region r && x == r.x && y == r.y && width == r.width && height == r.height
                && Arrays.equals(mask, r.mask) && area == r.area && um2.equals(r.um2) && meanZ == r.meanZ
                && highestZ == r.highestZ && depth.equals(r.depth);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {x, y, width, height, area});
    }
}
