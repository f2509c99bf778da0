package anogan.networks;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Frozen weights in the layouts that oneDNN's primitives ask for, packed once and shared, read-only, by all engines of
 * a mapper: at the paper's size they are 70 MB, and a copy for each thread would crowd the cache.
 */
final class OnednnWeights implements AutoCloseable {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final FrozenNetworks networks;
    private final OnednnContext context = new OnednnContext(new Lanes(1));
    private final Map<String, OnednnKernel> kernels = new HashMap<>();
    private final OnednnMatrix dense;

    OnednnWeights(FrozenNetworks networks) {
        this.networks = networks;
        Architecture a = networks.architecture();
        for (int i = 1; i <= a.layers(); i++) {
            int[] g = a.generatorChannels();
            int[] d = a.discriminatorChannels();
            kernels.put("deconv" + i, kernel(networks.deconvolutions()[i - 1], g[i], g[i - 1]));
            kernels.put("conv" + i, kernel(networks.convolutions()[i - 1], d[i - 1], d[i]));
        }
        float[] w = networks.dense().weight();
        dense = new OnednnMatrix(tensor(w, new long[] {a.latent(), a.features()}, a.features(), 1),
                tensor(w, new long[] {a.features(), a.latent()}, 1, a.features()), bias(networks.dense().bias()),
                OnednnKernel.Gradient.NONE);
    }

    FrozenNetworks networks() {
        return networks;
    }

    OnednnContext context() {
        return context;
    }

    OnednnKernel kernel(String name) {
        return kernels.get(name);
    }

    OnednnMatrix dense() {
        return dense;
    }

    private OnednnTensor tensor(float[] values, long[] dims, long... strides) {
        return new OnednnTensor.Copies(dims, wanted -> {
            synchronized (context) {
                memory plain = new memory(new memory.desc(dims, F32, strides), context.cpu());
                new FloatPointer(plain.get_data_handle()).capacity(values.length).put(values);
                memory packed = context.array(wanted);
                new reorder(plain, packed).execute(context.stream(0), plain, packed);
                context.stream(0)._wait();
                return packed;
            }
        });
    }

    private Optional<memory> bias(float... values) {
        memory bias = context.vector(values.length);
        OnednnContext.floats(bias).put(values);
        return Optional.of(bias);
    }

    /** 5×5 × C × K numbers, as {@link FrozenNetworks} has them. */
    private OnednnKernel kernel(FrozenNetworks.Layer layer, int c, int k) {
        float[] w = layer.weight();
        float[] b = layer.bias();
        long ck = (long) c * k;
        return new OnednnKernel(c, tensor(w, new long[] {k, c, 5, 5}, 1, k, 5 * ck, ck),
                tensor(w, new long[] {c, k, 5, 5}, k, 1, 5 * ck, ck), tensor(w, new long[] {25L * c, k}, k, 1),
                tensor(w, new long[] {k, 25L * c}, 1, k),
                tensor(c == 1 ? FourPhases.kernels(w, k) : w, new long[] {4, k, 3, 3}, 1, 4, 12L * k, 4L * k),
                b.length == 1 ? bias(b[0], b[0], b[0], b[0]) : bias(b), OnednnKernel.Gradient.NONE);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Throws an {@link UnsatisfiedLinkError} or {@link NoClassDefFoundError} where oneDNN cannot be loaded. */
    static void load() {
        dnnl.dnnl_version();
    }
}
