package anogan.patches;

import anogan.UserError;
import anogan.scans.GreyRange;
import anogan.scans.SplitOptions;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;

/**
 * How scans become strips and patches. A number given as 0 means "the usual one", noted in brackets; the record then
 * holds that number.
 *
 * <p>
 * The paper's choice: patches of 64×64 out of flattened retinas. Rows are scaled so that a healthy retina fills
 * {@value #HEALTHY} of the strip's height, in whatever pixels a scanner delivers it: a retina that fluid has swollen to
 * more than twice that still lies in the strip, with some choroid below it.
 *
 * @param size          edge of a patch, 32 or 64; also the height of a flattened strip
 * @param columns       width that scans are resized to before anything else [8·size]; the height follows at the same
 *                      ratio
 * @param rows          height that scans are resized to [0: by the same ratio as the width, times {@code scale}]
 * @param scale         how much flatter than by the ratio of the width [0: measured on the training scans, so that a
 *                      healthy retina is as thick as it should be]; without a say where {@code rows} is given
 * @param up            rows of the strip above the reference line, which follows Bruch's membrane [57/64·size]
 * @param flatten       false: no boundaries; the whole image is resized to one patch of size×size (photographs, digits)
 * @param stride        distance between evaluation patches [size/2]
 * @param validation    share of the normal training scans that are not trained on but set thresholds, in whole groups,
 *                      0 to 1
 * @param test          share of the normal scans that are tested, where the source does not say which, in whole groups,
 *                      0 to 1
 * @param normalClasses names of the classes that are normal
 * @param seed          decides which group goes where
 * @param minConfidence training and validation scans whose boundaries are less sure than this are left out, 0 to 1;
 *                      scans of any split in which a retina is hardly seen ({@link #minVisible}) are no scans of a
 *                      retina and left out too
 * @param range         the two numbers that are black and white in files of numbers other than bytes [none: what a file
 *                      says, else what all scans of the data set use]
 * @param pixels        what is done to pixels before anything else
 */
public record PrepareOptions(int size, int columns, int rows, @JsonSetter(nulls = Nulls.AS_EMPTY) double scale, int up,
        boolean flatten, int stride, double validation, double test, List<String> normalClasses, long seed,
        double minConfidence, List<Double> range, PixelOptions pixels) {
    /** Share of the strip's height that a healthy retina fills. */
    static final double HEALTHY = 0.38;
    private static final double VISIBLE = 0.6;

    public PrepareOptions {
        SplitOptions split = new SplitOptions(normalClasses, validation, test, seed);
        check(size == 32 || size == 64, "option size must be 32 or 64, not %s", size);
        if (columns == 0) columns = 8 * size;
        if (up == 0) up = size * 57 / 64;
        if (stride == 0) stride = size / 2;
        check(columns >= size && columns <= 4096, "option columns must be between the patch size and 4096, not %s",
                columns);
        check(rows == 0 || (rows >= size && rows <= 4096),
                "option rows must be 0 (keep the aspect ratio) or between the patch size and 4096, not %s", rows);
        check(scale == 0 || (scale > 0.01 && scale < 100), "option scale must be between 0.01 and 100, not %s", scale);
        check(up > 0 && up < size, "option up must be between 1 and the patch size, not %s", up);
        check(stride > 0 && stride <= size, "option stride must be between 1 and the patch size, not %s", stride);
        check(minConfidence >= 0 && minConfidence <= 1, "option min-confidence must be between 0 and 1, not %s",
                minConfidence);
        range = range == null ? List.of() : List.copyOf(range);   // by an older version
        check(range.isEmpty()
                || (range.size() == 2 && range.get(0) < range.get(1) && Double.isFinite(range.get(1) - range.get(0))),
                "option range must be two numbers, black and white, the smaller one first, not %s", range);
        normalClasses = split.normalClasses();
        pixels = pixels == null ? PixelOptions.defaults() : pixels;   // of an older version
    }

    /** The paper's patches of 64×64. */
    public static PrepareOptions defaults() {
        return defaults(64);
    }

    public static PrepareOptions defaults(int size) {
        SplitOptions split = SplitOptions.defaults();
        return new PrepareOptions(size, 0, 0, 0.0, 0, true, 0, split.validation(), split.test(), split.normalClasses(),
                split.seed(), 0.5, List.of(), PixelOptions.defaults());
    }

    public PrepareOptions withColumns(int columns) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withRows(int rows) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withScale(double scale) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withUp(int up) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withFlatten(boolean flatten) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withStride(int stride) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withValidation(double validation) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withTest(double test) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withNormalClasses(List<String> normalClasses) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withSeed(long seed) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withMinConfidence(double minConfidence) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    /** @param range black and white; none for what the files and the data set say */
    public PrepareOptions withRange(List<Double> range) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    public PrepareOptions withPixels(PixelOptions pixels) {
        return new PrepareOptions(size, columns, rows, scale, up, flatten, stride, validation, test, normalClasses,
                seed, minConfidence, range, pixels);
    }

    /**
     * Share of the columns in which a retina must be seen in a scan of any split. It is laxer than
     * {@code minConfidence}: a sick retina's boundaries may be lost in places, and a normal scan of that kind is judged
     * as a new patient's would be.
     */
    public double minVisible() {
        return VISIBLE * minConfidence;
    }

    /** Rows of the strip from the reference line downwards. */
    public int down() {
        return size - up;
    }

    /** What of this decides which scans are learned from. */
    public SplitOptions split() {
        return new SplitOptions(normalClasses, validation, test, seed);
    }

    /** Black and white, where they are given. */
    Optional<GreyRange> greyRange() {
        return range.isEmpty() ? Optional.empty() : Optional.of(new GreyRange(range.get(0), range.get(1)));
    }

    /** Width of a strip. */
    public int stripWidth() {
        return flatten ? columns : size;
    }

    /** Height at which a scan of the given extents is worked on. */
    int workingHeight(int height, int width) {
        if (!flatten) return size;
        if (rows > 0) return rows;
        double ratio = scale == 0 ? 1 : scale;   // an older version's folder has none: AS_EMPTY; or not yet measured
        return Math.max(1, (int) Math.round(ratio * height * columns / width));
    }

    /** Rows of the strip that a healthy retina should fill. */
    double healthyRows() {
        return HEALTHY * size;
    }

    private static void check(boolean holds, String sentence, Object value) {
        if (!holds) throw UserError.usage(sentence + ".", value);
    }
}
