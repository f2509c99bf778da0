package anogan;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One experiment as {@code jbang-scripts/configs/<name>.json} describes it: words for its reader, and for each stage the options that a user would give to the
 * script of that name. {@code --patches}, {@code --run} and {@code --out} are added by whoever runs it.
 *
 * @param reproduces what of the paper it re-creates
 * @param takes      how long that takes, and on what
 * @param expect     what should come out
 * @param scans      folder or archive of the scans, relative to the checkout; absent for the phantom
 * @param classes    the experiment is run once for each of these, each in turn the normal class, {@code {}} in the options; absent for a single run
 * @param prepare    options of prepare, and so on
 * @param acae       of acae; absent: no auto-encoder is trained
 * @param variants   options of further mappings, by the variant's name
 * @param sweep      of sweep; absent: none
 * @param figures    whether figures are drawn
 */
public record Experiment(String reproduces, String takes, String expect, String scans, List<String> classes, String prepare, String train, String map, String acae,
                         Map<String, String> variants, String sweep, String analyze, boolean figures) {
    public Experiment {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("reproduces", reproduces);
        needed.put("takes", takes);
        needed.put("expect", expect);
        needed.put("prepare", prepare);
        needed.put("train", train);
        needed.put("map", map);
        needed.forEach((name, value) -> {
            if (value == null || value.isBlank()) throw UserError.failure("an experiment must say \"%s\"", name);
        });
        classes = classes == null ? List.of("") : List.copyOf(classes);
        variants = variants == null ? Map.of() : new LinkedHashMap<>(variants);
        analyze = analyze == null ? "" : analyze;
    }

    public static Experiment read(Path file) {
        return Json.read(file, Experiment.class);
    }

    /** The words of some options, with the class in place of {@code {}}. */
    public static List<String> words(String options, String className) {
        return Arrays.stream(options.strip().split("\\s+")).filter(w -> !w.isEmpty()).map(w -> w.replace("{}", className)).toList();
    }
}
