package anogan.scans;

import anogan.io.Fingerprint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a scan looks like in a few numbers, so that a data set can be checked without being kept in memory.
 *
 * @param listed    what it is
 * @param width     columns
 * @param height    rows
 * @param mean      mean grey value, 0 to 255
 * @param deviation standard deviation of grey values
 * @param noise     1.4826 times the median magnitude of what a Gaussian blur of one pixel takes away: how grainy it is,
 *                  in grey values
 * @param digest    SHA-256 of extents and pixels: equal scans have equal digests
 * @param thumbnail 24 × 24 grey values, scaled to mean 0 and length 1; all 0 for a scan of one grey
 * @param coarse    the thumbnail's share at 8 × 8, as coordinates in an orthonormal basis
 * @param masked    whether anomalous pixels are annotated
 * @param doubts    what was seen while reading that is probably not as it should be
 */
public record ScanFacts(Scans.Listed listed, int width, int height, double mean, double deviation, double noise,
        String digest, float[] thumbnail, float[] coarse, boolean masked, List<Doubt> doubts) {
    private static final int EDGE = 24;
    private static final int COARSE = 8;

    /**
     * Reads a scan.
     *
     * @throws anogan.UserError if that cannot be done
     */
    public static ScanFacts of(Scans.Listed listed) {
        Scans.Pixels pixels = listed.read().get();
        GrayImage image = pixels.image();
        float[] values = image.pixels();
        double sum = 0;
        double squares = 0;
        for (float v : values) {
            sum += v;
            squares += v * v;
        }
        double mean = sum / values.length;
        float[] thumbnail = thumbnail(image);
        boolean masked = pixels.mask().map(ScanFacts::anyWhite).orElse(false);
        return new ScanFacts(listed, image.width(), image.height(), mean,
                Math.sqrt(Math.max(0, squares / values.length - mean * mean)), noise(image), digest(image), thumbnail,
                coarse(thumbnail), masked, pixels.doubts());
    }

    private static boolean anyWhite(GrayImage mask) {
        for (float v : mask.pixels()) if (v > 0) return true;
        return false;
    }

    private static double noise(GrayImage image) {
        float[] grain = Gaussian.grain(image.pixels(), image.height(), image.width(), 1);
        Arrays.sort(grain);
        return Gaussian.MEDIAN_TO_SD * grain[grain.length / 2];
    }

    private static String digest(GrayImage image) {
        byte[] size = ByteBuffer.allocate(8).putInt(image.height()).putInt(image.width()).array();
        return new Fingerprint().add(size).add(image.toBytes()).hex();
    }

    private static float[] thumbnail(GrayImage image) {
        float[] small = image.resize(EDGE, EDGE).pixels().clone();
        double mean = 0;
        for (float v : small) mean += v / small.length;
        double length = 0;
        for (int i = 0; i < small.length; i++) {
            small[i] -= (float) mean;
            length += small[i] * small[i];
        }
        for (int i = 0; i < small.length; i++) small[i] = length > 1e-6 ? (float) (small[i] / Math.sqrt(length)) : 0;
        return small;
    }

    private static float[] coarse(float[] thumbnail) {
        int block = EDGE / COARSE;
        float[] coarse = new float[COARSE * COARSE];
        for (int i = 0; i < thumbnail.length; i++)
            coarse[i / EDGE / block * COARSE + i % EDGE / block] += thumbnail[i] / block;
        return coarse;
    }

    /**
     * Whether the thumbnails' correlation is at least so high. Most pairs are settled by the coarse parts, for what is
     * left adds at most the product of its lengths.
     */
    public boolean isLike(ScanFacts other, double correlation) {
        double rest = Math
                .sqrt(Math.max(0, 1 - dot(coarse, coarse)) * Math.max(0, 1 - dot(other.coarse, other.coarse)));
        return dot(coarse, other.coarse) + rest >= correlation && dot(thumbnail, other.thumbnail) >= correlation;
    }

    private static double dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }
}
