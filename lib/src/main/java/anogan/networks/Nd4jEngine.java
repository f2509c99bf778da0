package anogan.networks;

import anogan.io.FloatArray;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The mapping engine on ND4J's operations; it runs wherever ND4J does, and computes the whole batch whatever n is.
 *
 * <p>
 * Buffers are laid out once (N×H×W×C) and every operation is prepared once, so that a step is a walk through three
 * lists. The operations are chosen for speed: {@code deconv2d_tf} serves as transposed convolution and, with D's
 * weights, as the input gradient of a convolution; a convolution with G's weights is the input gradient of a transposed
 * one; what has one channel goes through {@link FourPhases}. ReLUs need only their own output on the way back.
 */
final class Nd4jEngine implements MappingEngine {
    /** Kernel 5×5, stride 2, no padding given, dilation 1, SAME, N×H×W×C, weights H×W×in×out. */
    private static final long[] STRIDED = {5, 5, 2, 2, 0, 0, 1, 1, 1, 1, 0};
    private static final long[] PHASES = {3, 3, 1, 1, 0, 0, 1, 1, 1, 1, 0};

    private final OpExecutioner executioner = Nd4j.getExecutioner();
    private final int most;
    private final int batch;   // images that are computed: one alone is another routine, which rounds otherwise
    private final List<INDArray> owned = new ArrayList<>();
    private final List<OpContext> contexts = new ArrayList<>();
    private final List<Runnable> generate = new ArrayList<>();
    private final List<Runnable> discriminate = new ArrayList<>();
    private final List<Runnable> back = new ArrayList<>();
    private final INDArray z;
    private final INDArray zError;
    private final INDArray image;
    private final INDArray imageError;
    private final INDArray directError;
    private final INDArray features;
    private final INDArray featureError;

    Nd4jEngine(FrozenNetworks networks, int most) {
        this.most = most;
        batch = Math.max(2, most);
        Architecture a = networks.architecture();
        int[] g = a.generatorChannels();
        int[] d = a.discriminatorChannels();
        int n = a.layers();
        z = buffer(batch, a.latent());
        zError = buffer(batch, a.latent());
        INDArray[] h = new INDArray[n + 1];        // G, from 4×4 to the image
        INDArray[] hError = new INDArray[n + 1];
        INDArray[] y = new INDArray[n + 1];        // D, from the image to f
        INDArray[] yError = new INDArray[n + 1];
        for (int i = 0; i <= n; i++) {
            int size = Architecture.DEEP << i;
            h[i] = buffer(batch, size, size, g[i]);
            hError[i] = buffer(batch, size, size, g[i]);
        }
        image = y[0] = h[n];
        imageError = yError[0] = hError[n];
        directError = buffer(batch, a.size(), a.size(), 1);
        for (int i = 1; i <= n; i++) {
            y[i] = buffer(batch, a.size() >> i, a.size() >> i, d[i]);
            yError[i] = buffer(batch, a.size() >> i, a.size() >> i, d[i]);
        }
        features = y[n];
        featureError = yError[n];

        int deep = a.features();
        INDArray dense = weights(networks.dense().weight(), a.latent(), deep);
        INDArray deepest = h[0].reshape(batch, deep);
        products(generate, z, dense, deepest);
        generate.add(operation("biasadd", new INDArray[] {deepest, weights(networks.dense().bias(), deep)}, deepest));
        generate.add(legacy(new RectifiedLinear(h[0], h[0], 0)));
        INDArray[] deconvolutions = new INDArray[n + 1];
        for (int i = 1; i <= n; i++) {
            var layer = networks.deconvolutions()[i - 1];
            deconvolutions[i] = weights(layer.weight(), 5, 5, g[i], g[i - 1]);
            transposed(generate, h[i - 1], deconvolutions[i], h[i]);
            generate.add(operation("biasadd", new INDArray[] {h[i], weights(layer.bias(), g[i])}, h[i]));
            generate.add(i < n ? legacy(new RectifiedLinear(h[i], h[i], 0))
                    : operation("tanh", new INDArray[] {h[i]}, h[i]));
        }

        INDArray[] convolutions = new INDArray[n + 1];
        for (int i = 1; i <= n; i++) {
            var layer = networks.convolutions()[i - 1];
            convolutions[i] = weights(layer.weight(), 5, 5, d[i - 1], d[i]);
            discriminate.add(operation("conv2d",
                    new INDArray[] {y[i - 1], convolutions[i], weights(layer.bias(), d[i])}, y[i], STRIDED));
            discriminate.add(legacy(new LeakyReLU(y[i], y[i], Architecture.LEAK)));
        }

        for (int i = n; i >= 1; i--) {
            back.add(legacy(new LeakyReluSlope(y[i])));
            back.add(times(yError[i], y[i]));
            transposed(back, yError[i], convolutions[i], yError[i - 1]);
        }
        back.add(() -> {
            imageError.addi(directError);
            image.muli(image).rsubi(1);   // tanh′ = 1 − tanh²
            imageError.muli(image);
        });
        for (int i = n; i >= 1; i--) {
            back.add(operation("conv2d", new INDArray[] {hError[i], deconvolutions[i]}, hError[i - 1], STRIDED));
            back.add(legacy(new Step(h[i - 1], h[i - 1], 0)));
            back.add(times(hError[i - 1], h[i - 1]));
        }
        products(back, hError[0].reshape(batch, deep),
                weights(new FloatArray(networks.dense().weight(), a.latent(), deep).transposed(1, 0).data(), deep,
                        a.latent()),
                zError);
    }

