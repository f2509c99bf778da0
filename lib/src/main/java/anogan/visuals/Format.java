package anogan.visuals;

import anogan.UserError;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Interval;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How numbers, and what a run was made with, are written for a reader: one spelling in charts, tables and captions. */
public final class Format {
    private Format() {}

    /**
     * What a run was made with, in a sentence for captions; as far as its stages have run and wrote it down.
     *
     * @throws UserError if it is no run folder
     */
    public static String setting(RunFolder run) {
        RunInfo info = run.info();
        // not as records: older runs lack some fields
        JsonNode config = new ObjectMapper().valueToTree(info.config());
        List<String> words = new ArrayList<>();
        JsonNode width = config.at("/train/architecture/width");
        JsonNode training = config.at("/train/options");
        JsonNode mapping = config.at("/map/mapping");
        if (width.isNumber()) words.add("width " + width.asText());
        if (training.has("steps")) words.add(Format.of("%s training steps of %s patches",
                count(training.get("steps").asLong()), training.path("batch").asText()));
        if (mapping.has("steps")) words.add("Γ = " + mapping.get("steps").asText());
        if (mapping.at("/loss/lambda").isNumber()) words.add("λ = " + mapping.at("/loss/lambda").asText());
        return Format.of("Run %s, seed %s", run.path().getFileName(), info.seed())
                + (words.isEmpty() ? "." : ": " + String.join(", ", words) + ".");
    }

    /** 0.873; a dash for what is not a number. */
    public static String number(double value) {
        return Double.isNaN(value) ? "–" : of("%.3f", value);
    }

    /** 0.873 [0.821–0.917], as far as there is an interval. */
    public static String number(double value, Optional<Interval> interval) {
        return number(value) + Interval.bracketed(interval);
    }

    /** The AUROC with its interval. */
    public static String auroc(Separation s) {
        return number(s.auroc()) + " [" + s.interval() + "]";
    }

    /** 4.8 %. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : of("%.1f\u202F%%", 100 * share);
    }

    /** 12,345. */
    public static String count(long n) {
        return of("%,d", n);
    }

    /** 62 s, 2.9 min, 2.0 h. */
    static String duration(double seconds) {
        if (seconds < 90) return of("%.0f s", seconds);
        return seconds < 5400 ? of("%.1f min", seconds / 60) : of("%.1f h", seconds / 3600);
    }

    /** As {@link String#format}, in no locale. */
    static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
