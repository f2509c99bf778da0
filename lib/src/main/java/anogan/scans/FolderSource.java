package anogan.scans;

import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

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
 * The patient, by whom the scans are split, is read from the file name: the first parenthesis of {@link #patient}.
 * Without a match the whole name is taken for a patient of its own. Folders called train, test or val are put together
 * and split anew, by patient.
 *
 * @param root    the folder or archive
 * @param patient regular expression over the file name without its ending, with one group in parentheses
 */
public record FolderSource(Path root, String patient) implements Scans {
    /** The second field of {@code CLASS-patient-number} and {@code cls_patient_number}. */
    public static final String SECOND_FIELD = "^[^-_]+[-_]([^-_]+)[-_].+$";
    private static final Set<String> SPLITS = Set.of("train", "training", "test", "val", "valid", "validation");

    public FolderSource {
        try {
            if (Pattern.compile(patient).matcher("").groupCount() < 1) {
                throw UserError.usage("--patient needs a part in parentheses, which is the patient: %s", patient);
            }
        } catch (PatternSyntaxException e) {
            throw UserError.usage("--patient is not a regular expression: %s.", e.getDescription());
        }
    }

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
        return split.apply(scans).with(slices.skipped(), notes(scans), slices.open());
    }

    private Listing split(List<Listed> scans, SplitOptions options) {
        List<String> normal = scans.stream().filter(s -> options.isNormal(s.className())).map(Listed::group).toList();
        if (normal.isEmpty()) {
            throw UserError.failure("%s has no normal scans: its classes are %s. Name the normal ones with --normal.",
                    root, scans.stream().map(Listed::className).distinct().sorted().limit(20)
                            .collect(Collectors.joining(", ")));
        }
        return GroupSplit.listing(scans, options);
    }

    private List<Listed> scans(FileTree tree, Slices slices) {
        Map<String, String> masks = new HashMap<>();
        List<String> files = new ArrayList<>();
        for (String file : tree.files()) {
            if (!ScanFile.isKnown(file) || FileTree.name(file).startsWith(".") || FileTree.parent(file).isEmpty())
                continue;
            if (isMask(file)) masks.put(maskKey(file), file);
            else files.add(file);
        }
        List<Listed> scans = new ArrayList<>();
        for (String file : files) {
            String name = ScanFile.stem(file);
            String mask = masks.getOrDefault(className(file) + "/" + name + "_mask",
                    masks.get(FileTree.parent(file) + "/" + name + "_mask"));
            scans.addAll(
                    slices.of(file, mask, new Listed(file, name, group(name), className(file), null, Map.of(), null)));
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
                "%s holds no pictures or volumes (%s) in folders named by their class. Lay them out as CLASS/NAME.png, or list them in a table "
                        + "(--layout manifest).",
                root, ScanFile.endings());
    }

    /** What became of folders that are called as splits are. */
    private static List<String> notes(List<Listed> scans) {
        Map<String, Set<String>> splitsOfGroup = new TreeMap<>();
        Set<String> found = new TreeSet<>();
        for (Listed s : scans) {
            for (String part : FileTree.parent(s.file()).split("/")) {
                if (!SPLITS.contains(part.strip().toLowerCase(Locale.ROOT)) || part.strip().equals(s.className()))
                    continue;
                found.add(part.strip());
                splitsOfGroup.computeIfAbsent(s.group(), g -> new HashSet<>()).add(part.strip());
            }
        }
        if (found.size() < 2) return List.of();
        long leaking = splitsOfGroup.values().stream().filter(in -> in.size() > 1).count();
        return List.of(String.format(Locale.ROOT,
                "The folders %s were put together and split anew, by patient: %d of %d patients have scans in more than one of them.",
                String.join(", ", found), leaking, splitsOfGroup.size()));
    }

    private String group(String name) {
        Matcher m = Pattern.compile(patient).matcher(name);
        return m.find() && m.group(1) != null ? m.group(1) : name;
    }

    private static String className(String file) {
        return FileTree.name(FileTree.parent(file)).strip();
    }
}
