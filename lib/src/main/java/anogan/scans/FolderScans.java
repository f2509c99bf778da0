package anogan.scans;

import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scans in a folder per class, {@code <root>/<CLASS>/*}, at any depth, on disk or in an archive: the class is the name
 * of the folder that a file lies in, so that {@code OCT2017 /train/NORMAL/NORMAL-1001-1.jpeg} works as it comes. Files
 * are pictures, or volumes of slices ({@code .vol}, {@code .nii}, {@code .nii.gz}, multi-page TIFF).
 *
 * <p>
 * Masks, where there are any: {@code masks/<CLASS>/<name>_mask.*} or {@code <name>_mask.*} beside the scan; white is
 * anomalous, as is every label but 0.
 *
 * <p>
 * The patient, by whom the scans are split, is read from the file name: {@link PatientPattern}. Without a match the
 * whole name is taken for a patient of its own. Folders called train, test or val are put together and split anew, by
 * patient.
 *
 * @param root    the folder or archive
 * @param patient finds the patient in a file's name
 */
record FolderScans(Path root, PatientPattern patient) implements Scans {
    private static final Set<String> SPLITS = Set.of("train", "training", "test", "val", "valid", "validation");

    @Override
    public Listing list(SplitOptions options) {
        return listing(scans -> split(scans, options));
    }

    @Override
    public Listing look(SplitOptions options) {
        return listing(scans -> GroupSplit.orAsTheyAre(scans, () -> split(scans, options)));
    }

    private Listing listing(Function<List<Listed>, Listing> split) {
        FileTree tree = FileTree.open(root);
        Slices slices = new Slices(tree);
        List<Listed> scans = scans(tree, slices);
        if (scans.isEmpty()) throw nothing(tree, slices);
        return split.apply(scans).with(slices.skipped(), slices.open()).withNotes(notes(scans));
    }

    private Listing split(List<Listed> scans, SplitOptions options) {
        List<String> normal = scans.stream().filter(s -> options.isNormal(s.className())).map(Listed::group).toList();
        if (normal.isEmpty()) {
            throw UserError.failure(
                    "%s has no normal scans: its classes are %s. Name the normal ones with option normal.", root,
                    scans.stream().map(Listed::className).distinct().sorted().limit(20)
                            .collect(Collectors.joining(", ")));
        }
        return GroupSplit.listing(scans, options);
    }

    private List<Listed> scans(FileTree tree, Slices slices) {
        Map<String, String> masks = new HashMap<>();
        List<String> files = new ArrayList<>();
        for (String file : tree.files()) {
            if (!ScanFile.isKnown(tree, file) || FileTree.name(file).startsWith(".") || FileTree.parent(file).isEmpty())
                continue;
            if (isMask(file)) masks.put(maskKey(file), file);
            else files.add(file);
        }
        List<Listed> scans = new ArrayList<>();
        for (String file : files) {
            String name = ScanFile.stem(file);
            Optional<String> mask = Stream.of(className(file), FileTree.parent(file))
                    .map(place -> place + "/" + name + "_mask").filter(masks::containsKey).map(masks::get).findFirst();
            scans.addAll(slices
                    .of(new Slices.Entry(file, name, patient.in(name).orElse(name), className(file)).withMask(mask)));
        }
        return scans;
    }

    private static boolean isMask(String file) {
        return ScanFile.stem(file).endsWith("_mask") || ("/" + file).contains("/masks/");
    }

    /** A mask's path below its folder "masks", or as it is if it lies beside its scan. */
    private static String maskKey(String file) {
        String below = file.replaceFirst("^(.*/)?masks/", "");
        return (FileTree.parent(below).isEmpty() ? "" : FileTree.parent(below) + "/") + ScanFile.stem(file);
    }

    private UserError nothing(FileTree tree, Slices slices) {
        if (!slices.skipped().isEmpty()) {
            return UserError.failure("%s holds no scan that can be read. The first: %s", root,
                    slices.skipped().get(0).reason());
        }
        if (tree.files().stream().anyMatch(ScanFile::isDicom)) {
            return UserError.failure("%s holds no scans of a kind that is read. %s", root, ScanFile.ADVICE);
        }
        return UserError.failure(
                "%s holds no pictures or volumes (%s) in folders named by their class. Lay them out as CLASS/NAME.png, "
                        + "or list them in a table (option layout manifest).",
                root, ScanFile.endings());
    }

    /** What became of folders that are called as splits are. */
    private static List<String> notes(List<Listed> scans) {
        Map<String, Set<String>> splitsOfGroup = new TreeMap<>();
        Set<String> found = new TreeSet<>();
        for (Listed s : scans) {
            for (String part : FileTree.parent(s.file()).split("/", -1)) {
                if (!SPLITS.contains(part.strip().toLowerCase(Locale.ROOT)) || part.strip().equals(s.className()))
                    continue;
                found.add(part.strip());
                splitsOfGroup.computeIfAbsent(s.group(), g -> new HashSet<>()).add(part.strip());
            }
        }
        if (found.size() < 2) return List.of();
        long leaking = splitsOfGroup.values().stream().filter(in -> in.size() > 1).count();
        return List.of(String.format(Locale.ROOT,
                "The folders %s were put together and split anew, by patient: %d of %d patients have scans in more "
                        + "than one of them.",
                String.join(", ", found), leaking, splitsOfGroup.size()));
    }

    private static String className(String file) {
        return FileTree.name(FileTree.parent(file)).strip();
    }
}
