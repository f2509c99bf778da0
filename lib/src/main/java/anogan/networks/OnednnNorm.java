package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * Batch norm that learns (Ioffe and Szegedy, ICML 2015): (x − μ)/√(v + ε)·γ + β with the mean μ and variance v of the
 * batch. Their running statistics, which mapping goes by, are no weights and have no gradient.
 */
final class OnednnNorm {
    /** How far a running statistic moves towards that of a batch. */
    private static final float PACE = 0.1f;

    private final OnednnLearning engine;
    private final OnednnParameter gamma;
    private final OnednnParameter beta;
    private final Statistic mean;
    private final Statistic variance;

    /** A running statistic of each channel, its moving average, and the batch's own of each pass. */
    static final class Statistic {
        final float[] values;
        final float[] average;
        private final memory[] batch;

        Statistic(OnednnMemory offHeap, int channels, float start) {
            values = new float[channels];
            average = new float[channels];
            Arrays.fill(values, start);
            Arrays.fill(average, start);
            batch = new memory[] {offHeap.vector(channels), offHeap.vector(channels)};
        }

        private void follow(List<Integer> passes, float decay) {
            float[] before = values.clone();
            float[] seen = new float[values.length];
            for (int pass : passes) {
                OnednnMemory.floats(batch[pass]).get(seen);
                for (int i = 0; i < seen.length; i++) values[i] -= PACE * (before[i] - seen[i]);
            }
            OnednnParameter.follow(average, values, 0, values.length, decay);
        }
    }

    OnednnNorm(OnednnLearning engine, int channels) {
        this.engine = engine;
        gamma = vector(engine, channels);
        beta = vector(engine, channels);
        mean = new Statistic(engine.offHeap(), channels, 0);
        variance = new Statistic(engine.offHeap(), channels, 1);
    }

    /** A learning array of one dimension. */
    static OnednnParameter vector(OnednnLearning engine, int n) {
        memory.desc desc = new memory.desc(new long[] {n}, memory.data_type.f32, memory.format_tag.a);
        return new OnednnParameter(engine, new int[] {n}, desc, desc);
    }

    OnednnParameter gamma() {
        return gamma;
    }

    OnednnParameter beta() {
        return beta;
    }

    Statistic mean() {
        return mean;
    }

    Statistic variance() {
        return variance;
    }

    /** Moves the running statistics towards those of the batches that were learned from. */
    void follow(List<Integer> passes, float decay) {
        mean.follow(passes, decay);
        variance.follow(passes, decay);
    }

    /** The way of one pass through it, forward and back: the error is replaced by that of x. */
    final class Way {
        private final int pass;
        private final memory x;
        private final memory y;
        private final memory error;
        private final batch_normalization_forward.primitive_desc forward;
        private final Optional<memory> mask;

        /** @param relu put behind it, in one go with it */
        Way(int pass, memory x, memory y, memory error, boolean relu) {
            this.pass = pass;
            this.x = x;
            this.y = y;
            this.error = error;
            forward = engine.offHeap()
                    .own(new batch_normalization_forward.primitive_desc(engine.offHeap().cpu(),
                            prop_kind.forward_training.value, x.get_desc(), y.get_desc(), (float) Dcgan.BN_EPSILON,
                            flags(relu), OnednnProgram.attributes(OnednnProgram.identity()), false));
            mask = relu ? Optional.of(engine.offHeap().array(forward.workspace_desc())) : Optional.empty();
        }

        private static int flags(boolean relu) {
            return dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
        }

        void forward(OnednnProgram program) {
            var arguments = program.add(new batch_normalization_forward(forward), forward, DNNL_ARG_SRC, x,
                    DNNL_ARG_DST, y, DNNL_ARG_SCALE, gamma.master(), DNNL_ARG_SHIFT, beta.master(), DNNL_ARG_MEAN,
                    mean.batch[pass], DNNL_ARG_VARIANCE, variance.batch[pass]);
            mask.ifPresent(m -> arguments.put(DNNL_ARG_WORKSPACE, m));
        }

        void backward(OnednnProgram program) {
            var kind = new batch_normalization_backward.primitive_desc(engine.offHeap().cpu(), prop_kind.backward.value,
                    error.get_desc(), error.get_desc(), x.get_desc(), (float) Dcgan.BN_EPSILON, flags(mask.isPresent()),
                    forward, OnednnProgram.attributes(OnednnProgram.identity()), false);
            var arguments = program.add(new batch_normalization_backward(kind), kind, DNNL_ARG_SRC, x,
                    DNNL_ARG_DIFF_DST, error, DNNL_ARG_DIFF_SRC, error, DNNL_ARG_SCALE, gamma.master(), DNNL_ARG_MEAN,
                    mean.batch[pass], DNNL_ARG_VARIANCE, variance.batch[pass], DNNL_ARG_DIFF_SCALE,
                    gamma.gradient(pass), DNNL_ARG_DIFF_SHIFT, beta.gradient(pass));
            mask.ifPresent(m -> arguments.put(DNNL_ARG_WORKSPACE, m));
        }
    }
}
