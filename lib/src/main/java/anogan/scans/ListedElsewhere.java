package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Scans that another program has listed, on another machine perhaps, and that are read here: of a large data set, one
 * program looks at all paths, and each of many others gets a share that it can open by itself. It must see the same
 * files under the same paths.
 *
 * <p>
 * What is black and white is not found on a share but told: numbers of a type that {@code ranges} lacks end in
 * {@link Intensities.Untold}.
 *
 * @param scans  in the order of the listing
 * @param ranges by type of number, as {@link Intensities#all} has them
 */
public record ListedElsewhere(List<Row> scans, Map<String, GreyRange> ranges) implements Scans, Serializable {
    /** A {@link Scans.Listed} that can be sent. */
    record Row(String file, String scan, String group, String className, Map<String, String> attributes,
            Place place) implements Serializable {
        private static Row of(Listed s) {
            return new Row(s.file(), s.scan(), s.group(), s.className(), new TreeMap<>(s.attributes()),
                    s.place().orElseThrow(() -> UserError.failure(
                            "%s is in a set of arrays, or listed in a meta.csv, which one machine reads. Judge it with "
                                    + "stage detect.",
                            s.file())));
        }

        private Slices.Entry entry() {
            return new Slices.Entry(place.file(), scan, group, className).withMasks(place.masks());
        }

        private Listed listed(Supplier<Slices.Opened> opened, Intensities intensities) {
            return new Listed(file, scan, group, className, Split.TEST, attributes,
                    () -> opened.get().read(file, place.slice(), intensities), Optional.of(place));
        }
    }

    /**
     * The shares of a data set.
     *
     * @throws UserError if its scans are no files in a folder, an archive or a store
     */
    public static List<ListedElsewhere> shares(Listing listing, int of) {
        return Share.all(listing.scans(), of).stream()
                .map(share -> new ListedElsewhere(new ArrayList<>(share.stream().map(Row::of).toList()), Map.of()))
                .toList();
    }

    public ListedElsewhere withRanges(Map<String, GreyRange> told) {
        return new ListedElsewhere(scans, new TreeMap<>(told));
    }

    /** @throws UserError if this machine does not see the folder, archive or store that they lie in */
    @Override
    public Listing list(SplitOptions options) {
        Intensities intensities = new Intensities();
        intensities.tell(ranges);
        Map<FileRoot, Slices> roots = new LinkedHashMap<>();
        List<Listed> listed = new ArrayList<>();
        Supplier<Slices.Opened> opened = () -> {
            throw new IllegalStateException("no file yet");
        };
        for (int i = 0; i < scans.size(); i++) {
            Row row = scans.get(i);
            if (i == 0 || !row.place.isBeside(scans.get(i - 1).place)) opened = roots
                    .computeIfAbsent(row.place.root(), root -> new Slices(root.openHere(), options)).later(row.entry());
            listed.add(row.listed(opened, intensities));
        }
        List<Closeable> open = roots.values().stream().map(Slices::closing).toList();
        return new Listing(listed, List.of()).with(List.of(), intensities, open);
    }
}
