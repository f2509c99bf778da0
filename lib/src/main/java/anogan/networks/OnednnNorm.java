package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.*;

import anogan.networks.OnednnLayer.Map;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;

/**
 * Batch norm that learns (Ioffe and Szegedy, ICML 2015): (x − μ)/√(v + ε)·γ + β with the mean μ and variance v of the
 * batch. Their running statistics, which mapping goes by, are no weights and have no gradient.
 *
 * <p>
 * A running statistic moves by 0.1·(batch's − running) for each pass in which the network learns, from where it stood
 * before the step. For G that is PyTorch's moving average of 0.9 and 0.1. D learns from two batches a step, and they
 * weigh the same. In PyTorch's order they would not, and the pass that G learns from would move D's statistics once
 * more, so that real patches had 30 % of the weight and generated ones 70 %. The variance is the batch's own, which
 * training divides by, and not PyTorch's unbiased one, which is larger by a factor of n/(n − 1) with n ≥ 16 times the
 * batch: 0.2 % at 32 patches. After 200 steps of 16 phantom patches (8 eyes, 32 pixels, an eighth of the paper's width)
 * the AUROC of A was 0.832 either way, that of D 0.756 and in PyTorch's way 0.752, that of P_D 0.666 and 0.653.
 */
final class OnednnNorm {
    private static final float PACE = 0.1f;
    private final OnednnContext context;
    private final OnednnParameter gamma;
    private final OnednnParameter beta;
    private final Statistic mean;
    private final Statistic variance;

    /** A running statistic of each channel, its moving average, and the batch's own of each pass. */
    static final class Statistic {
        final float[] values;
        final float[] average;
        private final memory[] batch;

        Statistic(OnednnContext context, int channels) {
            values = new float[channels];
            average = new float[channels];
            batch = new memory[] {context.vector(channels), context.vector(channels)};
        }

        private void follow(List<Integer> passes, float decay) {
            float[] before = values.clone();
            float[] seen = new float[values.length];
            for (int pass : passes) {
                OnednnContext.floats(batch[pass]).get(seen);
                for (int i = 0; i < seen.length; i++) values[i] -= PACE * (before[i] - seen[i]);
            }
            OnednnParameter.follow(average, values, 0, values.length, decay);
        }
    }

    OnednnNorm(OnednnContext context, OnednnParameter gamma, OnednnParameter beta) {
        this.context = context;
        this.gamma = gamma;
        this.beta = beta;
        mean = new Statistic(context, gamma.length());
        variance = new Statistic(context, gamma.length());
    }

    Statistic statistic(boolean ofMean) {
        return ofMean ? mean : variance;
    }

    /** Moves the running statistics towards those of the batches that were learned from. */
    void follow(List<Integer> passes, float decay) {
        mean.follow(passes, decay);
        variance.follow(passes, decay);
    }

    /**
     * In one pass, with the activation behind it: ReLU in one go with it, LeakyReLU in place. The error of what went in
     * takes the place of that of what came out.
     */
    OnednnLayer layer(int pass, Map in, Map out, OnednnActivation activation, int images) {
        boolean relu = activation == OnednnActivation.RELU;
        int flags = dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
        memory.desc desc = context.own(in.value().in(images).get_desc());
        var forward = context
                .own(new batch_normalization_forward.primitive_desc(context.cpu(), prop_kind.forward_training.value,
                        desc, desc, (float) Dcgan.BN_EPSILON, flags, OnednnProgram.attributes(), false));
        Optional<memory> mask = relu ? Optional.of(context.array(forward.workspace_desc())) : Optional.empty();
        return new OnednnLayer() {
            @Override
            public void forward(OnednnSchedule s) {
                var arguments = s.whole().add(new batch_normalization_forward(forward), forward, DNNL_ARG_SRC,
                        in.value().in(images), DNNL_ARG_DST, out.value().in(images), DNNL_ARG_SCALE, gamma.master(),
                        DNNL_ARG_SHIFT, beta.master(), DNNL_ARG_MEAN, mean.batch[pass], DNNL_ARG_VARIANCE,
                        variance.batch[pass]);
                mask.ifPresent(m -> arguments.put(DNNL_ARG_WORKSPACE, m));
                if (!relu) s.split((p, from, n) -> p.activate(activation, out.value().in(from, n)));
            }

            @Override
            public void backward(OnednnSchedule s, boolean learn, boolean input) {
                if (!relu)
                    s.split((p, from, n) -> p.slope(activation, out.value().in(from, n), out.error().in(from, n)));
                var kind = new batch_normalization_backward.primitive_desc(context.cpu(), prop_kind.backward.value,
                        desc, desc, desc, (float) Dcgan.BN_EPSILON, flags, forward, OnednnProgram.attributes(), false);
                memory error = out.error().in(images);
                var arguments = s.whole().add(new batch_normalization_backward(kind), kind, DNNL_ARG_SRC,
                        in.value().in(images), DNNL_ARG_DIFF_DST, error, DNNL_ARG_DIFF_SRC, error, DNNL_ARG_SCALE,
                        gamma.master(), DNNL_ARG_MEAN, mean.batch[pass], DNNL_ARG_VARIANCE, variance.batch[pass],
                        DNNL_ARG_DIFF_SCALE, gamma.gradient(pass), DNNL_ARG_DIFF_SHIFT, beta.gradient(pass));
                mask.ifPresent(m -> arguments.put(DNNL_ARG_WORKSPACE, m));
            }
        };
    }
}
