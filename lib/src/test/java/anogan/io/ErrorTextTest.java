package anogan.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the system really throws, in words: its own messages are often no more than the file's name. */
class ErrorTextTest {
    @TempDir
    Path folder;

    private static String reason(Executable action) {
        try {
            action.execute();
        } catch (Throwable e) {
            return ErrorText.of(e);
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void whatTheSystemThrowsIsSaidInWords() throws IOException {
        Path text = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe4, 'x'});
        assertEquals("there is no such file", reason(() -> Files.readString(folder.resolve("none"))));
        assertEquals("Is a directory", reason(() -> Files.readString(folder)));
        assertEquals("it is no text in UTF-8", reason(() -> Files.readString(text, StandardCharsets.UTF_8)));
        assertEquals(text + " is there already",
                reason(() -> Files.write(text, new byte[0], StandardOpenOption.CREATE_NEW)));
        assertEquals("it is damaged (zip END header not found)",
                reason(() -> new java.util.zip.ZipFile(text.toFile()).close()));
        assertEquals("it is cut short", reason(() -> {
            throw new EOFException();
        }));
        assertEquals("it is damaged", reason(() -> {
            throw new ArrayIndexOutOfBoundsException("Index 3");
        }));
        assertEquals("it is damaged", reason(() -> {
            throw new IOException();
        }));
        assertEquals("Error inflating data", reason(() -> {
            throw new IOException("Error inflating data.");
        }), "the sentence around it has its own full stop");
    }
}
