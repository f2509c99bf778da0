package anogan.scans;

import java.util.Locale;

/**
 * What a scan is used for. All scans of a group (a patient, or an eye) are in the same split, so that nothing which is
 * learned or tuned on one person is judged on the same person.
 *
 * <p>
 * {@link #TRAIN}: normal scans that G and D learn from. {@link #VALIDATION}: normal scans that thresholds come from.
 * {@link #TEST}: normal and anomalous scans that are judged, once.
 */
public enum Split {
    TRAIN, VALIDATION, TEST;

    /** The lower-case word that stands in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Split of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
