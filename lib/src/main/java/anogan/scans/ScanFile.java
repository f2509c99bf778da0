package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file with one scan, or with the slices of a volume in their order.
 *
 * <p>
 * Read are pictures (PNG, JPEG, JPEG 2000, WebP, BMP, GIF, PNM, and TIFF with one page or many), DICOM, Heidelberg
 * {@code .vol}, NIfTI-1 and NumPy's {@code .npy}; what a file is that has no ending, its first bytes say. Whatever is
 * wrong with a file is said in a {@link UserError} that names it.
 */
sealed interface ScanFile extends Closeable permits PictureFile, HeyexFile, NiftiFile, NpyFile, DicomFile {
    Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "jpe", "jfif", "jp2", "j2k", "tif", "tiff", "webp", "bmp",
            "gif", "pgm", "ppm", "pbm", "pnm");
    Set<String> VOLUMES = Set.of("vol", "nii", "nii.gz", "npy", "dcm", "dicom");
    int MAX_SLICES = 10_000;
    /** Bytes that tell what a file is. */
    int START = 352;
    /** Pixels of a slice. */
    long MAX_PIXELS = 1L << 24;
    /** What to do with formats of scanners that are not read. */
    String ADVICE = "Formats of scanners other than DICOM and .vol are not read: export the B-scans in the viewer.";

    /** How many scans the file holds; 1 for a picture. */
    int slices();

    /**
     * The numbers of the scan of that number, from 0. Slices that are asked for in their order cost one pass through
     * the file.
     */
    Samples samples(int slice);

    /** How far apart the pixels of all slices lie, and the slices, where the file says so. */
    default Optional<Spacing> spacing() {
        return Optional.empty();
    }

    @Override
    default void close() throws IOException {}

    /** Whether the ending is one of those that are read. */
    static boolean isKnown(String file) {
        String ending = ending(file);
        return PICTURES.contains(ending) || VOLUMES.contains(ending);
    }

    /** Whether a file is of a kind that is read: by its ending or, where it has none, by its first bytes. */
    static boolean isKnown(FileTree tree, String file) {
        String kind = isKnown(file) ? ending(file) : kindByContent(tree, file);
        return PICTURES.contains(kind) || VOLUMES.contains(kind);
    }

    /** The ending that a file without one should have; empty if it has another, or its content is of no kind known. */
    private static String kindByContent(FileTree tree, String file) {
        if (ending(file).matches("[a-z][a-z0-9]{0,9}") && FileTree.name(file).contains(".")) return "";
        byte[] start;
        try (InputStream in = tree.open(file)) {
            start = in.readNBytes(START);
        } catch (IOException e) {
            return "";   // whoever opens it says so
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0093NUMPY")) return "npy";
        if (text.startsWith("HSF-OCT")) return "vol";
        if (text.startsWith("n+1\0", 344)) return "nii";
        if (text.startsWith("DICM", 128)) return "dcm";
        return switch (PictureHeader.format(start)) {
            case UNKNOWN -> "";
            case TIFF -> "tif";
            default -> "png";
        };
    }

    /** Every ending that is read, for a message. */
    static String endings() {
        Set<String> all = new TreeSet<>(PICTURES);
        all.addAll(VOLUMES);
        return String.join(", ", all);
    }

    /** Whether the ending is that of a device's own format that is not read. */
    static boolean isOfDevice(String file) {
        return Set.of("e2e", "fda", "oct").contains(ending(file));
    }

    /** @throws UserError if the file is not of a kind that is read, or damaged at its beginning */
    static ScanFile open(FileTree tree, String file) {
        String ending = ending(file);
        String kind = isKnown(file) ? ending : kindByContent(tree, file);
        if (PICTURES.contains(kind)) return new PictureFile(tree, file);
        if (kind.equals("npy")) return new NpyFile(tree, file);
        if (kind.equals("dcm") || kind.equals("dicom")) return new DicomFile(tree, file);
        if (kind.equals("vol")) return new HeyexFile(tree, file);
        if (VOLUMES.contains(kind)) return new NiftiFile(tree, file);
        throw UserError.failure("Cannot read %s: of scans, files ending in %s are read. %s", tree.where(file),
                endings(), isOfDevice(file) ? ADVICE : "Convert it to PNG or TIFF.");
    }

    /** The sentence for a file that cannot be read. */
    static UserError unreadable(FileTree tree, String file, Throwable e) {
        return unreadable(tree.where(file), e);
    }

    static UserError unreadable(String where, Throwable e) {
        String reason = ErrorText.of(e);
        return UserError.failure(e, "Cannot read the image %s: %s.%s", where, reason,
                reason.contains("; save ") ? "" : " Get it anew, or leave it out.");
    }

    /** Lower-case letters behind the last dot; "nii.gz" is one ending. */
    static String ending(String file) {
        String name = FileTree.name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".nii.gz") ? "nii.gz" : name.substring(name.lastIndexOf('.') + 1);
    }

    /** The file's name without folder and ending; of a name such as 1.2.840.10 the last number is no ending. */
    static String stem(String file) {
        String name = FileTree.name(file);
        if (!ending(file).matches("(?s).*[a-z].*")) return name;
        int cut = name.length() - ending(file).length() - 1;
        return cut > 0 ? name.substring(0, cut) : name;
    }
}
