package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * A {@code .npy} that is longer than memory: rows of one shape, appended one after the other, and read where they are
 * asked for.
 *
 * <p>
 * No file stays open or mapped between two calls, so that nothing needs to be closed and a folder can be replaced while
 * somebody holds its rows (Windows refuses that of open files). Whoever then asks for another row is told, and does not
 * get one of the new file.
 */
public final class NpyRows {
    private static final int HEADER_BYTES = 128;     // of every shape of up to five extents
    private static final long KEPT = 32L << 20;      // bytes: the strips of 1,000 scans of 64 x 512, read once each

    private final Path file;
    private final State state;
    private final int start;      // of the first row
    private final int rowBytes;
    private final int[] shape;
    private final AtomicReferenceArray<byte[]> kept;   // rows that were read, as long as there is room
    private final AtomicLong room = new AtomicLong(KEPT);

    /**
     * By which it is seen that a file was replaced or written to; {@code key} is the system's number for it, if any.
     */
    private record State(long size, FileTime modified, Object key) {
        static State of(Path file) throws IOException {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(a.size(), a.lastModifiedTime(), a.fileKey());
        }
    }

    private NpyRows(Path file, State state, int start, int rowBytes, int[] shape) {
        this.file = file;
        this.state = state;
        this.start = start;
        this.rowBytes = rowBytes;
        this.shape = shape;
        kept = new AtomicReferenceArray<>(shape[0]);
    }

    /**
     * Opens a file of uint8 ({@code |u1}) or float32 ({@code <f4}).
     *
     * @throws UserError if it holds something else, or is cut short
     */
    public static NpyRows open(Path file, String type) {
        Npy.Header header = Npy.readHeader(file);
        int[] shape = header.shape();
        if (!header.type().equals(type) || shape.length < 2) {
            throw UserError.failure("%s holds %s %s, not rows of %s. Prepare the scans again.", file, header.type(),
                    Arrays.toString(shape), type);
        }
        long rowBytes = type.equals("|u1") ? 1 : 4;
        for (int i = 1; i < shape.length; i++) rowBytes *= shape[i];
        try {
            State state = State.of(file);
            if (rowBytes > Integer.MAX_VALUE || state.size != header.bytes() + shape[0] * rowBytes)
                throw UserError.failure("%s is cut short. Prepare the scans again.", file);
            return new NpyRows(file, state, header.bytes(), (int) rowBytes, shape);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    public int[] shape() {
        return shape.clone();
    }

    /**
     * A row of uint8, which is not to be written to: others may hold the same.
     *
     * @throws UserError if the file was replaced or removed since it was opened
     */
    public byte[] bytes(int row) {
        byte[] bytes = kept.get(row);
        if (bytes != null) return bytes;
        bytes = read(row);
        if (room.addAndGet(-rowBytes) >= 0) kept.set(row, bytes);
        return bytes;
    }

    /** A row of float32. */
    public float[] floats(int row) {
        float[] all = new float[rowBytes / 4];
        ByteBuffer.wrap(bytes(row)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(all);
        return all;
    }

    private byte[] read(int row) {
        byte[] bytes = new byte[rowBytes];
        // not by a channel: that would be closed under a notebook's stopped cell, in the middle of a read
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (!State.of(file).equals(state)) throw UserError.failure(
                    "%s was replaced while it was in use. Start again, so that one preparation is used throughout.",
                    file);
            in.seek(start + (long) row * rowBytes);
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static UserError cannotRead(Path file, IOException e) {
        return UserError.failure(e, "Cannot read %s: %s. Prepare the scans again.", file, ErrorText.of(e));
    }

    /** Appends rows; the header, which holds their number, is written last. */
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final FileChannel channel;
        private final String type;
        private final int[] rowShape;
        private int rows;

        public Writer(Path file, String type, int... rowShape) {
            this.file = file;
            this.type = type;
            this.rowShape = rowShape;
            try {
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                channel.position(HEADER_BYTES);
            } catch (IOException e) {
                throw AtomicFiles.cannotWrite(file, e);
            }
        }

        public void add(byte[] row) {
            write(ByteBuffer.wrap(row));
        }

        public void add(float[] row) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(row);
            write(bytes);
        }

        private void write(ByteBuffer row) {
            int expected = Arrays.stream(rowShape).reduce(type.equals("|u1") ? 1 : 4, Math::multiplyExact);
            if (row.remaining() != expected) {
                throw new IllegalArgumentException(
                        row.remaining() + " bytes are no row of " + expected + " bytes in " + file);
            }
            try {
                while (row.hasRemaining()) channel.write(row);
                rows++;
            } catch (IOException e) {
                throw AtomicFiles.cannotWrite(file, e);
            }
        }

        public void finish() {
            int[] shape = IntStream.concat(IntStream.of(rows), IntStream.of(rowShape)).toArray();
            try {
                Npy.writeHeader(Channels.newOutputStream(channel.position(0)), type, shape);
                if (channel.position() != HEADER_BYTES) throw new IllegalStateException(
                        "the header of " + file + " needs " + channel.position() + " bytes");
                channel.force(true);
            } catch (IOException e) {
                throw AtomicFiles.cannotWrite(file, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw AtomicFiles.cannotWrite(file, e);
            }
        }
    }
}
