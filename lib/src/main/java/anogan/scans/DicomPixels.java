package anogan.scans;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How the numbers of a DICOM file's frames are stored, and what they mean.
 *
 * <p>
 * Source: DICOM PS3.3 C.7.6.3 (image pixel), C.11.1 and C.11.2 (rescale, window); PS3.5 8 and annex G (RLE).
 */
final class DicomPixels {
    /** How a frame is packed. */
    enum Packing {
        NONE, RLE, JPEG, JPEG_2000
    }

    private static final int RLE_HEADER = 64;

    private final Packing packing;
    private final int rows;
    private final int columns;
    private final int bands;
    private final int allocated;     // bits that a number takes,
    private final int stored;        // of which so many carry it,
    private final int shift;         // above so many others
    private final boolean signed;
    private final boolean planes;    // colours lie one behind the other
    private final boolean turned;    // bytes lie in words of the other order
    private final ByteOrder order;
    private final String colours;
    private final double slope;
    private final double intercept;
    private final Optional<GreyRange> window;
    private final Optional<IndexColorModel> palette;
    private final int firstColour;   // the number that has the palette's first colour

    /** @throws IOException if the header claims what is not read, or contradicts itself */
    DicomPixels(DicomHeader header, Packing packing) throws IOException {
        this.packing = packing;
        rows = header.word(DicomHeader.ROWS, 0);
        columns = header.word(DicomHeader.COLUMNS, 0);
        bands = header.word(DicomHeader.SAMPLES, 1);
        colours = header.text(DicomHeader.COLOURS);
        allocated = header.word(DicomHeader.ALLOCATED, 0);
        stored = header.word(DicomHeader.STORED, allocated);
        shift = header.word(DicomHeader.HIGH_BIT, stored - 1) + 1 - stored;
        signed = header.word(DicomHeader.SIGNED, 0) == 1;
        planes = bands > 1 && header.word(DicomHeader.PLANAR, 0) == 1;
        order = header.order();
        turned = allocated == 8 && order == ByteOrder.BIG_ENDIAN && header.isWords();
        requireSense();
        double[] factor = header.numbers(DicomHeader.SLOPE);
        double[] sum = header.numbers(DicomHeader.INTERCEPT);
        if (header.differs(DicomHeader.SLOPE) || header.differs(DicomHeader.INTERCEPT))
            throw new IOException("each of its frames is scaled in its own way, which is not read; save them with one");
        boolean scaled = factor.length == 1 && sum.length == 1 && factor[0] != 0
                && Double.isFinite(factor[0] * 65535 + sum[0]);
        slope = scaled ? factor[0] : 1;
        intercept = scaled ? sum[0] : 0;
        window = window(header.numbers(DicomHeader.WINDOW_CENTRE), header.numbers(DicomHeader.WINDOW_WIDTH));
        palette = colours.equals("PALETTE COLOR") ? Optional.of(palette(header)) : Optional.empty();
        int[] descriptor = header.words(DicomHeader.PALETTE);
        firstColour = descriptor.length > 1 ? descriptor[1] : 0;
    }

    private void requireSense() throws IOException {
        if (rows < 1 || columns < 1 || (long) rows * columns > ScanFile.MAX_PIXELS)
            throw new IOException("its header claims frames of " + columns + " x " + rows + " pixels; it is damaged");
        if (allocated != 8 && allocated != 16)
            throw new IOException("its numbers take " + allocated + " bits; save them with 8 or 16");
        if (stored < 1 || shift < 0 || stored + shift > allocated)
            throw new IOException("it is damaged: its numbers should have " + stored + " of " + allocated + " bits");
        boolean known = switch (colours) {
            case "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR" -> bands == 1;
            case "RGB", "YBR_FULL" -> bands == 3;
            case "YBR_FULL_422" -> bands == 3 && (isPicture() || (allocated == 8 && columns % 2 == 0));
            case "YBR_ICT", "YBR_RCT" -> bands == 3 && packing == Packing.JPEG_2000;
            default -> false;
        };
        if (!known) throw new IOException("it has " + bands + " channels, called "
                + colours.replaceAll("[^A-Z0-9_ ]", "?") + ", which are not read; save it as grey or RGB");
        if (turned && bytes() % 2 == 1)
            throw new IOException("its bytes lie in words across frames; save it in little-endian order");
    }

