package anogan.scans;

import anogan.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One file, a picture or a volume, to be looked at: there is nothing to train on in it. Its name is its class.
 *
 * @param file the file
 */
public record FileSource(Path file) implements Scans {
    /** Whether the file is a single scan or volume, going by its ending. */
    public static boolean isScan(Path file) {
        return Files.isRegularFile(file) && (ScanFile.isKnown(file.toString()) || ScanFile.isDicom(file.toString()));
    }

    /** @throws UserError if it cannot be read */
    @Override
    public Listing list(SplitOptions options) {
        Slices slices = new Slices(new FolderTree(file.toAbsolutePath().getParent()));
        String name = file.getFileName().toString();
        List<Listed> scans = slices.of(name, null,
                new Listed(name, ScanFile.stem(name), name, name, Split.TEST, Map.of(), null));
        return new Listing(scans, slices.skipped(), List.of(), slices.open());
    }
}
