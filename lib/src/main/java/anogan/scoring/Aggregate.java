package anogan.scoring;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * From the scores of a scan's patches to one of the scan. The mean sees what is spread out, the mean of the five
 * highest what is small.
 */
public enum Aggregate {
    MEAN("mean", "mean"), TOP5("top5", "mean of the five highest");

    private static final int HIGHEST = 5;

    private final String word;
    private final String title;

    Aggregate(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** Its name in files. */
    @JsonValue
    public String word() {
        return word;
    }

    /** In words: of a score, it is "mean A(x)". */
    public String title() {
        return title;
    }

    /** What names of columns end in: {@code _mean}. */
    public String ending() {
        return "_" + word;
    }

    /** NaN without values. */
    double of(double[] values) {
        if (this == MEAN) return Arrays.stream(values).average().orElse(Double.NaN);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, Math.max(0, sorted.length - HIGHEST), sorted.length).average().orElse(Double.NaN);
    }
}
