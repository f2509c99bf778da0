package anogan.dcgan;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Deeplearning4j's transposed convolution (5×5, stride 2), faster in two ways: the forward pass is not computed a second time in the backward pass (the
 * activation is the identity), and the layer with one output channel, which oneDNN has no fast kernel for, is computed in {@link FourPhases}.
 */
final class StridedDeconvolution extends Deconvolution2D {
    private static final long serialVersionUID = 1;

    StridedDeconvolution(Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params, boolean initialise,
                             DataType type) {
        Layer made = super.instantiate(conf, listeners, index, params, initialise, type);
        return StridedConvolution.inPlaceOf(made, new Implementation(conf, type), params);
    }

    private static final class Implementation extends Deconvolution2DLayer {
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
            if (backward) return new Pair<>(error, null);
            if (getParam("W").size(1) > 1) return super.preOutput(training, false, workspaces);
            return new Pair<>(fourPhases(workspaces), null);
        }

        /** N×C×h×w → N×1×(2h+1)×(2w+1); the last row and column are cropped by the next layer and stay 0. */
        private INDArray fourPhases(LayerWorkspaceMgr workspaces) {
            long n = input.size(0);
            long h = input.size(2);
            long w = input.size(3);
            long channels = input.size(1);
            float[] kernels = FourPhases.kernels(getParam("W").dup('c').data().asFloat(), (int) channels);
            INDArray phases = Nd4j.createUninitialized(DataType.FLOAT, n, 4, h, w);
            Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(input, Nd4j.create(kernels, new long[] {3, 3, channels, 4}, 'c')).addOutputs(phases)
                    .addIntegerArguments(3, 3, 1, 1, 1, 1, 1, 1, 1, 0, 0).build());
            INDArray image = Nd4j.createUninitialized(DataType.FLOAT, n, 1, 2 * h, 2 * w);
            image.reshape(n, h, 2, w, 2).assign(phases.reshape(n, 2, 2, h, w).permute(0, 3, 1, 4, 2));
            image.addi(getParam("b").getFloat(0));
            INDArray out = workspaces.create(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {n, 1, 2 * h + 1, 2 * w + 1}, 'c');
            out.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 2 * h), NDArrayIndex.interval(0, 2 * w)).assign(image);
            return out;
        }
    }
}
