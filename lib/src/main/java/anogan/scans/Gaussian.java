package anogan.scans;

/**
 * Gaussian smoothing and its derivative, separable, with mirrored borders (the edge pixel is repeated) and kernels cut
 * at four standard deviations: what {@code scipy.ndimage.gaussian_filter} does by default.
 */
public final class Gaussian {
    /** A median magnitude of normal noise times this is its standard deviation. */
    public static final double MEDIAN_TO_SD = 1.4826;

    private Gaussian() {}

    /**
     * An image smoothed along its rows' direction by {@code sigmaColumns} pixels and down its columns by
     * {@code sigmaRows}; 0 leaves a direction alone.
     */
    public static float[] blur(float[] image, int height, int width, double sigmaRows, double sigmaColumns) {
        return columns(rows(image, height, width, kernel(sigmaColumns)), height, width, kernel(sigmaRows));
    }

    /**
     * The change of brightness per row, downwards, of the image smoothed likewise: positive where dark turns to bright.
     */
    public static float[] downwardSlope(float[] image, int height, int width, double sigmaRows, double sigmaColumns) {
        return columns(rows(image, height, width, kernel(sigmaColumns)), height, width, derivative(sigmaRows));
    }

    /** A line smoothed by {@code sigma} pixels. */
    public static float[] blur(float[] line, double sigma) {
        return rows(line, 1, line.length, kernel(sigma));
    }

    private static float[] rows(float[] image, int height, int width, float[] kernel) {
        if (kernel.length == 1) return image.clone();
        int radius = kernel.length / 2;
        float[] padded = new float[width + 2 * radius];
        float[] out = new float[image.length];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < padded.length; i++) padded[i] = image[y * width + mirrored(i - radius, width)];
            int k = 0;   // the inner loops run over columns, so that the compiler can vectorise them
            for (; k + 3 < kernel.length; k += 4) four(out, y * width, padded, k, kernel, k, width);
            for (; k < kernel.length; k++)
                for (int x = 0; x < width; x++) out[y * width + x] += kernel[k] * padded[x + k];
        }
        return out;
    }

    /** Adds four weighted neighbours, one after the other, so that the sums are those of one at a time. */
    private static void four(float[] out, int at, float[] line, int from, float[] kernel, int k, int width) {
        float first = kernel[k];
        float second = kernel[k + 1];
        float third = kernel[k + 2];
        float fourth = kernel[k + 3];
        for (int x = 0; x < width; x++) out[at + x] = out[at + x] + first * line[from + x] + second * line[from + x + 1]
                + third * line[from + x + 2] + fourth * line[from + x + 3];
    }

    private static float[] columns(float[] image, int height, int width, float[] kernel) {
        if (kernel.length == 1) return image.clone();
        int radius = kernel.length / 2;
        float[] out = new float[image.length];
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < kernel.length; k++) {
                int from = mirrored(y + k - radius, height) * width;
                float weight = kernel[k];
                for (int x = 0; x < width; x++) out[y * width + x] += weight * image[from + x];
            }
        }
        return out;
    }

    private static int mirrored(int i, int n) {
        int at = Math.floorMod(i, 2 * n);
        return at < n ? at : 2 * n - 1 - at;
    }

    private static float[] kernel(double sigma) {
        int radius = (int) (4 * sigma + 0.5);
        double[] k = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            k[i + radius] = sigma > 0 ? Math.exp(-0.5 * i * i / (sigma * sigma)) : 1;
            sum += k[i + radius];
        }
        float[] normalised = new float[k.length];
        for (int i = 0; i < k.length; i++) normalised[i] = (float) (k[i] / sum);
        return normalised;
    }

    private static float[] derivative(double sigma) {
        float[] k = kernel(sigma);
        int radius = k.length / 2;
        for (int i = -radius; i <= radius; i++) k[i + radius] *= (float) (i / (sigma * sigma));
        return k;
    }

    /** The grain of a picture: by how much each pixel leaves its blurred surroundings, |x − blur(x)|. */
    public static float[] grain(float[] pixels, int height, int width, double sigma) {
        float[] grain = blur(pixels, height, width, sigma, sigma);
        for (int i = 0; i < grain.length; i++) grain[i] = Math.abs(pixels[i] - grain[i]);
        return grain;
    }
}
