package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The scans of a data set's files, with their masks: a picture is one scan, a volume one for each slice, in order, with
 * the attributes {@code volume} and {@code slice}. What was opened is kept until the listing is closed.
 */
final class Slices {
    private final FileTree tree;
    private final FileRoot root;   // one for all
    private final SplitOptions options;
    private final List<Closeable> open = new ArrayList<>();
    private final Intensities intensities = new Intensities();
    private final List<Skipped> skipped = new ArrayList<>();

    /**
     * A file of a data set, and what is known of its scans.
     *
     * @param file       its path in the tree
     * @param masks      the files that annotate it: what one of them marks is anomalous
     * @param scan       short name
     * @param group      patient, eye or volume
     * @param className  diagnosis
     * @param split      what it is for
     * @param attributes further things known about it
     */
    record Entry(String file, List<String> masks, String scan, String group, String className, Split split,
            Map<String, String> attributes) {
        /** Of a file that nothing more is known of. */
        Entry(String file, String scan, String group, String className) {
            this(file, List.of(), scan, group, className, Split.TEST, Map.of());
        }

        Entry withMasks(List<String> others) {
            return new Entry(file, others, scan, group, className, split, attributes);
        }
    }

    /** @param options say which classes are normal */
    Slices(FileTree tree, SplitOptions options) {
        this.options = options;
        this.tree = tree;
        root = tree.root().absolute();
        open.add(tree);
    }

    /** What is to be closed in the end. */
    List<Closeable> open() {
        return open;
    }

    /** Closes all of it. */
    Closeable closing() {
        return () -> {
            for (Closeable file : open) file.close();
        };
    }

    /** Which numbers are black and white in all of them. */
    Intensities intensities() {
        return intensities;
    }

    /** The files that cannot be read, and why. */
    List<Skipped> skipped() {
        return skipped;
    }

    /** A file that is open, with its masks. */
    record Opened(ScanFile scans, MaskFiles masks) {
        Scans.Pixels read(String file, int slice, Intensities intensities) {
            return masks.annotate(intensities.grey(file, scans.samples(slice)), slice);
        }
    }

    /** A file whose scans are known: it is opened when the first of them is read. */
    Supplier<Opened> later(Entry entry) {
        List<Opened> opened = new ArrayList<>();
        return () -> {
            if (opened.isEmpty()) opened.add(opened(entry));
            return opened.get(0);
        };
    }

    /** @throws UserError if it cannot be read */
    private Opened opened(Entry entry) {
        ScanFile scans = open(entry.file);
        return new Opened(scans, masks(entry, scans.slices()));
    }

    /** Lists the scans of a file; none if it is damaged, which is noted. */
    List<Scans.Listed> of(Entry entry) {
        try {
            Opened opened = opened(entry);
            return IntStream.range(0, opened.scans.slices()).mapToObj(i -> slice(opened, i, entry)).toList();
        } catch (UserError e) {
            skipped.add(Skipped.unreadable(entry.file, e.getMessage()));
            return List.of();
        }
    }

    private MaskFiles masks(Entry entry, int slices) {
        Label label = options.label(entry.className);
        try {
            List<ScanFile> masks = entry.masks.stream().map(this::open).toList();
            for (int i = 0; i < masks.size(); i++) {
                if (masks.get(i).slices() == slices) continue;
                throw UserError.failure("%s has %d slices, but its mask %s has %d. Give it a mask of as many, or none.",
                        tree.where(entry.file), slices, entry.masks.get(i), masks.get(i).slices());
            }
            return new MaskFiles(masks, entry.masks, label);
        } catch (UserError e) {
            if (label == Label.ANOMALOUS) throw e;
            return MaskFiles.unreadable(label);
        }
    }

    private ScanFile open(String file) {
        ScanFile scans = ScanFile.open(tree, file);
        open.add(scans);
        return scans;
    }

    private Scans.Listed slice(Opened opened, int i, Entry e) {
        ScanFile scans = opened.scans;
        intensities.add(() -> scans.samples(i));
        boolean volume = scans.slices() > 1;
        Map<String, String> attributes = new HashMap<>(
                scans.spacing().map(s -> volume ? s : s.withoutSlices()).map(Spacing::attributes).orElse(Map.of()));
        attributes.putAll(e.attributes);   // what the user's table says counts
        // of three digits, so that nobody takes 0 and 1 for no and yes
        String number = String.format(Locale.ROOT, "%03d", i);
        if (volume) attributes.putAll(Map.of("volume", volumeName(e.file), "slice", number));
        String file = volume ? e.file + ", slice " + i : e.file;
        return new Scans.Listed(file, volume ? e.scan + "-s" + number : e.scan, e.group, e.className, e.split,
                Map.copyOf(attributes), () -> opened.read(file, i, intensities),
                Optional.of(new Place(root, e.file, e.masks, i)));
    }

    private static String volumeName(String file) {
        return file.substring(0, file.length() - FileTree.name(file).length()) + ScanFile.stem(file);
    }
}
