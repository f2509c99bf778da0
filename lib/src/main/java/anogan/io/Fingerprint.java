package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over whatever is added, one thing after the other: by it a stage knows again what it was made of.
 *
 * <pre>{@code
 * String scores = new Fingerprint().add(run.file("scores.csv")).hex();
 * }</pre>
 */
public final class Fingerprint {
    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);   // every Java has SHA-256
        }
    }

    public Fingerprint add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public Fingerprint add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The numbers' bits, the high byte first. */
    public Fingerprint add(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        bytes.asFloatBuffer().put(numbers);
        return add(bytes.array());
    }

    /**
     * The content of a file.
     *
     * @throws UserError if it cannot be read
     */
    public Fingerprint add(Path file) {
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n; (n = in.read(chunk)) > 0;) digest.update(chunk, 0, n);
            return this;
        } catch (IOException e) {
            throw UserError.failure(e,
                    "Cannot read %s: %s. Make it readable, or make it anew with the stage that " + "wrote it.", file,
                    ErrorText.of(e));
        }
    }

    /** 64 hexadecimal digits; nothing can be added after it. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
