package anogan.visuals;

import java.util.List;

/** The upper and the lower edge of a region that every column crosses once, as lines to trace. */
final class Edges {
    private Edges() {}

    /**
     * Rows of the first and the last pixel inside, column by column; columns that are not crossed repeat their
     * neighbour's.
     */
    static List<float[]> of(boolean[] inside, int height, int width) {
        float[] upper = new float[width];
        float[] lower = new float[width];
        for (int x = 0; x < width; x++) {
            int first = 0;
            while (first < height && !inside[first * width + x]) first++;
            int last = height - 1;
            while (last > first && !inside[last * width + x]) last--;
            boolean crossed = first < height;
            upper[x] = crossed ? first : x > 0 ? upper[x - 1] : 0;
            lower[x] = crossed ? last : x > 0 ? lower[x - 1] : height - 1;
        }
        return List.of(upper, lower);
    }
}
