package anogan.run;

import anogan.UserError;
import anogan.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One experiment as {@code jbang-scripts/configs/<name>.json} describes it: words for its reader, and for each stage
 * the options that a user would give to the script of that name. {@code --patches}, {@code --run} and {@code --out} are
 * added by whoever runs it.
 *
 * @param reproduces what of the paper it re-creates
 * @param takes      how long that takes, and on what
 * @param expect     what should come out
 * @param scans      folder or archive of the scans, relative to the checkout; absent for the phantom
 * @param classes    the experiment is run once for each of these, each in turn the normal class, {@code {}} in the
 *                   options; absent for a single run
 * @param prepare    options of prepare, and so on
 * @param acae       of acae; absent: no auto-encoder is trained
 * @param earlier    after how many steps the pair, still learning, is mapped as a variant {@code steps-N}, as
 *                   {@code map} says: what the rest of the training gained
 * @param variants   options of further mappings, by the variant's name
 * @param sweep      of sweep; absent: none
 * @param discover   of discover; absent: no markers are looked for
 * @param figures    whether figures are drawn
 */
public record ExperimentConfig(String reproduces, String takes, String expect, Optional<String> scans,
        List<String> classes, String prepare, String train, List<Integer> earlier, String map, Optional<String> acae,
        Map<String, String> variants, Optional<String> sweep, String analyze, Optional<String> discover,
        boolean figures) {
    private static final List<String> SINGLE = List.of("");   // one run, and no class in its options
    private static final Pattern STEPS = Pattern.compile("(?<=-steps )\\d{1,9}");

    public ExperimentConfig {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("reproduces", reproduces);
        needed.put("takes", takes);
        needed.put("expect", expect);
        needed.put("prepare", prepare);
        needed.put("train", train);
        needed.put("map", map);
        needed.forEach((name, value) -> {
            if (value == null || value.isBlank()) throw UserError.failure("It must say \"%s\".", name);
        });
        classes = classes == null ? SINGLE : List.copyOf(classes);
        if (!classes.equals(SINGLE)) requireNames("each of its classes", classes);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        requireRising(earlier, train);
        variants = variants == null ? Map.of() : new LinkedHashMap<>(variants);
        variants.keySet().forEach(new RunFolder(Path.of("run"))::variant);   // refuses what is no name of a variant
        analyze = analyze == null ? "" : analyze;
    }

    /**
     * The file of an experiment.
     *
     * @param  nameOrFile name of one of those in {@code configs}, or a file like them.
     * @throws UserError  if there is none
     */
    public static Path file(Path configs, String nameOrFile) {
        Path file = nameOrFile.endsWith(".json") ? Path.of(nameOrFile) : configs.resolve(nameOrFile + ".json");
        if (!Files.isRegularFile(file))
            throw UserError.usage("There is no experiment %s. There are %s, or give a file like those in %s.",
                    nameOrFile, known(configs), configs);
        requireNames("an experiment's file", List.of(name(file)));
        return file;
    }

    /** An experiment's name is its file's. */
    public static String name(Path file) {
        return file.getFileName().toString().replaceFirst("[.]json$", "");
    }

    /** Its words for whoever starts it. */
    public String introduction() {
        return String.format(Locale.ROOT, "%s%nTakes:  %s%nExpect: %s%n", reproduces, takes, expect);
    }

    /** The run of each class below a folder of runs; the class of a single run is empty. */
    public Map<String, Path> runs(Path folder, String name) {
        Map<String, Path> runs = new LinkedHashMap<>();
        for (String c : classes) runs.put(c, folder.resolve(c.isEmpty() ? name : name + "-" + c));
        return runs;
    }

    /**
     * The numbers of steps after which the pair has still to be mapped, each with the name of its variant. Those that
     * are done are left out, for the training cannot go back to them.
     */
    public Map<Integer, String> earlier(Path run) {
        Map<Integer, String> left = new LinkedHashMap<>();
        for (int steps : earlier) {
            RunFolder variant = new RunFolder(run).variant(RunFolder.AFTER + steps);
            if (!variant.isBegun() || !variant.info().stages().containsKey("map"))
                left.put(steps, RunFolder.AFTER + steps);
        }
        return left;
    }

    /** The options of a training that ends after fewer steps, and can be gone on with. */
    public String train(int steps) {
        return STEPS.matcher(train).replaceFirst(Integer.toString(steps));
    }

    private static String known(Path configs) {
        String[] names = configs.toFile().list((folder, name) -> name.endsWith(".json"));
        return names == null ? "none"
                : Arrays.stream(names).map(n -> name(Path.of(n))).sorted().collect(Collectors.joining(", "));
    }

    /** @throws UserError if it lacks a stage, says something that no experiment has, or is no JSON */
    public static ExperimentConfig read(Path file) {
        return Json.readExactly(file, ExperimentConfig.class);
    }

    private static void requireRising(List<Integer> earlier, String train) {
        Matcher all = STEPS.matcher(train);
        int before = 0;
        for (int steps : earlier) {
            if (steps <= before || !all.find(0) || steps >= Integer.parseInt(all.group()))
                throw UserError.failure("The numbers of steps in \"earlier\" must rise from 1 to less than the "
                        + "steps of \"train\", unlike %s.", earlier);
            before = steps;
        }
    }

    /** They become names of folders. */
    private static void requireNames(String what, List<String> names) {
        if (names.isEmpty() || names.stream().distinct().count() < names.size())
            throw UserError.failure("The names of %s must be at least one, and none twice.", what);
        for (String name : names) {
            if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) throw UserError
                    .failure("The name of %s is made of letters, digits and hyphens, unlike \"%s\".", what, name);
        }
    }

    /** The words of some options, with the class in place of {@code {}}. */
    public static List<String> words(String options, String className) {
        return Arrays.stream(options.strip().split("\\s+")).filter(w -> !w.isEmpty())
                .map(w -> w.replace("{}", className)).toList();
    }
}
