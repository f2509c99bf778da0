package anogan.scans;

import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * @param patient finds the patient in a file name, if that tells it
 */
record BenchmarkScans(Path root, Optional<PathPattern> patient) implements Scans {
    private static final Pattern PLACE = Pattern
            .compile("((?:.*/)?)(train|valid|val|test|ground_truth)/([^/]+)/(?:([^/]+)/)?[^/]+");
    private static final Set<String> MASK_FOLDERS = Set.of("anomaly_mask", "label", "mask");

    @Override
    public Listing list(SplitOptions options) {
        FileTree tree = FileTree.open(root);
        Set<String> categories = new TreeSet<>();
        Map<String, String> masks = new HashMap<>();
        Map<Slices.Entry, String> found = new LinkedHashMap<>();   // with what a scan shares with its mask
        for (String file : tree.files()) {
            Matcher m = PLACE.matcher(file);
            if (!m.matches() || !ScanFile.isKnown(tree, file) || FileTree.name(file).startsWith(".")) continue;
            categories.add(m.group(1));
            String split = m.group(2);
            String className = m.group(3).strip();
            String name = ScanFile.stem(file);
            boolean inMasks = m.group(4) != null && MASK_FOLDERS.contains(m.group(4).toLowerCase(Locale.ROOT));
            if (split.equals("ground_truth")) masks.put(key("test", className, name.replaceFirst("_mask$", "")), file);
            else if (inMasks) masks.put(key(split, className, name), file);
            else found.put(entry(file, split, className, name), key(split, className, name));
        }
        check(found.isEmpty(), categories);
        Slices slices = new Slices(tree);
        List<Listed> scans = new ArrayList<>();
        found.forEach((entry, key) -> scans.addAll(slices.of(
                options.isNormal(entry.className()) ? entry : entry.withMask(Optional.ofNullable(masks.get(key))))));
        return GivenSplit.keep(scans, options, root.toString()).with(slices.skipped(), slices.open());
    }

    private void check(boolean none, Set<String> categories) {
        if (none) {
            throw UserError.failure(
                    "%s has no train/good and test/…: it is laid out neither as MVTec AD nor as BMAD. For a folder per "
                            + "class use option layout folder.",
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

    private Slices.Entry entry(String file, String split, String className, String name) {
        String scan = split + "-" + className + "-" + name;   // the same numbers come in every folder
        String group = patient.flatMap(p -> p.in(file)).orElse(scan);
        return new Slices.Entry(file, Optional.empty(), scan, group, className,
                split.equals("train") ? Split.TRAIN : split.equals("test") ? Split.TEST : Split.VALIDATION, Map.of());
    }
}
