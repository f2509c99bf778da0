package anogan.networks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's transposed convolution (5×5, stride 2, no nonlinearity), computed by a {@link StridedKernel}:
 * N×C×h×h → N×K×2h×2h.
 */
final class StridedDeconvolution extends Deconvolution2D {
    private static final long serialVersionUID = 1;

    StridedDeconvolution(Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray params, boolean initialise, DataType type) {
        Layer made = super.instantiate(conf, listeners, index, params, initialise, type);
        return StridedConvolution.inPlaceOf(made, new Implementation(conf, type), params);
    }

    private static final class Implementation extends Deconvolution2DLayer {
        private static final long serialVersionUID = 1;
        private final transient Onednn onednn = new Onednn();
        private final transient Map<Long, StridedKernel> kernels = new HashMap<>();
        private final transient Buffers buffers = new Buffers();
        private final transient INDArray noBias = Nd4j.zeros(DataType.FLOAT, layerConf().getNIn());

        Implementation(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            input = Onednn.ordered(input);
            INDArray out = buffers.get("out", input.size(0), layerConf().getNOut(), 2 * input.size(2),
                    2 * input.size(3));
            kernel().up(input, getParam("W"), getParam("b"), out);
            return out;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
            INDArray e = Onednn.ordered(error);
            INDArray inputError = buffers.get("error", input.shape());
            kernel().learn(e, input, gradientViews.get("W"), buffers.get("input sums", layerConf().getNIn()));
            kernel().sums(e, gradientViews.get("b"));
            kernel().down(e, getParam("W"), noBias, inputError);
            Gradient gradient = new DefaultGradient();
            gradient.setGradientFor("b", gradientViews.get("b"));
            gradient.setGradientFor("W", gradientViews.get("W"), 'c');
            return new Pair<>(gradient, inputError);
        }

        private StridedKernel kernel() {
            return kernels.computeIfAbsent(input.size(0),
                    n -> new StridedKernel(onednn, n, layerConf().getNOut(), layerConf().getNIn(), input.size(2)));
        }
    }
}
