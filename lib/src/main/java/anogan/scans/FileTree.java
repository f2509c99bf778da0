package anogan.scans;

import anogan.UserError;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Files below one root: a folder, a {@code .zip}, {@code .tar}, {@code .tar.gz} or {@code .tgz} that is read in place,
 * or a store elsewhere. Nothing is ever unpacked to disk, so that no name in an archive can lead out of it.
 *
 * <p>
 * Files go by their path below the root, with slashes on every system:
 * {@code OCT2017 /train/NORMAL/NORMAL-1001-1.jpeg}.
 */
abstract sealed class FileTree implements Closeable permits FolderTree, ZipTree, TarTree, StoredTree {
    /**
     * A file of an archive that is read as a whole may have so many bytes: three times the largest picture that is
     * read.
     */
    static final int MAX_BYTES = 1 << 27;

    /** What to do with an archive that is not read. */
    static final String REMEDY = "Get it anew from whoever made it or, if you trust it, unpack it and give its folder.";

    private final FileRoot root;

    FileTree(FileRoot root) {
        this.root = root;
    }

    /** The folder, archive or store itself, as a message names it. */
    final FileRoot root() {
        return root;
    }

    /** Every file, in a fixed order in which reading is quick. */
    abstract List<String> files();

    /** What is called as a file, but cannot be read as one: links to nothing, links in an archive, pipes. */
    List<String> lost() {
        return List.of();
    }

    /** A stream of a file's content. The caller closes it. */
    abstract InputStream open(String file) throws IOException;

    /** Where the file lies on disk, unless it lies in an archive. */
    Optional<Path> onDisk(String file) {
        return Optional.empty();
    }

    /** Where a file lies, for a message. */
    String where(String file) {
        return root + ", " + file;
    }

    /**
     * A file's whole content.
     *
     * @throws IOException if it has more than {@link #MAX_BYTES}
     */
    byte[] bytes(String file) throws IOException {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw tooLong();
            return bytes;
        }
    }

    static IOException tooLong() {
        return new IOException("it unpacks to more than " + (MAX_BYTES >> 20)
                + " MB; if it is meant to, unpack the archive and give its folder");
    }

    /** Lets go of an archive; of a folder nothing is held. */
    @Override
    public void close() {}

    /** @throws UserError if there is neither such a folder nor a readable archive of a known kind */
    static FileTree open(Path path) {
        if (Files.isDirectory(path)) return new FolderTree(path);
        if (!Files.isRegularFile(path))
            throw UserError.failure("There is no folder or archive %s. Is its name right?", path);
        String name = path.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        if (name.endsWith(".zip")) return new ZipTree(path);
        if (name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz")) return new TarTree(path);
        throw UserError.failure(
                "%s is neither a folder nor an archive that is read in place (.zip, .tar, .tar.gz, .tgz). Unpack it "
                        + "and give its folder.",
                path);
    }

    /** What a gzipped stream holds; the stream is closed if it is none. */
    static InputStream gunzip(InputStream in) throws IOException {
        try {
            return new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The last part of a path. */
    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Everything before the last slash; empty for a file right below the root. */
    static String parent(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** The names of the folders that a file lies in, from the root, without the blanks that some end with. */
    static List<String> folders(String file) {
        String parent = parent(file);
        return parent.isEmpty() ? List.of() : Arrays.stream(parent.split("/")).map(String::strip).toList();
    }

    /** A path without its file's ending and without blanks around its parts. */
    static String bare(String file) {
        List<String> parts = new ArrayList<>(folders(file));
        parts.add(ScanFile.stem(file).strip());
        return String.join("/", parts);
    }

    /**
     * An archive's own path, made plain.
     *
     * @throws IOException if it leads out of the archive: such an archive is not trusted at all
     */
    static String inside(String path) throws IOException {
        String plain = path.replace('\\', '/').replaceAll("(^|/)(\\./)+", "$1").replaceAll("/{2,}", "/");
        if (plain.startsWith("/") || plain.matches("[A-Za-z]:.*") || ("/" + plain + "/").contains("/../")) {
            throw new IOException("it holds a path that leads out of it (" + path + "), which no honest archive does");
        }
        return plain;
    }
}
