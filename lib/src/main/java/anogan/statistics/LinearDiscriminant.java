package anogan.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Fisher's linear discriminant of classes that are all as likely: a case is of the class whose mean is nearest by
 * Mahalanobis' distance, so that numbers that go together do not count twice. Features are brought to standard
 * deviations first. The covariance within the classes, the mean of theirs, is shrunk by {@value #SHRINKAGE} towards a
 * multiple of the identity (Ledoit, Wolf, J. Multivar. Anal. 88 (2004) 365), since a class may have few cases.
 */
final class LinearDiscriminant {
    private static final double SHRINKAGE = 0.1;
    private final double[] centre;
    private final double[] spread;
    private final RealVector[] weights;   // of each class: the covariance's inverse times its mean
    private final double[] constants;     // and half of what that makes of its mean

    /**
     * @param x       cases × features
     * @param classes of the cases, from 0
     * @param number  of classes; one without a case is never told
     */
    LinearDiscriminant(double[][] x, int[] classes, int number) {
        int d = x[0].length;
        centre = IntStream.range(0, d).mapToDouble(j -> mean(x, j)).toArray();
        spread = IntStream.range(0, d).mapToDouble(j -> spread(x, j)).toArray();
        RealVector[] cases = Arrays.stream(x).map(row -> new ArrayRealVector(standard(row))).toArray(RealVector[]::new);
        int[] n = new int[number];
        for (int k : classes) n[k]++;
        RealVector[] means = IntStream.range(0, number).mapToObj(k -> new ArrayRealVector(d))
                .toArray(RealVector[]::new);
        for (int i = 0; i < x.length; i++) means[classes[i]] = means[classes[i]].add(cases[i].mapDivide(n[classes[i]]));
        RealMatrix within = new Array2DRowRealMatrix(d, d);
        double share = 1.0 / Arrays.stream(n).filter(k -> k > 0).count();
        for (int i = 0; i < x.length; i++) {
            RealVector off = cases[i].subtract(means[classes[i]]);
            within = within.add(off.outerProduct(off).scalarMultiply(share / n[classes[i]]));
        }
        CholeskyDecomposition shrunk = new CholeskyDecomposition(shrunk(within));
        weights = new RealVector[number];
        constants = new double[number];
        for (int k = 0; k < number; k++) {
            weights[k] = shrunk.getSolver().solve(means[k]);
            constants[k] = n[k] == 0 ? Double.POSITIVE_INFINITY : weights[k].dotProduct(means[k]) / 2;
        }
    }

    private static RealMatrix shrunk(RealMatrix covariance) {
        int d = covariance.getRowDimension();
        double trace = covariance.getTrace();
        double scale = trace > 1e-6 ? trace / d : 1;   // where no class varies, means alone are looked at
        RealMatrix shrunk = covariance.scalarMultiply(1 - SHRINKAGE);
        for (int j = 0; j < d; j++) shrunk.addToEntry(j, j, SHRINKAGE * scale);
        return shrunk;
    }

    private static double mean(double[][] x, int feature) {
        return Arrays.stream(x).mapToDouble(row -> row[feature]).average().orElseThrow();
    }

    private static double spread(double[][] x, int feature) {
        double mean = mean(x, feature);
        double variance = Arrays.stream(x).mapToDouble(row -> (row[feature] - mean) * (row[feature] - mean)).average()
                .orElseThrow();
        return variance > 1e-12 ? Math.sqrt(variance) : 1;
    }

    private double[] standard(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(j -> (x[j] - centre[j]) / spread[j]).toArray();
    }

    /** The class of a case. */
    int of(double[] x) {
        RealVector standard = new ArrayRealVector(standard(x));
        return IntStream.range(0, weights.length).boxed()
                .max(Comparator.comparingDouble(k -> weights[k].dotProduct(standard) - constants[k])).orElseThrow();
    }
}
