package anogan.scans;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * The portable pictures PBM, PGM and PPM, as text (P1–P3) or bytes (P4–P6): a header that names the extents and the
 * number of white, and then row by row. Source: the manual pages pbm(5), pgm(5) and ppm(5) of Netpbm.
 */
final class Pnm {
    private Pnm() {}

    /** @throws IOException if it is cut short, larger than is read, or not what its first bytes say */
    static Samples read(ImageInputStream in) throws IOException {
        in.seek(0);
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.readByte();
        int kind = in.readByte() - '0';
        boolean bilevel = kind == 1 || kind == 4;
        int bands = kind == 3 || kind == 6 ? 3 : 1;
        int width = number(in);
        int height = number(in);
        int white = bilevel ? 1 : number(in);
        long count = (long) width * height;
        if (width < 1 || height < 1 || count > ScanFile.MAX_PIXELS) throw new IOException(
                "it has " + width + " x " + height + " pixels, which is none or more than " + ScanFile.MAX_PIXELS);
        if (white < 1 || white > 65535) throw new IOException("its header calls " + white + " white");
        float[] values = new float[(int) count * bands];
        if (kind == 4) unpack(in, values, width);
        else for (int i = 0; i < values.length; i++) values[i] = switch (kind) {
            case 1 -> 1 - digit(in);
            case 2, 3 -> number(in);
            default -> white > 255 ? in.readUnsignedShort() : in.readUnsignedByte();
        };
        return new Samples(height, width, bands, values, bands == 3 ? Samples.Meaning.RGB : Samples.Meaning.GREY, false,
                NumberType.whole(white > 255 ? 16 : 8, false), Optional.of(new GreyRange(0, white)), Optional.empty(),
                new int[0]);
    }

    /** Eight pixels a byte, 1 is black; every row begins with a byte of its own. */
    private static void unpack(ImageInputStream in, float[] values, int width) throws IOException {
        byte[] row = new byte[(width + 7) / 8];
        for (int start = 0; start < values.length; start += width) {
            in.readFully(row);
            for (int x = 0; x < width; x++) values[start + x] = 1 - (row[x / 8] >> (7 - x % 8) & 1);
        }
    }

    /** The next number, behind blanks and comments; the one sign behind it is read as well. */
    private static int number(ImageInputStream in) throws IOException {
        int c = afterBlanks(in);
        int number = 0;
        for (; c >= '0' && c <= '9'; c = in.read()) {
            number = 10 * number + c - '0';
            if (number > 1 << 24) throw new IOException("it is damaged: a number in it is too large");
        }
        return number;
    }

    /** PBM's text may do without blanks between its digits. */
    private static int digit(ImageInputStream in) throws IOException {
        return afterBlanks(in) == '0' ? 0 : 1;
    }

    private static int afterBlanks(ImageInputStream in) throws IOException {
        boolean comment = false;
        while (true) {
            int c = in.read();
            if (c < 0) throw new EOFException();
            if (c == '#') comment = true;
            else if (comment) comment = c != '\n' && c != '\r';
            else if (c >= '0' && c <= '9') return c;
            else if (!Character.isWhitespace(c)) throw new IOException("it is damaged: a number is missing");
        }
    }
}
