package anogan.networks;

/**
 * The transposed 5×5 convolution of stride 2 to one channel, written as a 3×3 convolution of stride 1 to four channels,
 * one for each phase (even or odd row, even or odd column) of the image, which are then interleaved. No library has a
 * fast kernel for the former; all have one for the latter.
 */
final class FourPhases {
    /**
     * Which row (or column) of the 5×5 kernel meets neighbour p−1, p, p+1 in output 2p + phase; −1 for none. Input i
     * reaches output 2i − 1 + k.
     */
    private static final int[][] TAPS = {{3, 1, -1}, {4, 2, 0}};

    private FourPhases() {}

    /**
     * @param  kernel 5 × 5 × channels
     * @return        3 × 3 × channels × 4, phase = 2·(odd row) + (odd column)
     */
    static float[] kernels(float[] kernel, int channels) {
        float[] phases = new float[9 * channels * 4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int c = 0; c < channels; c++) {
                    for (int phase = 0; phase < 4; phase++) {
                        int i = TAPS[phase / 2][row];
                        int j = TAPS[phase % 2][column];
                        if (i >= 0 && j >= 0) phases[((row * 3 + column) * channels + c) * 4
                                + phase] = kernel[(i * 5 + j) * channels + c];
                    }
                }
            }
        }
        return phases;
    }
}
