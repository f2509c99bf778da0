import static org.bytedeco.pytorch.global.torch.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.*;

/**
 * G and D in libtorch, and what is timed with them: the descent on z and the training. {@code peer.py} in Java,
 * mirrored weights and queries included.
 *
 * @param generator     weights of G by name, mirrored
 * @param discriminator weights of D by name, mirrored
 */
record LibtorchNetworks(Map<String, Tensor> generator, Map<String, Tensor> discriminator) {
    static final List<String> VARIANTS = List.of("eager", "folded", "bf16");
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};

    Mapping mapping(String variant, Tensor x, Tensor z, double rate) {
        return switch (variant) {
            case "eager" ->
                new Mapping(generator, discriminator, ScalarType.Float, MemoryFormat.Contiguous, x, z, rate);
            case "folded" -> new Mapping(folded(generator), folded(discriminator), ScalarType.Float,
                    MemoryFormat.ChannelsLast, x, z, rate);
            case "bf16" -> new Mapping(folded(generator), folded(discriminator), ScalarType.BFloat16,
                    MemoryFormat.ChannelsLast, x, z, rate);
            default -> throw new IllegalArgumentException("no such variant: " + variant);
        };
    }

    /** The descent on z for one batch of queries; {@link #run} is one step. */
    static final class Mapping implements Runnable {
        private final Map<String, Tensor> g;
        private final Map<String, Tensor> d;
        private final ScalarType type;
        private final MemoryFormat format;
        private final Tensor x;
        private final Tensor fx;
        private final Tensor z;
        private final Adam optimiser;

        private Mapping(Map<String, Tensor> g, Map<String, Tensor> d, ScalarType type, MemoryFormat format, Tensor x,
                Tensor z, double rate) {
            this.type = type;
            this.format = format;
            this.g = converted(g);
            this.d = converted(d);
            this.x = x;
            try (NoGradGuard guard = new NoGradGuard()) {
                fx = featuresOf(x);
            }
            this.z = z.clone().requires_grad_(true);
            optimiser = new Adam(new TensorVector(this.z), new AdamOptions(rate));
        }

        private Map<String, Tensor> converted(Map<String, Tensor> weights) {
            Map<String, Tensor> w = new LinkedHashMap<>();
            weights.forEach((name, v) -> w.put(name, v.dim() == 4 ? converted(v) : v.to(type)));
            return w;
        }

        private Tensor converted(Tensor v) {
            return v.to(type, false, false, new MemoryFormatOptional(format));
        }

        private Tensor featuresOf(Tensor image) {
            return features(d, converted(image), false).to(ScalarType.Float);
        }

        Tensor losses() {
            Tensor image = generate(g, z.to(type), false).to(ScalarType.Float);
            Tensor residual = x.sub(image).abs().sum(1, 2, 3);
            Tensor matching = fx.sub(featuresOf(image)).abs().sum(1, 2, 3);
            return residual.mul(new Scalar(0.9)).add(matching.mul(new Scalar(0.1)));
        }

        @Override
        public void run() {
            try (PointerScope scope = new PointerScope()) {   // lets go of every tensor of this step
                optimiser.zero_grad();
                losses().sum().backward();
                optimiser.step();
            }
        }
    }

    Training training(String variant, int n, long latent, long size) {
        boolean bf16 = switch (variant) {
            case "eager" -> false;
            case "bf16" -> true;
            default -> throw new IllegalArgumentException("no such variant of training: " + variant);
        };
        return new Training(fresh(generator), fresh(discriminator), bf16, n, latent, size);
    }

    /**
     * The game of PyTorch's DCGAN tutorial: D on a real and a generated batch, one step; then G through D. In bf16 by
     * autocast, on the way forward; losses and Adam are float32.
     */
    static final class Training implements Runnable {
        private final Map<String, Tensor> g;
        private final Map<String, Tensor> d;
        private final boolean bf16;
        private final Adam adamG;
        private final Adam adamD;
        private final long[] noise;
        private final Tensor real;
        private final Tensor ones;
        private final Tensor zeros;

        private Training(Map<String, Tensor> g, Map<String, Tensor> d, boolean bf16, int n, long latent, long size) {
            this.g = g;
            this.d = d;
            this.bf16 = bf16;
            adamG = adam(g);
            adamD = adam(d);
            noise = new long[] {n, latent};
            real = uniform(n, 1, size, size);
            ones = ones(n, 1);
            zeros = zeros(n, 1);
        }

        private Tensor judge(Tensor images, Tensor label) {
            Tensor logits = cast(
                    () -> linear(features(d, images, true).flatten(1, -1), d.get("head.weight"), of(d, "head.bias")));
            return binary_cross_entropy_with_logits(logits.to(ScalarType.Float), label);
        }

        /** Without autocast's cache of weights, which could not be emptied between two steps. */
        private Tensor cast(Supplier<Tensor> forward) {
            set_autocast_cache_enabled(false);
            set_autocast_enabled(DeviceType.CPU, bf16);
            try {
                return forward.get();
            } finally {
                set_autocast_enabled(DeviceType.CPU, false);
            }
        }

        @Override
        public void run() {
            try (PointerScope scope = new PointerScope()) {
                Tensor fake = cast(() -> generate(g, uniform(noise), true));
                adamD.zero_grad();
                judge(real, ones).add(judge(fake.detach(), zeros)).backward();
                adamD.step();
                adamG.zero_grad();
                judge(fake, ones).backward();
                adamG.step();
            }
        }
    }

    private static Tensor generate(Map<String, Tensor> w, Tensor z, boolean training) {
        int last = layers(w, "deconv");
        Tensor h = linear(z, w.get("dense.weight"), of(w, "dense.bias")).view(z.size(0), -1, 4, 4);
        h = relu_(norm(w, "bn0", h, training));
        for (int i = 1; i <= last; i++) {
            h = conv_transpose2d(h, w.get("deconv" + i + ".weight"), of(w, "deconv" + i + ".bias"), TWO, TWO, ONE, 1,
                    ONE);
            h = i == last ? tanh(h) : relu_(norm(w, "bn" + i, h, training));
        }
        return h;
    }

    private static Tensor features(Map<String, Tensor> w, Tensor x, boolean training) {
        Tensor h = x;
        for (int i = 1; i <= layers(w, "conv"); i++) {
            h = conv2d(h, w.get("conv" + i + ".weight"), of(w, "conv" + i + ".bias"), TWO, TWO, ONE, 1);
            h = leaky_relu_(norm(w, "bn" + i, h, training), new Scalar(0.2));
        }
        return h;
    }

    private static int layers(Map<String, Tensor> w, String kind) {
        int n = 0;
        while (w.containsKey(kind + (n + 1) + ".weight")) n++;
        return n;
    }

    private static Tensor norm(Map<String, Tensor> w, String name, Tensor h, boolean training) {
        // D's first layer has none, and folded networks have none at all.
        if (!w.containsKey(name + ".weight")) return h;
        return batch_norm(h, of(w, name + ".weight"), of(w, name + ".bias"), of(w, name + ".running_mean"),
                of(w, name + ".running_var"), training, 0.1, 1e-5, true);
    }

    private static TensorOptional of(Map<String, Tensor> w, String name) {
        return new TensorOptional(w.get(name));
    }

    /** The same network without batch norm: its scale and shift put into the weights before it. */
    private static Map<String, Tensor> folded(Map<String, Tensor> weights) {
        Map<String, Tensor> w = new LinkedHashMap<>(weights);
        for (String key : weights.keySet()) {
            if (!key.matches("bn\\d+\\.weight")) continue;
            String bn = key.replace(".weight", "");
            String layer = bn.equals("bn0") ? "dense"
                    : bn.replace("bn", weights.containsKey("dense.weight") ? "deconv" : "conv");
            long pixels = layer.equals("dense") ? 16 : 1;   // the dense layer makes 16 pixels of each channel
            Function<String, Tensor> part = name -> w.remove(bn + name).repeat_interleave(pixels);
            Tensor scale = part.apply(".weight").mul(part.apply(".running_var").add(new Scalar(1e-5)).rsqrt());
            Tensor weight = w.get(layer + ".weight");
            long[] shape = weight.dim() == 2 ? new long[] {-1, 1}
                    : layer.startsWith("deconv") ? new long[] {1, -1, 1, 1}
                    : new long[] {-1, 1, 1, 1};
            w.put(layer + ".weight", weight.mul(scale.view(shape)));
            w.put(layer + ".bias",
                    w.get(layer + ".bias").sub(part.apply(".running_mean")).mul(scale).add(part.apply(".bias")));
        }
        return w;
    }

    /** Weights of the same shapes before training: N(0, 0.02), scales of batch norm N(1, 0.02), biases 0. */
    private static Map<String, Tensor> fresh(Map<String, Tensor> weights) {
        Map<String, Tensor> w = new LinkedHashMap<>();
        weights.forEach((name, v) -> {
            double centre = name.matches("bn\\d+\\.weight|.*running_var") ? 1 : 0;
            double spread = name.endsWith(".weight") ? 0.02 : 0;
            w.put(name, randn(v.shape()).mul(new Scalar(spread)).add(new Scalar(centre))
                    .requires_grad_(!name.contains("running")));
        });
        return w;
    }

    private static Adam adam(Map<String, Tensor> weights) {
        AdamOptions options = new AdamOptions(2e-4);
        DoublePointer betas = options.betas();   // a std::tuple, which some compilers store backwards
        betas.put(betas.get(0) == 0.9 ? 0 : 1, 0.5);
        return new Adam(
                new TensorVector(weights.values().stream().filter(Tensor::requires_grad).toArray(Tensor[]::new)),
                options);
    }

    private static Tensor uniform(long... shape) {
        return rand(shape).mul(new Scalar(2.0)).sub(new Scalar(1.0));
    }

    /**
     * Kernels and images turned by 180 degrees, and so are the 4 x 4 pixels that the dense layer makes: see
     * {@code peer.py}.
     */
    static Tensor mirrored(String name, Tensor v) {
        if (name.startsWith("dense")) return v.view(v.size(0) / 16, 16, -1).flip(1).reshape(v.shape());
        return v.dim() == 4 ? v.flip(2, 3).contiguous() : v;
    }
}
