package anogan.networks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The weights in the layouts that oneDNN's primitives ask for, packed once and shared, read-only, by all engines of a
 * mapper: at the paper's size they are 70 MB, and a copy for each thread would crowd the cache.
 */
final class OnednnWeights implements AutoCloseable {
    private final FrozenNetworks networks;
    private final engine cpu;
    private final stream stream;
    private final Map<String, List<memory>> packed = new HashMap<>();

    OnednnWeights(FrozenNetworks networks) {
        this.networks = networks;
        try (PointerScope scope = new PointerScope()) {
            cpu = new engine(engine.kind.cpu, 0);
            stream = new stream(cpu);
            cpu.retainReference();
            stream.retainReference();
        }
    }

    FrozenNetworks networks() {
        return networks;
    }

    engine cpu() {
        return cpu;
    }

    /**
     * A tensor in a primitive's own layout and type.
     *
     * @param name    what it is; the same name means the same numbers
     * @param values  the numbers
     * @param dims    their shape as oneDNN counts it
     * @param strides where the numbers of {@code values} stand
     * @param wanted  the layout
     */
    synchronized memory pack(String name, float[] values, long[] dims, long[] strides, memory.desc wanted) {
        List<memory> known = packed.computeIfAbsent(name, n -> new ArrayList<>());
        for (memory m : known) {
            if (m.get_desc().equals(wanted)) return m;
        }
        memory plain = new memory(new memory.desc(dims, memory.data_type.f32, strides), cpu);
        new FloatPointer(plain.get_data_handle()).capacity(values.length).put(values);
        memory result = new memory(wanted, cpu);
        new reorder(plain, result).execute(stream, plain, result);
        stream._wait();
        result.retainReference();
        known.add(result);
        return result;
    }

    @Override
    public synchronized void close() {
        packed.values().forEach(list -> list.forEach(memory::releaseReference));
        packed.clear();
        stream.releaseReference();
        cpu.releaseReference();
    }

    /** Throws an {@link UnsatisfiedLinkError} or {@link NoClassDefFoundError} where oneDNN cannot be loaded. */
    static void load() {
        dnnl.dnnl_version();
    }
}
