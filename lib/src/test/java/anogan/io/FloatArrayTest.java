package anogan.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class FloatArrayTest {
    /** {@code np.arange(24).reshape(2, 3, 4)}, transposed by NumPy. */
    @Test
    void axesChangePlacesAsInNumPy() {
        float[] counted = new float[24];
        for (int i = 0; i < 24; i++) counted[i] = i;
        FloatArray array = new FloatArray(counted, 2, 3, 4);
        FloatArray reversed = array.transposed(2, 1, 0);
        assertArrayEquals(new int[] {4, 3, 2}, reversed.shape());
        assertArrayEquals(
                new float[] {0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23},
                reversed.data());
        FloatArray turned = array.transposed(1, 2, 0);
        assertArrayEquals(new int[] {3, 4, 2}, turned.shape());
        assertArrayEquals(
                new float[] {0, 12, 1, 13, 2, 14, 3, 15, 4, 16, 5, 17, 6, 18, 7, 19, 8, 20, 9, 21, 10, 22, 11, 23},
                turned.data());
        assertArrayEquals(counted, array.transposed(0, 1, 2).data());
    }
}
