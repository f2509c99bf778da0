package anogan.dcgan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Gradients of a network held against slopes of its loss, in double precision, at some weights of every array. */
final class CentralDifferences {
    /** β₁ of the trainings that are compared. */
    private static final double BETA1 = 0.5;

    private CentralDifferences() {}

    /**
     * @param weights the very arrays that the loss reads
     * @param left    names of arrays without a gradient
     * @param state   after Adam's first step from there: its first moment is (1 − β₁) of the mean gradient
     * @param step    so short that few LeakyReLUs bend on it
     * @param count   weights of an array that are moved
     * @param least   square of the slopes of an array that has some
     * @param bound   of the squared relative difference
     */
    static void assertSlopes(Map<String, FloatArray> weights, Predicate<String> left, Map<String, FloatArray> state,
            DoubleSupplier loss, float step, int count, double least, double bound) {
        SplittableRandom random = new SplittableRandom(7);
        weights.forEach((name, array) -> {
            if (left.test(name)) return;
            float[] w = array.data();
            float[] moment = state.get("adam_m." + name).data();
            double difference = 0;
            double norm = 0;
            for (int k = 0; k < count; k++) {
                int i = random.nextInt(w.length);
                double slope = slope(w, i, step, loss);
                norm += slope * slope;
                difference += Math.pow(slope - moment[i] / (1 - BETA1), 2);
            }
            assertTrue(norm > least && difference < bound * norm,
                    name + ": relative difference " + Math.sqrt(difference / norm) + " of " + Math.sqrt(norm));
        });
    }

    private static double slope(float[] w, int i, float step, DoubleSupplier loss) {
        float was = w[i];
        float h = was == 0 ? step / 100 : step;   // no rounding stands in the way there
        w[i] = was + h;
        double up = w[i];
        double above = loss.getAsDouble();
        w[i] = was - h;
        double slope = (above - loss.getAsDouble()) / (up - w[i]);
        w[i] = was;
        return slope;
    }
}
