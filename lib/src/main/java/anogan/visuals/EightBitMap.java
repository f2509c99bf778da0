package anogan.visuals;

import java.awt.image.BufferedImage;

/**
 * A map as bytes: 0 where there is no value, 1 to 255 from {@code low} to {@code high}, evenly. So
 * {@code low + (level − 1) / 254 · (high − low)} is off by half a step at most, one 508th of the range.
 *
 * @param low    the least value
 * @param high   the greatest
 * @param levels row by row
 */
record EightBitMap(double low, double high, byte[] levels, int height, int width) {
    /** @param values what is no finite number counts as no value */
    static EightBitMap of(float[] values, int height, int width) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : values) {
            if (!Float.isFinite(v)) continue;
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        byte[] levels = new byte[values.length];
        if (low > high) return new EightBitMap(0, 0, levels, height, width);
        double step = Math.max(((double) high - low) / 254, Float.MIN_VALUE);
        for (int i = 0; i < levels.length; i++)
            if (Float.isFinite(values[i])) levels[i] = (byte) (1 + Math.round(((double) values[i] - low) / step));
        return new EightBitMap(low, high, levels, height, width);
    }

    /**
     * As a PNG of what each level adds to those at its left and above it, less the one between them (modulo 256): maps
     * are smooth, so that these are small numbers, and the file is by a third smaller.
     */
    byte[] png() {
        byte[] changes = new byte[levels.length];
        for (int i = 0; i < changes.length; i++) {
            int left = i % width == 0 ? 0 : levels[i - 1];
            int above = i < width ? 0 : levels[i - width];
            int between = i % width == 0 || i < width ? 0 : levels[i - width - 1];
            changes[i] = (byte) (levels[i] - left - above + between);
        }
        return Figure.encoded(picture(changes, height, width), "png", 0.35f);   // smaller files take thrice the time
    }

    /** Bytes as a grey picture. */
    static BufferedImage picture(byte[] levels, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, levels);
        return image;
    }
}
