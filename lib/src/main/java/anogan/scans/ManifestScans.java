package anogan.scans;

import anogan.UserError;
import anogan.io.GivenTable;
import anogan.io.GivenTable.Row;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scans that a table lists, wherever they lie: a CSV file with the columns {@code path}, {@code class} and
 * {@code patient}; if there are any, {@code mask} (the file that annotates it) and {@code split} (train, validation or
 * test; else scans are split by patient). Further columns are kept as attributes; {@code volume} and {@code slice}, a
 * number from 0, join pictures to volumes, {@code row_um}, {@code column_um} and {@code slice_um} are the
 * {@link Spacing} of pixels. Paths are relative to the table's folder. What differs in capitals alone is one class or
 * one patient.
 *
 * @param table the CSV file
 */
record ManifestScans(Path table) implements Scans {
    private static final List<String> OWN = List.of("path", "class", "patient", "mask", "split");
    private static final List<String> OPTIONAL = List.of("mask", "split", "volume", "slice");

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
        GivenTable given = GivenTable.read(table, List.of("path", "class", "patient"), OPTIONAL);
        if (given.rows().isEmpty())
            throw UserError.failure("%s lists no scans. Below its header it needs a row for each.", table);
        FolderTree tree = new FolderTree(table.toAbsolutePath().getParent());
        Slices slices = new Slices(tree, options);
        boolean splitGiven = given.columns().contains("split");
        Spelling classes = spelling(given, "class");
        Spelling patients = spelling(given, "patient");
        List<Skipped> twice = new ArrayList<>();
        List<Listed> scans = new ArrayList<>();
        for (Row row : once(given.rows(), twice))
            scans.addAll(slices.of(entry(row, tree, classes, patients, splitGiven)));
        if (scans.isEmpty()) throw UserError.failure(
                "%s lists no scan that can be read; paths are relative to its folder. The first: %s", table,
                slices.skipped().get(0).reason());
        List<String> notes = new ArrayList<>(classes.notes("classes"));
        notes.addAll(patients.notes("patients"));
        twice.addAll(slices.skipped());
        Listing listing = split.apply(scans, splitGiven).with(twice, slices.intensities(), slices.open())
                .withNotes(notes);
        return PatientReport.tell(listing, "the table's column patient", options).withNotes(unlisted(given.rows()));
    }

    /** Pictures and volumes that lie beside listed ones, but are in no row. */
    private List<String> unlisted(List<Row> rows) {
        Path here = table.toAbsolutePath().getParent();
        Set<Path> listed = rows.stream().flatMap(row -> Stream.of(row.cell("path"), row.cell("mask")))
                .filter(path -> !path.isEmpty()).map(path -> here.resolve(normal(path)).normalize())
                .collect(Collectors.toSet());
        List<String> others = listed.stream().map(Path::getParent).distinct().sorted()
                .flatMap(folder -> new FolderTree(folder).topmost().stream()).filter(file -> !listed.contains(file))
                .map(file -> here.relativize(file).toString())
                .filter(file -> ScanFile.isKnown(file) && !MaskIndex.isMask(file)).toList();
        return others.isEmpty() ? List.of()
                : List.of(
                        String.format(Locale.ROOT, "Beside listed files lie others that are in no row: %d, such as %s.",
                                others.size(), others.get(0)));
    }

    private static Spelling spelling(GivenTable given, String column) {
        return new Spelling(given.rows().stream().map(row -> row.cell(column)).toList());
    }

    /** The rows without those that say the same of the same file again. */
    private List<Row> once(List<Row> rows, List<Skipped> twice) {
        Map<Path, Row> first = new LinkedHashMap<>();
        for (Row row : rows) {
            Row earlier = first.putIfAbsent(normal(row.cell("path")), row);
            if (earlier == null) continue;
            for (String column : List.of("class", "patient", "split", "mask")) {
                if (!earlier.cell(column).equalsIgnoreCase(row.cell(column))) throw UserError.failure(
                        "%s: rows %d and %d are of one file, %s, but have the %s \"%s\" and \"%s\". Correct or remove "
                                + "one of them.",
                        table, earlier.line(), row.line(), row.cell("path"), column, earlier.cell(column),
                        row.cell(column));
            }
            twice.add(new Skipped(row.cell("path"), "listed twice",
                    "row " + row.line() + " lists it again, after row " + earlier.line()));
        }
        return List.copyOf(first.values());
    }

    private static Path normal(String path) {
        try {
            return Path.of(path.replace('\\', '/')).normalize();
        } catch (InvalidPathException e) {
            throw UserError.failure(e, "\"%s\" is no name that a file can have here. Correct it.", path);
        }
    }

    private Slices.Entry entry(Row row, FileTree tree, Spelling classes, Spelling patients, boolean splitGiven) {
        for (String column : List.of("path", "class", "patient")) {
            if (row.cell(column).isEmpty())
                throw UserError.failure("%s, row %d: the column %s is empty, but every scan needs one%s.", table,
                        row.line(), column, column.equals("class") ? ", UNKNOWN if nobody has judged it" : "");
        }
        Map<String, String> attributes = new HashMap<>(row.cells());
        attributes.keySet()
                .removeIf(column -> Stream.concat(OWN.stream(), COLUMNS.stream()).anyMatch(column::equalsIgnoreCase));
        requireSlice(attributes, row.line());
        requireSpacing(attributes, row.line());
        String file = slashes(row.cell("path"), tree);
        List<String> mask = Stream.of(slashes(row.cell("mask"), tree)).filter(m -> !m.isEmpty()).toList();
        return new Slices.Entry(file, mask, ScanFile.stem(file), patients.of(row.cell("patient")),
                classes.of(row.cell("class")), splitGiven ? split(row.cell("split"), row.line()) : Split.TEST,
                attributes);
    }

    /** A path as Windows writes it is one elsewhere too, unless a file is called so. */
    private static String slashes(String path, FileTree tree) {
        boolean here = tree.onDisk(path).map(Files::exists).orElse(false);
        return here ? path : path.replace('\\', '/');
    }

    /** Slices are put in their order later on: it must be known what they are slices of, and which. */
    private void requireSlice(Map<String, String> attributes, int line) {
        String slice = attributes.getOrDefault("slice", "");
        if (slice.isBlank() || (slice.matches("\\d{1,9}") && !attributes.getOrDefault("volume", "").isBlank())) return;
        throw UserError.failure(
                "%s, row %d: the slice is \"%s\", but must be a number from 0 beside a volume. Name the column "
                        + "otherwise if it means something else.",
                table, line, slice);
    }

    private void requireSpacing(Map<String, String> attributes, int line) {
        try {
            Spacing.of(attributes);
        } catch (UserError e) {
            throw UserError.failure(e, "%s, row %d: %s", table, line, e.getMessage());
        }
    }

    private Split split(String word, int line) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Split.TRAIN;
            case "validation", "val", "valid" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default -> throw UserError.failure(
                    "%s, row %d: the split is \"%s\", but must be train, validation or test.", table, line, word);
        };
    }
}