    private boolean isPicture() {
        return packing == Packing.JPEG || packing == Packing.JPEG_2000;
    }

    /** Of a frame that is not packed: two pixels of halved colours have four bytes. */
    int bytes() {
        return rows * columns * (colours.equals("YBR_FULL_422") ? 2 : bands * allocated / 8);
    }

    /** The numbers shown, as viewers compute them from the header's centre and width. */
    private Optional<GreyRange> window(double[] centre, double[] width) {
        if (centre.length == 0 || width.length == 0 || !(width[0] > 1)) return Optional.empty();
        double black = centre[0] - 0.5 - (width[0] - 1) / 2;
        double white = centre[0] - 0.5 + (width[0] - 1) / 2;
        if (!Samples.isData((float) black) || !Samples.isData((float) white)) return Optional.empty();
        double sum = slope * (least() + most()) + 2 * intercept;   // of a number and what it is turned over to
        return Optional.of(isInverted() ? new GreyRange(sum - white, sum - black) : new GreyRange(black, white));
    }

    private boolean isInverted() {
        return colours.equals("MONOCHROME1");
    }

    private int least() {
        return signed ? -(1 << (stored - 1)) : 0;
    }

    private int most() {
        return (1 << (signed ? stored - 1 : stored)) - 1;
    }

    private IndexColorModel palette(DicomHeader header) throws IOException {
        byte[][] channels = new byte[3][];
        for (int c = 0; c < 3; c++) {
            int[] descriptor = header.words(DicomHeader.PALETTE + c);
            int[] words = header.words(DicomHeader.PALETTE_DATA + c);
            int size = descriptor.length == 3 && descriptor[0] > 0 ? descriptor[0] : 1 << 16;
            boolean bytes = words.length == (size + 1) / 2;   // two in a word
            if (descriptor.length != 3 || (!bytes && words.length != size))
                throw new IOException("its palette is missing or in segments, which are not read; save it as RGB");
            channels[c] = new byte[size];
            int down = !bytes && descriptor[2] == 16 ? 8 : 0;
            for (int i = 0; i < size; i++)
                channels[c][i] = (byte) (bytes ? words[i / 2] >> (8 * (i % 2)) : words[i] >> down);
        }
        if (channels[1].length != channels[0].length || channels[2].length != channels[0].length)
            throw new IOException("it is damaged: its palette has more of one colour than of another");
        return new IndexColorModel(16, channels[0].length, channels[0], channels[1], channels[2]);
    }

    /** @throws IOException if the frame is cut short, damaged or not packed as the header says */
    Samples samples(byte[] frame) throws IOException {
        if (isPicture()) {
            Samples picture = picture(frame);
            return bands == 1 ? numbers(picture.values(), 0) : picture;
        }
        float[] values = packing == Packing.RLE ? unpacked(frame) : plain(frame);
        return bands == 1 ? numbers(values, shift) : coloured(values);
    }

    private Samples picture(byte[] frame) throws IOException {
        Samples picture = Samples.of(packing == Packing.JPEG ? jpeg(frame) : jpeg2000(frame), 0, Optional.empty());
        if (picture.height() != rows || picture.width() != columns || picture.bands() != bands)
            throw new IOException("it is damaged: its header and its packed pixels differ in their extents");
        if (!signed && picture.most() > most())
            throw new IOException("it is damaged: its packed pixels have more bits than its header says");
        return picture;
    }

