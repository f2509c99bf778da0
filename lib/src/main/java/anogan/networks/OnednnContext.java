package anogan.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * What one engine works with outside of Java's heap: its lanes, each with a stream and a working memory, and all arrays
 * and primitives, which are given back together. Objects made within a {@link PointerScope} live on if they are
 * {@link #own owned}.
 */
final class OnednnContext implements AutoCloseable {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final List<Pointer> owned = new ArrayList<>();
    private final engine cpu;
    private final Lanes lanes;
    private final List<stream> streams = new ArrayList<>();
    private final List<memory> workspaces = new ArrayList<>();

    OnednnContext(Lanes lanes) {
        this.lanes = lanes;
        try (PointerScope scope = new PointerScope()) {
            cpu = own(new engine(engine.kind.cpu, 0));
            makeLanes();
        }
    }

    /** Of an engine with one lane that shares the weights of another context. */
    OnednnContext(OnednnContext shared) {
        lanes = new Lanes(1);
        cpu = shared.cpu;
        makeLanes();
    }

    private void makeLanes() {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < lanes.count(); i++) {
                streams.add(own(new stream(cpu)));
                workspaces.add(vector(1));
            }
        }
    }

    engine cpu() {
        return cpu;
    }

    Lanes lanes() {
        return lanes;
    }

    stream stream(int lane) {
        return streams.get(lane);
    }

    /** Working memory of a lane, whose primitives run one after the other. */
    Pointer workspace(int lane, long bytes) {
        if (bytes > workspaces.get(lane).get_desc().get_size())
            workspaces.set(lane, vector((bytes + Float.BYTES - 1) / Float.BYTES));
        return workspaces.get(lane).get_data_handle();
    }

    /** Room for {@code n} images. */
    OnednnBuffer buffer(long n, long channels, long size, memory.data_type type) {
        memory all = array(new memory.desc(new long[] {n, channels, size, size}, type, memory.format_tag.nhwc));
        return new OnednnBuffer(all.get_data_handle(), channels, size, type, cpu);
    }

    /** The same, filled with 0. */
    OnednnBuffer zeros(long n, long channels, long size, memory.data_type type) {
        OnednnBuffer buffer = buffer(n, channels, size, type);
        Pointer.memset(buffer.address(), 0, buffer.in(n).get_desc().get_size());
        return buffer;
    }

    /** Room for an array, which holds anything at first. */
    memory array(memory.desc desc) {
        try {
            memory made = own(new memory(desc, cpu));
            own(made.get_data_handle());
            return made;
        } catch (RuntimeException e) {   // all that it says is that the object could not be created
            throw new OutOfMemoryError("oneDNN asked for " + (desc.get_size() >> 20) + " MB");
        }
    }

    /** Room for n numbers. */
    memory vector(long n) {
        return array(new memory.desc(new long[] {n}, F32, memory.format_tag.a));
    }

    /** A row of ones. */
    memory ones(int n, memory.data_type type) {
        memory ones = array(new memory.desc(new long[] {1, n}, type, memory.format_tag.ab));
        memory plain = array(new memory.desc(new long[] {1, n}, F32, memory.format_tag.ab));
        float[] values = new float[n];
        Arrays.fill(values, 1);
        floats(plain).put(values);
        new reorder(plain, ones).execute(stream(0), plain, ones);
        stream(0)._wait();
        return ones;
    }

    /** The same numbers under another shape. */
    memory view(memory array, memory.desc desc) {
        return own(new memory(desc, cpu, array.get_data_handle()));
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
        lanes.close();
        owned.forEach(Pointer::releaseReference);
        owned.clear();
    }
}
