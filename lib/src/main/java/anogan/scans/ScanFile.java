package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file with one scan, or with the slices of a volume in their order.
 *
 * <p>
 * Read are pictures (PNG, JPEG, BMP, GIF, and TIFF with one page or many, 8 or 16 bits), Heidelberg {@code .vol} and
 * NIfTI-1. Whatever is wrong with a file is said in a {@link UserError} that names it.
 */
sealed interface ScanFile extends Closeable permits PictureFile, HeyexFile, NiftiFile {
    Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif");
    Set<String> VOLUMES = Set.of("vol", "nii", "nii.gz");
    int MAX_SLICES = 10_000;
    /** Pixels of a slice. */
    long MAX_PIXELS = 1L << 24;
    /** What to do with formats of scanners that are not read. */
    String ADVICE = "DICOM and other formats of scanners are not read: export the B-scans as PNG or TIFF in the "
            + "viewer, or convert them (DCMTK: dcmj2pnm --all-frames --write-png).";

    /** How many scans the file holds; 1 for a picture. */
    int slices();

    /** The scan of that number, from 0. Slices that are asked for in their order cost one pass through the file. */
    GrayImage slice(int index);

    @Override
    default void close() throws IOException {}

    /** Whether the ending is one of those that are read. */
    static boolean isKnown(String file) {
        String ending = ending(file);
        return PICTURES.contains(ending) || VOLUMES.contains(ending);
    }

    /** Every ending that is read, for a message. */
    static String endings() {
        Set<String> all = new TreeSet<>(PICTURES);
        all.addAll(VOLUMES);
        return String.join(", ", all);
    }

    static boolean isDicom(String file) {
        return Set.of("dcm", "dicom", "e2e", "fda", "oct").contains(ending(file));
    }

    /** @throws UserError if the file is not of a kind that is read, or damaged at its beginning */
    static ScanFile open(FileTree tree, String file) {
        String ending = ending(file);
        if (PICTURES.contains(ending)) return new PictureFile(tree, file, ending.startsWith("tif"));
        if (ending.equals("vol")) return new HeyexFile(tree, file);
        if (VOLUMES.contains(ending)) return new NiftiFile(tree, file);
        throw UserError.failure("Cannot read %s: of scans, files ending in %s are read. %s", where(tree, file),
                endings(), isDicom(file) ? ADVICE : "Convert it to PNG or TIFF.");
    }

    /** The file's place, for a message. */
    static String where(FileTree tree, String file) {
        return tree.onDisk(file).map(Object::toString).orElse(tree.root() + ", " + file);
    }

    /** The sentence for a file that cannot be read. */
    static UserError unreadable(FileTree tree, String file, Throwable e) {
        return unreadable(where(tree, file), e);
    }

    static UserError unreadable(String where, Throwable e) {
        return UserError.failure(e, "Cannot read the image %s: %s. Get it anew, or leave it out.", where,
                ErrorText.of(e));
    }

    /** Lower-case letters behind the last dot; "nii.gz" is one ending. */
    static String ending(String file) {
        String name = FileTree.name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".nii.gz") ? "nii.gz" : name.substring(name.lastIndexOf('.') + 1);
    }

    /** The file's name without folder and ending. */
    static String stem(String file) {
        String name = FileTree.name(file);
        int cut = name.length() - ending(file).length() - 1;
        return cut > 0 ? name.substring(0, cut) : name;
    }
}
