package anogan.scans;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * What stands before the pixels of a DICOM file: 128 bytes, "DICM", and then elements, each with a tag (group and
 * number), a length and a value, which may be a sequence of further elements.
 *
 * <p>
 * Only the elements that {@link #WANTED} names are read; all others are passed over, so that nothing of the patient,
 * the physician or the hospital is ever in memory. Values that stand for all frames or for each (the functional groups
 * of a multi-frame file) count if all that is said is the same.
 *
 * <p>
 * Source: DICOM PS3.5 (elements and transfer syntaxes), PS3.10 (files), PS3.3 C.7.6.16 (functional groups).
 */
final class DicomHeader {
    static final int SYNTAX = 0x00020010;
    static final int KIND = 0x00080016;
    static final int BETWEEN_SLICES = 0x00180088;
    private static final int POSITION = 0x00200032;
    static final int ORIENTATION = 0x00200037;
    static final int SAMPLES = 0x00280002;
    static final int COLOURS = 0x00280004;
    static final int PLANAR = 0x00280006;
    static final int FRAMES = 0x00280008;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int SPACING = 0x00280030;
    static final int ALLOCATED = 0x00280100;
    static final int STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int SIGNED = 0x00280103;
    static final int WINDOW_CENTRE = 0x00281050;
    static final int WINDOW_WIDTH = 0x00281051;
    static final int INTERCEPT = 0x00281052;
    static final int SLOPE = 0x00281053;
    static final int PALETTE = 0x00281101;        // and green and blue behind it
    static final int PALETTE_DATA = 0x00281201;   // likewise
    private static final Set<Integer> WANTED = Set.of(SYNTAX, KIND, BETWEEN_SLICES, POSITION, ORIENTATION, SAMPLES,
            COLOURS, PLANAR, FRAMES, ROWS, COLUMNS, SPACING, ALLOCATED, STORED, HIGH_BIT, SIGNED, WINDOW_CENTRE,
            WINDOW_WIDTH, INTERCEPT, SLOPE, PALETTE, PALETTE + 1, PALETTE + 2, PALETTE_DATA, PALETTE_DATA + 1,
            PALETTE_DATA + 2);
    /**
     * Shared and per-frame functional groups, and of these plane position and orientation, pixel measures, frame VOI
     * LUT and value transformation.
     */
    private static final Set<Integer> GROUPS = Set.of(0x52009229, 0x52009230, 0x00209113, 0x00209116, 0x00289110,
            0x00289132, 0x00289145);
    private static final int PIXELS = 0x7fe00010;
    static final int ITEM = 0xfffee000;
    private static final int ITEM_END = 0xfffee00d;
    static final int SEQUENCE_END = 0xfffee0dd;
    private static final long UNDEFINED = 0xffffffffL;
    private static final int PREAMBLE = 128;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUE = 1 << 18;   // bytes: a palette of 65,536 colours takes half of it
    private static final Set<String> LONG = Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR",
            "UT", "UV");

    private final Map<Integer, byte[]> values = new HashMap<>();
    private final Set<Integer> differing = new HashSet<>();   // tags of which frames say different things
    private final List<double[]> positions = new ArrayList<>();   // of the frames, in their order
    private DataInputStream in;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean explicit = true;   // whether an element says of which kind its value is
    private long at;                   // bytes read so far; of what was unpacked, where the file is packed as a whole
    private Optional<String> pixels = Optional.empty();   // kind of value of the pixels, once they are reached
    private boolean packed;

    private DicomHeader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Reads all that stands before the pixels; the stream stands at their first byte then. */
    static DicomHeader read(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 4);
        DicomHeader header = new DicomHeader(in);
        byte[] start = header.take(PREAMBLE + 4);
        if (!new String(start, PREAMBLE, 4, StandardCharsets.ISO_8859_1).equals("DICM"))
            throw new IOException("it does not begin as a DICOM file");
        while (true) {
            byte[] tag = in.readNBytes(4);
            in.unread(tag);
            if (tag.length < 4 || tag[0] != 2 || tag[1] != 0) break;
            header.element(0, true);
        }
        String syntax = header.text(SYNTAX);
        header.explicit = !syntax.equals("1.2.840.10008.1.2");
        if (syntax.equals("1.2.840.10008.1.2.2")) header.order = ByteOrder.BIG_ENDIAN;
        if (syntax.equals("1.2.840.10008.1.2.1.99"))
            header.in = new DataInputStream(new InflaterInputStream(in, new Inflater(true), 1 << 16));
        header.elements(Long.MAX_VALUE, 0, true);
        return header;
    }

    /** The stream behind the header, in which {@link #at} counts. */
    DataInputStream stream() {
        return in;
    }

    /** Where the pixels begin, in bytes of the stream. */
    long at() {
        return at;
    }

    ByteOrder order() {
        return order;
    }

    boolean hasPixels() {
        return pixels.isPresent();
    }

    /** Whether bytes lie in words, which big-endian files turn round. */
    boolean isWords() {
        return pixels.equals(Optional.of("OW"));
    }

    /** Whether the pixels are a sequence of items, and not the numbers themselves. */
    boolean isEncapsulated() {
        return packed;
    }

    /** All up to byte {@code end} of the stream, the end of the item that they lie in, or the pixels. */
    private void elements(long end, int depth, boolean heeded) throws IOException {
        if (depth > MAX_DEPTH) throw new IOException("it is damaged: its sequences lie in each other without end");
        while (at < end && !hasPixels() && element(depth, heeded)) {
        }
    }

    /** Reads an element, or passes over it; false if there is none any more, or it is the end of an item. */
    private boolean element(int depth, boolean heeded) throws IOException {
        byte[] first = in.readNBytes(4);
        at += first.length;
        if (first.length == 0 && depth == 0) return false;
        if (first.length < 4) throw new EOFException();
        ByteBuffer b = ByteBuffer.wrap(first).order(order);
        int tag = tag(b);
        if (tag == ITEM_END || tag == SEQUENCE_END) {
            take(4);
            return false;
        }
        String kind = explicit ? new String(take(2), StandardCharsets.ISO_8859_1) : "";
        if (explicit && LONG.contains(kind)) take(2);
        long length = explicit && !LONG.contains(kind) ? take(2, order).getShort() & 0xffff
                : take(4, order).getInt() & UNDEFINED;
        if (tag == PIXELS && depth == 0) {
            pixels = Optional.of(explicit ? kind : "OW");
            packed = length == UNDEFINED;
            return false;
        }
        boolean group = heeded && GROUPS.contains(tag);
        if (length == UNDEFINED || group) sequence(kind, length, depth, group);
        else if (heeded && WANTED.contains(tag)) keep(tag, length);
        else skip(length);
        return true;
    }

    /** The items of a sequence, each with elements of its own. What is unknown (UN) lies there without kinds. */
    private void sequence(String kind, long length, int depth, boolean heeded) throws IOException {
        boolean outside = explicit;
        if (kind.equals("UN")) explicit = false;
        long end = length == UNDEFINED ? Long.MAX_VALUE : at + length;
        while (at < end) {
            ByteBuffer item = take(8, order);
            int tag = tag(item);
            long bytes = item.getInt() & UNDEFINED;
            if (tag == SEQUENCE_END) break;
            if (tag != ITEM) throw new IOException("it is damaged: in a sequence something else follows than an item");
            if (bytes == UNDEFINED) elements(Long.MAX_VALUE, depth + 1, heeded);
            else if (heeded) elements(at + bytes, depth + 1, true);
            else skip(bytes);
        }
        explicit = outside;
    }

    /** The group and the number that an element or item begins with. */
    static int tag(ByteBuffer b) {
        return b.getShort() << 16 | (b.getShort() & 0xffff);
    }

    private void keep(int tag, long length) throws IOException {
        if (length > MAX_VALUE) throw new IOException("it is damaged: a value in its header has " + length + " bytes");
        byte[] value = take((int) length);
        if (tag == POSITION) positions.add(numbers(value));
        byte[] earlier = values.putIfAbsent(tag, value);
        if (earlier != null && !Arrays.equals(earlier, value)) differing.add(tag);
    }

    private byte[] take(int bytes) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (taken.length < bytes) throw new EOFException();
        at += bytes;
        return taken;
    }

    private ByteBuffer take(int bytes, ByteOrder inOrder) throws IOException {
        return ByteBuffer.wrap(take(bytes)).order(inOrder);
    }

    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        at += bytes;
    }

    /** A text without the blanks around it; empty if there is none. */
    String text(int tag) {
        return text(values.getOrDefault(tag, new byte[0]));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    }

    /** Whole numbers of 16 bits, without sign; none if there are none. */
    int[] words(int tag) {
        byte[] bytes = values.getOrDefault(tag, new byte[0]);
        int[] words = new int[bytes.length / 2];
        ByteBuffer b = ByteBuffer.wrap(bytes).order(order);
        for (int i = 0; i < words.length; i++) words[i] = b.getShort() & 0xffff;
        return words;
    }

    int word(int tag, int usual) {
        int[] words = words(tag);
        return words.length == 0 ? usual : words[0];
    }

    /** Numbers written as text; none if there are none, or one is no number, or frames differ in them. */
    double[] numbers(int tag) {
        return differs(tag) ? new double[0] : numbers(values.getOrDefault(tag, new byte[0]));
    }

    private static double[] numbers(byte[] value) {
        String text = text(value);
        try {
            return text.isEmpty() ? new double[0]
                    : Arrays.stream(text.split("\\\\")).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }

    /** Where the first pixel of each frame lies, in mm; of those that say so. */
    List<double[]> positions() {
        return positions;
    }

    /** Whether it is not the same for all frames. */
    boolean differs(int tag) {
        return differing.contains(tag);
    }
}
