package anogan.scans;

import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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
 * The benchmark layouts of anomaly detection, on disk or in an archive:
 *
 * <pre>
 * MVTec AD        train/good/*   test/{good,DEFECT}/*   ground_truth/DEFECT/NAME_mask.png, or NAME.png as anomalib has it
 * MVTec LOCO AD   the same, with ground_truth/DEFECT/NAME/000.png, 001.png, …: all of them together are the mask
 * BMAD            train/good/*   {valid,test}/{good,Ungood}/{img,anomaly_mask}/NAME.png     (img/ may be missing)
 * </pre>
 *
 * Their splits are kept. Patients are unknown unless a path tells them: without {@code patient} every file is a group
 * of its own, and nobody can say whether a patient is on both sides.
 *
 * <p>
 * Sources: Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 129 (2021), and "Beyond Dents and Scratches",
 * IJCV 130 (2022); Bao et al., "BMAD: Benchmarks for Medical Anomaly Detection", CVPR workshops 2024. The data sets are
 * CC BY-NC-SA.
 *
 * @param root    folder or archive of one category
 * @param patient finds the patient in a path, if that tells it
 */
record BenchmarkScans(Path root, Optional<PathPattern> patient) implements Scans {
    private static final Pattern PLACE = Pattern.compile(
            "((?:.*/)?)(train|valid|validation|val|test|ground_truth)/([^/]+)/(?:([^/]+)/)?[^/]+",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> MASK_FOLDERS = Set.of("anomaly_mask", "label", "mask", "masks", "gt");

    /** What the paths tell: each scan with what it shares with its masks, and the masks. */
    private record Found(Set<String> categories, Map<Slices.Entry, String> scans, Map<String, List<String>> masks) {}

    @Override
    public Listing list(SplitOptions options) {
        FileTree tree = FileTree.open(root);
        Unread unread = new Unread(tree);
        Found found = new Found(new TreeSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String file : tree.files()) if (!unread.takes(tree, file)) place(file, found, unread);
        check(found);
        Slices slices = new Slices(tree, options);
        List<Listed> scans = new ArrayList<>();
        found.scans.forEach(
                (entry, key) -> scans.addAll(slices.of(entry.withMasks(found.masks.getOrDefault(key, List.of())))));
        Set<String> owners = new HashSet<>(found.scans.values());
        found.masks.forEach((key, files) -> files.stream().filter(file -> !owners.contains(key))
                .forEach(file -> unread.skip(file, "mask without a scan", "no scan is called as this mask")));
        List<Skipped> skipped = new ArrayList<>(unread.skipped());
        skipped.addAll(slices.skipped());
        Listing listing = GivenSplit.keep(scans, options, root.toString())
                .with(skipped, slices.intensities(), slices.open()).withNotes(unread.notes());
        return patient.isPresent() ? PatientReport.tell(listing, "option patient", options) : listing;
    }

    private void place(String file, Found found, Unread unread) {
        Matcher m = PLACE.matcher(file);
        if (!m.matches()) {
            unread.skip(file, "outside the layout", "it lies neither in train, valid or test nor in ground_truth");
            return;
        }
        found.categories.add(m.group(1));
        String split = m.group(2).toLowerCase(Locale.ROOT);
        String className = m.group(3).strip();
        String name = ScanFile.stem(file);
        Optional<String> folder = Optional.ofNullable(m.group(4));
        boolean isMask = folder.filter(f -> MASK_FOLDERS.contains(f.toLowerCase(Locale.ROOT))).isPresent();
        if (split.equals("ground_truth"))
            mask(found, key("test", className, folder.orElse(name.replaceFirst("_mask$", ""))), file);
        else if (isMask) mask(found, key(split, className, name.replaceFirst("_mask$", "")), file);
        else found.scans.put(entry(file, split, className, name), key(split, className, name));
    }

    private static void mask(Found found, String key, String file) {
        found.masks.computeIfAbsent(key, k -> new ArrayList<>()).add(file);
    }

    private void check(Found found) {
        if (found.scans.isEmpty()) {
            throw UserError.failure(
                    "%s has no train/good and test/…: it is laid out neither as MVTec AD nor as BMAD. For a folder per "
                            + "class use option layout folder.",
                    root);
        }
        if (found.categories.size() > 1) {
            throw UserError.failure("%s holds several data sets (%s). Give the folder of one of them.", root,
                    String.join(", ", found.categories));
        }
    }

    private static String key(String split, String className, String name) {
        return split + "/" + className + "/" + name;
    }

    private Slices.Entry entry(String file, String split, String className, String name) {
        String scan = split + "-" + className + "-" + name;   // the same numbers come in every folder
        String group = patient.flatMap(p -> p.in(file)).orElse(scan);
        return new Slices.Entry(file, List.of(), scan, group, className,
                split.equals("train") ? Split.TRAIN : split.equals("test") ? Split.TEST : Split.VALIDATION, Map.of());
    }
}
