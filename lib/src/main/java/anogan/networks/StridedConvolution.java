package anogan.networks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's convolution (5×5, stride 2, no nonlinearity), computed by a {@link StridedKernel} and only as far as
 * anybody asks.
 */
final class StridedConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    StridedConvolution(Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray params, boolean initialise, DataType type) {
        Layer made = super.instantiate(conf, listeners, index, params, initialise, type);
        return inPlaceOf(made, new Implementation(conf, type), params);
    }

    /** A new layer with the parameters and the place of the one that Deeplearning4j made. */
    static Layer inPlaceOf(Layer made, Layer layer, INDArray params) {
        layer.setListeners(made.getListeners());
        layer.setIndex(made.getIndex());
        layer.setParamsViewArray(params);
        layer.setParamTable(made.paramTable());
        return layer;
    }

    static final class Implementation extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {
        private static final long serialVersionUID = 1;
        private final transient Onednn onednn = new Onednn();
        private final transient Map<Long, StridedKernel> kernels = new HashMap<>();
        private final transient Buffers buffers = new Buffers();
        private final transient INDArray noBias = Nd4j.zeros(DataType.FLOAT, layerConf().getNIn());
        private boolean learns = true;

        Implementation(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        /** Gradients of the weights, and none of the image; or the other way round. */
        void learns(boolean learns) {
            this.learns = learns;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            input = Onednn.ordered(input);
            INDArray out = buffers.get("out", input.size(0), layerConf().getNOut(), input.size(2) / 2,
                    input.size(3) / 2);
            kernel().down(input, getParam("W"), getParam("b"), out);
            return out;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
            INDArray e = Onednn.ordered(error);
            Gradient gradient = new DefaultGradient();
            gradient.setGradientFor("W", gradientViews.get("W"), 'c');
            gradient.setGradientFor("b", gradientViews.get("b"));
            if (learns) kernel().learn(input, e, gradientViews.get("W"), gradientViews.get("b"));
            INDArray inputError = buffers.get("error", input.shape());
            if (index > 0 || !learns) kernel().up(e, getParam("W"), noBias, inputError);
            return new Pair<>(gradient, inputError);
        }

        private StridedKernel kernel() {
            return kernels.computeIfAbsent(input.size(0),
                    n -> new StridedKernel(onednn, n, layerConf().getNIn(), layerConf().getNOut(), input.size(2) / 2));
        }
    }
}
