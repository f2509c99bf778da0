package anogan.io;

import anogan.UserError;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Files that are either whole or not there: written aside, forced to disk, renamed. A reader, or a run that is resumed
 * after a kill, never sees half a file.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** What writes the content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces {@code file} by what {@code content} writes, creating its folder; on failure the old file stands. */
    public static void write(Path file, Content content) {
        Path aside = aside(file);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            throw cannotWrite(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(file, e);
        } finally {
            deleteQuietly(aside);   // not there any more, unless something went wrong
        }
    }

    public static void writeString(Path file, String content) {
        write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes sure that the file can be written, before hours are spent on what is to go into it. */
    public static void requireWritable(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(aside(file), new byte[0]);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(file, e);
        } finally {
            deleteQuietly(aside(file));
        }
    }

    private static Path aside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".part");
    }

    /** Gives a file another place on the same disk, where it replaces what is there. */
    public static void move(Path file, Path to) {
        try {
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(to, e);
        }
    }

    /** Deletes the file, if there is one. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Whether the file is what a killed program left of a write: of no use, and in nobody's way. */
    public static boolean isRemnant(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(".part");
    }

    /** The sentence for a write that failed: full, read-only or forbidden. */
    public static UserError cannotWrite(Path file, Exception e) {
        Path inTheWay = file.toAbsolutePath().getParent();
        while (inTheWay != null && !Files.exists(inTheWay)) inTheWay = inTheWay.getParent();
        String reason = inTheWay != null && Files.isRegularFile(inTheWay) ? inTheWay + " is a file, not a folder"
                : e instanceof NoSuchFileException ? "its folder was removed or moved"
                : ErrorText.of(e);
        return UserError.failure(e,
                "Cannot write %s: %s. Make room or choose another folder; what was finished before is intact.", file,
                reason);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException | ReadOnlyFileSystemException ignored) {
            // The original failure is the one to tell.
        }
    }
}
