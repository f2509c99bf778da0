package anogan.networks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Frozen weights in the layouts that oneDNN's primitives ask for, packed once and shared, read-only, by all engines of
 * a mapper: at the paper's size they are 70 MB, and a copy for each thread would crowd the cache.
 */
final class OnednnWeights implements AutoCloseable {
    private final FrozenNetworks networks;
    private final OnednnMemory offHeap = new OnednnMemory();
    private final stream stream;
    private final Map<String, OnednnTensor> tensors = new HashMap<>();
    private final Map<String, memory> biases = new HashMap<>();

    OnednnWeights(FrozenNetworks networks) {
        this.networks = networks;
        try (PointerScope scope = new PointerScope()) {
            stream = offHeap.own(new stream(offHeap.cpu()));
        }
    }

    FrozenNetworks networks() {
        return networks;
    }

    OnednnMemory offHeap() {
        return offHeap;
    }

    /**
     * A layer's weights.
     *
     * @param name    what they are; the same name means the same numbers
     * @param values  the numbers
     * @param dims    their shape as oneDNN counts it
     * @param strides where the numbers of {@code values} stand
     */
    synchronized OnednnTensor tensor(String name, float[] values, long[] dims, long[] strides) {
        return tensors.computeIfAbsent(name, n -> new Packed(values, dims, strides));
    }

    synchronized OnednnTensor tensor(String name, OnednnKernel kernel) {
        return tensor(name, kernel.values(), kernel.dims(), kernel.strides());
    }

    synchronized Optional<memory> bias(String name, float... values) {
        return Optional.of(biases.computeIfAbsent(name, n -> {
            memory bias = offHeap.vector(values.length);
            OnednnMemory.floats(bias).put(values);
            return bias;
        }));
    }

    private final class Packed implements OnednnTensor {
        private final float[] values;
        private final long[] dims;
        private final long[] strides;
        private final List<memory> packed = new ArrayList<>();

        Packed(float[] values, long[] dims, long[] strides) {
            this.values = values;
            this.dims = dims;
            this.strides = strides;
        }

        @Override
        public long[] dims() {
            return dims;
        }

        @Override
        public memory in(memory.desc wanted) {
            synchronized (OnednnWeights.this) {
                for (memory m : packed) if (m.get_desc().equals(wanted)) return m;
                memory plain = new memory(new memory.desc(dims, memory.data_type.f32, strides), offHeap.cpu());
                new FloatPointer(plain.get_data_handle()).capacity(values.length).put(values);
                memory result = offHeap.array(wanted);
                new reorder(plain, result).execute(stream, plain, result);
                stream._wait();
                packed.add(result);
                return result;
            }
        }
    }

    @Override
    public synchronized void close() {
        offHeap.close();
    }

    /** Throws an {@link UnsatisfiedLinkError} or {@link NoClassDefFoundError} where oneDNN cannot be loaded. */
    static void load() {
        dnnl.dnnl_version();
    }
}
