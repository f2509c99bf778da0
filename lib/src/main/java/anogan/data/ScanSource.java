package anogan.data;

import anogan.UserError;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where scans come from. A source lists its scans first, with group and split, and reads each only when it is asked for: a data set may be larger
 * than memory.
 */
public sealed interface ScanSource permits PhantomSource, OctdlSource, FolderSource {

    /**
     * A scan and its annotation.
     *
     * @param mask which pixels are anomalous (white), of the image's extents, or {@code null} where nobody annotated it
     */
    record Pixels(GrayImage image, GrayImage mask) {
        public Pixels {
            if (mask != null && (mask.width() != image.width() || mask.height() != image.height())) {
                throw UserError.failure("The mask has %s x %s pixels, but the scan has %s x %s.", mask.width(), mask.height(), image.width(),
                        image.height());
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
     * @param attributes further things known about it
     * @param read       reads it; throws {@link UserError} if that cannot be done
     */
    record Listed(String file, String scan, String group, String className, Split split, Map<String, String> attributes, Supplier<Pixels> read) { }

    /**
     * What the source holds.
     *
     * @param scans   in a fixed order
     * @param skipped what is not even worth trying, and why
     */
    record Listing(List<Listed> scans, List<PatchFolder.Skipped> skipped) { }

    /** @throws UserError if there is no such folder, it has another layout, holds no normal scans, or its scans cannot be split by group */
    Listing list(PrepareOptions options);
}
