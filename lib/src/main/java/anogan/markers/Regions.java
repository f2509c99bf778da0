package anogan.markers;

import java.util.Arrays;

/**
 * Connected regions of a mask: annotated pixels that touch, also at a corner (8-neighbourhood), are one lesion.
 *
 * @param label for each pixel 0 outside the mask, else the number of its region from 1, in reading order of the
 *              regions' first pixels
 * @param count number of regions
 */
public record Regions(int[] label, int count) {
    /** @param mask {@code height * width} pixels, row by row */
    public static Regions of(boolean[] mask, int height, int width) {
        if (mask.length != height * width) {
            throw new IllegalArgumentException("a mask of " + mask.length + " pixels is not " + height + " x " + width);
        }
        int[] label = new int[mask.length];
        int[] stack = new int[64];
        int count = 0;
        for (int start = 0; start < mask.length; start++) {
            if (!mask[start] || label[start] != 0) continue;
            label[start] = ++count;
            stack[0] = start;
            for (int size = 1; size > 0;) {
                int pixel = stack[--size];
                if (size + 8 > stack.length) stack = Arrays.copyOf(stack, 2 * stack.length);
                int y = pixel / width;
                int x = pixel % width;
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        int neighbour = v * width + u;
                        if (mask[neighbour] && label[neighbour] == 0) {
                            label[neighbour] = count;
                            stack[size++] = neighbour;
                        }
                    }
                }
            }
        }
        return new Regions(label, count);
    }
}
