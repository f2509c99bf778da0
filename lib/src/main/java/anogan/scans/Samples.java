package anogan.scans;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;

/**
 * The numbers of one picture as its file holds them, upright, before anything is made grey of them: what a mask is read
 * from, and what a scan's grey values and the range of a data set are computed from.
 *
 * @param height   rows
 * @param width    columns
 * @param bands    numbers a pixel: 1 or 2 of {@code GREY}, 3 or 4 of {@code RGB}, 4 or 5 of {@code CMYK}, 1 of
 *                 {@code INDEX}
 * @param values   {@code height * width * bands} numbers, row by row, a pixel's side by side; numbers that say "no
 *                 data" stay as they are (NaN, infinite, largest of all)
 * @param meaning  what they are
 * @param alpha    whether the last of a pixel's numbers is its opacity
 * @param type     which numbers the file could hold
 * @param declared black and white, where the file or its format leaves no doubt; {@code INDEX} needs none
 * @param window   black and white as the file would like to be shown, which is heeded if a data set's files agree
 * @param palette  colours 0xRRGGBB by index, of {@code INDEX}; else empty
 */
record Samples(int height, int width, int bands, float[] values, Meaning meaning, boolean alpha, NumberType type,
        Optional<GreyRange> declared, Optional<GreyRange> window, int[] palette) {
    /**
     * What a pixel's numbers are: light, light of three colours, cyan, magenta, yellow and black ink, or a number in a
     * palette.
     */
    enum Meaning {
        GREY, RGB, CMYK, INDEX
    }

    private static final int[] NO_PALETTE = {};

    Samples {
        if (height < 1 || width < 1 || bands < 1 || (long) height * width * bands != values.length) {
            throw new IllegalArgumentException(
                    height + " x " + width + " x " + bands + " do not fit " + values.length + " numbers");
        }
    }

    /** Of one number a pixel. */
    static Samples grey(int height, int width, float[] values, NumberType type, Optional<GreyRange> declared) {
        return new Samples(height, width, 1, values, Meaning.GREY, false, type, declared, Optional.empty(), NO_PALETTE);
    }

    /** Of bytes, one a pixel or three for red, green and blue. */
    static Samples bytes(int height, int width, int bands, float[] values) {
        return new Samples(height, width, bands, values, bands == 1 ? Meaning.GREY : Meaning.RGB, false,
                NumberType.UINT8, Optional.of(GreyRange.BYTE), Optional.empty(), NO_PALETTE);
    }

    /**
     * What a reader of {@code javax.imageio} decoded.
     *
     * @param  bits        of a number, or 0: as the picture says
     * @param  type        of the numbers, where the file says more than the picture
     * @throws IOException if its colours are of a kind that nobody can make grey
     */
    static Samples of(BufferedImage image, int bits, Optional<NumberType> type) throws IOException {
        Raster raster = image.getRaster();
        ColorModel colours = image.getColorModel();
        int[] sizes = raster.getSampleModel().getSampleSize();
        int bands = raster.getNumBands();
        int first = bits > 0 ? bits : sizes[0];
        NumberType numbers = type.orElse(NumberType.whole(first, false));
        float[] values = values(raster, sizes, numbers);
        Optional<GreyRange> declared = numbers == NumberType.UINT8 || (numbers == NumberType.UINT16 && first < 16)
                ? Optional.of(GreyRange.ofBits(first))
                : Optional.empty();
        if (colours instanceof IndexColorModel palette)
            return indexed(image.getHeight(), image.getWidth(), values, first, palette);
        Meaning meaning = meaning(colours, bands);
        int own = meaning == Meaning.GREY ? 1 : meaning == Meaning.RGB ? 3 : 4;
        boolean alpha = bands == own + 1;
        return new Samples(image.getHeight(), image.getWidth(), bands, values, meaning, alpha, numbers, declared,
                Optional.empty(), NO_PALETTE);
    }

    private static Meaning meaning(ColorModel colours, int bands) throws IOException {
        int space = colours.getColorSpace().getType();
        if (space == ColorSpace.TYPE_CMYK && bands >= 4 && bands <= 5) return Meaning.CMYK;
        if (space == ColorSpace.TYPE_GRAY && bands <= 2) return Meaning.GREY;
        if (space == ColorSpace.TYPE_RGB && bands >= 3 && bands <= 4) return Meaning.RGB;
        throw new IOException("it has " + bands + " channels whose colours are not read; save it as grey or RGB");
    }

    private static float[] values(Raster raster, int[] sizes, NumberType type) {
        int w = raster.getWidth();
        int bands = sizes.length;
        float[] values = new float[raster.getHeight() * w * bands];
        double[] row = new double[w];
        double turn = type == NumberType.FLOAT ? 0 : type.most() - type.least() + 1;
        for (int band = 0; band < bands; band++) {
            // channels may differ in depth: 5, 6, 5
            double scale = sizes[band] == sizes[0] ? 1 : (Math.pow(2, sizes[0]) - 1) / (Math.pow(2, sizes[band]) - 1);
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, w, 1, band, row);
                for (int x = 0; x < w; x++) {
                    double v = row[x];   // Java may have taken a signed number for an unsigned one, or the other way round
                    if (turn > 0 && v > type.most()) v -= turn;
                    if (turn > 0 && v < type.least()) v += turn;
                    values[(y * w + x) * bands + band] = (float) (scale * v);
                }
            }
        }
        return values;
    }

    /** The same, its colours having been stored multiplied with their opacity. */
    Samples divided() {
        if (!alpha || type == NumberType.FLOAT) return this;
        float most = (float) type.most();
        float[] divided = values.clone();
        for (int i = 0; i < values.length; i += bands) {
            float opacity = values[i + bands - 1];
            if (opacity > 0)
                for (int b = 0; b < bands - 1; b++) divided[i + b] = Math.min(most, values[i + b] * most / opacity);
        }
        return new Samples(height, width, bands, divided, meaning, true, type, declared, window, palette);
    }

    /** A palette that is but the greys in their order, or in the opposite order, is no palette. */
    static Samples indexed(int height, int width, float[] values, int bits, IndexColorModel model) {
        int n = model.getMapSize();
        int[] palette = new int[n];
        model.getRGBs(palette);
        boolean rising = n == 1 << bits;
        boolean falling = rising;
        for (int i = 0; i < n; i++) {
            palette[i] &= 0xffffff;
            int level = Math.round(255f * i / (n - 1)) * 0x010101;
            rising &= palette[i] == level;
            falling &= palette[i] == 0xffffff - level;
        }
        if (!rising && !falling) return new Samples(height, width, 1, values, Meaning.INDEX, false, NumberType.UINT8,
                Optional.empty(), Optional.empty(), palette);
        if (falling) for (int i = 0; i < values.length; i++) values[i] = n - 1 - values[i];
        return grey(height, width, values, NumberType.UINT8, Optional.of(GreyRange.ofBits(bits)));
    }

    /** The same, its white being the largest number of so many bits, as its file says. */
    Samples declaring(int bits) {
        return bits < 8 || bits > 15 ? this : declaring(Optional.of(GreyRange.ofBits(bits)));
    }

    /**
     * The same with black and white as its file says. That is believed of whole numbers that are no larger, and where
     * it is more than what they could be anyway: programs write down their type's largest number without a look.
     */
    Samples declaring(Optional<GreyRange> range) {
        boolean sound = declared.isEmpty() && range.isPresent() && type == NumberType.UINT16
                && range.get().white() < type.most();
        for (int i = 0; sound && i < values.length; i++) sound = values[i] <= range.get().white();
        return sound ? new Samples(height, width, bands, values, meaning, alpha, type, range, window, palette) : this;
    }

    /**
     * The picture turned upright.
     *
     * @param orientation as EXIF and TIFF number it, 1 to 8: which corner and side the first row and column are; 1 is
     *                    upright
     */
    Samples turned(int orientation) {
        if (orientation < 2 || orientation > 8) return this;
        boolean transposed = orientation > 4;
        int h = transposed ? width : height;
        int w = transposed ? height : width;
        boolean flipX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean flipY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        float[] turned = new float[values.length];
        for (int y = 0, i = 0; y < h; y++) {
            for (int x = 0; x < w; x++, i += bands) {
                int fromX = transposed ? y : x;
                int fromY = transposed ? x : y;
                if (flipX) fromX = width - 1 - fromX;
                if (flipY) fromY = height - 1 - fromY;
                System.arraycopy(values, (fromY * width + fromX) * bands, turned, i, bands);
            }
        }
        return new Samples(h, w, bands, turned, meaning, alpha, type, declared, window, palette);
    }

    /** Grey values of a picture by itself, of which no other tells what its numbers mean. */
    GrayImage grey() {
        Intensities own = new Intensities();
        own.add(() -> this);
        return own.grey("", this);
    }

    /** The same, to be shown in a window. */
    Samples shownIn(GreyRange range) {
        return new Samples(height, width, bands, values, meaning, alpha, type, declared, Optional.of(range), palette);
    }

    /**
     * Grey values, 0 to 255: colours become luma (ITU-R BT.601), opacity has no say, inks darken white paper one after
     * the other. What is no number, or too large for any measurement, is "no data" and white, as padding is.
     *
     * @param range black and white; of a palette's colours, which are what they are, it is not asked
     */
    GrayImage grey(GreyRange range) {
        float black = (float) range.black();
        float scale = (float) (255 / (range.white() - range.black()));
        float[] pixels = new float[height * width];
        for (int p = 0, i = 0; p < pixels.length; p++, i += bands) {
            float grey = switch (meaning) {
                case GREY -> scale * (values[i] - black);
                case RGB -> scale * (GrayImage.luma(values[i], values[i + 1], values[i + 2]) - black);
                case CMYK -> paper(scale, black, i);
                case INDEX -> luma(palette[Math.min((int) values[i], palette.length - 1)]);
            };
            pixels[p] = isData(values[i]) ? Math.max(0, Math.min(255, grey)) : 255;
        }
        return new GrayImage(height, width, pixels);
    }

    /** The largest number of all but opacity, and of what is no data. */
    float most() {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            boolean opacity = alpha && i % bands == bands - 1;
            if (!opacity && isData(values[i])) most = Math.max(most, values[i]);
        }
        return most;
    }

    /** Whether a number was measured: files say that there is none by NaN, or by the largest number there is. */
    static boolean isData(float value) {
        return Math.abs(value) < 1e37f;   // false for NaN
    }

    private float paper(float scale, float black, int i) {
        float light = 255 - scale * (values[i + 3] - black);
        float inks = scale * (GrayImage.luma(values[i], values[i + 1], values[i + 2]) - black);
        return light * (255 - inks) / 255;
    }

    private static float luma(int colour) {
        return GrayImage.luma(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
    }
}
