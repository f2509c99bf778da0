package anogan.networks;

import anogan.io.FloatArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * One array that learns: its numbers, their moving average and Adam's two moments, all in the layout of its gradient,
 * which is the one that oneDNN computes fastest.
 */
final class OnednnParameter {
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final OnednnContext context;
    private final int[] shape;
    private final memory.desc plain;
    private final memory master;
    private final Map<Integer, memory> gradients = new TreeMap<>();
    private final float[] values;
    private final float[] average;
    private final float[] mean;
    private final float[] square;
    private final List<Consumer<stream>> copies = new ArrayList<>();

    /**
     * @param shape  of the array as {@link Dcgan} lists it
     * @param plain  how that array's numbers lie
     * @param layout how they lie here, under the same dimensions
     */
    OnednnParameter(OnednnContext context, int[] shape, memory.desc plain, memory.desc layout) {
        this.context = context;
        this.shape = shape;
        this.plain = context.own(plain);
        master = context.array(layout);
        int n = (int) (layout.get_size() / Float.BYTES);
        values = new float[n];
        average = new float[n];
        mean = new float[n];
        square = new float[n];
    }

    /** What primitives read. */
    memory master() {
        return master;
    }

    /** Where the pass of this number leaves its gradient. */
    memory gradient(int pass) {
        return gradients.computeIfAbsent(pass, p -> context.array(master.get_desc()));
    }

    /** Something to do now, and whenever the numbers have changed. */
    void onChange(Consumer<stream> action) {
        copies.add(action);
        action.accept(context.stream(0));
    }

    /** What primitives take of it, under the dimensions that they count. */
    OnednnTensor tensor(memory.desc seen) {
        memory.desc layout = context.own(seen);
        long[] dims = new long[seen.get_ndims()];
        seen.get_dims().get(dims);
        return new OnednnTensor.Copies(dims, wanted -> {
            memory from = context.view(master, layout);
            if (wanted.equals(layout)) return from;
            memory copy = context.array(wanted);
            reorder move = context.own(new reorder(from, copy));
            onChange(stream -> run(stream, move, from, copy));
            return copy;
        });
    }

    private static void run(stream stream, reorder move, memory from, memory to) {
        move.execute(stream, from, to);
        stream._wait();
    }

    int length() {
        return values.length;
    }

    /**
     * Adam's step on the numbers from {@code from} to {@code to}.
     *
     * @param learned passes whose gradients add up
     * @param rate    learning rate with the corrections of both moments
     * @param scale   of the gradients, which are sums over the batch
     * @param decay   of the moving average
     */
    void step(List<Integer> learned, int from, int to, float rate, float beta1, float scale, float decay) {
        float[] g = new float[to - from];
        float[] more = new float[learned.size() > 1 ? to - from : 0];
        OnednnContext.floats(gradient(learned.get(0))).position(from).get(g, 0, g.length);
        for (int pass : learned.subList(1, learned.size())) {
            OnednnContext.floats(gradient(pass)).position(from).get(more, 0, g.length);
            for (int i = 0; i < g.length; i++) g[i] += more[i];
        }
        adam(values, mean, square, g, from, rate, beta1, scale);
        follow(average, values, from, to, decay);
        OnednnContext.floats(master).position(from).put(values, from, to - from);
    }

    /** Kingma and Ba's algorithm 1. A loop over arrays alone, so that the compiler makes vectors of it. */
    private static void adam(float[] w, float[] m, float[] v, float[] g, int from, float rate, float beta1,
            float scale) {
        for (int i = 0; i < g.length; i++) {
            float x = g[i] * scale;
            float mi = beta1 * m[from + i] + (1 - beta1) * x;
            float vi = BETA2 * v[from + i] + (1 - BETA2) * x * x;
            m[from + i] = mi;
            v[from + i] = vi;
            w[from + i] -= rate * mi / ((float) Math.sqrt(vi) + EPSILON);
        }
    }

    static void follow(float[] average, float[] values, int from, int to, float decay) {
        for (int i = from; i < to; i++) average[i] = decay * average[i] + (1 - decay) * values[i];
    }

    /** Brings the changed numbers where primitives read them. */
    void changed(stream stream) {
        copies.forEach(c -> c.accept(stream));
    }

    /** How much {@link #changed} moves. */
    long copied() {
        return (long) copies.size() * values.length;
    }

    FloatArray weights() {
        return plain(values);
    }

    FloatArray average() {
        return plain(average);
    }

    FloatArray mean() {
        return plain(mean);
    }

    FloatArray square() {
        return plain(square);
    }

    void restore(FloatArray weights, FloatArray average, FloatArray mean, FloatArray square) {
        fill(values, weights);
        fill(this.average, average);
        fill(this.mean, mean);
        fill(this.square, square);
        OnednnContext.floats(master).put(values);
        changed(context.stream(0));
    }

    private FloatArray plain(float[] numbers) {
        FloatArray array = FloatArray.zeros(shape);
        move(master.get_desc(), numbers, plain, array.data());
        return array;
    }

    private void fill(float[] numbers, FloatArray array) {
        if (!Arrays.equals(array.shape(), shape)) throw new IllegalArgumentException("another shape");
        move(plain, array.data(), master.get_desc(), numbers);
    }

    private void move(memory.desc from, float[] numbers, memory.desc to, float[] result) {
        try (PointerScope scope = new PointerScope()) {
            memory a = new memory(from, context.cpu());
            memory b = new memory(to, context.cpu());
            OnednnContext.floats(a).put(numbers);
            run(context.stream(0), new reorder(a, b), a, b);
            OnednnContext.floats(b).get(result);
        }
    }
}
