package anogan.networks;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
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
    /**
     * A product of a single row is another routine, which rounds otherwise: the dense layers work on two rows at least.
     */
    private static final int ROWS = 2;
    private static final memory.data_type F32 = memory.data_type.f32;
    private static final Optional<memory> NO_BIAS = Optional.empty();

    private record Programs(OnednnProgram generate, OnednnProgram discriminate, OnednnProgram back) {
        List<OnednnProgram> all() {
            return List.of(generate, discriminate, back);
        }
    }

    private final OnednnWeights weights;
    private final Architecture architecture;
    private final memory.data_type type;
    private final int batch;
    private final int room;   // images that the buffers hold
    private final int threads;
    private final stream stream;
    private final OnednnMemory offHeap;
    private final NavigableMap<Integer, Programs> programs = new TreeMap<>();
    private final OnednnBuffer z;
    private final OnednnBuffer zInner;           // "inner": the same in the networks' precision; with F32, the very same
    private final OnednnBuffer zError;
    private final OnednnBuffer[] h;        // G, from 4×4 to the image
    private final OnednnBuffer[] hError;
    private final OnednnBuffer[] y;        // D, from the image to f
    private final OnednnBuffer[] yError;
    private final OnednnBuffer image;
    private final OnednnBuffer imageError;
    private final OnednnBuffer directError;
    private final OnednnBuffer features;
    private final OnednnBuffer featureError;
    private final OnednnBuffer phases;

    /** @param threads OpenMP threads that work on one image's layers together */
    OnednnEngine(OnednnWeights weights, Precision precision, int batch, int threads) {
        this.weights = weights;
        this.batch = batch;
        room = Math.max(ROWS, size(batch));
        this.threads = threads;
        offHeap = new OnednnMemory(weights.offHeap());
        architecture = weights.networks().architecture();
        type = precision == Precision.BF16 ? memory.data_type.bf16 : F32;
        int[] g = architecture.generatorChannels();
        int[] d = architecture.discriminatorChannels();
        int n = architecture.layers();
        try (PointerScope scope = new PointerScope()) {
            stream = offHeap.own(new stream(offHeap.cpu()));
            boolean same = precision == Precision.F32;
            z = buffer(architecture.latent(), 1, F32);
            zInner = same ? z : buffer(architecture.latent(), 1, type);
            zError = buffer(architecture.latent(), 1, F32);
            image = buffer(1, architecture.size(), F32);
            imageError = buffer(1, architecture.size(), F32);
            directError = buffer(1, architecture.size(), F32);
            h = new OnednnBuffer[n + 1];
            hError = new OnednnBuffer[n + 1];
            y = new OnednnBuffer[n + 1];
            yError = new OnednnBuffer[n + 1];
            y[0] = h[n] = same ? image : buffer(1, architecture.size(), type);
            yError[0] = hError[n] = same ? imageError : buffer(1, architecture.size(), type);
            for (int i = 0; i < n; i++) {
                h[i] = buffer(g[i], Architecture.DEEP << i, type);
                hError[i] = buffer(g[i], Architecture.DEEP << i, type);
                y[i + 1] = buffer(d[i + 1], architecture.size() >> (i + 1), type);
                yError[i + 1] = buffer(d[i + 1], architecture.size() >> (i + 1), type);
            }
            features = same ? y[n] : buffer(d[n], Architecture.DEEP, F32);
            featureError = same ? yError[n] : buffer(d[n], Architecture.DEEP, F32);
            phases = buffer(4, architecture.size() / 2, F32);
        }
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void forward(int n, float[] latent, float[] images, float[] f) {
        z.floats(n).put(latent, 0, n * architecture.latent());
        run(n, Programs::generate, Programs::discriminate);
        image.floats(n).get(images, 0, n * pixels());
        features.floats(n).get(f, 0, n * architecture.features());
    }

    @Override
    public void backward(int n, float[] imageErrors, float[] featureErrors, float[] zErrors) {
        directError.floats(n).put(imageErrors, 0, n * pixels());
        featureError.floats(n).put(featureErrors, 0, n * architecture.features());
        run(n, Programs::back);
        zError.floats(n).get(zErrors, 0, n * architecture.latent());
    }

    @Override
    public void features(int n, float[] images, float[] f) {
        image.floats(n).put(images, 0, n * pixels());
        run(n, Programs::discriminate);
        features.floats(n).get(f, 0, n * architecture.features());
    }

    @SafeVarargs
    private void run(int n, Function<Programs, OnednnProgram>... which) {
        int before = OpenMp.threads();
        OpenMp.setThreads(threads);
        try {
            Programs p = programs(n);
            for (var w : which) w.apply(p).run(stream);
        } finally {
            OpenMp.setThreads(before);
        }
    }

    @Override
    public void close() {
        programs.values().forEach(p -> p.all().forEach(OnednnProgram::close));
        programs.clear();
        offHeap.close();
    }

    private int pixels() {
        return architecture.size() * architecture.size();
    }

    /**
     * The programs for n images or a few more. Sizes are chosen such that every one of them rounds alike: oneDNN shares
     * odd numbers of images out to threads in other ways than even ones.
     */
    private Programs programs(int n) {
        int size = size(n);
        Programs known = programs.get(size);
        if (known != null) return known;
        try (PointerScope scope = new PointerScope()) {
            Programs made = new Programs(generator(size), discriminator(size), back(size));
            long bytes = made.all().stream().mapToLong(OnednnProgram::workspace).max().orElse(0);
            Pointer space = offHeap.vector(bytes / Float.BYTES + 1).get_data_handle();
            made.all().forEach(p -> p.bind(space));
            programs.put(size, made);
            return made;
        }
    }

    /** 1, 2, 4 or a multiple of 8. */
    private static int size(int n) {
        return n > 4 ? (n + 7) / 8 * 8 : n == 3 ? 4 : n;
    }

    private OnednnProgram generator(int n) {
        FrozenNetworks net = weights.networks();
        OnednnProgram p = new OnednnProgram(offHeap.cpu(), type);
        int last = architecture.layers();
        int[] g = architecture.generatorChannels();
        int rows = Math.max(ROWS, n);
        copy(p, z, zInner, rows);
        p.product(zInner.rows(rows), dense("dense", false), weights.bias("dense", net.dense().bias()), h[0].rows(rows),
                OnednnProgram.relu(0));
        for (int i = 1; i < last; i++) {
            var layer = net.deconvolutions()[i - 1];
            p.transposed(h[i - 1].in(n),
                    weights.tensor("deconv" + i, OnednnKernel.outIn(layer.weight(), g[i], g[i - 1])),
                    weights.bias("deconv" + i, layer.bias()), h[i].in(n), OnednnProgram.relu(0));
        }
        var layer = net.deconvolutions()[last - 1];
        float b = layer.bias()[0];
        p.phases(h[last - 1].in(n), phases("deconv" + last, layer.weight(), g[last - 1]),
                weights.bias("deconv" + last, b, b, b, b), phases.in(n), image.in(n), OnednnProgram.tanh());
        return p;
    }

    private OnednnProgram discriminator(int n) {
        OnednnProgram p = new OnednnProgram(offHeap.cpu(), type);
        int[] d = architecture.discriminatorChannels();
        copy(p, image, y[0], n);
        for (int i = 1; i <= architecture.layers(); i++) {
            var layer = weights.networks().convolutions()[i - 1];
            p.convolution(y[i - 1].in(n),
                    weights.tensor("conv" + i, OnednnKernel.inOut(layer.weight(), d[i - 1], d[i])),
                    weights.bias("conv" + i, layer.bias()), y[i].in(n), OnednnProgram.relu(Architecture.LEAK));
        }
        copy(p, y[architecture.layers()], features, n);
        return p;
    }

    private OnednnProgram back(int n) {
        FrozenNetworks net = weights.networks();
        OnednnProgram p = new OnednnProgram(offHeap.cpu(), type);
        int last = architecture.layers();
        int[] g = architecture.generatorChannels();
        int[] d = architecture.discriminatorChannels();
        copy(p, featureError, yError[last], n);
        for (int i = last; i >= 1; i--) {
            p.slope(algorithm.eltwise_relu_use_dst_for_bwd, Architecture.LEAK, y[i].in(n), yError[i].in(n));
            float[] w = net.convolutions()[i - 1].weight();
            String name = "conv" + i + " back";
            if (i > 1) p.transposed(yError[i].in(n), weights.tensor(name, OnednnKernel.outIn(w, d[i - 1], d[i])),
                    NO_BIAS, yError[i - 1].in(n), OnednnProgram.identity());
            else p.phases(yError[1].in(n), phases(name, w, d[1]), NO_BIAS, phases.in(n), imageError.in(n),
                    OnednnProgram.identity());
        }
        p.sum(directError.in(n), imageError.in(n));
        p.slope(algorithm.eltwise_tanh_use_dst_for_bwd, 0, image.in(n), imageError.in(n));
        copy(p, imageError, hError[last], n);
        for (int i = last; i >= 1; i--) {
            float[] w = net.deconvolutions()[i - 1].weight();
            p.convolution(hError[i].in(n),
                    weights.tensor("deconv" + i + " back", OnednnKernel.inOut(w, g[i], g[i - 1])), NO_BIAS,
                    hError[i - 1].in(n), OnednnProgram.identity());
            p.slope(algorithm.eltwise_relu_use_dst_for_bwd, 0, h[i - 1].in(n), hError[i - 1].in(n));
        }
        int rows = Math.max(ROWS, n);
        p.product(hError[0].rows(rows), dense("dense back", true), NO_BIAS, zError.rows(rows),
                OnednnProgram.identity());
        return p;
    }

    /** G's dense layer, z to the deepest maps, or the same transposed. */
    private OnednnTensor dense(String name, boolean back) {
        long latent = architecture.latent();
        long deep = architecture.features();
        return weights.tensor(name, weights.networks().dense().weight(),
                back ? new long[] {deep, latent} : new long[] {latent, deep},
                back ? new long[] {1, deep} : new long[] {deep, 1});
    }

    private OnednnTensor phases(String name, float[] kernel, long channels) {
        return weights.tensor(name, new OnednnKernel(FourPhases.kernels(kernel, (int) channels), 3, 4, channels, 1, 4));
    }

    @SuppressWarnings("ReferenceEquality")   // the very same memory
    private static void copy(OnednnProgram program, OnednnBuffer from, OnednnBuffer to, int n) {
        if (from != to) program.convert(from.in(n), to.in(n));
    }

    private OnednnBuffer buffer(long channels, long size, memory.data_type type) {
        return offHeap.buffer(room, channels, size, type);
    }
}
