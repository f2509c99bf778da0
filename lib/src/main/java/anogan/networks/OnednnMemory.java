package anogan.networks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * What was allocated outside of Java's heap and has to be given back. Objects made within a {@link PointerScope} live
 * on if they are {@link #own owned}.
 */
final class OnednnMemory implements AutoCloseable {
    private final List<Pointer> owned = new ArrayList<>();
    private final engine cpu;

    OnednnMemory() {
        try (PointerScope scope = new PointerScope()) {
            cpu = own(new engine(engine.kind.cpu, 0));
        }
    }

    /** Of an engine whose weights it shares. */
    OnednnMemory(OnednnMemory shared) {
        cpu = shared.cpu;
    }

    engine cpu() {
        return cpu;
    }

    /** Zeros for {@code n} images. */
    OnednnBuffer buffer(long n, long channels, long size, memory.data_type type) {
        memory all = array(new memory.desc(new long[] {n, channels, size, size}, type, memory.format_tag.nhwc));
        return new OnednnBuffer(all.get_data_handle(), channels, size, type, cpu);
    }

    /** Zeros. */
    memory array(memory.desc desc) {
        try {
            memory made = own(new memory(desc, cpu));
            Pointer.memset(own(made.get_data_handle()), 0, desc.get_size());
            return made;
        } catch (RuntimeException e) {   // all that it says is that the object could not be created
            throw new OutOfMemoryError("oneDNN asked for " + (desc.get_size() >> 20) + " MB");
        }
    }

    /** Zeros in a row. */
    memory vector(long n) {
        return array(new memory.desc(new long[] {n}, memory.data_type.f32, memory.format_tag.a));
    }

    /** Zeros, row by row. */
    memory matrix(long rows, long columns) {
        return array(new memory.desc(new long[] {rows, columns}, memory.data_type.f32, memory.format_tag.ab));
    }

    /** The numbers of an array as they lie. */
    static FloatPointer floats(memory array) {
        return new FloatPointer(array.get_data_handle()).capacity(array.get_desc().get_size() / Float.BYTES);
    }

    <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
    }

    @Override
    public void close() {
        owned.forEach(Pointer::releaseReference);
        owned.clear();
    }
}
