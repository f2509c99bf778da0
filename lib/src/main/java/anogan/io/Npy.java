package anogan.io;

import anogan.UserError;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npy} (format 1.0) and {@code .npz} (a zip of them, stored): the plain format of every array that we
 * keep, so that {@code numpy.load} reads our weights, maps and patches.
 *
 * <p>
 * Writes little-endian float32 or uint8 in C order; reads float32, float64, uint8, int32 and int64 as floats. Pickled
 * objects and Fortran order are refused. Files are written atomically. Source: NumPy Enhancement Proposal 1, "A Simple
 * File Format for NumPy Arrays".
 */
public final class Npy {
    private static final Pattern HEADER = Pattern.compile(
            "'descr':\\s*'([^']+)'.*'fortran_order':\\s*(True|False).*'shape':\\s*\\(([^)]*)\\)", Pattern.DOTALL);
    private static final int MAX_ELEMENTS = 1 << 27;   // 512 MB as floats

    /**
     * Equal weights are equal files, in any time zone: for the first of January, Java would add the zone's own time.
     */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 2, 0, 0);

    private Npy() {}

    public static void write(Path file, FloatArray array) {
        AtomicFiles.write(file, out -> writeFloats(out, array));
    }

    /**
     * Arrays of one shape as one, with their number as the first extent; each is asked for when the ones before it are
     * written.
     */
    public static void writeStack(Path file, int count, IntFunction<FloatArray> arrays) {
        AtomicFiles.write(file, out -> {
            for (int i = 0; i < count; i++) {
                FloatArray array = arrays.apply(i);
                if (i == 0) writeHeader(out, "<f4",
                        IntStream.concat(IntStream.of(count), Arrays.stream(array.shape())).toArray());
                writeNumbers(out, array.data());
            }
        });
    }

    /** Bytes as uint8. */
    public static void writeBytes(Path file, byte[] data, int... shape) {
        AtomicFiles.write(file, out -> {
            writeHeader(out, "|u1", shape);
            out.write(data);
        });
    }

    public static void writeZip(Path file, Map<String, FloatArray> arrays) {
        AtomicFiles.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, FloatArray> e : arrays.entrySet()) {
                var bytes = new java.io.ByteArrayOutputStream(e.getValue().data().length * 4 + 128);
                writeFloats(bytes, e.getValue());
                zip.putNextEntry(storedEntry(e.getKey() + ".npy", bytes.toByteArray()));
                bytes.writeTo(zip);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /** @throws UserError if the file is missing, cut short, or holds something else */
    public static FloatArray read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(in);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    /** Arrays by name, in file order. */
    public static Map<String, FloatArray> readZip(Path file) {
        return readZip(file, Long.MAX_VALUE);
    }

    /** The same, of so many numbers at most, all arrays together. */
    public static Map<String, FloatArray> readZip(Path file, long most) {
        long left = most;
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (ZipEntry e; (e = zip.getNextEntry()) != null;) {
                if (!e.getName().endsWith(".npy")) continue;
                FloatArray array = read(zip, (int) Math.min(MAX_ELEMENTS, left));
                left -= array.data().length;
                arrays.put(e.getName().substring(0, e.getName().length() - 4), array);
            }
        } catch (IOException e) {
            throw cannotRead(file, e);
        } catch (IllegalArgumentException e) {   // what the zip library says of a damaged name
            throw cannotRead(file, new ZipException(e.getMessage()));
        }
        if (arrays.isEmpty()) throw UserError.failure(
                "%s holds no arrays: it is damaged or not an .npz file. Make it anew with the stage that wrote it.",
                file);
        return arrays;
    }

    /**
     * The arrays of these names.
     *
     * @throws UserError as {@link #readZip}, and if there is no such array
     */
    public static List<FloatArray> readZip(Path file, List<String> names) {
        Map<String, FloatArray> arrays = readZip(file);
        return names.stream().map(name -> Optional.ofNullable(arrays.get(name))
                .orElseThrow(() -> UserError.failure(
                        "%s has no array %s. Delete it, and make it anew with the stage that wrote it.", file, name)))
                .toList();
    }

    /** What stands before the numbers of a {@code .npy}: element type, shape, and where the numbers begin. */
    public record Header(String type, int[] shape, int bytes) {}

    /** Reads the header alone, for files whose numbers are not all loaded. */
    public static Header readHeader(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return readHeader(in);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    /** Reads the header that a stream begins with; what follows in the stream are the numbers. */
    public static Header readHeader(InputStream in) throws IOException {
        return header(new DataInputStream(in));
    }

    /** Reads an array from a stream, an entry of a zip for example. */
    public static FloatArray read(InputStream source) throws IOException {
        return read(source, MAX_ELEMENTS);
    }

    /**
     * Reads an array of so many numbers at most: what a file claims, and what a few bytes may unpack to, is no measure.
     */
    public static FloatArray read(InputStream source, int most) throws IOException {
        DataInputStream in = new DataInputStream(source);
        Header h = header(in);
        double claimed = Arrays.stream(h.shape).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (claimed > most)
            throw new IOException(String.format(Locale.ROOT, "it claims %.0f numbers, more than %d", claimed, most));
        int n = (int) claimed;
        int width = switch (h.type) {
            case "|u1", "|b1" -> 1;
            case "<f4", "<i4" -> 4;
            case "<f8", "<i8" -> 8;
            case "|O" -> throw new IOException("it holds pickled Python objects, which are never read");
            default -> throw new IOException(
                    "its element type " + h.type + " is not one of float32, float64, uint8, bool, int32, int64");
        };
        byte[] chunk = new byte[1 << 16];
        // grows as numbers arrive: a damaged header may claim more than memory holds
        float[] data = new float[Math.min(n, chunk.length)];
        for (int done = 0; done < n;) {
            int count = Math.min(n - done, chunk.length / width);
            in.readFully(chunk, 0, count * width);
            if (done + count > data.length) data = Arrays.copyOf(data, Math.min(n, 2 * data.length));
            decode(h.type, ByteBuffer.wrap(chunk, 0, count * width).order(ByteOrder.LITTLE_ENDIAN), data, done, count);
            done += count;
        }
        return new FloatArray(data, h.shape);
    }

    private static void decode(String type, ByteBuffer from, float[] to, int offset, int count) {
        switch (type) {
            case "<f4" -> from.asFloatBuffer().get(to, offset, count);
            case "<f8" -> { for (int i = 0; i < count; i++) to[offset + i] = (float) from.getDouble(); }
            case "<i4" -> { for (int i = 0; i < count; i++) to[offset + i] = from.getInt(); }
            case "<i8" -> { for (int i = 0; i < count; i++) to[offset + i] = from.getLong(); }
            default -> { for (int i = 0; i < count; i++) to[offset + i] = from.get() & 0xff; }
        }
    }

    private static Header header(DataInputStream in) throws IOException {
        byte[] start = new byte[8];
        in.readFully(start);
        if (start[0] != (byte) 0x93 || !"NUMPY".equals(new String(start, 1, 5, StandardCharsets.US_ASCII))) {
            throw new IOException("it does not begin as a .npy file");
        }
        int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        int skipped = 10;
        if (start[6] > 1) {
            length |= Short.toUnsignedInt(Short.reverseBytes(in.readShort())) << 16;
            skipped = 12;
        }
        if (length < 0 || length > 1 << 16)
            throw new IOException("its header is " + Integer.toUnsignedString(length) + " bytes long");
        byte[] text = new byte[length];
        in.readFully(text);
        Matcher m = HEADER.matcher(new String(text, StandardCharsets.US_ASCII));
        if (!m.find()) throw new IOException("its header is not understood");
        if (m.group(2).equals("True"))
            throw new IOException("it is in Fortran order; save it with numpy.ascontiguousarray");
        try {
            int[] shape = Arrays.stream(m.group(3).split(",")).map(String::strip).filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt).toArray();
            if (Arrays.stream(shape).anyMatch(s -> s < 0)) throw new IOException("its shape is negative");
            return new Header(m.group(1), shape, skipped + length);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IOException("its shape (" + m.group(3) + ") is not understood");
        }
    }

    private static void writeFloats(OutputStream out, FloatArray array) throws IOException {
        writeHeader(out, "<f4", array.shape());
        writeNumbers(out, array.data());
    }

    static void writeNumbers(OutputStream out, float[] data) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < data.length;) {
            int count = Math.min(data.length - done, chunk.capacity() / 4);
            chunk.clear().asFloatBuffer().put(data, done, count);
            out.write(chunk.array(), 0, count * 4);
            done += count;
        }
    }

    /**
     * Writes what stands before the numbers; {@code type} is NumPy's word, such as {@code <f4}. Its length is a
     * multiple of 64 bytes.
     */
    public static void writeHeader(OutputStream out, String type, int... shape) throws IOException {
        String extents = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "))
                + (shape.length == 1 ? "," : "");
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + extents + "), }";
        int length = (text.length() + 11 + 63) / 64 * 64 - 10;   // NumPy aligns the numbers to 64 bytes
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)});
        out.write((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static ZipEntry storedEntry(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry e = new ZipEntry(name);
        e.setMethod(ZipEntry.STORED);
        e.setSize(content.length);
        e.setCrc(crc.getValue());
        e.setTimeLocal(DATE);
        return e;
    }

    private static UserError cannotRead(Path file, IOException e) {
        return UserError.failure(e, "Cannot read %s: %s. Make it anew with the stage that wrote it.", file,
                ErrorText.of(e));
    }
}
