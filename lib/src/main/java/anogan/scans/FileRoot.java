package anogan.scans;

import anogan.UserError;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the files of a {@link FileTree} lie under, said so that another program, on another machine that sees the same,
 * finds them too. As text it is the path or address.
 */
sealed interface FileRoot extends Serializable {
    /** Whether it is one file, which is read from front to back. */
    boolean archived();

    /** The same, wherever somebody works. */
    FileRoot absolute();

    /** @throws UserError if there is no such folder, archive or store */
    FileTree open();

    /**
     * The same on another machine.
     *
     * @throws UserError if it is not to be seen from here
     */
    default FileTree openHere() {
        return open();
    }

    static FileRoot of(Path path) {
        return new OnDisk(path.toString(), !Files.isDirectory(path));
    }

    /** A folder or an archive. */
    record OnDisk(String path, boolean archived) implements FileRoot {
        @Override
        public FileRoot absolute() {
            return new OnDisk(Path.of(path).toAbsolutePath().normalize().toString(), archived);
        }

        @Override
        public FileTree open() {
            return FileTree.open(Path.of(path));
        }

        @Override
        public FileTree openHere() {
            if (Files.exists(Path.of(path))) return open();
            throw UserError.failure("%s is not to be seen from here, but scans were listed there. Give every machine "
                    + "the same files under the same path.", path);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** Files that lie on no disk. */
    record Stored(FileStore files) implements FileRoot {
        @Override
        public boolean archived() {
            return false;
        }

        @Override
        public FileRoot absolute() {
            return this;
        }

        @Override
        public FileTree open() {
            return new StoredTree(files);
        }

        @Override
        public String toString() {
            return files.toString();
        }
    }
}
