package anogan.scans;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How one number lies in the bytes of an array, with its code in NIfTI's header and its letters in NumPy's. */
enum Element {
    BOOL(-1, "b1", 1, NumberType.UINT8), UINT8(2, "u1", 1, NumberType.UINT8), INT8(256, "i1", 1, NumberType.INT8),
    UINT16(512, "u2", 2, NumberType.UINT16), INT16(4, "i2", 2, NumberType.INT16),
    UINT32(768, "u4", 4, NumberType.UINT32), INT32(8, "i4", 4, NumberType.INT32),
    UINT64(1280, "u8", 8, NumberType.UINT64), INT64(1024, "i8", 8, NumberType.INT64),
    FLOAT16(-1, "f2", 2, NumberType.FLOAT), FLOAT32(16, "f4", 4, NumberType.FLOAT),
    FLOAT64(64, "f8", 8, NumberType.FLOAT);

    private final int nifti;
    private final String numpy;
    private final int bytes;
    private final NumberType type;

    Element(int nifti, String numpy, int bytes, NumberType type) {
        this.nifti = nifti;
        this.numpy = numpy;
        this.bytes = bytes;
        this.type = type;
    }

    int bytes() {
        return bytes;
    }

    NumberType type() {
        return type;
    }

    static Element ofNifti(int code) throws IOException {
        for (Element e : values()) if (e.nifti == code && code > 0) return e;
        throw new IOException("its numbers are of NIfTI type " + code + "; read are " + Arrays.stream(values())
                .filter(e -> e.nifti > 0).map(Element::word).collect(Collectors.joining(", ")));
    }

    /** @param descr such as {@code <f4}: byte order, kind, bytes */
    static Element ofNumpy(String descr) throws IOException {
        if (descr.endsWith("O")) throw new IOException("it holds pickled Python objects, which are never read");
        for (Element e : values()) if (descr.length() == 3 && descr.endsWith(e.numpy)) return e;
        throw new IOException("its element type is " + descr + "; read are "
                + Arrays.stream(values()).map(Element::word).collect(Collectors.joining(", ")));
    }

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Number {@code i} of those that lie in the buffer, in the buffer's byte order. */
    double at(ByteBuffer b, int i) {
        int at = bytes * i;
        return switch (this) {
            case BOOL, UINT8 -> b.get(at) & 0xff;
            case INT8 -> b.get(at);
            case UINT16 -> b.getShort(at) & 0xffff;
            case INT16 -> b.getShort(at);
            case UINT32 -> b.getInt(at) & 0xffffffffL;
            case INT32 -> b.getInt(at);
            case UINT64 -> b.getLong(at) >= 0 ? b.getLong(at) : b.getLong(at) + 0x1p64;
            case INT64 -> b.getLong(at);
            case FLOAT16 -> half(b.getShort(at));
            case FLOAT32 -> b.getFloat(at);
            case FLOAT64 -> b.getDouble(at);
        };
    }

    /** IEEE 754's number of 16 bits: sign, 5 bits of exponent, 10 of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size = exponent == 31 ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : exponent == 0 ? fraction * 0x1p-24
                : (1024 + fraction) * Math.pow(2, exponent - 25);
        return bits < 0 ? -size : size;
    }
}
