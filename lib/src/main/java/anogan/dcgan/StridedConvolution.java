package anogan.dcgan;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's convolution, without its habit of computing the forward pass a second time in the backward pass: its activation is the identity (the
 * nonlinearity is a layer of its own), whose derivative needs no output.
 */
final class StridedConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    StridedConvolution(Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params, boolean initialise,
                             DataType type) {
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

    private static final class Implementation extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {
        private static final long serialVersionUID = 1;

        private transient INDArray error;

        Implementation(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
            this.error = error;
            return super.backpropGradient(error, workspaces);
        }

        /** In the backward pass only the shape of the answer counts. */
        @Override
        protected Pair<INDArray, INDArray> preOutput(boolean training, boolean backward, LayerWorkspaceMgr workspaces) {
            return backward ? new Pair<>(error, null) : super.preOutput(training, false, workspaces);
        }
    }
}
