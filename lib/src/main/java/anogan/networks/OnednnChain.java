package anogan.networks;

import static anogan.networks.Architecture.DEEP;

import anogan.networks.OnednnLayer.Map;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * The layers of a network in training, with the maps between them:
 *
 * <pre>
 * G: z → dense → 4×4×C ─ BN ReLU ─ [5×5 transposed convolution, stride 2 ─ BN ReLU]… ─ bias tanh → N×S×S in [−1, 1]
 * D: N×S×S → [5×5 convolution, stride 2 ─ (bias for the first, BN for the others) LeakyReLU(0.2)]… → f(x) ─ dense
 * </pre>
 *
 * The bias of G's dense layer is one for each of the 16 pixels of a channel, so that batch norm does not take it away.
 */
final class OnednnChain {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final Weights weights;
    private final int pass;
    private final List<OnednnLayer> layers = new ArrayList<>();
    private final Map in;
    private final Map out;

    OnednnChain(Weights weights, int pass) {
        this.weights = weights;
        this.pass = pass;
        Architecture a = weights.architecture;
        try (PointerScope scope = new PointerScope()) {
            in = draws() ? map(a.latent(), 1, F32) : map(1, a.size(), F32);
            out = draws() ? map(1, a.size(), F32) : map(weights.outputs(), 1, F32);
            OnednnBuffer four = buffer(4, a.size() / 2, F32);
            Map x = new Map(inner(in.value()), in.error());
            layers.add(new OnednnConvert(in, x));
            if (draws()) addGenerator(a.generatorChannels(), x, four);
            else addDiscriminator(a.discriminatorChannels(), x, four);
        }
    }

    private void addGenerator(int[] c, Map z, OnednnBuffer four) {
        Map x = map(c[0], DEEP, weights.type);
        layers.add(new OnednnDense(weights.dense, pass, z, x, OnednnActivation.IDENTITY));
        for (int i = 1; i < c.length; i++) {
            Map h = normed("bn" + (i - 1), x, OnednnActivation.RELU);
            boolean last = i == c.length - 1;
            x = last ? out : map(c[i], DEEP << i, weights.type);
            layers.add(new OnednnStrided(weights.kernels.get("deconv" + i), false, pass, h, x,
                    last ? inner(x.error()) : x.error(), last ? OnednnActivation.TANH : OnednnActivation.IDENTITY, four,
                    columns(x, h)));
        }
    }

    private void addDiscriminator(int[] c, Map image, OnednnBuffer four) {
        Map y = image;
        for (int i = 1; i < c.length; i++) {
            Map x = map(c[i], weights.architecture.size() >> i, weights.type);
            layers.add(new OnednnStrided(weights.kernels.get("conv" + i), true, pass, y, x, x.error(),
                    i == 1 ? OnednnActivation.LEAKY_RELU : OnednnActivation.IDENTITY, four, columns(y, x)));
            y = i == 1 ? x : normed("bn" + i, x, OnednnActivation.LEAKY_RELU);
        }
        Map logits = new Map(out.value(), inner(out.error()));
        layers.add(new OnednnDense(weights.dense, pass, y, logits, OnednnActivation.IDENTITY));
        layers.add(new OnednnConvert(logits, out));
    }

    private Map normed(String name, Map x, OnednnActivation activation) {
        Map y = new Map(buffer(x.value().channels(), x.value().size(), weights.type), x.error());
        layers.add(weights.norms.get(name).layer(pass, x, y, activation, weights.batch));
        return y;
    }

    private Optional<OnednnColumns> columns(Map large, Map small) {
        return OnednnColumns.of(weights.context, weights.batch, large.value(), small.value());
    }

    private Map map(long channels, long size, memory.data_type type) {
        return new Map(buffer(channels, size, type), buffer(channels, size, type));
    }

    /** The same numbers in the networks' precision: with f32, the very same. */
    private OnednnBuffer inner(OnednnBuffer outer) {
        return weights.type == F32 ? outer : buffer(outer.channels(), outer.size(), weights.type);
    }

    private OnednnBuffer buffer(long channels, long size, memory.data_type type) {
        return weights.context.buffer(weights.batch, channels, size, type);
    }

    /** Whether it makes images, and does not read them. */
    boolean draws() {
        return weights.shapes.containsKey("dense.weight");
    }

    Map in() {
        return in;
    }

    Map out() {
        return out;
    }

    void forward(OnednnSchedule s) {
        layers.forEach(layer -> layer.forward(s));
    }

