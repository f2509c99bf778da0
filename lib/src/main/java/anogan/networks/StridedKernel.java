package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The 5×5 kernel of stride 2 between a large map (N×C×2h×2h) and a small one (N×K×h×h), K×C×5×5 weights, in its three
 * directions. A convolution goes down and sends errors up; a transposed convolution goes up and sends errors down; the
 * gradient of the weights is the same for both. Padding is 1 before and 2 after.
 */
final class StridedKernel {
    private static final long[] STRIDE = {2, 2};
    private static final long[] DENSE = {0, 0};
    private static final long[] BEFORE = {1, 1};
    private static final long[] AFTER = {2, 2};

    private final Onednn onednn;
    private final long[] large;
    private final long[] small;
    private final long[] weights;
    private final long[] bias;
    private final convolution_forward.primitive_desc hint;
    private Onednn.Operation down;
    private Onednn.Operation up;
    private Onednn.Operation learn;

    /**
     * @param n     batch
     * @param large channels C of the large map
     * @param small channels K of the small map
     * @param size  h, height and width of the small map
     */
    StridedKernel(Onednn onednn, long n, long large, long small, long size) {
        this.onednn = onednn;
        this.large = new long[] {n, large, 2 * size, 2 * size};
        this.small = new long[] {n, small, size, size};
        weights = new long[] {small, large, 5, 5};
        bias = new long[] {small};
        hint = forward(prop_kind.forward_training);
    }

    private convolution_forward.primitive_desc forward(prop_kind kind) {
        return new convolution_forward.primitive_desc(onednn.cpu(), kind, algorithm.convolution_direct,
                Onednn.any(large), Onednn.any(weights), Onednn.plain(bias), Onednn.any(small), STRIDE, DENSE, BEFORE,
                AFTER);
    }

    /** small = W ∗ large + b. */
    void down(INDArray from, INDArray w, INDArray b, INDArray to) {
        if (down == null) {
            down = onednn.new Operation(new convolution_forward(hint))
                    .reads(DNNL_ARG_SRC, Onednn.plain(large), hint.src_desc())
                    .reads(DNNL_ARG_WEIGHTS, Onednn.plain(weights), hint.weights_desc())
                    .reads(DNNL_ARG_BIAS, Onednn.plain(bias), Onednn.plain(bias))
                    .writes(DNNL_ARG_DST, Onednn.plain(small), hint.dst_desc());
        }
        down.run(from, w, b, to);
    }

    /**
     * large = Wᵀ ∗ small + b. Channels last is the one layout that oneDNN 3.11 has a fast transposed convolution for.
     */
    void up(INDArray from, INDArray w, INDArray b, INDArray to) {
        if (up == null) {
            memory.desc channels = Onednn.plain(large[1]);
            long[] turned = {large[1], small[1], 5, 5};
            var kind = new deconvolution_forward.primitive_desc(onednn.cpu(), prop_kind.forward_training,
                    algorithm.deconvolution_direct, Onednn.channelsLast(small), Onednn.any(turned), channels,
                    Onednn.channelsLast(large), STRIDE, DENSE, BEFORE, AFTER);
            memory.desc given = new memory.desc(turned, memory.data_type.f32, new long[] {25, 25 * large[1], 5, 1});
            up = onednn.new Operation(new deconvolution_forward(kind))
                    .reads(DNNL_ARG_SRC, Onednn.plain(small), kind.src_desc())
                    .reads(DNNL_ARG_WEIGHTS, given, kind.weights_desc()).reads(DNNL_ARG_BIAS, channels, channels)
                    .writes(DNNL_ARG_DST, Onednn.plain(large), kind.dst_desc());
        }
        up.run(from, w, b, to);
    }

    /** The sum of a large map's errors for each channel: the gradient of b where the large map is the output. */
    void sums(INDArray error, INDArray sums) {
        sums.assign(error.sum(0, 2, 3).reshape(sums.shape()));
    }

    /**
     * The gradient of W, and of b where the small map is the output, from a large and a small map: one is the input,
     * the other the errors at the output.
     */
    void learn(INDArray atLarge, INDArray atSmall, INDArray wGradient, INDArray smallSums) {
        if (learn == null) {
            var kind = new convolution_backward_weights.primitive_desc(onednn.cpu(), algorithm.convolution_direct,
                    Onednn.any(large), Onednn.any(weights), Onednn.plain(bias), Onednn.any(small), STRIDE, DENSE,
                    BEFORE, AFTER, hint);
            learn = onednn.new Operation(new convolution_backward_weights(kind))
                    .reads(DNNL_ARG_SRC, Onednn.plain(large), kind.src_desc())
                    .reads(DNNL_ARG_DIFF_DST, Onednn.plain(small), kind.diff_dst_desc())
                    .writes(DNNL_ARG_DIFF_WEIGHTS, Onednn.plain(weights), kind.diff_weights_desc())
                    .writes(DNNL_ARG_DIFF_BIAS, Onednn.plain(bias), Onednn.plain(bias));
        }
        learn.run(atLarge, atSmall, wGradient, smallSums);
    }
}
