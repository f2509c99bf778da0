package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scans of a data set's files, with their masks: a picture is one scan, a volume one for each slice, in order, with
 * the attributes {@code volume} and {@code slice}. What was opened is kept until the listing is closed.
 */
final class Slices {
    private static final int LABELS = 16;      // a mask without larger numbers holds numbers of labels
    private static final float HALF = 127.5f;
    private final FileTree tree;
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

    Slices(FileTree tree) {
        this.tree = tree;
        open.add(tree);
    }

    /** What is to be closed in the end. */
    List<Closeable> open() {
        return open;
    }

    /** Which numbers are black and white in all of them. */
    Intensities intensities() {
        return intensities;
    }

    /** The files that cannot be read, and why. */
    List<Skipped> skipped() {
        return skipped;
    }

    /** Lists the scans of a file; none if it is damaged, which is noted. */
    List<Scans.Listed> of(Entry entry) {
        try {
            ScanFile scans = open(entry.file);
            List<ScanFile> masks = entry.masks.stream().map(this::open).toList();
            for (int i = 0; i < masks.size(); i++) {
                if (masks.get(i).slices() == scans.slices()) continue;
                throw UserError.failure("%s has %d slices, but its mask %s has %d. Give it a mask of as many, or none.",
                        ScanFile.where(tree, entry.file), scans.slices(), entry.masks.get(i), masks.get(i).slices());
            }
            return IntStream.range(0, scans.slices()).mapToObj(i -> slice(scans, masks, i, entry)).toList();
        } catch (UserError e) {
            skipped.add(Skipped.unreadable(entry.file, e.getMessage()));
            return List.of();
        }
    }

    private ScanFile open(String file) {
        ScanFile scans = ScanFile.open(tree, file);
        open.add(scans);
        return scans;
    }

    private Scans.Listed slice(ScanFile scans, List<ScanFile> masks, int i, Entry e) {
        intensities.add(() -> scans.samples(i));
        boolean volume = scans.slices() > 1;
        Map<String, String> attributes = new HashMap<>(e.attributes);
        // of three digits, so that nobody takes 0 and 1 for no and yes
        String number = String.format(Locale.ROOT, "%03d", i);
        if (volume) attributes.putAll(Map.of("volume", volumeName(e.file), "slice", number));
        String file = volume ? e.file + ", slice " + i : e.file;
        return new Scans.Listed(file, volume ? e.scan + "-s" + number : e.scan, e.group, e.className, e.split,
                attributes, () -> new Scans.Pixels(intensities.grey(file, scans.samples(i)),
                        masks.stream().map(m -> binary(labels(m.samples(i)))).reduce(Slices::either)));
    }

    private static String volumeName(String file) {
        return file.substring(0, file.length() - FileTree.name(file).length()) + ScanFile.stem(file);
    }

    private static GrayImage either(GrayImage one, GrayImage other) {
        if (one.width() != other.width() || one.height() != other.height()) {
            throw UserError.failure("The masks of one scan have %s x %s and %s x %s pixels. Make them alike.",
                    one.width(), one.height(), other.width(), other.height());
        }
        for (int i = 0; i < one.pixels().length; i++) one.pixels()[i] = Math.max(one.pixels()[i], other.pixels()[i]);
        return one;
    }

    /** A mask's numbers are labels, and not stretched. */
    private static GrayImage labels(Samples mask) {
        boolean bytes = mask.type() == NumberType.UINT8 || mask.meaning() != Samples.Meaning.GREY || mask.bands() > 1;
        return bytes ? mask.grey() : new GrayImage(mask.height(), mask.width(), mask.values());
    }

    /** Anomalous is what is brighter than half of white or, in a mask of label numbers, every label but 0. */
    static GrayImage binary(GrayImage mask) {
        float most = 0;
        for (float v : mask.pixels()) most = Math.max(most, v);
        GrayImage binary = GrayImage.black(mask.height(), mask.width());
        for (int i = 0; i < binary.pixels().length; i++)
            binary.pixels()[i] = mask.pixels()[i] > (most < LABELS ? 0 : HALF) ? 255 : 0;
        return binary;
    }
}
