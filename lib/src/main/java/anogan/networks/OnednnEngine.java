package anogan.networks;

import anogan.networks.OnednnLayer.Map;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * The mapping engine on oneDNN's primitives, the fastest one on a CPU.
 *
 * <p>
 * Buffers are laid out once, for a whole batch; programs for fewer images, made when first asked for, use the front of
 * the same buffers. What makes it fast: weights packed once into the layouts that the primitives choose; bias and
 * activation fused into the product before; the input gradient of a transposed convolution is a convolution with the
 * same weights, and the other way round, so that no gradient of a weight is ever computed; slopes of activations told
 * from their outputs, in place; what has one channel goes through {@link FourPhases}.
 *
 * <p>
 * In {@link Precision#BF16} the inner activations and weights have 8 significant bits; z, images and what happens to
 * them keep 24.
 */
final class OnednnEngine implements MappingEngine {
    private static final memory.data_type F32 = memory.data_type.f32;

    private record Programs(OnednnSchedule generate, OnednnSchedule discriminate, OnednnSchedule back) {}

    private final OnednnContext context;
    private final Architecture architecture;
    private final int batch;
    private final int room;   // images that the buffers hold
    private final int threads;
    private final NavigableMap<Integer, Programs> programs = new TreeMap<>();
    private final List<OnednnLayer> generator = new ArrayList<>();
    private final List<OnednnLayer> discriminator = new ArrayList<>();
    private final Map z;
    private final Map image;
    private final Map features;
    private final OnednnBuffer directError;

    /** @param threads OpenMP threads that work on one image's layers together */
    OnednnEngine(OnednnWeights weights, Precision precision, int batch, int threads) {
        this.batch = batch;
        this.threads = threads;
        room = Math.max(OnednnDense.ROWS, size(batch));
        context = new OnednnContext(weights.context());
        architecture = weights.networks().architecture();
        try (PointerScope scope = new PointerScope()) {
            z = map(architecture.latent(), 1, F32);
            image = map(1, architecture.size(), F32);
            directError = buffer(1, architecture.size(), F32);
            OnednnBuffer four = buffer(4, architecture.size() / 2, F32);
            memory.data_type type = precision.type();
            addGenerator(weights, type, four);
            Map last = addDiscriminator(weights, type, four);
            features = type == F32 ? last : map(last.value().channels(), Architecture.DEEP, F32);
            discriminator.add(new OnednnConvert(last, features));
        }
    }

    private void addGenerator(OnednnWeights weights, memory.data_type type, OnednnBuffer four) {
        int[] c = architecture.generatorChannels();
        Map in = new Map(inner(z.value(), type), z.error());
        Map out = map(c[0], Architecture.DEEP, type);
        generator.add(new OnednnConvert(z, in));
        generator.add(new OnednnDense(weights.dense(), 0, in, out, OnednnActivation.RELU));
        for (int i = 1; i <= architecture.layers(); i++) {
            boolean last = i == architecture.layers();
            in = out;
            out = last ? image : map(c[i], Architecture.DEEP << i, type);
            generator.add(new OnednnStrided(weights.kernel("deconv" + i), false, 0, in, out,
                    last ? inner(image.error(), type) : out.error(),
                    last ? OnednnActivation.TANH : OnednnActivation.RELU, four,
                    OnednnColumns.of(context, room, out.value(), in.value())));
        }
    }

    private Map addDiscriminator(OnednnWeights weights, memory.data_type type, OnednnBuffer four) {
        int[] c = architecture.discriminatorChannels();
        Map out = new Map(inner(image.value(), type), image.error());
        discriminator.add(new OnednnConvert(image, out));
        for (int i = 1; i <= architecture.layers(); i++) {
            Map in = out;
            out = map(c[i], architecture.size() >> i, type);
            discriminator.add(new OnednnStrided(weights.kernel("conv" + i), true, 0, in, out, out.error(),
                    OnednnActivation.LEAKY_RELU, four, OnednnColumns.of(context, room, in.value(), out.value())));
        }
        return out;
    }

    private Map map(long channels, long size, memory.data_type type) {
        return new Map(buffer(channels, size, type), buffer(channels, size, type));
    }

    /** The same numbers in the networks' precision: with f32, the very same. */
    private OnednnBuffer inner(OnednnBuffer outer, memory.data_type type) {
        return type == F32 ? outer : buffer(outer.channels(), outer.size(), type);
    }

    private OnednnBuffer buffer(long channels, long size, memory.data_type type) {
        return context.buffer(room, channels, size, type);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void forward(int n, float[] latent, float[] images, float[] f) {
        z.value().floats(n).put(latent, 0, n * architecture.latent());
        run(n, Programs::generate, Programs::discriminate);
        image.value().floats(n).get(images, 0, n * pixels());
        features.value().floats(n).get(f, 0, n * architecture.features());
    }

    @Override
    public void backward(int n, float[] imageErrors, float[] featureErrors, float[] zErrors) {
        directError.floats(n).put(imageErrors, 0, n * pixels());
        features.error().floats(n).put(featureErrors, 0, n * architecture.features());
        run(n, Programs::back);
        z.error().floats(n).get(zErrors, 0, n * architecture.latent());
    }

    @Override
    public void features(int n, float[] images, float[] f) {
        image.value().floats(n).put(images, 0, n * pixels());
        run(n, Programs::discriminate);
        features.value().floats(n).get(f, 0, n * architecture.features());
    }

    @SafeVarargs
    private void run(int n, Function<Programs, OnednnSchedule>... which) {
        int before = OpenMp.threads();
        OpenMp.setThreads(threads);
        try {
            Programs p = programs.computeIfAbsent(size(n), this::programs);
            for (var w : which) w.apply(p).run();
        } finally {
            OpenMp.setThreads(before);
        }
    }

    /**
     * The programs for n images or a few more. Sizes are chosen such that every one of them rounds alike: oneDNN shares
     * odd numbers of images out to threads in other ways than even ones.
     */
    private Programs programs(int n) {
        return new Programs(schedule(n, s -> generator.forEach(layer -> layer.forward(s))),
                schedule(n, s -> discriminator.forEach(layer -> layer.forward(s))), schedule(n, s -> {
                    back(discriminator, s);
                    s.whole().sum(directError.in(n), image.error().in(n), OnednnActivation.IDENTITY);
                    back(generator, s);
                }));
    }

    private OnednnSchedule schedule(int n, Consumer<OnednnSchedule> operations) {
        return OnednnSchedule.of(context, n, 0, 1, operations);
    }

    private static void back(List<OnednnLayer> layers, OnednnSchedule s) {
        for (int i = layers.size() - 1; i >= 0; i--) layers.get(i).backward(s, false, true);
    }

    /** 1, 2, 4 or a multiple of 8. */
    private static int size(int n) {
        return n > 4 ? (n + 7) / 8 * 8 : n == 3 ? 4 : n;
    }

    private int pixels() {
        return architecture.size() * architecture.size();
    }

    @Override
    public void close() {
        programs.clear();
        context.close();
    }
}
