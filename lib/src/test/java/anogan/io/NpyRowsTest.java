package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyRowsTest {
    @TempDir
    Path folder;

    private Path write(int... rows) {
        Path file = folder.resolve("rows.npy");
        try (NpyRows.Writer writer = new NpyRows.Writer(file, "|u1", 2, 3)) {
            for (int first : rows) writer.add(new byte[] {(byte) first, 1, 2, 3, 4, 5});
            writer.finish();
        }
        return file;
    }

    @Test
    void whatIsAppendedIsReadWhereItIsAskedFor() {
        Path file = write(10, 20, 200);
        NpyRows rows = NpyRows.open(file, "|u1");
        assertArrayEquals(new int[] {3, 2, 3}, rows.shape());
        assertArrayEquals(new byte[] {(byte) 200, 1, 2, 3, 4, 5}, rows.bytes(2));
        assertArrayEquals(new byte[] {20, 1, 2, 3, 4, 5}, rows.bytes(1));
        assertArrayEquals(new float[] {10, 1, 2, 3, 4, 5}, java.util.Arrays.copyOf(Npy.read(file).data(), 6));
    }

    @Test
    void floatsAreReadAsTheyWereWritten() {
        Path file = folder.resolve("floats.npy");
        float[] row = {0.1f, Float.NaN, -1e30f};
        try (NpyRows.Writer writer = new NpyRows.Writer(file, "<f4", 3)) {
            writer.add(new float[3]);
            writer.add(row);
            writer.finish();
        }
        assertArrayEquals(row, NpyRows.open(file, "<f4").floats(1));
        assertFails(() -> NpyRows.open(file, "|u1"), "floats.npy", "not rows of |u1");
    }

    @Test
    void aFileThatWasReplacedIsNotTakenForTheOldOne() throws IOException {
        Path file = write(10, 20);
        NpyRows rows = NpyRows.open(file, "|u1");
        byte[] read = rows.bytes(1);
        Files.move(file, folder.resolve("old.npy"));
        assertFails(() -> rows.bytes(0), "rows.npy", "there is no such file");
        write(11, 21);
        assertArrayEquals(read, rows.bytes(1), "it is of the old one, as all of it is");
        assertFails(() -> rows.bytes(0), "rows.npy was replaced while it was in use");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        Path file = write(10, 20);
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 130));
        assertFails(() -> NpyRows.open(file, "|u1"), "rows.npy is cut short");
    }

    /** A notebook's stopped cell: the thread is interrupted, and still reads to the end of its step. */
    @Test
    void anInterruptedThreadReadsOn() {
        NpyRows rows = NpyRows.open(write(10, 20), "|u1");
        Thread.currentThread().interrupt();
        assertEquals(20, rows.bytes(1)[0]);
        Thread.interrupted();
    }

    /**
     * Windows neither replaces nor deletes a folder with a mapped or open file in it; nor does it let anybody read a
     * file that is locked. Here neither can be seen, and so the habit is tested: nothing is mapped, and a locked file
     * is read through its own channel.
     */
    @Test
    void nothingIsMappedAndNoLockedFileIsOpenedAgain() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                assertFalse(source.contains("MappedByteBuffer") || source.contains("FileChannel.MapMode"),
                        file + " maps a file");
                if (source.contains("tryLock"))
                    assertFalse(source.contains("newInputStream") || source.contains("readAllBytes"),
                            file + " locks a file and opens one to read");
            }
        }
    }
}
