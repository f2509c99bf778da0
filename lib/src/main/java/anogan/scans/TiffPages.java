package anogan.scans;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * The directories of a TIFF or BigTIFF, or of the EXIF block that is built like one: what the file says about its
 * pages, none of which is decoded. The chain is followed to its end, where a reader takes a file that was cut short for
 * complete.
 *
 * <p>
 * Source: "TIFF Revision 6.0", Aldus 1992; "The BigTIFF File Format", AWare Systems.
 */
final class TiffPages {
    private static final int LITTLE = 0x4949;
    private static final int BIG = 0x4d4d;
    private static final int CLASSIC = 42;
    private static final int BIG_TIFF = 43;
    private static final int MAX_ENTRIES = 4096;
    private static final int SUBFILE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int ORIENTATION = 274;
    private static final int MAX_SAMPLE_VALUE = 281;
    private static final int PHOTOMETRIC = 262;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int REDUCED_OR_MASK = 1 | 4;   // bits of SUBFILE

    /**
     * One directory.
     *
     * @param index its place in the file
     * @param tags  the first value of every tag that is a whole number
     */
    record Page(int index, Map<Integer, Long> tags) {
        private long get(int tag, long usual) {
            return tags.getOrDefault(tag, usual);
        }

        /** 1 to 8; 1 is upright. */
        int orientation() {
            return (int) get(ORIENTATION, 1);
        }

        int bits() {
            return (int) get(BITS, 1);
        }

        /** @throws IOException if its numbers are complex, or colours that are not read */
        NumberType type() throws IOException {
            long format = get(SAMPLE_FORMAT, 1);
            long colours = get(PHOTOMETRIC, 1);
            if (colours >= 8 && colours <= 10) throw new IOException("its colours are CIELab; save it as grey or RGB");
            if (format == 3) return NumberType.FLOAT;
            if (format != 1 && format != 2 && format != 4)
                throw new IOException("its numbers are complex; save their magnitude");
            if (bits() > 32)
                throw new IOException("its numbers are whole and of " + bits() + " bits; save them with 16");
            return NumberType.whole(bits(), format == 2);
        }

        /** Whether its colours are multiplied with their opacity. */
        boolean isPremultiplied() {
            return get(EXTRA_SAMPLES, 0) == 1;
        }

        /** The largest number that the file speaks of, where that is the largest one of so many bits. */
        Optional<GreyRange> declared() {
            long most = get(MAX_SAMPLE_VALUE, 0);
            return most >= 255 && (most & (most + 1)) == 0 ? Optional.of(new GreyRange(0, most)) : Optional.empty();
        }

        /**
         * Marked as a smaller copy or as a mask of transparency, or smaller both ways than the first page: a thumbnail.
         */
        private boolean isSideshow(Page first) {
            return (get(SUBFILE, 0) & REDUCED_OR_MASK) != 0
                    || (get(WIDTH, 0) < first.get(WIDTH, 0) && get(HEIGHT, 0) < first.get(HEIGHT, 0));
        }
    }

    private TiffPages() {}

    /** The pages that are pictures of their own; all of them where none is. */
    static List<Page> of(ImageInputStream in, int most) throws IOException {
        List<Page> all = directories(in, most);
        Page first = all.stream().filter(p -> !p.isSideshow(all.get(0))).findFirst().orElse(all.get(0));
        List<Page> own = all.stream().filter(p -> !p.isSideshow(first)).toList();
        return own.isEmpty() ? all : own;
    }

    /**
     * Every directory of the chain.
     *
     * @throws IOException if it is none, damaged, cut short or longer than {@code most}
     */
    static List<Page> directories(ImageInputStream in, int most) throws IOException {
        in.seek(0);
        int order = in.readUnsignedShort();
        in.setByteOrder(order == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int magic = in.readUnsignedShort();
        if ((order != LITTLE && order != BIG) || (magic != CLASSIC && magic != BIG_TIFF))
            throw new IOException("it does not begin as a TIFF");
        boolean big = magic == BIG_TIFF;
        if (big) in.readInt();   // bytes of an offset, and nothing
        List<Page> pages = new ArrayList<>();
        for (long at = offset(in, big); at != 0; at = offset(in, big)) {
            if (pages.size() == most) throw new IOException("it has more than " + most + " pages, or they form a ring");
            in.seek(at);
            pages.add(new Page(pages.size(), tags(in, big)));
        }
        if (pages.isEmpty()) throw new IOException("it has no pages");
        return pages;
    }

    private static long offset(ImageInputStream in, boolean big) throws IOException {
        long at = big ? in.readLong() : in.readUnsignedInt();
        if (at < 0) throw new IOException("it is damaged: a page should begin at byte " + at);
        return at;
    }

    private static Map<Integer, Long> tags(ImageInputStream in, boolean big) throws IOException {
        long count = big ? in.readLong() : in.readUnsignedShort();
        if (count < 0 || count > MAX_ENTRIES) throw new EOFException();
        Map<Integer, Long> tags = new HashMap<>();
        for (int i = 0; i < count; i++) {
            long next = in.getStreamPosition() + (big ? 20 : 12);
            int tag = in.readUnsignedShort();
            int type = in.readUnsignedShort();
            long values = big ? in.readLong() : in.readUnsignedInt();
            int bytes = switch (type) {
                case 1, 6, 7 -> 1;
                case 3, 8 -> 2;
                case 4, 9 -> 4;
                case 16, 17 -> 8;
                default -> 0;   // text and fractions say nothing that is asked for
            };
            if (bytes > 0 && values > 0) {
                if (bytes * values > (big ? 8 : 4)) in.seek(offset(in, big));
                tags.putIfAbsent(tag, switch (bytes) {
                    case 1 -> (long) in.readUnsignedByte();
                    case 2 -> (long) in.readUnsignedShort();
                    case 4 -> in.readUnsignedInt();
                    default -> in.readLong();
                });
            }
            in.seek(next);
        }
        return tags;
    }
}
