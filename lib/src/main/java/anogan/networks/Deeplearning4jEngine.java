package anogan.networks;

import anogan.io.FloatArray;
import anogan.run.Seeds;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training with {@link Deeplearning4jNetworks}: Deeplearning4j keeps activations, gradients and Adam. Its networks have
 * one pass at a time, and a pass back goes through the latest pass forth.
 */
final class Deeplearning4jEngine implements LearningEngine {
    private final Architecture architecture;
    private final AdamOptions options;
    private final int batch;

    Deeplearning4jEngine(Architecture architecture, AdamOptions options, int batch) {
        this.architecture = architecture;
        this.options = options;
        this.batch = batch;
    }

    @Override
    public TrainableNetwork generator() {
        long[] points = {batch, architecture.latent()};
        return new Network(Deeplearning4jNetworks.generator(architecture, options), points,
                InitialWeights.draw(Shapes.generator(architecture), Seeds.of(options.seed(), "generator")));
    }

    @Override
    public TrainableNetwork discriminator() {
        return new Network(Deeplearning4jNetworks.discriminator(architecture, options), images(),
                InitialWeights.draw(Shapes.discriminator(architecture), Seeds.of(options.seed(), "discriminator")));
    }

    @Override
    public TrainableNetwork encoder() {
        return new Network(Deeplearning4jNetworks.encoder(architecture, options), images(),
                InitialWeights.draw(Shapes.encoder(architecture), Seeds.of(options.seed(), "encoder")));
    }

    private long[] images() {
        return new long[] {batch, 1, architecture.size(), architecture.size()};
    }

    @Override
    public <T> List<T> both(Supplier<T> one, Supplier<T> other) {
        return List.of(one.get(), other.get());
    }

    @Override
    public void close() {
        // ND4J gives its memory back by itself
    }

    private final class Network implements TrainableNetwork, TrainableNetwork.Pass {
        private final MultiLayerNetwork net;
        private final BaseMultiLayerUpdater<?> adam;
        private final long[] input;
        private final Deeplearning4jLayout layout;
        private final INDArray average;
        private Gradient gradient = new DefaultGradient();
        private boolean gathering;   // whether the gradient is of this step
        private INDArray output = Nd4j.empty();

        Network(MultiLayerNetwork net, long[] input, Map<String, FloatArray> start) {
            this.net = net;
            this.input = input;
            layout = new Deeplearning4jLayout(Shapes.of(start), false);
            adam = (BaseMultiLayerUpdater<?>) net.getUpdater(true);
            net.setParams(row(layout.row(start)));
            average = net.params().dup();
        }

        @Override
        public Pass first() {
            return this;
        }

        @Override
        public Pass second() {
            return this;
        }

        @Override
        public Pass alone() {
            return this;
        }

        @Override
        public float[] forward(float[] x) {
            net.setInput(Nd4j.create(x, input, 'c'));
            var activations = net.feedForward(true, false);
            output = activations.get(activations.size() - 1).detach();
            return numbers(output);
        }

        @Override
        public float[] backward(float[] dy) {
            INDArray before = gathering ? gradient.gradient().dup() : Nd4j.empty();
            INDArray x = back(dy);
            if (gathering) gradient.gradient().addi(before);
            gathering = true;
            return x.rank() == 2 ? numbers(x) : new float[0];
        }

        @Override
        public float[] inputGradient(float[] dy) {
            if (gathering) throw new IllegalStateException("the gathered gradient waits for its step");
            return numbers(back(dy));
        }

        private INDArray back(float[] dy) {
            var pair = net.backpropGradient(Nd4j.create(dy, output.shape(), 'c'), LayerWorkspaceMgr.noWorkspaces());
            gradient = pair.getFirst();
            return pair.getSecond();
        }

        @Override
        public void step(int number) {
            gathering = false;
            adam.update(net, gradient, number - 1, 0, batch, LayerWorkspaceMgr.noWorkspaces());
            net.params().subi(gradient.gradient());
            double decay = options.averageDecay(number);
            average.muli(decay).addi(net.params().mul(1 - decay));
        }

        @Override
        public Map<String, FloatArray> weights() {
            return layout.parameters("weights", numbers(net.params()));
        }

        @Override
        public Map<String, FloatArray> average() {
            return layout.parameters("average", numbers(average));
        }

        @Override
        public Map<String, FloatArray> state() {
            float[] moments = numbers(adam.getStateViewArray());
            return new NetworkState(weights(), average(), layout.moments("moments", moments, false),
                    layout.moments("moments", moments, true)).arrays();
        }

        @Override
        public void restore(Map<String, FloatArray> saved) {
            NetworkState state = NetworkState.of(saved, layout.shapes());
            net.setParams(row(layout.row(state.weights())));
            average.assign(row(layout.row(state.average())));
            adam.getStateViewArray().assign(row(layout.row(state.mean(), state.square())));
        }
    }

    private static INDArray row(float[] numbers) {
        return Nd4j.create(numbers, new long[] {1, numbers.length}, 'c');
    }

    private static float[] numbers(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
