package anogan.scans;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
 */
record PictureHeader(Format format, int orientation, int significantBits, int components) {
    enum Format { PNG, JPEG, TIFF, GIF, BMP, WEBP, PNM, UNKNOWN }

    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final int END_OF_IMAGE = 0xffd9;
    private static final int MAX_EXIF = 1 << 16;
    private static final int MAX_CHUNKS = 100_000;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /** Reads from the beginning of the stream, and goes back there. What is damaged is left to whoever decodes it. */
    static PictureHeader of(ImageInputStream in) throws IOException {
        Format format = format(in);
        PictureHeader plain = new PictureHeader(format, 1, 0, 0);
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
        if (text.startsWith("II*\0") || text.startsWith("MM\0*") || text.startsWith("II+\0")
                || text.startsWith("MM\0+"))
            return Format.TIFF;
        if (text.startsWith("GIF8")) return Format.GIF;
        if (text.startsWith("BM")) return Format.BMP;
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return Format.WEBP;
        return text.matches("(?s)P[1-6]\\s.*") ? Format.PNM : Format.UNKNOWN;
    }

    private static PictureHeader jpeg(ImageInputStream in) throws IOException {
        int orientation = 1;
        int components = 0;
        in.seek(2);
        for (int i = 0; i < MAX_CHUNKS; i++) {
            int marker = in.readUnsignedShort();
            if (marker >> 8 != 0xff || marker == START_OF_SCAN || marker == END_OF_IMAGE) break;
            if (marker == 0xffff) {   // filling
                in.seek(in.getStreamPosition() - 1);
                continue;
            }
            int length = in.readUnsignedShort();
            long next = in.getStreamPosition() - 2 + length;
            if (marker == APP1 && length > EXIF.length + 8) {
                byte[] block = block(in, length - 2);
                if (startsWithExif(block)) orientation = orientation(block);
            } else if (isStartOfFrame(marker)) {
                in.skipBytes(5);   // depth, height, width
                components = in.readUnsignedByte();
            }
            in.seek(next);
        }
        return new PictureHeader(Format.JPEG, orientation, 0, components);
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
    }

    private static PictureHeader png(ImageInputStream in) throws IOException {
        int orientation = 1;
        int significant = 0;
        in.seek(8);
        try {
            for (int i = 0; i < MAX_CHUNKS; i++) {
                long length = in.readUnsignedInt();
                String kind = fourLetters(in);
                long next = in.getStreamPosition() + length + 4;
                if (kind.equals("eXIf") && length <= MAX_EXIF) orientation = orientation(block(in, length));
                if (kind.equals("sBIT") && length >= 1) significant = in.readUnsignedByte();
                if (kind.equals("IEND")) break;
                in.seek(next);
            }
        } catch (EOFException ignored) {
            // What was found counts; whoever decodes it says that it is cut short.
        }
        return new PictureHeader(Format.PNG, orientation, significant, 0);
    }

    private static PictureHeader webp(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(12);
        for (int i = 0; i < MAX_CHUNKS; i++) {
            String kind = fourLetters(in);
            long length = in.readUnsignedInt();
            if (kind.equals("EXIF") && length <= MAX_EXIF)
                return new PictureHeader(Format.WEBP, orientation(block(in, length)), 0, 0);
            in.seek(in.getStreamPosition() + length + (length & 1));
        }
        return new PictureHeader(Format.WEBP, 1, 0, 0);
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

    private static boolean startsWithExif(byte[] block) {
        return block.length > EXIF.length && Arrays.equals(block, 0, EXIF.length, EXIF, 0, EXIF.length);
    }

    /** A damaged block says nothing: the picture stands as it lies. */
    private static int orientation(byte[] block) {
        int start = startsWithExif(block) ? EXIF.length : 0;
        try (ImageInputStream in = new MemoryCacheImageInputStream(
                new ByteArrayInputStream(block, start, block.length - start))) {
            return TiffPages.directories(in, ScanFile.MAX_SLICES).get(0).orientation();
        } catch (IOException e) {
            return 1;
        }
    }
}
