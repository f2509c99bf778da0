package anogan.scans;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import jj2000.j2k.NotImplementedError;

/**
 * JPEG 2000, in files of its own and in those of DICOM, as a bare stream or in the boxes of a {@code .jp2}. In DICOM
 * the stream alone counts; of other files the boxes are asked whether its numbers are grey or colours. The decoder
 * believes whatever a stream's headers claim, and takes memory and time without end for those of a damaged one; so they
 * are read here first, and what no device writes is refused.
 *
 * <p>
 * Source: ISO/IEC 15444-1, annexes A and I.
 */
final class Jpeg2000 {
    private static final int START = 0xff4f;
    private static final int SIZE = 0xff51;
    private static final int CODING = 0xff52;
    private static final int START_OF_TILE = 0xff90;
    private static final int START_OF_DATA = 0xff93;
    private static final int START_OF_PACKET = 0x91;   // behind 0xff, with five bytes
    private static final int END_OF_HEAD = 0x92;
    private static final int END = 0xffd9;
    /** Quantisation, lengths of packets and comments; and in the main header also those of tiles. */
    private static final Set<Integer> HARMLESS = Set.of(0xff5c, 0xff5d, 0xff55, 0xff57, 0xff58, 0xff64);
    private static final int MAX_TILES = 4096;
    private static final int MAX_LAYERS = 100;
    private static final int LEAST_TILE = 16;      // pixels, both ways, unless the picture is smaller
    private static final int LEAST_PRECINCT = 5;   // exponent of its extents
    private static final int MOST_CODE_BLOCK = 12; // both exponents together

    private static final int HEADER_BOXES = 0x6a703268;   // jp2h, a box of boxes
    private static final int STREAM_BOX = 0x6a703263;     // jp2c
    private static final int PALETTE_BOX = 0x70636c72;    // pclr
    private static final int COLOUR_BOX = 0x636f6c72;     // colr
    private static final Set<Integer> GREY_OR_RGB = Set.of(17, 16);

    private final ByteBuffer in;
    private int tiles;

    private Jpeg2000(byte[] stream) {
        in = ByteBuffer.wrap(stream);
    }

    /**
     * Reads a picture of which nothing else is known.
     *
     * @throws IOException      if it is damaged, too large, of other colours than grey and RGB, or packed in an unusual
     *                          way
     * @throws RuntimeException if it is damaged: the decoder throws all sorts
     */
    static Samples read(byte[] file) throws IOException {
        int start = start(file, true);
        ByteBuffer b = ByteBuffer.wrap(file);
        if (start + 43 > file.length) throw new EOFException();
        require(b.getInt(start) == (START << 16 | SIZE));
        int columns = b.getInt(start + 8);
        int rows = b.getInt(start + 12);
        int bands = b.getShort(start + 40);
        int bits = 1 + b.get(start + 42);   // negative for numbers with a sign
        require(rows > 0 && columns > 0 && bits > 0);
        if ((long) rows * columns > ScanFile.MAX_PIXELS)
            throw new IOException("it has " + (long) rows * columns + " pixels, more than " + ScanFile.MAX_PIXELS);
        if (bands != 1 && bands != 3)
            throw new IOException("it has " + bands + " channels; save it in grey as PNG or TIFF");
        BufferedImage image = decode(Arrays.copyOfRange(file, start, file.length), rows, columns, bands);
        return Samples.of(image, bits, Optional.empty());
    }

    /**
     * Decodes a picture of a DICOM file.
     *
     * @throws IOException      if it is none, damaged, of other extents or packed in an unusual way
     * @throws RuntimeException if it is damaged: the decoder throws all sorts
     */
    static BufferedImage decode(byte[] file, int rows, int columns, int bands) throws IOException {
        byte[] stream = Arrays.copyOfRange(file, start(file, false), file.length);
        try {
            new Jpeg2000(stream).check(rows, columns, bands);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new EOFException();
        }
        ImageReader reader = new J2KImageReaderSpi().createReaderInstance();
        try (ImageInputStream in = new Ending(stream)) {
            reader.setInput(in, false, true);
            return reader.read(0);
        } catch (NotImplementedError e) {
            throw new IOException("it is damaged, or its JPEG 2000 is of an unusual kind", e);
        } finally {
            reader.dispose();
        }
    }

    /** Whoever reads on behind the end is stopped: the decoder would take bits from there that are set, for ever. */
    private static final class Ending extends MemoryCacheImageInputStream {
        private final long length;

        private Ending(byte[] stream) {
            super(new ByteArrayInputStream(stream));
            length = stream.length;
        }

        @Override
        public int read() throws IOException {
            return present(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return present(super.read(bytes, offset, count));
        }

        private static int present(int found) throws IOException {
            if (found < 0) throw new EOFException();
            return found;
        }

        @Override
        public long length() {
            return length;
        }
    }

