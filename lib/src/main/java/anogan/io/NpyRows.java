package anogan.io;

import anogan.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A {@code .npy} that is longer than memory: rows of one shape, appended one after the other and mapped, not loaded,
 * when read. A file may have any size; it is mapped in pieces because one buffer ends at 2 GiB.
 */
public final class NpyRows {
    private static final int HEADER_BYTES = 128;     // of every shape of up to five extents
    private static final long PIECE = 1L << 28;

    private final MappedByteBuffer[] pieces;
    private final int rowsPerPiece;
    private final int rowBytes;
    private final int[] shape;

    private NpyRows(MappedByteBuffer[] pieces, int rowsPerPiece, int rowBytes, int[] shape) {
        this.pieces = pieces;
        this.rowsPerPiece = rowsPerPiece;
        this.rowBytes = rowBytes;
        this.shape = shape;
    }

    /** Maps a file of uint8 ({@code |u1}) or float32 ({@code <f4}). */
    public static NpyRows map(Path file, String type) {
        Npy.Header header = Npy.readHeader(file);
        int[] shape = header.shape();
        if (!header.type().equals(type) || shape.length < 2) {
            throw UserError.failure("%s holds %s %s, not rows of %s. Prepare the scans again.", file, header.type(),
                    Arrays.toString(shape), type);
        }
        long rowBytes = type.equals("|u1") ? 1 : 4;
        for (int i = 1; i < shape.length; i++) rowBytes *= shape[i];
        int perPiece = (int) Math.max(1, PIECE / rowBytes);
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() != header.bytes() + shape[0] * rowBytes)
                throw UserError.failure("%s is cut short. Prepare the scans again.", file);
            MappedByteBuffer[] pieces = new MappedByteBuffer[(shape[0] + perPiece - 1) / perPiece];
            for (int i = 0; i < pieces.length; i++) {
                long first = (long) i * perPiece;
                long bytes = Math.min(perPiece, shape[0] - first) * rowBytes;
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, header.bytes() + first * rowBytes, bytes);
                pieces[i].order(ByteOrder.LITTLE_ENDIAN);
            }
            return new NpyRows(pieces, perPiece, (int) rowBytes, shape);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Prepare the scans again.", file, ErrorText.of(e));
        }
    }

    public int[] shape() {
        return shape.clone();
    }

    public void bytes(int row, int from, byte[] to, int offset, int count) {
        pieces[row / rowsPerPiece].get(row % rowsPerPiece * rowBytes + from, to, offset, count);
    }

    public byte[] bytes(int row) {
        byte[] all = new byte[rowBytes];
        bytes(row, 0, all, 0, rowBytes);
        return all;
    }

    public float[] floats(int row) {
        float[] all = new float[rowBytes / 4];
        pieces[row / rowsPerPiece].slice(row % rowsPerPiece * rowBytes, rowBytes).order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer().get(all);
        return all;
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
