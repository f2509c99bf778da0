package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The scans of a data set's files, with their masks: a picture is one scan, a volume one for each slice, in order, with
 * the attributes {@code volume} and {@code slice}. What was opened is kept until the listing is closed.
 */
final class Slices {
    private static final int LABELS = 16;      // a mask without larger numbers holds numbers of labels
    private static final float HALF = 127.5f;
    private final FileTree tree;
    private final List<Closeable> open = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    Slices(FileTree tree) {
        this.tree = tree;
        open.add(tree);
    }

    /** What is to be closed in the end. */
    List<Closeable> open() {
        return open;
    }

    /** The files that cannot be read, and why. */
    List<Skipped> skipped() {
        return skipped;
    }

    /**
     * Lists the scans of a file; none if it is damaged, which is noted.
     *
     * @param mask  the file that annotates it, or {@code null}
     * @param model everything about the scans but their number and how they are read
     */
    List<Scans.Listed> of(String file, String mask, Scans.Listed model) {
        try {
            ScanFile scans = ScanFile.open(tree, file);
            open.add(scans);
            ScanFile masks = mask == null ? null : ScanFile.open(tree, mask);
            if (masks != null) open.add(masks);
            if (masks != null && masks.slices() != scans.slices()) {
                throw UserError.failure("%s has %d slices, but its mask %s has %d. Give it a mask of as many, or none.",
                        ScanFile.where(tree, file), scans.slices(), mask, masks.slices());
            }
            List<Scans.Listed> listed = new ArrayList<>();
            for (int i = 0; i < scans.slices(); i++) listed.add(slice(scans, masks, i, model));
            return listed;
        } catch (UserError e) {
            skipped.add(new Skipped(model.file(), e.getMessage()));
            return List.of();
        }
    }

    private static Scans.Listed slice(ScanFile scans, ScanFile masks, int i, Scans.Listed m) {
        boolean volume = scans.slices() > 1;
        Map<String, String> attributes = new HashMap<>(m.attributes());
        String number = String.format(Locale.ROOT, "%03d", i);   // of three digits, so that nobody takes 0 and 1 for no and yes
        if (volume) attributes.putAll(Map.of("volume", volumeName(m.file()), "slice", number));
        return new Scans.Listed(volume ? m.file() + ", slice " + i : m.file(),
                volume ? m.scan() + "-s" + number : m.scan(), m.group(), m.className(), m.split(), attributes,
                () -> new Scans.Pixels(scans.slice(i), masks == null ? null : binary(masks.slice(i))));
    }

    private static String volumeName(String file) {
        return file.substring(0, file.length() - FileTree.name(file).length()) + ScanFile.stem(file);
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
