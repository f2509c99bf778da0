package anogan.data;

import anogan.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OCTDL as a normal-only training set: a folder with {@code meta.csv} (path, class, group, split, matched, mask, …) that says which scans are trained
 * on ({@code train}) and which are tested ({@code dev}). Masks lie in {@code dev_masks/<class>/<name>_mask.png}. A share of the training groups is
 * held out for validation. The columns {@code matched} and {@code vit_noise} are kept as attributes.
 *
 * <p>Source: Kulyabin et al., "OCTDL: Optical Coherence Tomography Dataset for Image-Based Deep Learning Methods", Scientific Data 11, 365 (2024), CC
 * BY 4.0.
 *
 * @param root the folder that holds {@code meta.csv}
 */
public record OctdlSource(Path root) implements ScanSource {
    private static final List<String> KEPT = List.of("matched", "vit_noise");

    @Override
    public Listing list(PrepareOptions options) {
        if (!Files.isDirectory(root)) throw UserError.failure("There is no folder %s.", root);
        Path table = root.resolve("meta.csv");
        if (!Files.isRegularFile(table)) {
            throw UserError.failure("%s has no meta.csv: it is not laid out as octdl. For a folder per class use --layout folder.", root);
        }
        List<Map<String, String>> rows = Csv.read(table, "path", "class", "group", "split", "mask");
        List<String> training = rows.stream().filter(r -> r.get("split").equals("train") && options.isNormal(r.get("class")))
                .map(r -> r.get("group")).toList();
        if (training.isEmpty()) {
            throw UserError.failure("%s lists no normal training scans (classes %s).", table, String.join(", ", options.normalClasses()));
        }
        Set<String> validation = new HashSet<>(GroupSplit.validationGroups(training, options));
        Set<String> trained = new HashSet<>(training);
        List<Listed> scans = new ArrayList<>();
        List<PatchFolder.Skipped> skipped = new ArrayList<>();
        for (Map<String, String> row : rows) {
            boolean train = row.get("split").equals("train");
            if (train && !options.isNormal(row.get("class"))) {
                skipped.add(new PatchFolder.Skipped(row.get("path"), "an anomalous scan in the training split"));
            } else if (!train && trained.contains(row.get("group"))) {
                skipped.add(new PatchFolder.Skipped(row.get("path"), "its group " + row.get("group") + " is trained on"));
            } else {
                scans.add(listed(row, train ? validation.contains(row.get("group")) ? Split.VALIDATION : Split.TRAIN : Split.TEST));
            }
        }
        return new Listing(scans, skipped);
    }

    private Listed listed(Map<String, String> row, Split split) {
        Path file = root.resolve(row.get("path"));
        String name = file.getFileName().toString().replaceFirst("[.][^.]*$", "");
        Path mask = row.get("mask").equals("1") ? root.resolve("dev_masks").resolve(row.get("class")).resolve(name + "_mask.png") : null;
        Map<String, String> attributes = new HashMap<>(row);
        attributes.keySet().retainAll(KEPT);
        return new Listed(row.get("path"), name, row.get("group"), row.get("class"), split, attributes,
                () -> new Pixels(GrayImage.read(file), mask == null ? null : GrayImage.read(mask)));
    }
}
