package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearDiscriminantTest {
    /** Against scikit-learn (src/test/resources/golden/discriminant.py): rare classes, features of unlike scale. */
    @Test
    void itTellsWhatScikitLearnTells() {
        Map<String, FloatArray> golden = Npy.readZip(Path.of("src/test/resources/golden/discriminant.npz"));
        float[] flat = golden.get("x").data();
        double[][] x = IntStream.range(0, 300)
                .mapToObj(i -> IntStream.range(5 * i, 5 * i + 5).mapToDouble(k -> flat[k]).toArray())
                .toArray(double[][]::new);
        int[] classes = ints(golden.get("classes"));
        int[] expected = ints(golden.get("told"));
        LinearDiscriminant discriminant = new LinearDiscriminant(Arrays.copyOf(x, 80), Arrays.copyOf(classes, 80), 4);
        for (int i = 0; i < 300; i++) assertEquals(expected[i], discriminant.of(x[i]), "case " + i);
        long right = IntStream.range(0, 300).filter(i -> expected[i] == classes[i]).count();
        assertTrue(right > 200 && right < 295, "some are hard to tell: " + right);
    }

    /**
     * By hand: means 0 and 4, the border lies in their middle; a class without a case and a constant feature do no
     * harm.
     */
    @Test
    void theBorderLiesBetweenTheMeans() {
        double[][] x = {{-1, 7}, {1, 7}, {3, 7}, {5, 7}};
        LinearDiscriminant discriminant = new LinearDiscriminant(x, new int[] {0, 0, 2, 2}, 4);
        assertEquals(0, discriminant.of(new double[] {1.99, 7}));
        assertEquals(2, discriminant.of(new double[] {2.01, 7}));
        LinearDiscriminant sharp = new LinearDiscriminant(new double[][] {{0}, {1}}, new int[] {0, 1}, 2);
        assertEquals(0, sharp.of(new double[] {0.49}));
        assertEquals(1, sharp.of(new double[] {0.51}));
    }

    private static int[] ints(FloatArray array) {
        return IntStream.range(0, array.data().length).map(i -> (int) array.data()[i]).toArray();
    }
}
