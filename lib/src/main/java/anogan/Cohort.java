package anogan;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.ErrorText;
import anogan.io.Fingerprint;
import anogan.io.Json;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.scans.Scans;
import anogan.scans.Share;
import anogan.scans.Skipped;
import anogan.statistics.KnownMarkers;
import anogan.statistics.KnownMarkers.Named;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scans that are judged in parts, by programs that know nothing of each other and share a folder: a data set that is
 * too large for one machine. Each part is judged as {@link Detector} judges it, so that all of them together are what
 * one machine would have found, bit by bit.
 *
 * <p>
 * The folder holds {@code cohort.json} (what is judged by what, in how many parts); of each part a file in
 * {@code scans/}, {@code regions/} and {@code patches/} (the tables of {@link Detector#examine}) and in
 * {@code skipped/} (file, kind, reason), and the folders {@code maps/<part>/} and {@code overlays/<part>/}. A part is
 * written aside, in {@code .parts/}, and renamed, its file in {@code scans/} last: where that stands, the part is
 * finished. A program that dies loses the part that it was at; one that is done twice is the same twice.
 */
public final class Cohort {
    /** Written when nothing is missing. */
    public static final String SUCCESS = "_SUCCESS";
    private static final int FORMAT = 2;
    private static final String MANIFEST = "cohort.json";
    private static final List<String> FOLDERS = List.of("maps", "overlays");
    private static final List<String> TABLES = List.of("patches", "regions", "skipped", "scans");   // scans is last

    /**
     * What a cohort is of; two that differ are never put together.
     *
     * @param model   fingerprint of the model file
     * @param scans   fingerprint of the listing: names, files and what else is known of the scans, in order
     * @param markers of the model; none in format 1, whose regions have no marker
     */
    private record Plan(int format, String model, String scans, double falsePositives, int parts, List<Named> markers) {
        Plan {
            markers = markers == null ? List.of() : List.copyOf(markers);
        }
    }

    /** How many scans there were in a part, how many were judged, and how many flagged without a warning. */
    public record Counts(int scans, int judged, int flagged) implements Serializable {
        public static final Counts NONE = new Counts(0, 0, 0);

        public String words() {
            return String.format(Locale.ROOT, "%d of %d scans judged, %d flagged without a warning.", judged, scans,
                    flagged);
        }

        public Counts plus(Counts more) {
            return new Counts(scans + more.scans, judged + more.judged, flagged + more.flagged);
        }
    }

    private final Path folder;
    private final Plan plan;

    private Cohort(Path folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
    }

    /** The scans of a data set as a model of a detector takes them, with the names that they have in any part. */
    public static Scans.Listing list(Detector detector, Scans scans) {
        return scans.list(detector.model().prepare().withNormalClasses(List.of()).split()).named();
    }

    /**
     * Begins a cohort, or goes on with it.
     *
     * @throws UserError if the folder holds another one, or something else
     */
    public static Cohort begin(Path folder, Detector detector, Scans.Listing scans, double falsePositives, int parts) {
        detector.threshold(falsePositives);
        Cohort cohort = new Cohort(folder, new Plan(FORMAT, detector.fingerprint(), fingerprint(scans), falsePositives,
                parts, detector.model().markers().map(KnownMarkers::names).orElse(List.of())));
        if (Files.exists(folder.resolve(MANIFEST))) {
            if (!open(folder).plan.equals(cohort.plan)) throw UserError.failure(
                    "%s holds what was judged by another model or version, of other scans, in other parts or at another "
                            + "rate of false positives. Choose another folder as option out.",
                    folder);
            return cohort;
        }
        if (Files.exists(folder.resolve("scans.csv"))) throw UserError
                .usage("%s holds scans that were judged, but no parts. Choose another folder as option out.", folder);
        cohort.write("skipped/listing.csv", skipped(scans.skipped()), "begin");
        cohort.write(MANIFEST, Json.toString(cohort.plan), "begin");
        return cohort;
    }

    /** @throws UserError if the folder holds no cohort */
    public static Cohort open(Path folder) {
        if (!Files.isRegularFile(folder.resolve(MANIFEST)))
            throw UserError.failure("%s holds no parts of a cohort (no %s). Is its name right?", folder, MANIFEST);
        return new Cohort(folder, Json.read(folder.resolve(MANIFEST), Plan.class, "Choose another folder."));
    }

    private static String fingerprint(Scans.Listing scans) {
        Fingerprint print = new Fingerprint();
        scans.scans().forEach(s -> print.add(Csv.line(s.scan(), s.file(), new TreeMap<>(s.attributes()))));
        return print.add(skipped(scans.skipped())).hex();
    }

    private static String skipped(List<Skipped> skipped) {
        StringBuilder csv = new StringBuilder(Csv.line("file", "kind", "reason"));
        skipped.forEach(s -> csv.append(Csv.line(s.file(), s.kind(), s.reason())));
        return csv.toString();
    }

    public int parts() {
        return plan.parts;
    }

    public boolean isDone(int part) {
        return Files.exists(folder.resolve(CohortTables.file("scans", part)));
    }

    /** The parts that are not done yet, from 0. */
    public List<Integer> missing() {
        return IntStream.range(0, plan.parts).filter(p -> !isDone(p)).boxed().toList();
    }

    /**
     * One of several machines that share a folder and nothing else: judges its share of the scans, unless that is done.
     * Killed, it goes on with the same call; whoever finds all parts done joins them.
     *
     * @return what it judged
     */
    public static Counts shard(Detector detector, Scans scans, Share share, Path folder, double falsePositives,
            Compute compute) {
        try (Scans.Listing listing = list(detector, scans)) {
            Cohort cohort = begin(folder, detector, listing, falsePositives, share.of());
            int part = share.number() - 1;
            Counts counts = cohort.isDone(part) ? Counts.NONE
                    : cohort.judge(part, options -> listing.share(share), detector,
                            folder.resolve(".parts/work-" + CohortTables.part(part)), CohortTables.part(part), compute);
            if (cohort.missing().isEmpty()) cohort.finish(CohortTables.part(part));
            return counts;
        }
    }

    /**
     * Judges one part.
     *
     * @param scans   of that part
     * @param work    folder for what is kept until the part is done; another try goes on with what is in it
     * @param tryName of this try among all that may be at this part
     */
    public Counts judge(int part, Scans scans, Detector detector, Path work, String tryName, Compute compute) {
        Path aside = folder.resolve(".parts").resolve(tryName);
        delete(aside);
        AtomicFiles.requireWritable(aside.resolve("scans.csv"));   // before the work begins
        Detector.Judgement judgement = detector.judge(scans, work, plan.falsePositives, compute);
        List<Finding> judged = judgement.judged();
        FindingFiles files = new FindingFiles(folder, detector.model(), judgement);
        files.overlays(aside.resolve("overlays"));
        for (Finding f : judged) copy(f.maps().orElseThrow(), aside.resolve("maps/" + f.scan() + ".npy"));
        AtomicFiles.writeString(aside.resolve("scans.csv"), FindingFiles.scans(judged));
        AtomicFiles.writeString(aside.resolve("regions.csv"), FindingFiles.regions(judged));
        copy(work.resolve("patches/skipped.csv"), aside.resolve("skipped.csv"));
        if (!judged.isEmpty()) copy(judgement.patchScores(), aside.resolve("patches.csv"));
        for (String f : FOLDERS) place(aside.resolve(f), folder.resolve(f).resolve(CohortTables.part(part)));
        for (String t : TABLES) place(aside.resolve(t + ".csv"), folder.resolve(CohortTables.file(t, part)));
        delete(aside);
        delete(work);
        return new Counts(judgement.findings().size(), judged.size(),
                (int) judged.stream().filter(f -> f.isSure() && f.flagged().orElse(false)).count());
    }

    /** Joins the parts, and says that nothing is missing. */
    public void finish(String tryName) {
        join(tryName);
        succeed(tryName);
    }

    /** Says that nothing is missing. */
    public void succeed(String tryName) {
        write(SUCCESS, "", tryName);
    }

    /**
     * Joins the parts into the three tables that one machine writes: {@code scans.csv}, {@code regions.csv} and
     * {@code patches.csv}.
     *
     * @throws UserError if a part is missing
     */
    public void join(String tryName) {
        requireComplete();
        Path aside = folder.resolve(".parts").resolve(tryName);
        CohortTables tables = CohortTables.of(folder, plan.parts);
        AtomicFiles.write(aside.resolve("scans.csv"), tables::writeScans);
        AtomicFiles.write(aside.resolve("regions.csv"), tables::writeRegions);
        if (tables.hasPatches()) AtomicFiles.write(aside.resolve("patches.csv"), tables::writePatches);
        for (String t : List.of("scans.csv", "regions.csv", "patches.csv")) place(aside.resolve(t), folder.resolve(t));
        delete(aside);
    }

    private void requireComplete() {
        List<Integer> missing = missing();
        if (!missing.isEmpty())
            throw UserError.failure("%d of %d parts of %s are missing, the first: %d/%2$d. Judge them first.",
                    missing.size(), plan.parts, folder, missing.get(0) + 1);
    }

    /**
     * What the scores are worth, and how often each marker is seen, by a table that says what the scans show.
     *
     * @param  labels    a CSV file with the columns {@code class} and {@code scan}, or {@code file} or {@code path} in
     *                   its place, as in {@code scans.csv}; of {@code patient} too, if there is one
     * @param  normal    classes that are normal; {@code UNKNOWN} is neither
     * @throws UserError if a part is missing, or the table does not fit
     */
    public CohortAnalysis analysis(Path labels, List<String> normal) {
        requireComplete();
        return CohortAnalysis.of(folder, plan.parts, plan.markers, labels, normal);
    }

    private void write(String file, String content, String tryName) {
        Path aside = folder.resolve(".parts").resolve(tryName + "-" + ProcessHandle.current().pid());
        AtomicFiles.writeString(aside.resolve("file"), content);
        place(aside.resolve("file"), folder.resolve(file));
        delete(aside);
    }

    private static void copy(Path file, Path to) {
        AtomicFiles.write(to, out -> Files.copy(file, out));
    }

    /**
     * Renames a file or a folder, unless a part without judged scans has none; of a folder that is there already, the
     * other try's stands, which is the same.
     */
    private static void place(Path aside, Path to) {
        if (!Files.exists(aside)) return;
        try {
            Files.createDirectories(to.getParent());
            if (!Files.isDirectory(aside)) AtomicFiles.move(aside, to);
            else if (!Files.exists(to)) Files.move(aside, to);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another try was there in between
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(to, e);
        }
    }

    /** Removes what tries left behind that were killed, as far as none of them is still alive: it would go on. */
    public void clean() {
        try {
            delete(folder.resolve(".parts"));
        } catch (UserError e) {
            // What remains is in nobody's way.
        }
    }

    /** Removes a folder of what was done on the way, with all that is in it. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot remove %s: %s. Remove it yourself.", folder, ErrorText.of(e));
        }
    }
}
