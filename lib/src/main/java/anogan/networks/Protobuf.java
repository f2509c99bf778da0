package anogan.networks;

import anogan.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message of Protocol Buffers, field after field (protobuf.dev, <i>Encoding</i>): as much of that format as
 * {@link OnnxGraph} needs. A field is a key, its number and the kind of what follows, and then an integer of seven bits
 * a byte, four bytes, or a length and so many bytes. Weights are written from where they lie.
 */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;
    private static final int CHUNK = 1 << 12;

    private final List<AtomicFiles.Content> parts = new ArrayList<>();
    private long size;

    Protobuf integer(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    Protobuf real(int field, float value) {
        key(field, FOUR_BYTES);
        return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    }

    Protobuf text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        key(field, LENGTH_DELIMITED);
        varint(utf8.length);
        return bytes(utf8);
    }

    Protobuf message(int field, Protobuf value) {
        key(field, LENGTH_DELIMITED);
        varint(value.size);
        parts.add(value::writeTo);
        size += value.size;
        return this;
    }

    /** The numbers as bytes, the lowest first. */
    Protobuf numbers(int field, float[] values) {
        key(field, LENGTH_DELIMITED);
        varint(4L * values.length);
        parts.add(out -> write(values, out));
        size += 4L * values.length;
        return this;
    }

    void writeTo(OutputStream out) throws IOException {
        for (AtomicFiles.Content part : parts) part.writeTo(out);
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        byte[] chunk = new byte[4 * CHUNK];
        FloatBuffer floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int start = 0; start < values.length; start += CHUNK) {
            int n = Math.min(CHUNK, values.length - start);
            floats.clear().put(values, start, n);
            out.write(chunk, 0, 4 * n);
        }
    }

    private void key(int field, int kind) {
        varint(((long) field << 3) | kind);
    }

    private void varint(long value) {
        ByteBuffer digits = ByteBuffer.allocate(10);
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) digits.put((byte) ((rest & 0x7F) | 0x80));
        digits.put((byte) rest);
        bytes(Arrays.copyOf(digits.array(), digits.position()));
    }

    private Protobuf bytes(byte[] bytes) {
        parts.add(out -> out.write(bytes));
        size += bytes.length;
        return this;
    }
}
