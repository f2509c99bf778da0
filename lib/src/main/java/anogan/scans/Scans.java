package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where scans come from. A source lists its scans first, with group and split, and reads each only when it is asked
 * for: a data set may be larger than memory.
 */
public interface Scans {
    /** What is known of every scan; no attribute has one of these names. */
    List<String> COLUMNS = List.of("scan", "group", "class", "split", "label", "masked", "width", "height",
            "confidence");

    /**
     * A scan and its annotation.
     *
     * @param mask which pixels are anomalous (white), of the image's extents, or {@code null} where nobody annotated it
     */
    record Pixels(GrayImage image, GrayImage mask) {
        public Pixels {
            if (mask != null && (mask.width() != image.width() || mask.height() != image.height())) {
                throw UserError.failure(
                        "The mask has %s x %s pixels, but the scan has %s x %s. Make them alike, or leave the mask away.",
                        mask.width(), mask.height(), image.width(), image.height());
            }
        }
    }

    /**
     * A scan that is listed but not read.
     *
     * @param file       what to call it in a message
     * @param scan       short name
     * @param group      patient, eye or volume
     * @param className  diagnosis
     * @param split      what it is for
     * @param attributes further things known about it; of a slice of a volume {@code volume} and {@code slice}, from 0
     * @param read       reads it; throws {@link UserError} if that cannot be done
     */
    record Listed(String file, String scan, String group, String className, Split split, Map<String, String> attributes,
            Supplier<Pixels> read) {
        Listed withSplit(Split other) {
            return new Listed(file, scan, group, className, other, attributes, read);
        }
    }

    /**
     * What the source holds. Closed, it lets go of archives and volumes that it read from.
     *
     * @param scans   in a fixed order, in which reading is quick
     * @param skipped what is not even worth trying, and why
     * @param notes   sentences that whoever prepares these scans should read
     * @param files   what is open
     */
    record Listing(List<Listed> scans, List<Skipped> skipped, List<String> notes,
            List<Closeable> files) implements Closeable {
        public Listing(List<Listed> scans, List<Skipped> skipped) {
            this(scans, skipped, List.of(), List.of());
        }

        Listing with(List<Skipped> moreSkipped, List<String> moreNotes, List<Closeable> open) {
            List<Skipped> all = new ArrayList<>(moreSkipped);
            all.addAll(skipped);
            List<String> said = new ArrayList<>(notes);
            said.addAll(moreNotes);
            return new Listing(scans, all, said, open);
        }

        @Override
        public void close() {
            for (Closeable file : files) {
                try {
                    file.close();
                } catch (IOException ignored) {
                    // It was only read.
                }
            }
        }
    }

    /**
     * @throws UserError if there is no such folder, it has another layout, holds no normal scans, or its scans cannot
     *                   be split by group
     */
    Listing list(SplitOptions options);

    /**
     * The same for whoever only looks: scans that cannot be split are listed as they are, and a note says why nobody
     * could learn from them.
     */
    default Listing look(SplitOptions options) {
        return list(options);
    }
}
