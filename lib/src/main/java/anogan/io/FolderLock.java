package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps a folder for one program at a time: a locked file {@code .lock} in it, gone when the lock is closed. The
 * operating system lets go of the lock of a program that was killed; the file that it leaves behind is in nobody's way.
 */
public final class FolderLock implements AutoCloseable {
    /** The name of the locked file. */
    public static final String NAME = ".lock";
    private static final int TRIES = 10;
    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a folder, which is made if it is not there.
     *
     * @throws UserError if another program holds it, or nothing can be written there
     */
    public static FolderLock of(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < TRIES; i++) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (!locked(channel)) {
                    channel.close();
                    throw UserError.failure(
                            "Another program is writing to %s just now. Wait until it has ended, or choose another "
                                    + "folder.",
                            folder);
                }
                if (isThisFile(channel, file)) return new FolderLock(file, channel);
                channel.close();   // its owner removed the file between our opening and our locking it
            }
            throw new IOException("its lock comes and goes");
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(file, e);
        }
    }

    /**
     * Whether what was opened is still what stands in the folder, and not a file of that name that another program put
     * there meanwhile. Its size tells, which is drawn by lot: the content of a locked file cannot be read on Windows.
     */
    static boolean isThisFile(FileChannel channel, Path file) throws IOException {
        int size = 1 + ThreadLocalRandom.current().nextInt(1 << 16);
        channel.truncate(0).write(ByteBuffer.allocate(1), size - 1L);
        return Files.exists(file) && Files.size(file) == size;
    }

    private static boolean locked(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;   // held by this very program
        } catch (IOException e) {
            return true;    // a file system without locks: better to work than to refuse
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException ignored) {
            // The folder is gone or read-only: nothing is locked any more.
        }
    }
}
