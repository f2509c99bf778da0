package anogan.io;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The file format, against the words of NumPy's own specification: what it says is written, and what it allows is read
 * or refused with a sentence.
 */
class NpyTest {
    @TempDir
    Path folder;

    static List<int[]> shapes() {
        return List.of(new int[] {}, new int[] {1}, new int[] {0}, new int[] {7}, new int[] {2, 3}, new int[] {3, 0, 2},
                new int[] {2, 1, 3, 4}, new int[] {1, 2, 1, 2, 3}, new int[] {20_001});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsWrittenIsRead(int... shape) {
        FloatArray array = FloatArray.zeros(shape);
        for (int i = 0; i < array.data().length; i++)
            array.data()[i] = (float) Math.exp(Math.sin(i) * 40) * (i % 2 == 0 ? 1 : -1);
        if (array.data().length > 3) {
            array.data()[1] = Float.NaN;
            array.data()[2] = Float.NEGATIVE_INFINITY;
            array.data()[3] = -0f;
        }
        Npy.write(folder.resolve("a.npy"), array);
        assertSame(array, Npy.read(folder.resolve("a.npy")));
        Npy.writeZip(folder.resolve("a.npz"), Map.of("a", array));
        assertSame(array, Npy.readZip(folder.resolve("a.npz")).get("a"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theHeaderIsNumPys(int... shape) throws IOException {
        Npy.write(folder.resolve("a.npy"), FloatArray.zeros(shape));
        byte[] file = Files.readAllBytes(folder.resolve("a.npy"));
        assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, Arrays.copyOf(file, 8));
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        assertEquals(0, (10 + length) % 64, "the numbers begin at a multiple of 64 bytes");
        assertEquals('\n', file[10 + length - 1]);
        String tuple = shape.length == 1 ? "(" + shape[0] + ",)"
                : Arrays.toString(shape).replace('[', '(').replace(']', ')');   // as Python prints a tuple
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }",
                new String(file, 10, length, StandardCharsets.US_ASCII).strip());
        assertEquals(10 + length + 4 * Arrays.stream(shape).reduce(1, (a, b) -> a * b), file.length);
        Npy.Header header = Npy.readHeader(folder.resolve("a.npy"));
        assertEquals("<f4", header.type());
        assertArrayEquals(shape, header.shape());
        assertEquals(10 + length, header.bytes());
    }

    @Test
    void readsWhatNumPyWrites() throws IOException {
        ByteBuffer longs = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(-3).putLong(0)
                .putLong(1L << 40);
        assertArrayEquals(new float[] {-3, 0, 1L << 40}, Npy.read(file(1, "<i8", "(3,)", longs.array())).data());
        ByteBuffer ints = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.MIN_VALUE).putInt(7);
        assertArrayEquals(new float[] {Integer.MIN_VALUE, 7}, Npy.read(file(1, "<i4", "(2, 1)", ints.array())).data());
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(Math.PI)
                .putDouble(-1e300);
        assertArrayEquals(new float[] {(float) Math.PI, Float.NEGATIVE_INFINITY},
                Npy.read(file(2, "<f8", "(2,)", doubles.array())).data());
        assertArrayEquals(new float[] {0, 200, 255},
                Npy.read(file(3, "|u1", "(3,)", new byte[] {0, (byte) 200, -1})).data());
        assertArrayEquals(new float[] {1, 0}, Npy.read(file(1, "|b1", "(2,)", new byte[] {1, 0})).data());
        byte[] bytes = {0, (byte) 128, -1, 5};
        Npy.writeBytes(folder.resolve("bytes.npy"), bytes, 2, 2);
        assertSame(new FloatArray(new float[] {0, 128, 255, 5}, 2, 2), Npy.read(folder.resolve("bytes.npy")));
    }

    @Test
    void aZipKeepsNamesAndOrderAndIsTheSameFileEachTime() throws IOException {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        for (String name : List.of("z", "a.weight", "m"))
            arrays.put(name, new FloatArray(new float[] {name.length(), -1}, 2));
        Npy.writeZip(folder.resolve("a.npz"), arrays);
        Npy.writeZip(folder.resolve("b.npz"), arrays);
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.npz")), Files.readAllBytes(folder.resolve("b.npz")));
        Map<String, FloatArray> read = Npy.readZip(folder.resolve("a.npz"));
        assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
        arrays.forEach((name, array) -> assertSame(array, read.get(name)));
    }

