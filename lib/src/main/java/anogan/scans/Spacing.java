package anogan.scans;

import anogan.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How far apart the pixels of a scan lie, in µm: 3.87 down a column (axial) and some 11 along a row (lateral) in a
 * typical B-scan. Two devices show one retina in different shapes; this is what tells them apart.
 *
 * <p>
 * It comes from the header of a {@code .vol}, NIfTI or DICOM file, or from the user
 * ({@link Scans#withSpacing(Spacing)}), and is never guessed: the resolution in dots per inch that PNG, TIFF and JPEG
 * carry is that of a screen or printer, and is not asked. A scan carries it as the attributes {@value #ROW_UM} and
 * {@value #COLUMN_UM}.
 *
 * @param row    from a row to the next one below
 * @param column from a column to the next one
 */
public record Spacing(double row, double column) {
    public static final String ROW_UM = "row_um";
    public static final String COLUMN_UM = "column_um";
    private static final double LEAST = 0.01;
    private static final double MOST = 100_000;

    /** @throws UserError if one of them is no distance between pixels */
    public Spacing {
        if (!isDistance(row) || !isDistance(column)) throw UserError.usage(
                "The spacing of pixels is two numbers in µm, of rows and of columns, each between 0.01 and 100000, "
                        + "not %s.",
                row + "," + column);
    }

    /** @throws UserError unless they are two, of rows and of columns */
    public static Spacing of(List<Double> numbers) {
        if (numbers.size() != 2)
            throw UserError.usage("option spacing takes two numbers, ROW,COLUMN in µm, not %s.", numbers.size());
        return new Spacing(numbers.get(0), numbers.get(1));
    }

    /**
     * What the attributes of a scan say.
     *
     * @throws UserError if they say what is no distance
     */
    public static Optional<Spacing> of(Map<String, String> attributes) {
        String row = attributes.getOrDefault(ROW_UM, "").strip();
        String column = attributes.getOrDefault(COLUMN_UM, "").strip();
        if (row.isEmpty() && column.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new Spacing(Double.parseDouble(row), Double.parseDouble(column)));
        } catch (NumberFormatException e) {
            throw UserError.failure("%s and %s are \"%s\" and \"%s\", but must be numbers, in µm, or both be empty.",
                    ROW_UM, COLUMN_UM, row, column);
        }
    }

    /**
     * What a file says in millimetres; empty if that is no distance: most programs write 0 for what they do not know.
     */
    static Optional<Spacing> ofMillimetres(double row, double column) {
        return isDistance(1000 * row) && isDistance(1000 * column) ? Optional.of(new Spacing(1000 * row, 1000 * column))
                : Optional.empty();
    }

    private static boolean isDistance(double value) {
        return value >= LEAST && value <= MOST;   // false for NaN
    }

    /** As a scan carries it, to a tenth of a nanometre. */
    public Map<String, String> attributes() {
        return Map.of(ROW_UM, String.format(Locale.ROOT, "%.4f", row), COLUMN_UM,
                String.format(Locale.ROOT, "%.4f", column));
    }

    /** Of the scan turned by a quarter. */
    public Spacing turned() {
        return new Spacing(/* row= */ column, /* column= */ row);
    }
}
