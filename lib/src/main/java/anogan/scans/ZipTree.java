package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip, read in any order through its table of contents. */
final class ZipTree extends FileTree {
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new TreeMap<>();

    ZipTree(Path root) {
        super(FileRoot.of(root));
        ZipFile opened = null;
        try {
            opened = new ZipFile(root.toFile());
            for (ZipEntry e : java.util.Collections.list(opened.entries())) {
                String name = FileTree.inside(e.getName());
                if (!e.isDirectory()) entries.put(name, e);
            }
            zip = opened;
        } catch (IOException | IllegalArgumentException e) {   // the latter: a name that is not UTF-8
            close(opened);
            throw UserError.failure(e, "Cannot read the archive %s: %s. %s", root, ErrorText.of(e), FileTree.REMEDY);
        }
    }

    private static void close(ZipFile zip) {
        try {
            if (zip != null) zip.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }

    @Override
    List<String> files() {
        return List.copyOf(entries.keySet());
    }

    @Override
    InputStream open(String file) throws IOException {
        ZipEntry entry = entries.get(file);
        if (entry == null) throw new FileNotFoundException(file + " is not in the archive");
        return zip.getInputStream(entry);
    }

    @Override
    public void close() {
        close(zip);
    }
}
