package anogan.mapping;

import java.util.Arrays;

/**
 * One query on its way down from one starting point: its z, its optimiser's moments, its losses. Nothing of it is
 * shared with another descent (trap 3).
 */
final class SingleDescent {
    private final Starts.Start start;
    private final MappingOptions options;
    private final float[] z;
    private final LossGradient loss;
    private final Optimiser.Moments moments;
    private final double[] bestBefore = new double[Mapper.WINDOW];   // ring: the best loss WINDOW steps ago
    private double best = Double.POSITIVE_INFINITY;
    private int step;

    SingleDescent(Starts.Start start, MappingOptions options, float[] z, LossGradient loss) {
        this.start = start;
        this.options = options;
        this.z = z;
        this.loss = loss;
        moments = options.optimiser().start(z.length);
    }

    Starts.Start start() {
        return start;
    }

    /** Steps done. */
    int steps() {
        return step;
    }

    float[] z() {
        return z;
    }

    LossGradient loss() {
        return loss;
    }

    /** Whether the descent ends here, with {@code now} as its loss: from one that is no number no way leads down. */
    boolean ends(double now) {
        if (!Double.isFinite(now)) return true;
        best = Math.min(best, now);
        int place = step % bestBefore.length;
        boolean converged = options.tolerance() > 0 && step >= bestBefore.length
                && bestBefore[place] - best < options.tolerance() * best;
        bestBefore[place] = best;
        return converged || step == options.steps();
    }

    void step(float[] gradients, int slot) {
        float[] gradient = Arrays.copyOfRange(gradients, slot * z.length, (slot + 1) * z.length);
        moments.step(z, gradient);
        step++;
    }
}
