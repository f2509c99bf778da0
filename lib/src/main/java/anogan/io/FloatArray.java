package anogan.io;

import java.util.Arrays;

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
}
