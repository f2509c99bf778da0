package anogan.scoring;

import anogan.UserError;
import anogan.io.Json;
import anogan.networks.Compute;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the scores of a folder were begun with, kept in its {@code options.json}: those that are there and those to come
 * are made with the same.
 *
 * @param options how patches are mapped
 * @param sample  how many of them, in a sweep; empty in a mapping, which takes all
 * @param engine  what computes it; empty in folders of the time when there was but one
 * @param model   fingerprint of the pair
 * @param encoder fingerprint of the encoder that descents started at; empty if they did not
 */
record ScoreProvenance(ScoringOptions options, Optional<Integer> sample, Optional<Compute.Engine> engine, String model,
        Optional<String> encoder) {
    private static final String FILE = "options.json";
    private static final String ANOTHER = "%s holds scores that another version of this program began (%s/%s). Remove "
            + "its folder %s, and they are made anew.";

    /** @throws UserError if the run's folder of that name was begun with something else */
    void require(RunFolder run, String folder) {
        Path file = run.file(folder).resolve(FILE);
        String first = "Remove its folder " + folder + " first.";
        if (Files.exists(file)) {
            ScoreProvenance before = before(run, folder, file);
            String where = run.path() + " holds scores made with ";
            String which = " (" + folder + "/" + FILE + "). ";
            if (!options.equals(before.options)) throw UserError
                    .failure("%sother options%sUse them, or remove its folder %s first.", where, which, folder);
            if (!sample.equals(before.sample))
                throw UserError.failure("%sa sample of %s%sUse it, or remove its folder %s first.", where,
                        before.sample.map(String::valueOf).orElse("all"), which, folder);
            if (!engine.equals(before.engine)) {
                throw UserError.failure("%sthe engine %s%sUse it, or remove its folder %s first.", where,
                        before.engine.map(e -> e.name().toLowerCase(Locale.ROOT)).orElse("nd4j"), which, folder);
            }
            if (!model.equals(before.model))
                throw UserError.failure("%s holds scores of another model: it was trained on after they were made. %s",
                        run.path(), first);
            if (!encoder.equals(before.encoder)) throw UserError.failure(
                    "%s holds scores of another encoder: it was trained on after they were made. %s", run.path(),
                    first);
        } else if (holdsTables(run.file(folder))) {
            throw UserError.failure(ANOTHER, run.path(), folder, FILE, folder);
        }
        Json.write(file, this);
    }

    private static ScoreProvenance before(RunFolder run, String folder, Path file) {
        try {
            return Json.read(file, ScoreProvenance.class, "");
        } catch (UserError e) {
            throw UserError.failure(e, ANOTHER, run.path(), folder, FILE, folder);
        }
    }

    private static boolean holdsTables(Path folder) {
        if (!Files.isDirectory(folder)) return false;
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(".csv"));
        } catch (IOException e) {
            return true;   // whatever it holds, it cannot be known
        }
    }
}
