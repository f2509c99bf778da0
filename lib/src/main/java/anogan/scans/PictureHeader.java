package anogan.scans;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What stands in a picture's file beside its pixels and changes what they mean.
 *
 * @param format          which kind of file it is, by its first bytes, whatever its name says
 * @param orientation     1 to 8 as EXIF numbers them, 1 if it is upright or says nothing; of a TIFF's pages
 *                        {@link TiffPages} tells
 * @param significantBits how many bits of a number carry something, as a PNG's chunk sBIT says; 0 if nothing is said
 * @param components      numbers a pixel, of a JPEG: 4 are inks; 0 if nothing is said
 * @param pictures        how many pictures a moving PNG or WebP shows one after the other; 1 if it does not move
 * @param profiles        where the names of colour profiles begin, of a JPEG or WebP
 */
record PictureHeader(Format format, int orientation, int significantBits, int components, int pictures,
        List<Long> profiles) {
    enum Format {
        PNG, JPEG, JPEG2000, TIFF, GIF, BMP, WEBP, PNM, UNKNOWN
    }

    /** How files begin, or go on after four bytes, that are pictures but not read. */
    private static final Map<String, String> UNREAD = Map.of("ftypavif", "an AVIF picture", "ftyphei", "a HEIF picture",
            "\0\0\0\fJXL", "a JPEG XL picture", "\u00ff\n", "a JPEG XL picture", "8BPS", "a Photoshop picture", "%PDF",
            "a PDF file", "<", "text, such as a web page or SVG");
    private static final int APP1 = 0xffe1;
    private static final int APP2 = 0xffe2;
    private static final int START_OF_SCAN = 0xffda;
    private static final int END_OF_IMAGE = 0xffd9;
    private static final int MAX_EXIF = 1 << 16;
    private static final int MAX_CHUNKS = 100_000;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    /** Reads from the beginning of the stream, and goes back there. What is damaged is left to whoever decodes it. */
    static PictureHeader of(ImageInputStream in) throws IOException {
        Format format = format(in);
        PictureHeader plain = new PictureHeader(format, 1, 0, 0, 1, List.of());
        try {
            return switch (format) {
                case JPEG -> jpeg(in);
                case PNG -> png(in);
                case WEBP -> webp(in);
                default -> plain;
            };
        } catch (EOFException e) {
            return plain;
        } finally {
            in.setByteOrder(ByteOrder.BIG_ENDIAN);
            in.seek(0);
        }
    }

    static Format format(ImageInputStream in) throws IOException {
        in.seek(0);
        byte[] start = new byte[16];
        int n = Math.max(0, in.read(start));
        in.seek(0);
        return format(Arrays.copyOf(start, n));
    }

    /** By the first 16 bytes. */
    static Format format(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) return Format.PNG;
        if (text.startsWith("\u00ff\u00d8\u00ff")) return Format.JPEG;
        if (text.startsWith("\0\0\0\fjP") || text.startsWith("\u00ffO\u00ffQ")) return Format.JPEG2000;
        if (text.startsWith("II*\0") || text.startsWith("MM\0*") || text.startsWith("II+\0")
                || text.startsWith("MM\0+"))
            return Format.TIFF;
        if (text.startsWith("GIF8")) return Format.GIF;
        if (text.startsWith("BM")) return Format.BMP;
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return Format.WEBP;
        return text.matches("(?s)P[1-6]\\s.*") ? Format.PNM : Format.UNKNOWN;
    }

    /** What a file is, by its first 16 bytes, that is not read; empty if that is not known either. */
    static Optional<String> unread(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return UNREAD.entrySet().stream().filter(
                e -> text.startsWith(e.getKey()) || (e.getKey().startsWith("ftyp") && text.startsWith(e.getKey(), 4)))
                .map(Map.Entry::getValue).findFirst();
    }

    private static PictureHeader jpeg(ImageInputStream in) throws IOException {
        int orientation = 1;
        int components = 0;
        List<Long> profiles = new ArrayList<>();
        in.seek(2);
        for (int i = 0; i < MAX_CHUNKS; i++) {
            int marker = in.readUnsignedShort();
            if (marker >> 8 != 0xff || marker == START_OF_SCAN || marker == END_OF_IMAGE) break;
            if (marker == 0xffff) {   // filling
                in.seek(in.getStreamPosition() - 1);
                continue;
            }
            int length = in.readUnsignedShort();
            long start = in.getStreamPosition();
            if ((marker == APP1 || marker == APP2) && length > EXIF.length + 8) {
                byte[] block = block(in, length - 2);
                if (marker == APP1 && startsWith(block, EXIF)) orientation = orientation(block);
                if (marker == APP2 && startsWith(block, PROFILE)) profiles.add(start);
            } else if (isStartOfFrame(marker)) {
                in.skipBytes(5);   // depth, height, width
                components = in.readUnsignedByte();
            }
            in.seek(start - 2 + length);
        }
        return new PictureHeader(Format.JPEG, orientation, 0, components, 1, profiles);
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
    }

    private static PictureHeader png(ImageInputStream in) throws IOException {
        int orientation = 1;
        int significant = 0;
        int pictures = 1;
        in.seek(8);
        try {
            for (int i = 0; i < MAX_CHUNKS; i++) {
                long length = in.readUnsignedInt();
                String kind = fourLetters(in);
                long next = in.getStreamPosition() + length + 4;
                if (kind.equals("eXIf") && length <= MAX_EXIF) orientation = orientation(block(in, length));
                if (kind.equals("sBIT") && length >= 1) significant = in.readUnsignedByte();
                if (kind.equals("acTL") && length >= 4) pictures = in.readInt();
                if (kind.equals("IEND")) break;
                in.seek(next);
            }
        } catch (EOFException ignored) {
            // What was found counts; whoever decodes it says that it is cut short.
        }
        return new PictureHeader(Format.PNG, orientation, significant, 0, pictures, List.of());
    }

    private static PictureHeader webp(ImageInputStream in) throws IOException {
        int orientation = 1;
        int pictures = 0;
        List<Long> profiles = new ArrayList<>();
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(12);
        try {
            for (int i = 0; i < MAX_CHUNKS; i++) {
                String kind = fourLetters(in);
                long length = in.readUnsignedInt();
                long start = in.getStreamPosition();
                if (kind.equals("ICCP")) profiles.add(start - 8);
                if (kind.equals("ANMF")) pictures++;
                if (kind.equals("EXIF") && length <= MAX_EXIF) orientation = orientation(block(in, length));
                in.seek(start + length + (length & 1));
            }
        } catch (EOFException ignored) {
            // The end of the file ends the list of chunks.
        }
        return new PictureHeader(Format.WEBP, orientation, 0, 0, Math.max(1, pictures), profiles);
    }

    private static String fourLetters(ImageInputStream in) throws IOException {
        byte[] letters = new byte[4];
        in.readFully(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    private static byte[] block(ImageInputStream in, long length) throws IOException {
        byte[] block = new byte[(int) length];
        in.readFully(block);
        return block;
    }

    private static boolean startsWith(byte[] block, byte[] name) {
        return block.length > name.length && Arrays.equals(block, 0, name.length, name, 0, name.length);
    }

    /** A damaged block says nothing: the picture stands as it lies. */
    private static int orientation(byte[] block) {
        int start = startsWith(block, EXIF) ? EXIF.length : 0;
        try (ImageInputStream in = new MemoryCacheImageInputStream(
                new ByteArrayInputStream(block, start, block.length - start))) {
            return TiffPages.directories(in, ScanFile.MAX_SLICES).get(0).orientation();
        } catch (IOException e) {
            return 1;
        }
    }
}
