package anogan.scans;

import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two benchmark layouts of anomaly detection, on disk or in an archive:
 *
 * <pre>
 * MVTec AD   train/good/*   test/{good,DEFECT}/*   ground_truth/DEFECT/NAME_mask.png
 * BMAD       train/good/*   {valid,test}/{good,Ungood}/{img,anomaly_mask}/NAME.png     (img/ may be missing)
 * </pre>
 *
 * Their splits are kept. Patients are unknown unless a file name tells them: without {@code patient} every file is a
 * group of its own, and nobody can say whether a patient is on both sides.
 *
 * <p>
 * Sources: Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 129 (2021); Bao et al., "BMAD: Benchmarks for
 * Medical Anomaly Detection", CVPR workshops 2024. Both data sets are CC BY-NC-SA.
 *
 * @param root    folder or archive of one category
 * @param patient regular expression that finds the patient in a file name, in parentheses, or {@code null}
 */
public record BenchmarkSource(Path root, String patient) implements Scans {
    private static final Pattern PLACE = Pattern
            .compile("((?:.*/)?)(train|valid|val|test|ground_truth)/([^/]+)/(?:([^/]+)/)?[^/]+");
    private static final Set<String> MASK_FOLDERS = Set.of("anomaly_mask", "label", "mask");

    public BenchmarkSource {
        if (patient != null) new FolderSource(root, patient);   // refuses what is no regular expression with a group
    }

    /** A scan before its mask is known; {@code key} is what it shares with its mask. */
    private record Found(String key, Listed model) {}

    @Override
    public Listing list(SplitOptions options) {
        FileTree tree = FileTree.open(root);
        Set<String> categories = new TreeSet<>();
        Map<String, String> masks = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (String file : tree.files()) {
            Matcher m = PLACE.matcher(file);
            if (!m.matches() || !ScanFile.isKnown(file) || FileTree.name(file).startsWith(".")) continue;
            categories.add(m.group(1));
            String split = m.group(2);
            String className = m.group(3).strip();
            String name = ScanFile.stem(file);
            boolean inMasks = m.group(4) != null && MASK_FOLDERS.contains(m.group(4).toLowerCase(Locale.ROOT));
            if (split.equals("ground_truth")) masks.put(key("test", className, name.replaceFirst("_mask$", "")), file);
            else if (inMasks) masks.put(key(split, className, name), file);
            else found.add(new Found(key(split, className, name), model(file, split, className, name)));
        }
        check(found, categories);
        Slices slices = new Slices(tree);
        List<Listed> scans = new ArrayList<>();
        for (Found f : found) scans.addAll(
                slices.of(f.model.file(), options.isNormal(f.model.className()) ? null : masks.get(f.key), f.model));
        return GivenSplit.keep(scans, options, root.toString()).with(slices.skipped(), List.of(), slices.open());
    }

    private void check(List<Found> found, Set<String> categories) {
        if (found.isEmpty()) {
            throw UserError.failure(
                    "%s has no train/good and test/…: it is laid out neither as MVTec AD nor as BMAD. For a folder per class use "
                            + "--layout folder.",
                    root);
        }
        if (categories.size() > 1) {
            throw UserError.failure("%s holds several data sets (%s). Give the folder of one of them.", root,
                    String.join(", ", categories));
        }
    }

    private static String key(String split, String className, String name) {
        return split + "/" + className + "/" + name;
    }

    private Listed model(String file, String split, String className, String name) {
        Matcher m = patient == null ? null : Pattern.compile(patient).matcher(name);
        String scan = split + "-" + className + "-" + name;   // the same numbers come in every folder
        String group = m != null && m.find() && m.group(1) != null ? m.group(1) : scan;
        return new Listed(file, scan, group, className,
                split.equals("train") ? Split.TRAIN : split.equals("test") ? Split.TEST : Split.VALIDATION, Map.of(),
                null);
    }
}
