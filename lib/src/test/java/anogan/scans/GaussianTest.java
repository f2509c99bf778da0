package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Against {@code scipy.ndimage.gaussian_filter(a, (1, 0.8))} and the same with {@code order=(1, 0)} (SciPy 1.17.1). */
class GaussianTest {
    private static final float[] A = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4};

    @Test
    void blurIsScipys() {
        assertArrayEquals(new float[] {4.094847f, 3.249839f, 3.622675f, 3.595288f, 4.123289f, 5.217903f, 4.514377f,
                4.960706f, 4.943478f, 4.964941f, 5.057053f, 5.054163f, 5.813384f, 6.198969f, 5.997844f, 3.923792f,
                4.166774f, 5.253075f, 6.314853f, 5.93275f}, Gaussian.blur(A, 4, 5, 1, 0.8), 1e-5f);
    }

    @Test
    void slopeIsScipys() {
        assertArrayEquals(
                new float[] {0.941626f, 0.845387f, 0.845748f, 0.80633f, 0.387044f, 0.769397f, 1.292526f, 1.482654f,
                        1.622423f, 1.22173f, -1.002286f, -0.397189f, -0.007942f, 0.654805f, 0.509743f, -0.830057f,
                        -0.844328f, -0.644848f, -0.161289f, -0.324943f},
                Gaussian.downwardSlope(A, 4, 5, 1, 0.8), 1e-5f);
    }

    @Test
    void noSigmaNoBlur() {
        assertArrayEquals(A, Gaussian.blur(A, 4, 5, 0, 0));
    }
}
