package anogan.scans;

import anogan.UserError;
import anogan.io.GivenTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OCTDL as a normal-only training set: a folder with {@code meta.csv} (path, class, group, split, matched, mask, …)
 * that says which scans are trained on ({@code train}) and which are tested ({@code dev}). Masks lie in
 * {@code dev_masks/<class>/<name>_mask.png}. A share of the training groups is held out for validation. The columns
 * {@code matched} and {@code vit_noise} are kept as attributes.
 *
 * <p>
 * Source: Kulyabin et al., "OCTDL: Optical Coherence Tomography Dataset for Image-Based Deep Learning Methods",
 * Scientific Data 11, 365 (2024), CC BY 4.0.
 *
 * @param root the folder that holds {@code meta.csv}
 */
record OctdlScans(Path root) implements Scans {
    private static final List<String> KEPT = List.of("matched", "vit_noise");

    @Override
    public Listing list(SplitOptions options) {
        if (!Files.isDirectory(root)) throw UserError.failure("There is no folder %s. Is its name right?", root);
        Path table = root.resolve("meta.csv");
        if (!Files.isRegularFile(table)) {
            throw UserError.failure(
                    "%s has no meta.csv: it is not laid out as octdl. For a folder per class use option layout folder.",
                    root);
        }
        GivenTable given = GivenTable.read(table, List.of("path", "class", "group", "split", "mask"), KEPT);
        Listing listing = GivenSplit.keep(given.rows().stream().map(GivenTable.Row::cells).map(this::listed).toList(),
                options, table.toString());
        return PatientReport.tell(listing, "the column group of " + table.getFileName(), options);
    }

    private Listed listed(Map<String, String> row) {
        Split split = row.get("split").equals("train") ? Split.TRAIN : Split.TEST;
        Path file = root.resolve(row.get("path"));
        String name = file.getFileName().toString().replaceFirst("[.][^.]*$", "");
        Path mask = root.resolve("dev_masks").resolve(row.get("class")).resolve(name + "_mask.png");
        boolean masked = row.get("mask").equals("1");
        Map<String, String> attributes = new HashMap<>(row);
        attributes.keySet().retainAll(KEPT);
        return new Listed(row.get("path"), name, row.get("group"), row.get("class"), split, attributes,
                () -> new Pixels(GrayImage.read(file), masked ? Optional.of(GrayImage.read(mask)) : Optional.empty()));
    }
}
