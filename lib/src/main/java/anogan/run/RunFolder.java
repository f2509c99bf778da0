package anogan.run;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.io.Fingerprint;
import anogan.io.FolderLock;
import anogan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: {@code data/runs/<name>/}. Each stage reads what the one before wrote and adds its own files:
 *
 * <pre>
 * run.json                                        what the run is ({@link RunInfo})
 * model/  checkpoint/  losses.csv  samples/       train
 * heldout.csv                                     train: the loss of normals that it does not learn from
 * scores.csv  scans.csv  baselines.csv  maps/     map
 * encoder/                                        train: an encoder of the finished pair, where maps may start
 * acae/  acae.csv  acae_scans.csv                 acae: an auto-encoder to compare with, and its scores
 * analysis.json                                   analyze
 * analysis/                                       analyze: what figures show beyond the tables
 * variants/NAME/                                  map: another mapping with the same model, a run of its own
 * figures/  report.html                           figures
 * </pre>
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    /** Begins the names of variants of the pair as it was after fewer steps: what a longer training gained. */
    public static final String AFTER = "steps-";
    private static final List<String> SCORES = List.of("scores.csv", "scans.csv", "baselines.csv",
            "baselines_scans.csv", "acae.csv", "acae_scans.csv");

    public Path file(String name) {
        return path.resolve(name);
    }

    /** @throws UserError if no run was begun here */
    public RunInfo info() {
        if (!isBegun()) {
            throw UserError.failure("%s is not a run folder (it has no run.json). Make one with stage train.", path);
        }
        return Json.read(file("run.json"), RunInfo.class,
                "Put it back as it was, use the version that wrote it, or train anew in another folder.");
    }

    /** Whether a run was begun here. */
    public boolean isBegun() {
        return Files.isRegularFile(file("run.json"));
    }

    public void write(RunInfo info) {
        Json.write(file("run.json"), info.seenFrom(path));
    }

    /**
     * The prepared folder that the run learned from. It may have moved together with the run, so that its place as seen
     * from the run is tried before the place where it was; one that holds other patches now comes last.
     *
     * @throws UserError if it is in neither
     */
    public Path patches() {
        RunInfo info = info();
        List<Path> places = info.places(path);
        List<Path> found = places.stream().filter(p -> Files.isRegularFile(p.resolve("patches.json"))).toList();
        return found.stream().filter(p -> Prepared.in(p).fingerprint.equals(Optional.of(info.fingerprint())))
                .findFirst().or(() -> found.stream().findFirst())
                .orElseThrow(() -> UserError.failure("The patches that %s learned from are not in %s. If they have "
                        + "moved, name their place with option patches; else make them anew with stage prepare.", path,
                        places.stream().map(Path::toString).collect(Collectors.joining(" or "))));
    }

    /** The one thing that a run wants to know of a prepared folder. */
    private record Prepared(Optional<String> fingerprint) {
        static Prepared in(Path folder) {
            return Json.read(folder.resolve("patches.json"), Prepared.class, "Prepare the scans again.");
        }
    }

    /**
     * The file, if it is there.
     *
     * @throws UserError otherwise, naming the stage that makes it
     */
    public Path require(String name, String stage) {
        if (Files.exists(file(name))) return file(name);
        throw UserError.failure("%s has no %s yet. Make it with stage %s%s.", path, name, stage,
                stage.equals("train") ? " with option resume" : "");
    }

    /** Fingerprints of the tables of scores that there are, those of variants too: what an analysis rests on. */
    public Map<String, String> scoreFingerprints() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String table : SCORES)
            if (Files.exists(file(table))) all.put(table, new Fingerprint().add(file(table)).hex());
        variants().forEach((name, variant) -> variant.scoreFingerprints()
                .forEach((table, print) -> all.put("variants/" + name + "/" + table, print)));
        return all;
    }

    /**
     * Makes sure that all scores were made with the model and the encoder that the run has now, as far as run.json
     * tells; those of a variant {@value #AFTER}N were made with the model of their time.
     *
     * @throws UserError if one of them was trained on meanwhile
     */
    public void requireScoresOfItsModel() {
        RunInfo own = info();
        requireMadeWith(own, "map", "mapping");
        requireMadeWith(own, "sweep", "sweep");
        variants().forEach((name, variant) -> {
            if (variant.isBegun())
                variant.requireMadeWith(name.startsWith(AFTER) ? variant.info() : own, "map", "mapping");
        });
    }

    /** @param own of the run that has the model */
    private void requireMadeWith(RunInfo own, String stage, String folder) {
        RunInfo info = info();
        if (!info.stages().containsKey(stage)) return;
        Optional<String> model = own.fingerprint("train", Stage.MODEL);
        if (model.isPresent() && !info.fingerprint(stage, Stage.MODEL).equals(model))
            throw trainedOn("model", stage, folder);
        Optional<String> encoder = info.fingerprint(stage, Stage.ENCODER);
        if (encoder.isPresent() && !own.fingerprint(Stage.ENCODER, Stage.ENCODER).equals(encoder))
            throw trainedOn("encoder", stage, folder);
    }

    private UserError trainedOn(String what, String stage, String folder) {
        return UserError
                .failure("The %s was trained on after stage %s had made the scores in %s. Remove its folder %s, "
                        + "and do stage %s again.", what, stage, path, folder, stage);
    }

    /**
     * Makes sure that an analysis is of the scores that there are now, as far as run.json tells.
     *
     * @throws UserError if one of its tables was made anew meanwhile, or is gone
     */
    public void requireAnalysisOfItsScores() {
        Stage analysis = info().stages().get("analyze");
        if (analysis == null) return;
        Map<String, String> now = scoreFingerprints();
        analysis.fingerprints().forEach((table, print) -> {
            if (!print.equals(now.get(table))) throw UserError
                    .failure("%s has changed since stage analyze read it. Do stage analyze again.", file(table));
        });
    }

    /**
     * The run of another mapping with this run's model.
     *
     * @throws UserError if its name is not made of small letters, digits and hyphens
     */
    public RunFolder variant(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) throw UserError
                .usage("A variant's name is made of small letters, digits and hyphens, unlike \"%s\".", name);
        return new RunFolder(file("variants").resolve(name));
    }

    /** The variants that there are, by name. */
    public Map<String, RunFolder> variants() {
        Map<String, RunFolder> variants = new TreeMap<>();
        if (!Files.isDirectory(file("variants"))) return variants;
        try (Stream<Path> folders = Files.list(file("variants"))) {
            folders.map(RunFolder::new).filter(v -> Files.isRegularFile(v.file("scores.csv")))
                    .forEach(v -> variants.put(v.path.getFileName().toString(), v));
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s. Make it readable.", file("variants"), ErrorText.of(e));
        }
        return variants;
    }

    /**
     * Does something while no other program may write into the run.
     *
     * @throws UserError if one writes already
     */
    public <T> T locked(Supplier<T> work) {
        FolderLock lock = FolderLock.of(path);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    /**
     * Makes sure that a stage still writes into the run that it began with, and not into a folder that it has to make
     * anew.
     */
    public void requireStillThere() {
        if (!isBegun()) throw UserError.failure(
                "The run folder %s was removed or moved while this was running. Put it back and start this again.",
                path);
    }

    /** Removes what a run's folder holds of scores, maps and the model. */
    public void clear() {
        if (!isBegun()) return;
        try (Stream<Path> all = Files.walk(path)) {
            Path last = file("run.json");   // while it stands, whoever was killed here comes here again
            for (Path p : all.sorted(Comparator.reverseOrder()).filter(p -> !p.equals(path) && !p.equals(last))
                    .toList())
                Files.delete(p);
            Files.delete(last);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(path, e);
        }
    }

    /** Makes sure that a new run can be written here: an empty or absent folder. */
    public void requireNew() {
        try {
            if (Files.isRegularFile(path))
                throw UserError.failure("%s is a file, not a folder. Choose another folder for the run.", path);
            if (!Files.isDirectory(path)) return;
            try (Stream<Path> files = Files.list(path)) {
                if (files.anyMatch(
                        f -> !AtomicFiles.isRemnant(f) && !f.getFileName().toString().equals(FolderLock.NAME))) {
                    throw UserError.failure("%s already holds files. Choose another folder, or go on with an "
                            + "interrupted training: stage train with option resume.", path);
                }
            }
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s. Make it readable, or choose another folder.", path,
                    ErrorText.of(e));
        }
    }
}
