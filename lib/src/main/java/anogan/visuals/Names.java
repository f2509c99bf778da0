package anogan.visuals;

import anogan.run.RunFolder;
import anogan.run.RunInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How columns, classes and numbers are written for a reader: one spelling in charts, tables and captions. */
public final class Names {
    private static final Pattern STARTS = Pattern.compile("(.+)_z(\\d+)");

    private static final Map<String, String> SCORES = Map.ofEntries(Map.entry("A", "A(x)"), Map.entry("A_hat", "Â(x)"),
            Map.entry("R", "R(x)"), Map.entry("D", "D(x)"), Map.entry("D_hat", "D\u0302(x)"),
            Map.entry("P_D", "P_D(x)"), Map.entry("mean_intensity", "mean intensity"),
            Map.entry("noise_level", "noise level"), Map.entry("pca_residual", "PCA residual"),
            Map.entry("residual", "plain |x − G(z)|"), Map.entry("residual_smoothed", "smoothed, signed residual"),
            Map.entry("log_ratio", "log ratio"), Map.entry("R_worst", "worst 5 % of pixels"),
            Map.entry("R_smoothed", "smoothed residual"), Map.entry("R_log_ratio", "log ratio"),
            Map.entry("retina_thickness", "retina thickness"), Map.entry("nearest_normal", "nearest normal patch"),
            Map.entry("pca_log_ratio", "PCA, log ratio"), Map.entry("profile_log_ratio", "mean strip, log ratio"),
            Map.entry("GAN_R", "GAN_R"), Map.entry("aCAE_R", "aCAE, R alone"), Map.entry("aCAE_D", "aCAE, D alone"),
            Map.entry("intensity", "intensity"), Map.entry("pca_residual_smoothed", "PCA, smoothed, signed"));

    private static final Map<String, String> MEANINGS = Map.ofEntries(Map.entry("A", "(1 − λ)·R + λ·D"),
            Map.entry("A_hat", "(1 − λ)·R + λ·D\u0302"), Map.entry("R", "Σ |x − G(z)|"),
            Map.entry("D", "Σ |f(x) − f(G(z))|"), Map.entry("D_hat", "cross-entropy of D(G(z))"),
            Map.entry("P_D", "cross-entropy of D(x), no mapping"), Map.entry("R_worst", "worst 5 % of |x − G(z)|"),
            Map.entry("R_smoothed", "Σ |x − G(z)|, smoothed before"),
            Map.entry("R_log_ratio", "|log x / G(z)| in the retina"),
            Map.entry("retina_thickness", "trivial: boundaries alone"), Map.entry("nearest_normal", "memory, no GAN"),
            Map.entry("pca_log_ratio", "linear model, no GAN"), Map.entry("AnoGAN", "(1 − λ)·R + λ·D"),
            Map.entry("GAN_R", "Â, mapped with the reference loss"), Map.entry("aCAE", "auto-encoder, no mapping"),
            Map.entry("mean_intensity", "trivial: mean grey"), Map.entry("noise_level", "trivial: speckle"),
            Map.entry("pca_residual", "linear model, no GAN"));

    private Names() {}

    /**
     * A score by its column, as the paper writes it: {@code A_hat} is Â(x), and {@code AnoGAN_z3} the mean of three
     * starting points.
     */
    public static String score(String column) {
        Matcher starts = STARTS.matcher(column);
        if (starts.matches()) return score(starts.group(1)) + ", mean of " + starts.group(2) + " starts";
        return SCORES.getOrDefault(column, column.replace('_', ' '));
    }

    /** What a score is, in a few words; empty for an unknown one. */
    public static String meaning(String column) {
        return MEANINGS.getOrDefault(column, "");
    }

    /**
     * What a column of scans holds of the scores of their patches: {@code A_top5} is the mean of the five highest A(x).
     */
    public static String aggregate(String column) {
        String score = score(column.replaceFirst("_(mean|top5)$", ""));
        return column.endsWith("_top5") ? "mean of the five highest " + score
                : column.endsWith("_mean") ? "mean " + score
                : score;
    }

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
