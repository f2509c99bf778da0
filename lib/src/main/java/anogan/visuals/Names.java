package anogan.visuals;

import anogan.run.RunFolder;
import anogan.run.RunInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How runs and numbers are written for a reader: one spelling in charts, tables and captions. */
public final class Names {
    private Names() {}

    /**
     * What a run was made with, in a sentence for captions; as far as its stages have run and wrote it down.
     *
     * @throws anogan.UserError if it is no run folder
     */
    public static String setting(RunFolder run) {
        RunInfo info = run.info();
        JsonNode config = new ObjectMapper().valueToTree(info.config());   // not as records: older runs lack some of their fields
        List<String> words = new ArrayList<>();
        JsonNode width = config.at("/train/architecture/width");
        JsonNode training = config.at("/train/options");
        JsonNode mapping = config.at("/map/mapping");
        if (width.isNumber()) words.add("width " + width.asText());
        if (training.has("steps")) words.add("%s training steps of %s patches"
                .formatted(count(training.get("steps").asLong()), training.path("batch").asText()));
        if (mapping.has("steps")) words.add("Γ = " + mapping.get("steps").asText());
        if (mapping.at("/loss/lambda").isNumber()) words.add("λ = " + mapping.at("/loss/lambda").asText());
        return "Run %s, seed %d".formatted(run.path().getFileName(), info.seed())
                + (words.isEmpty() ? "." : ": " + String.join(", ", words) + ".");
    }

    /** 0.873; a dash for what is not a number. */
    public static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** 4.8 %. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f\u202F%%", 100 * share);
    }

    /** 12,345. */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
