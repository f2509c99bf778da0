package anogan.scoring;

/** Lays patches back into the strip that they were cut from; where they overlap, the mean holds. */
public final class Stitcher {
    private final int height;
    private final int width;
    private final double[] sum;
    private final int[] count;

    /** An empty strip of {@code height} × {@code width}. */
    public Stitcher(int height, int width) {
        this.height = height;
        this.width = width;
        sum = new double[Math.multiplyExact(height, width)];
        count = new int[sum.length];
    }

    /**
     * Adds a patch of size×size values, which begin at {@code offset}, with its upper left corner at ({@code row},
     * {@code column}).
     */
    public void add(int row, int column, int size, float[] values, int offset) {
        if (row < 0 || row + size > height || column < 0 || column + size > width) {
            throw new IllegalArgumentException(
                    "patch at row " + row + ", column " + column + " leaves the strip of " + height + " x " + width);
        }
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int i = (row + y) * width + column + x;
                sum[i] += values[offset + y * size + x];
                count[i]++;
            }
        }
    }

    /** The mean at each pixel, NaN where no patch reached. */
    public float[] mean() {
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) mean[i] = count[i] == 0 ? Float.NaN : (float) (sum[i] / count[i]);
        return mean;
    }
}
