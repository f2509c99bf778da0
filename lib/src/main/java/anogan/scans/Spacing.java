package anogan.scans;

import anogan.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How far apart the pixels of a scan lie, in µm: 3.87 down a column (axial) and some 11 along a row (lateral) in a
 * typical B-scan; and, in a volume, how far apart its slices are. Two devices show one retina in different shapes; this
 * is what tells them apart.
 *
 * <p>
 * It comes from the header of a {@code .vol}, NIfTI or DICOM file, or from the user
 * ({@link Scans#withSpacing(Spacing)}), and is never guessed: the resolution in dots per inch that PNG, TIFF and JPEG
 * carry is that of a screen or printer, and is not asked. A scan carries it as the attributes {@value #ROW_UM},
 * {@value #COLUMN_UM} and, where it is known, {@value #SLICE_UM}.
 *
 * @param row    from a row to the next one below
 * @param column from a column to the next one
 * @param slice  from a slice of a volume to the next one; empty where that is unknown, or slices are not parallel
 */
public record Spacing(double row, double column, Optional<Double> slice) {
    public static final String ROW_UM = "row_um";
    public static final String COLUMN_UM = "column_um";
    public static final String SLICE_UM = "slice_um";
    private static final double LEAST = 0.01;
    private static final double MOST = 100_000;

    /** @throws UserError if one of them is no distance */
    public Spacing {
        if (!isDistance(row) || !isDistance(column) || !slice.map(Spacing::isDistance).orElse(true))
            throw UserError.usage(
                    "The spacing of pixels is two numbers in µm, of rows and of columns, and in volumes a third, of "
                            + "slices, each between 0.01 and 100000, not %s.",
                    row + "," + column + slice.map(s -> "," + s).orElse(""));
    }

    /** Of a single picture, or a volume whose slices are nobody knows how far apart. */
    public Spacing(double row, double column) {
        this(row, column, Optional.empty());
    }

    /** @throws UserError unless they are two, of rows and of columns, or three, of slices as well */
    public static Spacing of(List<Double> numbers) {
        if (numbers.size() != 2 && numbers.size() != 3) throw UserError.usage(
                "option spacing takes two numbers, ROW,COLUMN in µm, or three, ROW,COLUMN,SLICE, not %s.",
                numbers.size());
        return new Spacing(numbers.get(0), numbers.get(1), numbers.stream().skip(2).findFirst());
    }

    /**
     * What the attributes of a scan say.
     *
     * @throws UserError if they say what is no distance
     */
    public static Optional<Spacing> of(Map<String, String> attributes) {
        String row = attributes.getOrDefault(ROW_UM, "").strip();
        String column = attributes.getOrDefault(COLUMN_UM, "").strip();
        String slice = attributes.getOrDefault(SLICE_UM, "").strip();
        if (row.isEmpty() && column.isEmpty() && slice.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new Spacing(Double.parseDouble(row), Double.parseDouble(column),
                    slice.isEmpty() ? Optional.empty() : Optional.of(Double.parseDouble(slice))));
        } catch (NumberFormatException e) {
            throw UserError.failure(
                    "%s, %s and %s are \"%s\", \"%s\" and \"%s\": the first two must be numbers, in µm, or both be "
                            + "empty, and the third be a number beside them, or empty.",
                    ROW_UM, COLUMN_UM, SLICE_UM, row, column, slice);
        }
    }

    /**
     * What a file says in millimetres; empty if that is no distance: most programs write 0 for what they do not know.
     */
    static Optional<Spacing> ofMillimetres(double row, double column) {
        return ofMillimetres(row, column, 0);
    }

    /** @param slice likewise, for itself: no distance if that is unknown */
    static Optional<Spacing> ofMillimetres(double row, double column, double slice) {
        if (!isDistance(1000 * row) || !isDistance(1000 * column)) return Optional.empty();
        return Optional.of(new Spacing(1000 * row, 1000 * column,
                isDistance(1000 * slice) ? Optional.of(1000 * slice) : Optional.empty()));
    }

    private static boolean isDistance(double value) {
        return value >= LEAST && value <= MOST;   // false for NaN
    }

    /** As a scan carries it, to a tenth of a nanometre. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(ROW_UM, text(row));
        attributes.put(COLUMN_UM, text(column));
        slice.ifPresent(s -> attributes.put(SLICE_UM, text(s)));
        return attributes;
    }

    private static String text(double um) {
        return String.format(Locale.ROOT, "%.4f", um);
    }

    /** Of the scan turned by a quarter. */
    public Spacing turned() {
        return new Spacing(/* row= */ column, /* column= */ row, slice);
    }

    /** Of a picture that is no slice. */
    Spacing withoutSlices() {
        return new Spacing(row, column);
    }
}
