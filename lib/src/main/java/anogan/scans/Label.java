package anogan.scans;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is known of a scan, a patch or a volume. A patch is anomalous if at least one of its pixels is annotated so (the
 * paper's section 3); unknown are patches of an anomalous scan whose pixels nobody annotated.
 */
public enum Label {
    NORMAL("0"), ANOMALOUS("1"), UNKNOWN("");

    private final String csv;

    Label(String csv) {
        this.csv = csv;
    }

    /** How it stands in csv files: 0, 1 or nothing. */
    public String csv() {
        return csv;
    }

    /** @throws IllegalArgumentException if the text of a csv file is neither 0 nor 1 nor empty */
    public static Label of(String csv) {
        return Stream.of(values()).filter(l -> l.csv.equals(csv)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a label is 0, 1 or empty, not \"" + csv + "\""));
    }

    /** The lower-case word that people read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
