package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is the old one or the new one, whatever happens to the writer; and no crumbs are left. */
class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplacesAndMakesFolders() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFiles.writeString(file, "one, längst\n");
        assertEquals("one, längst\n", Files.readString(file));
        AtomicFiles.writeString(file, "two");
        assertEquals("two", Files.readString(file));
        assertEquals(List.of("c.txt"), names(file.getParent()));
    }

    @Test
    void whileItIsWrittenTheOldFileStands() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFiles.writeString(file, "old");
        AtomicFiles.write(file, out -> {
            out.write(new byte[1 << 20]);
            assertEquals("old", Files.readString(file));
        });
        assertEquals(1 << 20, Files.size(file));
    }

    @Test
    void whateverTheWriterThrowsTheOldFileStandsAlone() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFiles.writeString(file, "old");
        assertFails(() -> AtomicFiles.write(file, out -> {
            out.write(new byte[1 << 20]);
            throw new IOException("No space left on device");
        }), file.toString(), "No space left on device");
        assertFails(() -> AtomicFiles.write(file, out -> {
            throw new UncheckedIOException(new IOException("Disk quota exceeded"));
        }), "Disk quota exceeded");
        UserError own = UserError.failure("Its own sentence.");
        assertEquals(own, assertThrows(UserError.class, () -> AtomicFiles.write(file, out -> {
            throw own;
        })));
        assertThrows(IllegalStateException.class, () -> AtomicFiles.write(file, out -> {
            throw new IllegalStateException("a mistake of ours");
        }));
        assertThrows(OutOfMemoryError.class, () -> AtomicFiles.write(file, out -> {
            throw new OutOfMemoryError("of the writer");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void whatAKilledWriterLeftBehindIsReplaced() throws IOException {
        Files.writeString(folder.resolve(".a.txt.part"), "half a file of an earlier run");
        AtomicFiles.writeString(folder.resolve("a.txt"), "whole");
        assertEquals("whole", Files.readString(folder.resolve("a.txt")));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("run"), "");
        assertFails(() -> AtomicFiles.writeString(file.resolve("losses.csv"), "x"),
                file.resolve("losses.csv").toString(), file + " is a file, not a folder");
        assertFails(() -> AtomicFiles.writeString(file.resolve("model/dcgan.json"), "x"),
                file.resolve("model/dcgan.json").toString());
        Path taken = Files.createDirectories(folder.resolve("taken/by/others"));
        assertFails(() -> AtomicFiles.writeString(taken.getParent(), "x"), taken.getParent().toString());
    }

    @Test
    void whetherAFileCanBeWrittenIsKnownBeforehand() throws IOException {
        Path file = folder.resolve("a/b.json");
        AtomicFiles.requireWritable(file);
        assertFalse(Files.exists(file));
        AtomicFiles.writeString(file, "old");
        AtomicFiles.requireWritable(file);
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("b.json"), names(file.getParent()));
        assertFails(() -> AtomicFiles.requireWritable(file.resolve("c.json")), "Cannot write",
                "b.json is a file, not a folder");
        assertFails(() -> AtomicFiles.requireWritable(Path.of(URI.create("jrt:/anogan/r.json"))),
                "the file system is read-only");
    }

    @Test
    void aReadOnlyFileSystemIsNamed() {
        // The JDK's own file system of its modules, which nobody can write to.
        Path file = Path.of(URI.create("jrt:/anogan/run.json"));
        assertFails(() -> AtomicFiles.writeString(file, "x"), "/anogan/run.json", "the file system is read-only");
    }

    @Test
    void aForbiddenFolderIsNamed() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked),
                "the administrator may write everywhere");
        try {
            assertFails(() -> AtomicFiles.writeString(locked.resolve("a.txt"), "x"), locked.resolve("a.txt").toString(),
                    "permission denied");
        } finally {
            assertTrue(locked.toFile().setWritable(true));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
            assertFalse(names.isEmpty());
            return names;
        }
    }
}
