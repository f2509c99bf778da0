package anogan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The four phases of the last layer against the transposed convolution as it is defined. */
class FourPhasesTest {
    @Test
    void fourPhasesAreOneTransposedConvolution() {
        int channels = 3;
        int size = 6;
        SplittableRandom random = new SplittableRandom(1);
        float[] kernel = new float[channels * 25];
        float[] input = new float[channels * size * size];
        for (int i = 0; i < kernel.length; i++) kernel[i] = (float) random.nextDouble(-1, 1);
        for (int i = 0; i < input.length; i++) input[i] = (float) random.nextDouble(-1, 1);
        double[] expected = new double[4 * size * size];
        double[] actual = new double[4 * size * size];
        float[] phases = FourPhases.kernels(kernel, channels);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < size * size; i++) {
                for (int k = 0; k < 25; k++) {
                    int row = 2 * (i / size) - 1 + k / 5;
                    int column = 2 * (i % size) - 1 + k % 5;
                    if (row >= 0 && row < 2 * size && column >= 0 && column < 2 * size)
                        expected[row * 2 * size + column] += kernel[k * channels + c] * input[c * size * size + i];
                }
                for (int k = 0; k < 9; k++) {   // the neighbour at (row, column) of the 3×3 kernel's centre
                    int row = i / size + 1 - k / 3;
                    int column = i % size + 1 - k % 3;
                    if (row < 0 || row >= size || column < 0 || column >= size) continue;
                    for (int phase = 0; phase < 4; phase++) {
                        actual[(2 * row + phase / 2) * 2 * size + 2 * column
                                + phase % 2] += phases[(k * channels + c) * 4 + phase] * input[c * size * size + i];
                    }
                }
            }
        }
        assertArrayEquals(expected, actual, 1e-6);
        assertEquals(25, IntStream.range(0, 36).filter(i -> phases[i / 4 * channels * 4 + i % 4] != 0).count(),
                "every tap is used once");
    }
}
