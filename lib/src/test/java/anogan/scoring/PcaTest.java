package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

/** Against the singular value decomposition of Commons Math. */
class PcaTest {
    private static final int N = 300;
    private static final int P = 40;

    /** Correlated numbers with variances that fall slowly, as those of pictures do. */
    private static float[] rows() {
        Random random = new Random(1);
        double[][] mix = new double[P][P];
        for (double[] m : mix) for (int j = 0; j < P; j++) m[j] = random.nextGaussian() / (1 + j);
        float[] rows = new float[N * P];
        for (int i = 0; i < N; i++) {
            double[] z = random.doubles(P, -1, 1).toArray();
            for (int p = 0; p < P; p++) {
                double sum = p;   // a mean that is not zero
                for (int j = 0; j < P; j++) sum += mix[p][j] * z[j];
                rows[i * P + p] = (float) sum;
            }
        }
        return rows;
    }

    @Test
    void residualsAndVariancesAreThoseOfTheSingularValueDecomposition() {
        float[] rows = rows();
        double[][] centred = new double[N][P];
        for (int p = 0; p < P; p++) {
            double mean = 0;
            for (int i = 0; i < N; i++) mean += rows[i * P + p] / (double) N;
            for (int i = 0; i < N; i++) centred[i][p] = rows[i * P + p] - mean;
        }
        RealMatrix x = new Array2DRowRealMatrix(centred);
        SingularValueDecomposition svd = new SingularValueDecomposition(x);
        Pca eight = Pca.fit(rows, N, 8, 3);
        for (int k : new int[] {8, 3}) {
            RealMatrix v = svd.getV().getSubMatrix(0, P - 1, 0, k - 1);
            RealMatrix expected = x.subtract(x.multiply(v).multiply(v.transpose()));
            float[] residual = eight.first(k).residual(rows, N);
            for (int i = 0; i < N * P; i++)
                assertEquals(expected.getEntry(i / P, i % P), residual[i], 2e-3, "k " + k + " at " + i);
        }
        for (int i = 0; i < 8; i++) assertEquals(Math.pow(svd.getSingularValues()[i], 2) / N, eight.variances()[i],
                1e-3 * eight.variances()[0]);
    }

    @Test
    void whatLiesInTheSubspaceLeavesNothing() {
        float[] rows = new float[50 * 6];
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            float a = random.nextFloat();
            float b = random.nextFloat();
            float[] row = {a, b, a + b, a - b, 2 * a, 1};
            System.arraycopy(row, 0, rows, i * 6, 6);
        }
        for (float r : Pca.fit(rows, 50, 2, 1).residual(rows, 50)) assertEquals(0, r, 1e-5);
    }

    @Test
    void theSubspaceHardlyDependsOnTheSeed() {
        float[] rows = rows();
        float[] one = Pca.fit(rows, N, 5, 1).residual(rows, N);
        assertArrayEquals(one, Pca.fit(rows, N, 5, 1).residual(rows, N), 0f, "the same seed gives the same bits");
        assertArrayEquals(one, Pca.fit(rows, N, 5, 2).residual(rows, N), 2e-3f);
    }

    /** Fewer patches than components: everything is described, and nothing fails. */
    @Test
    void moreComponentsThanPatches() {
        float[] rows = Arrays.copyOf(rows(), 4 * P);
        Pca pca = Pca.fit(rows, 4, 64, 1);
        assertTrue(pca.size() <= 4);
        for (float r : pca.residual(rows, 4)) assertEquals(0, r, 1e-4);
    }
}
