package anogan.scans;

import anogan.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Scans in folders that tell their class, at any depth, on disk or in an archive: {@code NORMAL/NORMAL-anna-1.png},
 * {@code OCT2017 /train/NORMAL/NORMAL-1001-1.jpeg}, {@code NORMAL/anna/001.png}, {@code NORMAL1/TIFFs/001.tif}. Files
 * are pictures, or volumes of slices ({@code .vol}, {@code .dcm}, {@code .nii}, {@code .nii.gz}, multi-page TIFF).
 * Where class and patient stand is said ({@link Naming}) or guessed from all paths together, and told
 * ({@link ClassRule}, {@link PatientRule}). Of scans that are only judged the listing guesses no patient, for nobody
 * asks: each file is a group of its own, called by its path.
 *
 * <p>
 * Masks, where there are any, lie in a folder {@code masks} or {@code mask}, or beside their scan as
 * {@code <name>_mask.*} ({@link MaskIndex}); white is anomalous, as is every label but 0. Every other file below the
 * root is named or counted ({@link Unread}). Folders called train, test or val are put together and split anew, by
 * patient.
 *
 * @param root   the folder, archive or store
 * @param naming how class and patient are found
 */
record FolderScans(FileRoot root, Naming naming) implements Scans {
    private static final Set<String> SPLITS = Set.of("train", "training", "test", "val", "valid", "validation");
    private static final int SHOWN = 8;

    /** What the paths tell. */
    private record Read(ClassRule classes, PatientRule patients, List<Classed> files) {}

    @Override
    public Listing list(SplitOptions options) {
        return listing(options, !options.onlyJudged(), (read, scans) -> split(read, scans, options));
    }

    @Override
    public Listing look(SplitOptions options) {
        return listing(options, true,
                (read, scans) -> GroupSplit.orAsTheyAre(scans, () -> split(read, scans, options)));
    }

    @FunctionalInterface
    private interface Splitting {
        Listing of(Read read, List<Listed> scans);
    }

    /** @param whose whether patients are asked for, which takes some seconds and a gigabyte for a million files */
    private Listing listing(SplitOptions options, boolean whose, Splitting split) {
        FileTree tree = root.open();
        Unread unread = new Unread(tree);
        Slices slices = new Slices(tree, options);
        Map<Boolean, List<String>> found = tree.files().stream().filter(file -> !unread.takes(tree, file))
                .collect(Collectors.partitioningBy(MaskIndex::isMask));
        List<Classed> files = new ArrayList<>();
        ClassRule classes = naming.classPattern().map(ClassRule::given)
                .orElseGet(() -> ClassRule.guess(found.get(false), options::isNormal));
        for (String file : found.get(false)) classes.of().apply(file).or(() -> withoutClass(file, options))
                .ifPresentOrElse(files::add, () -> unread.outside(file));
        PatientRule patients = naming.patientPattern().map(p -> PatientRule.given(files, p))
                .orElseGet(() -> whose ? PatientRule.guess(files) : PatientRule.none());
        Map<Classed, String> masks = MaskIndex.match(found.get(true), files, options::isNormal, unread);
        List<Listed> scans = scans(files, patients, masks, slices);
        if (scans.isEmpty()) throw nothing(slices, unread);
        List<Skipped> skipped = new ArrayList<>(unread.skipped());
        skipped.addAll(slices.skipped());
        Listing listing = split.of(new Read(classes, patients, files), scans)
                .with(skipped, slices.intensities(), slices.open()).withNotes(notes(scans));
        if (!classes.words().equals(ClassRule.USUAL))
            listing = listing.withNotes(List.of("Classes by " + classes.words() + "."));
        listing = listing.withNotes(classSpelling(files).notes("classes"));
        if (!whose) return listing.withNotes(unread.notes());
        return PatientReport.tell(listing, patients.words(), options).withNotes(unread.notes())
                .withDoubts(onlyClass(files)).withDoubts(PatientReport.doubts(patients, files, options));
    }

    /** Where all scans are judged, their classes say nothing: a picture may lie in no folder as well. */
    private static Optional<Classed> withoutClass(String file, SplitOptions options) {
        return options.onlyJudged() ? Optional.of(Classed.of(file, "unlabelled", -1)) : Optional.empty();
    }

    private static Spelling classSpelling(List<Classed> files) {
        return new Spelling(files.stream().map(Classed::className).toList());
    }

