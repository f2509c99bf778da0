package anogan.scans;

import java.nio.file.Path;
import java.util.List;

/**
 * One file, a picture or a volume, to be looked at. Its name is its class.
 *
 * @param file the file
 */
record FileScans(Path file) implements Scans {
    @Override
    public Listing list(SplitOptions options) {
        Slices slices = new Slices(new FolderTree(file.toAbsolutePath().getParent()));
        String name = file.getFileName().toString();
        List<Listed> scans = slices.of(new Slices.Entry(name, ScanFile.stem(name), name, name));
        return new Listing(scans, slices.skipped(), List.of(), slices.open());
    }
}
