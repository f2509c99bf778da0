package anogan.scans;

import anogan.UserError;
import anogan.io.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Scans that a table lists, wherever they lie: a CSV file with the columns {@code path}, {@code class} and
 * {@code patient}; if there are any, {@code mask} (the file that annotates it) and {@code split} (train, validation or
 * test; else scans are split by patient). Further columns are kept as attributes; {@code volume} and {@code slice}, a
 * number from 0, join pictures to volumes. Paths are relative to the table's folder.
 *
 * @param table the CSV file
 */
record ManifestScans(Path table) implements Scans {
    private static final Set<String> OWN = Set.of("path", "class", "patient", "mask", "split");

    @Override
    public Listing list(SplitOptions options) {
        return listing(options, (scans, given) -> split(scans, given, options));
    }

    @Override
    public Listing look(SplitOptions options) {
        return listing(options, (scans, given) -> GroupSplit.orAsTheyAre(scans, () -> split(scans, given, options)));
    }

    private Listing split(List<Listed> scans, boolean given, SplitOptions options) {
        return given ? GivenSplit.keep(scans, options, table.toString()) : GroupSplit.listing(scans, options);
    }

    private Listing listing(SplitOptions options, BiFunction<List<Listed>, Boolean, Listing> split) {
        if (!Files.isRegularFile(table)) {
            throw UserError
                    .failure("There is no table %s. Layout manifest reads a CSV file with the columns path, class, "
                            + "patient.", table);
        }
        List<Map<String, String>> rows = Csv.read(table, "path", "class", "patient");
        if (rows.isEmpty())
            throw UserError.failure("%s lists no scans. Below its header it needs a row for each.", table);
        Slices slices = new Slices(new FolderTree(table.toAbsolutePath().getParent()));
        boolean splitGiven = rows.get(0).containsKey("split");
        List<Listed> scans = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            Optional<String> mask = Optional.ofNullable(row.get("mask"))
                    .filter(m -> !m.isBlank() && !options.isNormal(row.get("class")));
            scans.addAll(slices.of(entry(row, i, mask, splitGiven)));
        }
        if (scans.isEmpty()) throw UserError.failure(
                "%s lists no scan that can be read; paths are relative to its folder. The first: %s", table,
                slices.skipped().get(0).reason());
        return split.apply(scans, splitGiven).with(slices.skipped(), slices.open());
    }

    private Slices.Entry entry(Map<String, String> row, int index, Optional<String> mask, boolean splitGiven) {
        for (String column : List.of("path", "class", "patient")) {
            if (row.get(column).isBlank()) throw UserError
                    .failure("%s, row %d: the column %s is empty, but every scan needs one.", table, index + 2, column);
        }
        Map<String, String> attributes = new HashMap<>(row);
        attributes.keySet().removeAll(OWN);
        attributes.keySet().removeAll(Scans.COLUMNS);
        attributes.remove("");
        requireSlice(attributes, index);
        return new Slices.Entry(row.get("path"), mask, ScanFile.stem(row.get("path")), row.get("patient"),
                row.get("class"), splitGiven ? split(row.get("split"), index) : Split.TEST, attributes);
    }

    /** Slices are put in their order later on: it must be known what they are slices of, and which. */
    private void requireSlice(Map<String, String> attributes, int index) {
        String slice = attributes.getOrDefault("slice", "");
        if (slice.isBlank() || (slice.matches("\\d{1,9}") && !attributes.getOrDefault("volume", "").isBlank())) return;
        throw UserError.failure(
                "%s, row %d: the slice is \"%s\", but must be a number from 0 beside a volume. Name the column "
                        + "otherwise if it means something else.",
                table, index + 2, slice);
    }

    private Split split(String word, int index) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Split.TRAIN;
            case "validation", "val", "valid" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default -> throw UserError.failure(
                    "%s, row %d: the split is \"%s\", but must be train, validation or test.", table, index + 2, word);
        };
    }
}