    /**
     * The only class, if its folders lie in folders of several words, such as NORMAL1 and DME1: these may be the
     * classes.
     */
    private static List<String> onlyClass(List<Classed> files) {
        if (files.stream().map(Classed::className).distinct().count() > 1) return List.of();
        Map<String, String> places = new TreeMap<>();
        for (Classed f : files) {
            for (String folder : f.above()) {
                String word = folder.replaceFirst("[\\d _.-].*", "");
                if (NameFields.kind(folder) == NameFields.Kind.CODE) places.putIfAbsent(word, folder);
            }
        }
        if (places.size() < 2) return List.of();
        return List.of(String.format(Locale.ROOT,
                "All scans are of one class, %s, but lie in folders such as %s. If those tell what is normal, say where the "
                        + "class stands with option class, such as {class}{*}/{*}/{slice}.",
                files.get(0).className(), places.values().stream().limit(3).collect(Collectors.joining(", "))));
    }

    private List<Listed> scans(List<Classed> files, PatientRule patients, Map<Classed, String> masks, Slices slices) {
        Spelling classes = classSpelling(files);
        Spelling people = new Spelling(patients.patients().values());
        List<Listed> scans = new ArrayList<>();
        for (Classed f : files) {
            Slices.Entry entry = new Slices.Entry(f.file(), ScanFile.stem(f.file()),
                    people.of(patients.patients().getOrDefault(f, f.file())), classes.of(f.className()));
            scans.addAll(slices.of(entry.withMasks(Optional.ofNullable(masks.get(f)).stream().toList())));
        }
        return scans;
    }

    private Listing split(Read read, List<Listed> scans, SplitOptions options) {
        GroupSplit.requireJudged(scans, options, root);
        if (!options.onlyJudged() && scans.stream().noneMatch(s -> options.isNormal(s.className())))
            throw noNormal(read);
        try {
            return GroupSplit.listing(scans, options);
        } catch (UserError e) {
            throw UserError.failure(e, "%s Patients were read by %s.", e.getMessage(), read.patients.words());
        }
    }

    /** Names the folders of every depth: whoever is told of one alone may train on what is ill. */
    private UserError noNormal(Read read) {
        List<String> depths = new ArrayList<>();
        for (int depth = 0;; depth++) {
            int d = depth;
            Set<String> names = read.files.stream().map(f -> FileTree.folders(f.file())).filter(f -> f.size() > d)
                    .map(f -> f.get(d)).collect(Collectors.toCollection(TreeSet::new));
            if (names.isEmpty()) break;
            depths.add(names.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (names.size() > SHOWN ? ", …" : ""));
        }
        return UserError.failure(
                "%s has no normal scans. Its folders are, from the top: %s. Name those that hold scans of "
                        + "healthy eyes alone with option normal or, if the class is only a part of a name, say where it stands in a "
                        + "path such as %s with option class, for example {class}{*}/{*}/{slice}.",
                root, String.join("; ", depths), read.files.get(0).file());
    }

    private UserError nothing(Slices slices, Unread unread) {
        if (!slices.skipped().isEmpty()) {
            return UserError.failure("%s holds no scan that can be read. The first: %s", root,
                    slices.skipped().get(0).reason());
        }
        List<Skipped> skipped = unread.skipped();
        if (skipped.stream().anyMatch(s -> ScanFile.isOfDevice(s.file()))) {
            return UserError.failure("%s holds no scans of a kind that is read. %s", root, ScanFile.ADVICE);
        }
        return UserError.failure(
                "%s holds no pictures or volumes (%s) in folders named by their class%s. Lay them out as CLASS/NAME.png "
                        + "(those that nobody has judged as UNLABELLED/NAME.png, beside the normal ones that a run "
                        + "learns from), or list them in a table (option layout manifest).",
                root, ScanFile.endings(), skipped.isEmpty() ? "" : ", but " + Skipped.counts(skipped));
    }

    /** What became of folders that are called as splits are. */
    private static List<String> notes(List<Listed> scans) {
        Map<String, Set<String>> splitsOfGroup = new TreeMap<>();
        Set<String> found = new TreeSet<>();
        for (Listed s : scans) {
            for (String part : FileTree.folders(s.file())) {
                if (!SPLITS.contains(part.toLowerCase(Locale.ROOT)) || part.equals(s.className())) continue;
                found.add(part);
                splitsOfGroup.computeIfAbsent(s.group(), g -> new HashSet<>()).add(part);
            }
        }
        if (found.size() < 2) return List.of();
        long leaking = splitsOfGroup.values().stream().filter(in -> in.size() > 1).count();
        return List.of(String.format(Locale.ROOT,
                "The folders %s were put together and split anew, by patient: %d of %d patients have scans in more "
                        + "than one of them.",
                String.join(", ", found), leaking, splitsOfGroup.size()));
    }
}
