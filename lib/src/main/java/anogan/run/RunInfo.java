package anogan.run;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code run.json}: everything that is needed to say what a run was and to make it again.
 *
 * @param format      version of the run folder's layout, {@value #FORMAT} now
 * @param created     when the run began (UTC)
 * @param patches     the prepared folder that it learned from
 * @param relative    the same, seen from the run's folder and written with slashes: run and patches may move together;
 *                    empty where it is not known
 * @param fingerprint SHA-256 of that folder's scans and strips
 * @param seed        the seed of training and mapping
 * @param stages      what was done, by name and in order: {@code prepare}, {@code train}, {@code map} …
 */
public record RunInfo(int format, String created, String patches, String relative, String fingerprint, long seed,
        Map<String, Stage> stages) {
    public static final int FORMAT = 2;

    public RunInfo {
        if (format > FORMAT) throw UserError.failure(
                "The run folder has format %d; this program knows formats up to %d and is older than the run.", format,
                FORMAT);
        if (patches == null || fingerprint == null)
            throw UserError.failure("The run does not say which patches it learned from.");
        relative = relative == null ? "" : relative;   // by an older version
        stages = stages == null ? Map.of() : stages;
    }

    /**
     * Format 1 had no stages, but three maps: options and seconds by stage, and the versions with which the run was
     * begun. Who did the stages after the first, nobody knows.
     */
    @JsonCreator
    static RunInfo read(@JsonProperty("format") int format, @JsonProperty("created") String created,
            @JsonProperty("patches") String patches, @JsonProperty("relative") String relative,
            @JsonProperty("fingerprint") String fingerprint, @JsonProperty("seed") long seed,
            @JsonProperty("stages") Map<String, Stage> stages, @JsonProperty("versions") Map<String, String> versions,
            @JsonProperty("config") Map<String, Object> config, @JsonProperty("seconds") Map<String, Double> seconds) {
        if (stages != null || config == null)
            return new RunInfo(format, created, patches, relative, fingerprint, seed, stages);
        Map<String, String> machine = new LinkedHashMap<>(versions == null ? Map.of() : versions);
        List<String> commits = Optional.ofNullable(machine.remove("commit")).stream().toList();
        Map<String, Stage> done = new LinkedHashMap<>();
        config.forEach((stage, options) -> {
            double took = seconds == null ? 0 : seconds.getOrDefault(stage, 0.0);
            done.put(stage, done.isEmpty() ? new Stage(options, took, commits, machine, Map.of())
                    : new Stage(options, took, List.of(), Map.of(), Map.of()));
        });
        return new RunInfo(format, created, patches, relative, fingerprint, seed, done);
    }

    public static RunInfo begin(Path patches, String fingerprint, long seed) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new RunInfo(FORMAT, now, place(patches), "", fingerprint, seed, Map.of());
    }

    /** The same run, whose patches lie elsewhere now. */
    public RunInfo withPatches(Path moved) {
        return new RunInfo(FORMAT, created, place(moved), "", fingerprint, seed, stages);
    }

    /** The same run, of whose scans something else is known now than their pixels. */
    public RunInfo withFingerprint(String changed) {
        return new RunInfo(FORMAT, created, patches, relative, changed, seed, stages);
    }

    /** The same run in a file that is handed on: it names no folder of this machine. */
    public RunInfo withoutPlaces() {
        return new RunInfo(FORMAT, created, "", "", fingerprint, seed, stages);
    }

    /** Absolute, since later stages may be started elsewhere. */
    private static String place(Path patches) {
        return patches.toAbsolutePath().normalize().toString();
    }

    /** With the patches as they are seen from the run's folder, unless that is known. */
    RunInfo seenFrom(Path folder) {
        if (!relative.isEmpty()) return this;
        try {
            String seen = folder.toAbsolutePath().normalize().relativize(Path.of(patches).toAbsolutePath()).toString();
            return new RunInfo(format, created, patches, seen.replace('\\', '/'), fingerprint, seed, stages);
        } catch (IllegalArgumentException e) {
            return this;   // on another drive
        }
    }

    /** Where the patches may be, for a run that is in {@code folder} now. */
    List<Path> places(Path folder) {
        Path was = Path.of(patches);
        if (relative.isEmpty()) return List.of(was);
        return Stream.of(folder.toAbsolutePath().resolve(relative).normalize(), was).distinct().toList();
    }

    /** With a stage that takes the place of what was known of it. */
    public RunInfo with(String name, Stage stage) {
        Map<String, Stage> all = new LinkedHashMap<>(stages);
        all.put(name, stage);
        return new RunInfo(FORMAT, created, patches, relative, fingerprint, seed, all);
    }

    /** With a stage that was done now, by this program. */
    public RunInfo with(String name, Object options, double seconds) {
        return with(name, Stage.here(options, seconds, Map.of()));
    }

    /** With another part of a stage, which may have been interrupted before. */
    public RunInfo withPart(String name, Stage part) {
        return with(name, stages.containsKey(name) ? part.after(stages.get(name)) : part);
    }

    /** What a variant is begun with: the same training, and the same patches, where they lie now. */
    public RunInfo ofVariant(Path patches) {
        RunInfo begun = begin(patches, fingerprint, seed);
        for (String stage : List.of("prepare", "train"))
            if (stages.containsKey(stage)) begun = begun.with(stage, stages.get(stage));
        return begun;
    }

    /** The options of each stage. */
    public Map<String, Object> config() {
        return each(Stage::options);
    }

    /** The wall time of each stage. */
    public Map<String, Double> seconds() {
        return each(Stage::seconds);
    }

    /** Of what a stage made, or was made with, by its name; empty if it is not known. */
    Optional<String> fingerprint(String stage, String name) {
        return Optional.ofNullable(stages.get(stage)).map(s -> s.fingerprints().get(name));
    }

    private <T> Map<String, T> each(Function<Stage, T> what) {
        Map<String, T> all = new LinkedHashMap<>();
        stages.forEach((name, stage) -> all.put(name, what.apply(stage)));
        return all;
    }
}
