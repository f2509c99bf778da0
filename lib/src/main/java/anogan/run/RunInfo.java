package anogan.run;

import anogan.UserError;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code run.json}: everything that is needed to say what a run was and to make it again.
 *
 * @param format      version of the run folder's layout, {@value #FORMAT} now
 * @param created     when the run began (UTC)
 * @param patches     the prepared folder that it learned from
 * @param fingerprint SHA-256 of that folder's scans and strips
 * @param seed        the seed of training and mapping
 * @param versions    Java, ND4J, this library's commit, operating system, processor count
 * @param config      options of each stage, by stage: {@code train}, {@code map}
 * @param seconds     wall time of each stage
 */
public record RunInfo(int format, String created, String patches, String fingerprint, long seed,
        Map<String, String> versions, Map<String, Object> config, Map<String, Double> seconds) {
    public static final int FORMAT = 1;

    public RunInfo {
        if (format > FORMAT) throw UserError.failure(
                "The run folder has format %d; this program knows formats up to %d and is older than the run.", format,
                FORMAT);
        if (patches == null || fingerprint == null)
            throw UserError.failure("The run does not say which patches it learned from.");
        config = config == null ? Map.of() : config;
        seconds = seconds == null ? Map.of() : seconds;
    }

    public static RunInfo begin(Path patches, String fingerprint, long seed) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String prepared = patches.toAbsolutePath().normalize().toString();   // later stages may be started elsewhere
        return new RunInfo(FORMAT, now, prepared, fingerprint, seed, versionsHere(), Map.of(), Map.of());
    }

    /** With the options and the wall time of a stage. */
    public RunInfo with(String stage, Object options, double stageSeconds) {
        Map<String, Object> c = new LinkedHashMap<>(config);
        Map<String, Double> s = new LinkedHashMap<>(seconds);
        c.put(stage, options);
        s.put(stage, Math.round(stageSeconds * 10) / 10.0);
        return new RunInfo(format, created, patches, fingerprint, seed, versions, c, s);
    }

    /** What a variant is begun with: the same patches and training, by the program as it is now. */
    public RunInfo begunAnew() {
        RunInfo begun = begin(Path.of(patches), fingerprint, seed);
        return config.containsKey("train")
                ? begun.with("train", config.get("train"), seconds.getOrDefault("train", 0.0))
                : begun;
    }

    private static Map<String, String> versionsHere() {
        Map<String, String> v = new LinkedHashMap<>();
        v.put("commit", System.getenv().getOrDefault("ANOGAN_COMMIT", "unknown"));
        v.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        v.put("nd4j", System.getenv().getOrDefault("ND4J_CLASSIFIER", "default build"));
        v.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        return v;
    }
}
