package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder on disk. Links are followed; one that leads back to a folder above it is passed over. */
final class FolderTree extends FileTree {
    private final Path root;
    private final List<Path> lost = new ArrayList<>();
    private List<String> files;   // once somebody asked

    FolderTree(Path root) {
        super(FileRoot.of(root));
        this.root = root;
    }

    @Override
    synchronized List<String> files() {
        if (files == null) files = walk();
        return files;
    }

    private List<String> walk() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            (attributes.isRegularFile() ? found : lost).add(root.relativize(file));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                            if (!Files.isSymbolicLink(file)) throw e;
                            if (!(e instanceof FileSystemLoopException)) lost.add(root.relativize(file));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into the folder %s: %s. Make it readable, or leave it out.", root,
                    reason(e));
        }
        return found.stream().sorted().map(FolderTree::path).toList();
    }

    private static String path(Path path) {
        return path.toString().replace(java.io.File.separatorChar, '/');
    }

    @Override
    List<String> lost() {
        files();
        return lost.stream().sorted().map(FolderTree::path).toList();
    }

    /** The files right in the folder, by name; none if nobody may look. */
    List<Path> topmost() {
        try (Stream<Path> content = Files.list(root)) {
            return content.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException a ? a.getFile() + " may not be read" : ErrorText.of(e);
    }

    @Override
    InputStream open(String file) throws IOException {
        // a pipe would be waited for without end
        if (!Files.isRegularFile(at(file))) throw new FileNotFoundException(file);
        return new BufferedInputStream(Files.newInputStream(at(file)), 1 << 16);
    }

    @Override
    String where(String file) {
        return at(file).toString();
    }

    @Override
    Optional<Path> onDisk(String file) {
        return Optional.of(at(file));
    }

    private Path at(String file) {
        try {
            return root.resolve(file);
        } catch (InvalidPathException e) {
            throw UserError.failure(e, "\"%s\" is no name that a file can have here. Correct it.", file);
        }
    }
}
