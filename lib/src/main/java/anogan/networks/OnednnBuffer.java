package anogan.networks;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory of n × size × size × channels numbers: activations, channels last. Primitives see all of its images,
 * the first few, or a share of them.
 */
record OnednnBuffer(Pointer address, long channels, long size, memory.data_type type, engine cpu) {
    /** The first n images: N×C×H×W as oneDNN counts, N×H×W×C as they lie. */
    memory in(long n) {
        return in(0, n);
    }

    /** n images from {@code first} on. */
    memory in(long first, long n) {
        return new memory(new memory.desc(new long[] {n, channels, size, size}, type, memory.format_tag.nhwc), cpu,
                at(first * length()));
    }

    /** A row of size · size · channels numbers for each of the first n images. */
    memory rows(long n) {
        return new memory(new memory.desc(new long[] {n, length()}, type, memory.format_tag.ab), cpu, address);
    }

    /** The same rows as columns. */
    memory columns(long n) {
        return new memory(new memory.desc(new long[] {length(), n}, type, memory.format_tag.ba), cpu, address);
    }

    /** A row of the channels of each pixel of n images, from {@code first} on. */
    memory pixels(long first, long n) {
        return part(first, 0, new long[] {n * size * size, channels}, channels, 1);
    }

    /** The same rows of the first n images as columns. */
    memory pixelColumns(long n) {
        return part(0, 0, new long[] {channels, n * size * size}, 1, channels);
    }

    /** Numbers from the one at {@code offset} of image {@code first} on, under any shape. */
    memory part(long first, long offset, long[] dims, long... strides) {
        return new memory(new memory.desc(dims, type, strides), cpu, at(first * length() + offset));
    }

    FloatBuffer floats(long n) {
        return new FloatPointer(address).capacity(n * length()).asBuffer();
    }

    /** Numbers of one image. */
    long length() {
        return channels * size * size;
    }

    private Pointer at(long number) {
        long bytes = type.value == memory.data_type.f32.value ? 4 : 2;
        return new BytePointer(address).getPointer(number * bytes);
    }
}
