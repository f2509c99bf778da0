package anogan.scans;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the frames of a DICOM file lie: numbers one after the other, or packed pictures in fragments. To which frame a
 * fragment belongs, their equal numbers say, or the table of offsets before them, or its first bytes, with which a
 * packed picture begins.
 *
 * <p>
 * Source: DICOM PS3.5, A.4.
 */
final class DicomFrames {
    private static final int HEADER = 8;   // tag and length of an item
    private static final int MAX_FRAGMENTS = 1 << 20;
    private static final int MAX_TABLE = 8 * ScanFile.MAX_SLICES;

    /** Bytes of the stream that belong to a frame. */
    record Piece(long start, int length, boolean begins) {}

    private DicomFrames() {}

    /** Frames of equal size from {@code start} on. */
    static List<List<Piece>> plain(long start, int frames, int bytes) {
        return IntStream.range(0, frames).mapToObj(i -> List.of(new Piece(start + (long) i * bytes, bytes, true)))
                .toList();
    }

    /**
     * Frames that are packed.
     *
     * @param  in          at the table of offsets, byte {@code start} of the stream
     * @throws IOException if fragments are missing, or nothing says to which frame each belongs
     */
    static List<List<Piece>> packed(DataInputStream in, long start, int frames) throws IOException {
        List<Piece> fragments = new ArrayList<>();
        byte[] table = in.readNBytes(item(in, MAX_TABLE));
        long first = start + HEADER + table.length;
        long at = first;
        for (int length = item(in, Integer.MAX_VALUE); length >= 0; length = item(in, Integer.MAX_VALUE)) {
            byte[] beginning = in.readNBytes(Math.min(length, HEADER));
            in.skipNBytes(length - beginning.length);
            fragments.add(new Piece(at + HEADER, length, beginsPicture(beginning)));
            at += HEADER + length;
            if (fragments.size() > MAX_FRAGMENTS || at < 0)
                throw new IOException("it is damaged: its pixels are in too many pieces");
        }
        if (frames == 1 && !fragments.isEmpty()) return List.of(fragments);
        if (fragments.size() == frames) return fragments.stream().map(List::of).toList();
        ByteBuffer offsets = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        Set<Long> begins = new HashSet<>();
        if (table.length == 4 * frames)
            while (offsets.hasRemaining()) begins.add(first + HEADER + (offsets.getInt() & 0xffffffffL));
        else fragments.stream().filter(Piece::begins).map(Piece::start).forEach(begins::add);
        return joined(fragments, begins, frames);
    }

    private static List<List<Piece>> joined(List<Piece> fragments, Set<Long> begins, int frames) throws IOException {
        List<List<Piece>> joined = new ArrayList<>();
        for (Piece fragment : fragments) {
            if (begins.contains(fragment.start)) joined.add(new ArrayList<>());
            if (!joined.isEmpty()) joined.get(joined.size() - 1).add(fragment);
        }
        if (joined.size() != frames) throw new IOException("it is damaged: its header claims " + frames
                + " frames, but its pixels are in " + fragments.size() + " pieces");
        return joined;
    }

    /** JPEG, JPEG 2000 as a stream or in boxes. */
    private static boolean beginsPicture(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00ff\u00d8\u00ff") || text.startsWith("\u00ffO\u00ffQ")
                || text.startsWith("\0\0\0\fjP");
    }

    /** The length of the item that follows; −1 at the end of the sequence. */
    private static int item(DataInputStream in, int most) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) throw new EOFException();
        ByteBuffer b = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int tag = DicomHeader.tag(b);
        int length = b.getInt();
        if (tag == DicomHeader.SEQUENCE_END) return -1;
        if (tag != DicomHeader.ITEM || length < 0 || length > most)
            throw new IOException("it is damaged: its pixels are in pieces that do not follow each other");
        return length;
    }

    /** Reads them one after the other. */
    static SequentialBlocks.Blocks blocks(List<List<Piece>> frames, DataInputStream in, long start) {
        return new SequentialBlocks.Blocks() {
            private int next;
            private long at = start;

            @Override
            public long next() {
                return next == frames.size() ? -1 : frames.get(next++).stream().mapToLong(Piece::length).sum();
            }

            @Override
            public byte[] read() throws IOException {
                List<Piece> pieces = frames.get(next - 1);
                if (pieces.stream().mapToLong(Piece::length).sum() > FileTree.MAX_BYTES)
                    throw new IOException("one of its frames has more than " + (FileTree.MAX_BYTES >> 20) + " MB");
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (Piece piece : pieces) {
                    in.skipNBytes(piece.start - at);
                    byte[] bytes = in.readNBytes(piece.length);
                    if (bytes.length < piece.length) throw new EOFException();
                    all.write(bytes);
                    at = piece.start + piece.length;
                }
                return all.toByteArray();
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