    @Override
    public int batch() {
        return most;
    }

    @Override
    public void forward(int n, float[] latent, float[] images, float[] f) {
        z.data().asNioFloat().put(latent, 0, n * length(z));
        generate.forEach(Runnable::run);
        discriminate.forEach(Runnable::run);
        image.data().asNioFloat().get(images, 0, n * length(image));
        features.data().asNioFloat().get(f, 0, n * length(features));
    }

    @Override
    public void backward(int n, float[] imageErrors, float[] featureErrors, float[] zErrors) {
        directError.data().asNioFloat().put(imageErrors, 0, n * length(image));
        featureError.data().asNioFloat().put(featureErrors, 0, n * length(features));
        back.forEach(Runnable::run);
        zError.data().asNioFloat().get(zErrors, 0, n * length(z));
    }

    @Override
    public void features(int n, float[] images, float[] f) {
        image.data().asNioFloat().put(images, 0, n * length(image));
        discriminate.forEach(Runnable::run);
        features.data().asNioFloat().get(f, 0, n * length(features));
    }

    private int length(INDArray array) {
        return (int) (array.length() / batch);
    }

    @Override
    public void close() {
        contexts.forEach(Nd4jEngine::closeQuietly);
        for (INDArray a : owned) if (a.closeable()) a.close();
    }

    /**
     * to = from · matrix, each row by itself: in a product of many rows those at the end of a block go another way,
     * which rounds otherwise on some processors, and an image's numbers must not depend on its place.
     */
    private void products(List<Runnable> list, INDArray from, INDArray matrix, INDArray to) {
        for (int i = 0; i < batch; i++)
            list.add(operation("matmul", new INDArray[] {row(from, i), matrix}, row(to, i)));
    }

    private static INDArray row(INDArray rows, int i) {
        return rows.get(NDArrayIndex.interval(i, i + 1), NDArrayIndex.all());
    }

    /** to = transposed convolution of {@code from} (N×h×w×in) with {@code kernel} (5×5×out×in). */
    private void transposed(List<Runnable> list, INDArray from, INDArray kernel, INDArray to) {
        if (kernel.size(2) > 1) {
            INDArray shape = own(Nd4j.createFromArray(to.shape()).castTo(DataType.INT32));
            list.add(operation("deconv2d_tf", new INDArray[] {shape, kernel, from}, to, STRIDED));
            return;
        }
        int channels = (int) kernel.size(3);
        long size = from.size(1);
        INDArray phases = buffer(batch, size, size, 4);
        INDArray kernels = weights(FourPhases.kernels(kernel.data().asFloat(), channels), 3, 3, channels, 4);
        list.add(operation("conv2d", new INDArray[] {from, kernels}, phases, PHASES));
        INDArray interleaved = to.reshape(batch, size, 2, size, 2);
        INDArray sorted = phases.reshape(batch, size, size, 2, 2).permute(0, 1, 3, 2, 4);
        list.add(() -> interleaved.assign(sorted));
    }

    private Runnable operation(String name, INDArray[] inputs, INDArray output, long... arguments) {
        CustomOp op = DynamicCustomOp.builder(name).build();
        OpContext context = executioner.buildContext();
        contexts.add(context);
        for (int i = 0; i < inputs.length; i++) context.setInputArray(i, inputs[i]);
        context.setOutputArray(0, output);
        if (arguments.length > 0) context.setIArguments(arguments);
        return () -> executioner.exec(op, context);
    }

    private Runnable legacy(Op op) {
        return () -> executioner.exec(op);
    }

    private static Runnable times(INDArray target, INDArray factor) {
        return () -> target.muli(factor);
    }

    private INDArray buffer(long... shape) {
        return own(Nd4j.create(DataType.FLOAT, shape, 'c'));
    }

    private INDArray weights(float[] values, long... shape) {
        return own(Nd4j.create(values, shape, 'c'));
    }

    private INDArray own(INDArray array) {
        owned.add(array);
        return array;
    }

    private static void closeQuietly(OpContext context) {
        try {
            context.close();
        } catch (Exception e) {
            throw new IllegalStateException("an ND4J context could not be closed", e);
        }
    }

    /** Replaces LeakyReLU's output by its slope there: 1 above zero, {@value Architecture#LEAK} below. */
    private static final class LeakyReluSlope extends LeakyReLU {
        LeakyReluSlope(INDArray output) {
            super(output, output, Architecture.LEAK);
        }

        @Override
        public int opNum() {
            return new org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUDerivative().opNum();
        }

        @Override
        public String opName() {
            return "leakyreluderivative";
        }
    }
}