    @Test
    void whatCannotBeReadIsToldInASentence() throws IOException {
        Path absent = folder.resolve("absent.npy");
        assertFails(() -> Npy.read(absent), absent.toString(), "no such file");
        assertFails(() -> Npy.readZip(absent), absent.toString(), "no such file");
        assertFails(() -> Npy.read(folder), folder.toString());
        assertFails(() -> Npy.read(raw("text.npy", "step,D_loss\n1,2\n".getBytes(StandardCharsets.US_ASCII))),
                "text.npy", "does not begin as a .npy file");
        assertFails(() -> Npy.read(raw("empty.npy", new byte[0])), "empty.npy", "cut short");
        assertFails(() -> Npy.readZip(raw("empty.npz", new byte[0])), "empty.npz", "no arrays");
        assertFails(() -> Npy.read(file(1, "|O", "(3,)", new byte[24])),
                "pickled Python objects, which are never read");
        assertFails(() -> Npy.read(file(1, ">f4", "(1,)", new byte[4])), "element type >f4");
        assertFails(() -> Npy.read(file(1, "<f4", "(3, -1)", new byte[4])), "negative");
        assertFails(() -> Npy.read(file(1, "<f4", "(3, x)", new byte[12])), "shape", "(3, x)");
        assertFails(() -> Npy.read(file(1, "<f4", "(99999999999,)", new byte[12])), "shape");
        String fortran = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }\n";
        assertFails(() -> Npy.read(withHeader(1, fortran, new byte[16])), "Fortran order");
        assertFails(() -> Npy.read(withHeader(1, "{'descr': '<f4'}\n", new byte[16])), "header is not understood");
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        Npy.write(folder.resolve("a.npy"), FloatArray.zeros(5, 3));
        byte[] whole = Files.readAllBytes(folder.resolve("a.npy"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = raw("cut.npy", Arrays.copyOf(whole, length));
            assertFails(() -> Npy.read(cut), "cut.npy", "cut short");
        }
    }

    @Test
    void absurdShapesAreRefusedBeforeMemoryIsAskedFor() throws IOException {
        assertFails(() -> Npy.read(file(1, "<f4", "(2147483647,)", new byte[12])), "2147483647 numbers");
        // More than a long holds.
        assertFails(() -> Npy.read(file(1, "<f4", "(2147483647, 2147483647, 2147483647)", new byte[12])), "numbers");
        // 800 MB that are not there.
        assertFails(() -> Npy.read(file(1, "<f4", "(100000000,)", new byte[12])), "cut short");
    }

    @Test
    void longHeadersAreReadOrRefusedButNeverBelieved() throws IOException {
        String padded = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" + " ".repeat(60_000) + "\n";
        assertArrayEquals(new float[] {0}, Npy.read(withHeader(1, padded, new byte[4])).data());
        String nonsense = "x".repeat(60_000);
        assertFails(() -> Npy.read(withHeader(1, nonsense, new byte[4])), "header is not understood");
        // Version 2: 268 million bytes of header.
        byte[] claim = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 0, 16, ' '};
        assertFails(() -> Npy.read(raw("claim.npy", claim)), "header is 268435456 bytes");
        byte[] negative = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, ' '};
        assertFails(() -> Npy.read(raw("negative.npy", negative)), "header is");
    }

    @Test
    void aShapeMustHoldItsNumbers() {
        assertThrows(IllegalArgumentException.class, () -> new FloatArray(new float[5], 2, 3));
    }

    private Path file(int version, String type, String shape, byte[] numbers) throws IOException {
        return withHeader(version, "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n",
                numbers);
    }

    private Path withHeader(int version, String header, byte[] numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length());
        out.write(length.array(), 0, version == 1 ? 2 : 4);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(numbers);
        return raw("made.npy", out.toByteArray());
    }

    private Path raw(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static void assertSame(FloatArray expected, FloatArray actual) {
        assertArrayEquals(expected.shape(), actual.shape());
        // Bit by bit but for the kinds of NaN.
        assertTrue(Arrays.equals(expected.data(), actual.data()), "numbers differ");
    }
}
