package anogan.patches;

import java.util.Arrays;

/**
 * The cheapest way through an image from its left edge to its right one, one row per column: dynamic programming, as in
 * Chiu et al., "Automatic segmentation of seven retinal layers in SDOCT images", Optics Express 18 (2010), with columns
 * for the graph.
 */
final class ShortestPath {
    private ShortestPath() {}

    /**
     * @param  cost    of passing each pixel, height × width
     * @param  maxStep by how many rows the path may move from a column to the next
     * @param  stepFee what moving by one row costs
     * @return         a row for every column
     */
    static int[] find(float[] cost, int height, int width, int maxStep, float stepFee) {
        float[] total = new float[height];
        float[] next = new float[height];
        byte[] came = new byte[height * width];
        for (int y = 0; y < height; y++) total[y] = cost[y * width];
        for (int x = 1; x < width; x++) {
            for (int y = 0; y < height; y++) {
                float best = Float.POSITIVE_INFINITY;
                for (int step = -maxStep; step <= maxStep; step++) {
                    int from = y + step;
                    if (from < 0 || from >= height) continue;
                    float sum = total[from] + stepFee * Math.abs(step);
                    if (sum < best) {
                        best = sum;
                        came[y * width + x] = (byte) step;
                    }
                }
                next[y] = best + cost[y * width + x];
            }
            System.arraycopy(next, 0, total, 0, height);
        }
        int[] path = new int[width];
        int end = 0;
        for (int y = 1; y < height; y++) if (total[y] < total[end]) end = y;
        Arrays.fill(path, end);
        for (int x = width - 1; x > 0; x--) path[x - 1] = path[x] + came[path[x] * width + x];
        return path;
    }
}