    static boolean begins(byte[] file) {
        String text = new String(file, 0, Math.min(6, file.length), StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00ffO\u00ffQ") || text.startsWith("\0\0\0\fjP");
    }

    /**
     * Behind the header of the box that holds the stream.
     *
     * @param asked whether boxes that say what its numbers mean have a say
     */
    private static int start(byte[] file, boolean asked) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(file);
        long at = 0;
        while (at + 8 <= file.length && b.getShort((int) at) != (short) START) {
            long length = b.getInt((int) at) & 0xffffffffL;
            int kind = b.getInt((int) at + 4);
            if (kind == STREAM_BOX) return (int) at + 8;
            if (length < 8)
                throw new IOException("it is damaged: its JPEG 2000 has boxes that do not follow each other");
            if (asked) requirePlain(b, (int) at, kind);
            at += kind == HEADER_BOXES ? 8 : length;
        }
        return (int) Math.min(at, file.length);
    }

    private static void requirePlain(ByteBuffer file, int at, int kind) throws IOException {
        if (kind == PALETTE_BOX) throw new IOException("it has a palette; save it in grey as PNG or TIFF");
        boolean named = kind == COLOUR_BOX && at + 15 <= file.limit() && file.get(at + 8) == 1;
        if (named && !GREY_OR_RGB.contains(file.getInt(at + 11)))
            throw new IOException("its colours are neither grey nor RGB; save it in grey as PNG or TIFF");
    }

    private void check(int rows, int columns, int bands) throws IOException {
        require((in.getShort() & 0xffff) == START);
        boolean sized = false;
        boolean coded = false;
        int marker = in.getShort() & 0xffff;
        for (; marker != START_OF_TILE; marker = in.getShort() & 0xffff) {
            ByteBuffer segment = segment();
            if (marker == SIZE) size(segment, rows, columns, bands);
            else if (marker == CODING) coding(segment);
            else require(HARMLESS.contains(marker));
            sized |= marker == SIZE;
            coded |= marker == CODING;
        }
        require(sized && coded);
        for (; marker == START_OF_TILE && in.hasRemaining(); marker = in.remaining() < 2 ? END : in.getShort() & 0xffff)
            tile();
        require(marker == END);
    }

    private ByteBuffer segment() throws IOException {
        int length = in.getShort() & 0xffff;
        require(length >= 2 && length - 2 <= in.remaining());
        ByteBuffer segment = in.slice(in.position(), length - 2);
        in.position(in.position() + length - 2);
        return segment;
    }

    private void size(ByteBuffer s, int rows, int columns, int bands) throws IOException {
        s.getShort();   // capabilities
        int[] n = new int[8];
        for (int i = 0; i < n.length; i++) n[i] = s.getInt();
        if (n[0] != columns || n[1] != rows || s.getShort() != bands)
            throw new IOException("it is damaged: its header and its packed pixels differ in their extents");
        require(n[2] == 0 && n[3] == 0 && n[6] == 0 && n[7] == 0);
        require(n[4] >= Math.min(LEAST_TILE, columns) && n[5] >= Math.min(LEAST_TILE, rows));
        long count = (((long) columns - 1) / n[4] + 1) * (((long) rows - 1) / n[5] + 1);
        require(count <= MAX_TILES);
        tiles = (int) count;
        for (int i = 0; i < bands; i++) require((s.get() & 0x7f) < 16 && s.get() == 1 && s.get() == 1);
    }

    private static void coding(ByteBuffer s) throws IOException {
        int style = s.get();
        int progression = s.get();
        int layers = s.getShort() & 0xffff;
        s.get();   // transformation of colours
        int levels = s.get();
        int across = 2 + s.get();
        int down = 2 + s.get();
        s.get();   // style of code blocks
        s.get();   // wavelet
        require(style >= 0 && style < 8 && progression >= 0 && progression <= 4 && layers >= 1 && layers <= MAX_LAYERS
                && levels >= 0 && levels <= 32 && across >= 2 && down >= 2 && across + down <= MOST_CODE_BLOCK);
        if ((style & 1) == 0) return;
        for (int i = 0; i <= levels; i++) {
            int precinct = s.get();
            require((precinct & 15) >= LEAST_PRECINCT && (precinct >> 4 & 15) >= LEAST_PRECINCT);
        }
    }

    /** Passes over one part of a tile, behind its marker. */
    private void tile() throws IOException {
        int start = in.position() - 2;
        ByteBuffer s = segment();
        int tile = s.getShort() & 0xffff;
        long length = s.getInt() & 0xffffffffL;
        require(tile < tiles);
        for (int marker = in.getShort() & 0xffff; marker != START_OF_DATA; marker = in.getShort() & 0xffff) {
            require(HARMLESS.contains(marker));
            segment();
        }
        long end = length == 0 ? in.limit() : start + length;
        require(end >= in.position());
        if (end > in.limit()) throw new EOFException();
        while (in.position() < end - 1) data();
        in.position((int) end);
    }

    /**
     * A byte of packed data: behind one of all bits set, that of the next is not, or the decoder never gets further.
     */
    private void data() throws IOException {
        if (in.get() != (byte) 0xff) return;
        int next = in.get(in.position()) & 0xff;
        require(next <= 0x8f || next == START_OF_PACKET || next == END_OF_HEAD);
        if (next == START_OF_PACKET) in.position(Math.min(in.limit(), in.position() + 5));
    }

    private static void require(boolean usual) throws IOException {
        if (!usual) throw new IOException("it is damaged, or its JPEG 2000 is of an unusual kind");
    }
}
