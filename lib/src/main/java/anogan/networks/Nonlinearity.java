package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * ReLU, LeakyReLU or tanh in place: the layers before it (convolutions, batch norm) do not need their own output on the
 * way back, and the slope can be told from the result.
 */
final class Nonlinearity extends ActivationLayer {
    private static final long serialVersionUID = 1;

    Nonlinearity(IActivation activation) {
        super(activation);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray params, boolean initialise, DataType type) {
        Layer made = super.instantiate(conf, listeners, index, params, initialise, type);
        return StridedConvolution.inPlaceOf(made, new Implementation(conf, type), params);
    }

    private record Passes(Onednn.Operation forward, Onednn.Operation backward) {}

    private static final class Implementation extends org.deeplearning4j.nn.layers.ActivationLayer {
        private static final long serialVersionUID = 1;
        private final transient Onednn onednn = new Onednn();
        private final transient Map<Long, Passes> passes = new HashMap<>();
        private transient INDArray output;

        Implementation(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            output = Onednn.ordered(input);
            passes().forward.run(output, output);
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
            INDArray e = Onednn.ordered(error);
            passes().backward.run(output, e, e);
            return new Pair<>(new DefaultGradient(), e);
        }

        private Passes passes() {
            return passes.computeIfAbsent(output.length(), n -> passes(Onednn.plain(n)));
        }

        private Passes passes(memory.desc numbers) {
            IActivation activation = layerConf().getActivationFn();
            float alpha = activation instanceof ActivationLReLU leaky ? (float) leaky.getAlpha() : 0;
            algorithm kind = activation instanceof ActivationTanH ? algorithm.eltwise_tanh_use_dst_for_bwd
                    : algorithm.eltwise_relu_use_dst_for_bwd;
            if (!(activation instanceof ActivationTanH || activation instanceof ActivationReLU
                    || activation instanceof ActivationLReLU)) {
                throw new IllegalArgumentException("no such nonlinearity: " + activation);
            }
            var forward = new eltwise_forward.primitive_desc(onednn.cpu(), prop_kind.forward_training, kind, numbers,
                    numbers, alpha, 0);
            var backward = new eltwise_backward.primitive_desc(onednn.cpu(), kind, numbers, numbers, numbers, alpha, 0,
                    forward);
            return new Passes(
                    onednn.new Operation(new eltwise_forward(forward)).reads(DNNL_ARG_SRC, numbers, numbers)
                            .writes(DNNL_ARG_DST, numbers, numbers),
                    onednn.new Operation(new eltwise_backward(backward)).reads(DNNL_ARG_DST, numbers, numbers)
                            .reads(DNNL_ARG_DIFF_DST, numbers, numbers).writes(DNNL_ARG_DIFF_SRC, numbers, numbers));
        }
    }
}
