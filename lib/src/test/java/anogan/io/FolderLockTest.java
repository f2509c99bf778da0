package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.OtherJvm;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is one program's at a time: of this one, or of another that the system lets die. */
class FolderLockTest {
    @TempDir
    Path folder;

    /** Holds the folder {@code args[1]} for ever. */
    static final class Holder {
        public static void main(String... args) throws InterruptedException {
            FolderLock lock = FolderLock.of(Path.of(args[1]));
            System.out.println("holds " + lock);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aFolderIsOneProgramsAtATime() {
        Path run = folder.resolve("new/run");
        FolderLock first = FolderLock.of(run);
        assertFails(() -> FolderLock.of(run), "Another program is writing to " + run, "Wait until it has ended");
        first.close();
        assertFalse(Files.exists(run.resolve(FolderLock.NAME)), "no crumbs are left");
        FolderLock.of(run).close();
    }

    @Test
    void whoeverIsKilledHoldsNothing() throws IOException, InterruptedException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        try (OtherJvm other = OtherJvm.start(folder, Holder.class, run)) {
            assertFails(() -> run.locked(() -> "never"), "Another program is writing to");
            assertTrue(other.kill());
        }
        assertTrue(Files.exists(run.file(FolderLock.NAME)));
        run.requireNew();   // what it left is in nobody's way
        assertEquals("now", run.locked(() -> "now"));
    }

    @Test
    void theLockOfAFolderThatWasRemovedIsClosedQuietly() throws IOException {
        Path run = folder.resolve("run");
        FolderLock lock = FolderLock.of(run);
        Files.delete(run.resolve(FolderLock.NAME));
        Files.delete(run);
        lock.close();
        assertFalse(Files.exists(run));
    }

    /**
     * Two programs begin at once; the first is done, and a third has made the file anew, before the second locks it.
     */
    @Test
    void aFileOfThatNameIsNotYetTheSameFile() throws IOException {
        Path file = folder.resolve(FolderLock.NAME);
        try (FileChannel late = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertTrue(FolderLock.isThisFile(late, file));
            Files.delete(file);
            assertFalse(FolderLock.isThisFile(late, file));
            try (FolderLock third = FolderLock.of(folder)) {
                assertFalse(FolderLock.isThisFile(late, file), "it is " + third + "'s");
            }
        }
    }

    @Test
    void whereNothingCanBeWrittenItIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertFails(() -> FolderLock.of(file.resolve("run")), "Cannot write", "is a file, not a folder");
    }
}
