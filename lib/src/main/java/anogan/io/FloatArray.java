package anogan.io;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers with a shape, in C order (the last index runs fastest): what a {@code .npy} file holds and what passes
 * between the stages.
 *
 * @param data  the numbers
 * @param shape the extents; their product is {@code data.length}
 */
public record FloatArray(float[] data, int... shape) {
    public FloatArray {
        long n = 1;
        for (int extent : shape) n *= extent;
        if (n != data.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " holds " + n + " numbers, but " + data.length + " are given");
        }
    }

    public static FloatArray zeros(int... shape) {
        return new FloatArray(new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    /**
     * The same numbers to 14 significant bits, a relative error of 2<sup>-14</sup> at most (bf16 has 8 bits): a zip
     * holds them in three quarters of the bytes.
     */
    public FloatArray rounded() {
        float[] rounded = new float[data.length];
        for (int i = 0; i < data.length; i++)
            rounded[i] = Float.intBitsToFloat(Float.floatToRawIntBits(data[i]) + 0x200 & 0xFFFFFC00);
        return new FloatArray(rounded, shape);
    }

    /** Each of these arrays, rounded. */
    public static Map<String, FloatArray> rounded(Map<String, FloatArray> arrays) {
        Map<String, FloatArray> rounded = new LinkedHashMap<>();
        arrays.forEach((name, array) -> rounded.put(name, array.rounded()));
        return rounded;
    }

    /** The same numbers with their axes in another order, as NumPy's {@code transpose}: axis k is {@code axes[k]}. */
    public FloatArray transposed(int... axes) {
        int last = axes.length - 1;
        int[] to = new int[axes.length];
        int[] stride = new int[axes.length];   // in data, of one step along an axis of the result
        for (int k = 0; k <= last; k++) {
            to[k] = shape[axes[k]];
            stride[k] = 1;
            for (int later = axes[k] + 1; later < shape.length; later++) stride[k] *= shape[later];
        }
        float[] moved = new float[data.length];
        for (int i = 0; i < moved.length; i += to[last]) {
            int from = 0;
            int rest = i / to[last];
            for (int k = last - 1; k >= 0; k--) {
                from += rest % to[k] * stride[k];
                rest /= to[k];
            }
            for (int j = 0; j < to[last]; j++) moved[i + j] = data[from + j * stride[last]];
        }
        return new FloatArray(moved, to);
    }
}
