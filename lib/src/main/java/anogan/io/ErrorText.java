package anogan.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.zip.ZipException;

/**
 * Why a file could not be read or written, in words for whoever has the file: Java's own messages are often but its
 * name.
 */
public final class ErrorText {
    private ErrorText() {}

    /** A part of a sentence, without a full stop. */
    public static String of(Throwable e) {
        if (e instanceof EOFException) return "it is cut short";
        if (e instanceof OutOfMemoryError) return "it asks for more memory than there is, and is probably damaged";
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) return "there is no such file";
        if (e instanceof AccessDeniedException) return "permission denied";
        if (e instanceof ReadOnlyFileSystemException) return "the file system is read-only";
        if (e instanceof FileAlreadyExistsException f) return f.getFile() + " is there already";
        if (e instanceof FileSystemException f && f.getReason() != null) return f.getReason();
        if (e instanceof CharacterCodingException) return "it is no text in UTF-8";
        if (e instanceof ZipException) return zip(String.valueOf(e.getMessage()));
        return e instanceof IOException && e.getMessage() != null ? e.getMessage().replaceFirst("[.\\s]+$", "")
                : "it is damaged";
    }

    private static String zip(String message) {
        if (message.contains("encrypted")) return "it is locked with a password";
        if (message.contains("compression method")) return "it is packed in a way that Java does not read";
        return "it is damaged (" + message + ")";
    }
}
