package anogan.data;

import anogan.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scans in a folder per class, {@code <root>/<CLASS>/*.png|jpg|jpeg|tif|tiff|bmp|gif}, at any depth: the class is the name of the folder that a
 * picture lies in, so that {@code OCT2017/train/NORMAL/NORMAL-1001-1.jpeg} works as it comes.
 *
 * <p>Masks, where there are any: {@code <root>/masks/<CLASS>/<name>_mask.png} or {@code <name>_mask.png} beside the picture; white is anomalous.
 *
 * <p>The patient, by whom the scans are split, is read from the file name: the first parenthesis of {@link #patient}. Without a match the whole name
 * is taken for a patient of its own.
 *
 * @param root    the folder
 * @param patient regular expression over the file name without its ending, with one group in parentheses
 */
public record FolderSource(Path root, String patient) implements ScanSource {
    /** The second field of {@code CLASS-patient-number} and {@code cls_patient_number}. */
    public static final String SECOND_FIELD = "^[^-_]+[-_]([^-_]+)[-_].+$";
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif");

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
    public Listing list(PrepareOptions options) {
        if (!Files.isDirectory(root)) throw UserError.failure("There is no folder %s.", root);
        List<Path> files = pictures();
        if (files.isEmpty()) {
            String endings = String.join(", ", new TreeSet<>(ENDINGS));
            throw UserError.failure("%s holds no pictures (%s) in folders named by their class.", root, endings);
        }
        List<Path> normal = files.stream().filter(f -> options.isNormal(className(f))).toList();
        if (normal.isEmpty()) {
            throw UserError.failure("%s has no normal scans: its classes are %s. Name the normal ones with --normal.", root,
                    String.join(", ", files.stream().map(this::className).distinct().sorted().toList()));
        }
        Set<String> anomalous = files.stream().filter(f -> !options.isNormal(className(f))).map(this::group).collect(Collectors.toSet());
        Map<String, Split> splits = GroupSplit.byShares(files.stream().map(this::group).toList(), anomalous, options);
        List<Listed> scans = new ArrayList<>();
        for (Path file : files) {
            String relative = root.relativize(file).toString();
            scans.add(new Listed(relative, name(file), group(file), className(file), splits.get(group(file)), Map.of(), () -> read(file)));
        }
        return new Listing(scans, List.of());
    }

    private List<Path> pictures() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(f -> !root.relativize(f).startsWith("masks") && !f.getParent().equals(root))
                    .filter(f -> !f.getFileName().toString().startsWith(".") && ENDINGS.contains(ending(f)) && !name(f).endsWith("_mask"))
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw UserError.failure(e, "Cannot read the folder %s: %s.", root, e.getMessage());
        }
    }

    private Pixels read(Path file) {
        Path central = root.resolve("masks").resolve(className(file)).resolve(name(file) + "_mask.png");
        Path beside = file.resolveSibling(name(file) + "_mask.png");
        Path mask = Files.exists(central) ? central : Files.exists(beside) ? beside : null;
        return new Pixels(GrayImage.read(file), mask == null ? null : GrayImage.read(mask));
    }

    private String group(Path file) {
        Matcher m = Pattern.compile(patient).matcher(name(file));
        return m.find() && m.group(1) != null ? m.group(1) : name(file);
    }

    private String className(Path file) {
        return file.getParent().getFileName().toString().strip();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("[.][^.]*$", "");
    }

    private static String ending(Path file) {
        return file.getFileName().toString().replaceFirst("^.*[.]", "").toLowerCase(Locale.ROOT);
    }
}