    private static BufferedImage jpeg(byte[] frame) throws IOException {
        ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame));
        PictureHeader header = PictureHeader.of(in);
        if (header.format() != PictureHeader.Format.JPEG)
            throw new IOException("it is damaged: its packed pixels are no JPEG, though its header says so");
        return PictureReaders.decode(in, header, 0, false);
    }

    private BufferedImage jpeg2000(byte[] frame) throws IOException {
        if (!Jpeg2000.begins(frame))
            throw new IOException("its pixels are scrambled by the device's maker: they are no JPEG 2000, though its "
                    + "header says so; save it in another way, such as PNG, with the maker's viewer");
        return Jpeg2000.decode(frame, rows, columns, bands);
    }

    /** One number a pixel. */
    private Samples numbers(float[] raw, int down) throws IOException {
        int mask = (1 << stored) - 1;
        float[] values = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            int v = (int) raw[i] >> down & mask;
            if (signed && v > most()) v -= mask + 1;
            if (palette.isPresent()) values[i] = Math.max(0, v - firstColour);
            else values[i] = (float) (slope * (isInverted() ? least() + most() - v : v) + intercept);
        }
        if (palette.isPresent()) return Samples.indexed(rows, columns, values, stored, palette.get());
        boolean measured = slope != 1 || intercept != 0;
        NumberType type = measured ? NumberType.FLOAT : NumberType.whole(stored, signed);
        boolean known = !measured && !signed && (stored <= 8 || (stored < 16 && window.isEmpty()));
        Samples samples = Samples.grey(rows, columns, values, type,
                known ? Optional.of(GreyRange.ofBits(stored)) : Optional.empty());
        return window.isPresent() ? samples.shownIn(window.get()) : samples;
    }

    /** Three numbers a pixel, side by side. */
    private Samples coloured(float[] values) {
        if (colours.startsWith("YBR")) toRgb(values);
        return new Samples(rows, columns, bands, values, Samples.Meaning.RGB, false, NumberType.whole(stored, false),
                stored < 16 ? Optional.of(GreyRange.ofBits(stored)) : Optional.empty(), Optional.empty(), new int[0]);
    }

    /** Of brightness and two differences of colour (ITU-R BT.601), as JPEG has it. */
    private void toRgb(float[] values) {
        for (int i = 0; i < values.length; i += 3) {
            float y = values[i];
            float blue = values[i + 1] - (1 << (stored - 1));
            float red = values[i + 2] - (1 << (stored - 1));
            values[i] = level(y + 1.402f * red);
            values[i + 1] = level(y - 0.344136f * blue - 0.714136f * red);
            values[i + 2] = level(y + 1.772f * blue);
        }
    }

    private float level(float value) {
        return Math.max(0, Math.min(most(), Math.round(value)));
    }

    private float[] plain(byte[] frame) {
        ByteBuffer b = ByteBuffer.wrap(frame).order(order);
        int pixels = rows * columns;
        float[] values = new float[pixels * bands];
        if (colours.equals("YBR_FULL_422")) {
            for (int i = 0; i < values.length; i++) {   // two of brightness, and the colour of both
                int at = i / 6 * 4;
                values[i] = b.get((i % 3 == 0 ? at + i / 3 % 2 : at + 1 + i % 3) ^ (turned ? 1 : 0)) & 0xff;
            }
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            int at = planes ? i % bands * pixels + i / bands : i;
            values[i] = allocated == 8 ? b.get(turned ? at ^ 1 : at) & 0xff : b.getShort(2 * at) & 0xffff;
        }
        return values;
    }

    /** Each byte of a number, and each colour, has a segment of its own, the highest byte first. */
    private float[] unpacked(byte[] frame) throws IOException {
        if (frame.length < RLE_HEADER) throw new EOFException();
        ByteBuffer offsets = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        int bytes = allocated / 8;
        if (offsets.getInt(0) != bands * bytes) throw new IOException(
                "it is damaged: a frame has " + offsets.getInt(0) + " segments in place of " + bands * bytes);
        float[] values = new float[rows * columns * bands];
        for (int s = 0; s < bands * bytes; s++) {
            byte[] plane = segment(frame, offsets.getInt(4 + 4 * s));
            int weight = 1 << (8 * (bytes - 1 - s % bytes));
            for (int i = 0; i < plane.length; i++) values[i * bands + s / bytes] += weight * (plane[i] & 0xff);
        }
        return values;
    }

    /** Runs of equal bytes and runs of different ones, as PackBits has them. */
    private byte[] segment(byte[] frame, int start) throws IOException {
        byte[] plane = new byte[rows * columns];
        if (start < RLE_HEADER) throw new IOException("it is damaged: a segment should begin at byte " + start);
        int at = start;
        for (int n = 0; n < plane.length;) {
            if (at >= frame.length) throw new EOFException();
            int code = frame[at++];
            if (code == -128) continue;
            int length = Math.min(plane.length - n, code >= 0 ? code + 1 : 1 - code);
            if (at + (code >= 0 ? length : 1) > frame.length) throw new EOFException();
            if (code >= 0) System.arraycopy(frame, at, plane, n, length);
            else Arrays.fill(plane, n, n + length, frame[at]);
            at += code >= 0 ? code + 1 : 1;
            n += length;
        }
        return plane;
    }
}
