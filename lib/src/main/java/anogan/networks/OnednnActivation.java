package anogan.networks;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.post_ops;

/** What is done to a result while it is still in registers; its slope is told from what came out. */
enum OnednnActivation {
    IDENTITY(algorithm.undef, algorithm.undef, 0),
    RELU(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, 0),
    LEAKY_RELU(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, Architecture.LEAK),
    TANH(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0);

    final algorithm back;
    final double alpha;
    private final algorithm forth;

    OnednnActivation(algorithm forth, algorithm back, double alpha) {
        this.forth = forth;
        this.back = back;
        this.alpha = alpha;
    }

    post_ops after() {
        post_ops ops = new post_ops();
        if (this != IDENTITY) ops.append_eltwise(forth, (float) alpha, 0);
        return ops;
    }
}