    /**
     * The first layer, which converts what goes in, has nothing to do on the way back.
     *
     * @param input whether the errors of what went in are wanted
     */
    void backward(OnednnSchedule s, boolean learn, boolean input) {
        for (int i = layers.size() - 1; i > 0; i--) layers.get(i).backward(s, learn, i > 1 || input);
    }

    /** The weights of such a chain, which its passes share. */
    static final class Weights {
        private final OnednnContext context;
        private final memory.data_type type;   // of inner activations, their errors, and copies of weights
        private final Architecture architecture;
        private final int batch;
        private final java.util.Map<String, int[]> shapes;
        private final java.util.Map<String, OnednnParameter> parameters = new LinkedHashMap<>();
        private final java.util.Map<String, OnednnNorm> norms = new LinkedHashMap<>();
        private final java.util.Map<String, OnednnKernel> kernels = new LinkedHashMap<>();
        private final OnednnMatrix dense;

        Weights(OnednnContext context, Precision precision, Architecture architecture, int batch,
                java.util.Map<String, int[]> shapes) {
            this.context = context;
            type = precision.type();
            this.architecture = architecture;
            this.batch = batch;
            this.shapes = shapes;
            shapes.keySet().stream().map(name -> name.substring(0, name.indexOf('.'))).distinct().forEach(this::add);
            dense = dense();
        }

        java.util.Map<String, OnednnParameter> parameters() {
            return parameters;
        }

        java.util.Map<String, OnednnNorm> norms() {
            return norms;
        }

        private int outputs() {
            return shapes.keySet().stream().filter(n -> n.equals("head.bias") || n.equals("code.bias"))
                    .mapToInt(n -> shapes.get(n)[0]).findFirst().orElse(1);
        }

        private void add(String layer) {
            if (layer.startsWith("bn")) {
                norms.put(layer, new OnednnNorm(context, vector(layer + ".weight"), vector(layer + ".bias")));
            } else if (layer.contains("conv")) {
                int[] shape = shapes.get(layer + ".weight");
                boolean down = layer.startsWith("conv");
                int i = Integer.parseInt(layer.replaceAll("\\D", ""));
                int h = down ? architecture.size() >> i : DEEP << (i - 1);
                boolean biased = !shapes.containsKey("bn" + i + ".weight");
                Optional<OnednnParameter> bias = biased ? Optional.of(vector(layer + ".bias")) : Optional.empty();
                OnednnLearningKernel kernel = new OnednnLearningKernel(context, type, batch, shape[1], shape[0], h,
                        bias);
                parameters.put(layer + ".weight", kernel.parameter());
                kernels.put(layer, kernel.kernel(down));
            }
        }

        private OnednnParameter vector(String name) {
            memory.desc desc = new memory.desc(new long[] {shapes.get(name)[0]}, F32, memory.format_tag.a);
            return parameters.computeIfAbsent(name, n -> new OnednnParameter(context, shapes.get(n), desc, desc));
        }

        /** G's first layer, or the last one of D or E: channel by channel in {@link Dcgan}, pixel by pixel here. */
        private OnednnMatrix dense() {
            boolean g = shapes.containsKey("dense.weight");
            String name = g ? "dense" : shapes.containsKey("head.weight") ? "head" : "code";
            long n = g ? architecture.latent() : outputs();
            long deep = architecture.features();
            long pixels = DEEP * DEEP;
            long c = deep / pixels;
            OnednnParameter w = g
                    ? pixelwise(name + ".weight", n, new long[] {1, pixels * n, n}, new long[] {deep, 1, c})
                    : pixelwise(name + ".weight", n, new long[] {deep, pixels, 1}, new long[] {1, n, n * c});
            OnednnParameter b = g ? pixelwise(name + ".bias", 1, new long[] {deep, pixels, 1}, new long[] {deep, 1, c})
                    : vector(name + ".bias");
            return OnednnLearningKernel.matrix(context, batch, w, b, g ? n : deep, g ? deep : n);
        }

        /** @param plain strides of n, channel, pixel in {@link Dcgan}, {@code layout} here */
        private OnednnParameter pixelwise(String name, long n, long[] plain, long[] layout) {
            long[] dims = {n, architecture.features() / (DEEP * DEEP), DEEP * DEEP};
            OnednnParameter made = new OnednnParameter(context, shapes.get(name), new memory.desc(dims, F32, plain),
                    new memory.desc(dims, F32, layout));
            parameters.put(name, made);
            return made;
        }
    }
}
