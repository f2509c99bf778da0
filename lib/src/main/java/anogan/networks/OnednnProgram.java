package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A list of oneDNN primitives with their arguments bound, run in order by one lane. Each method appends one operation;
 * activations are N×H×W×C, what follows a convolution (bias, activation) is fused into it. Everything belongs to the
 * context.
 */
final class OnednnProgram {
    static final long[] STRIDE = {2, 2};
    static final long[] DENSE = {0, 0};
    static final long[] BEFORE = {1, 1};   // "same" padding: 1 before, 2 after
    static final long[] AFTER = {2, 2};
    private static final long[] ONE = {1, 1};

    private record Step(primitive primitive, IntMemoryMap arguments) {}

    private final OnednnContext context;
    private final engine cpu;
    private final List<Step> steps = new ArrayList<>();
    private final List<memory.desc> scratchpads = new ArrayList<>();

    OnednnProgram(OnednnContext context) {
        this.context = context;
        cpu = context.cpu();
    }

    /** to = from · w + bias; a row is an image. */
    void product(memory from, OnednnTensor w, Optional<memory> bias, memory to, OnednnActivation post) {
        memory.desc wanted = product(from, any(w, from), bias, to, post).weights_desc();
        product(from, w.in(wanted), bias, to, post);
    }

    /** The same with weights, or whatever it is multiplied by, as they lie. */
    void product(memory from, memory w, Optional<memory> bias, memory to, OnednnActivation post) {
        var kind = product(from, w.get_desc(), bias, to, post);
        IntMemoryMap arguments = add(new matmul(kind), kind, DNNL_ARG_SRC, from, DNNL_ARG_WEIGHTS, w, DNNL_ARG_DST, to);
        bias.ifPresent(b -> arguments.put(DNNL_ARG_BIAS, view(b, row(b))));
    }

    private matmul.primitive_desc product(memory from, memory.desc w, Optional<memory> bias, memory to,
            OnednnActivation post) {
        return new matmul.primitive_desc(cpu, from.get_desc(), w,
                bias.map(OnednnProgram::row).orElseGet(memory.desc::new), to.get_desc(), attributes(post.after()),
                false);
    }

    private static memory.desc row(memory bias) {
        return new memory.desc(new long[] {1, bias.get_desc().get_size() / Float.BYTES}, memory.data_type.f32,
                memory.format_tag.ab);
    }

    /** The strided 5×5 convolution. */
    void convolution(memory from, OnednnTensor w, Optional<memory> bias, memory to, OnednnActivation post) {
        convolution(from, w, bias, to, post, STRIDE, AFTER);
    }

    private void convolution(memory from, OnednnTensor w, Optional<memory> bias, memory to, OnednnActivation post,
            long[] stride, long[] after) {
        var kind = new convolution_forward.primitive_desc(cpu, prop_kind.forward_inference,
                algorithm.convolution_direct, from.get_desc(), any(w, from), vector(bias), to.get_desc(), stride, DENSE,
                BEFORE, after, attributes(post.after()), false);
        layer(new convolution_forward(kind), kind, from, w.in(kind.weights_desc()), bias, to);
    }

    /** The strided 5×5 transposed convolution, to more than one channel. */
    void transposed(memory from, OnednnTensor w, Optional<memory> bias, memory to, OnednnActivation post) {
        var kind = new deconvolution_forward.primitive_desc(cpu, prop_kind.forward_inference,
                algorithm.deconvolution_direct, from.get_desc(), any(w, from), vector(bias), to.get_desc(), STRIDE,
                DENSE, BEFORE, AFTER, attributes(post.after()), false);
        layer(new deconvolution_forward(kind), kind, from, w.in(kind.weights_desc()), bias, to);
    }

    /**
     * The strided transposed convolution to one channel, as a 3×3 convolution to four phases ({@link FourPhases}) and
     * an interleaving of them.
     *
     * @param w      4 × in × 3 × 3
     * @param bias   of the one channel, four times
     * @param phases N×h×h×4, for the result in between
     */
    void phases(memory from, OnednnTensor w, Optional<memory> bias, memory phases, memory to, OnednnActivation post) {
        long n = from.get_desc().get_dims().get(0);
        long h = from.get_desc().get_dims().get(2);
        convolution(from, w, bias, phases, post, ONE, ONE);
        long[] dims = {n, h, h, 2, 2};
        convert(view(phases, new memory.desc(dims, memory.data_type.f32, new long[] {4 * h * h, 4 * h, 4, 2, 1})),
                view(to, new memory.desc(dims, memory.data_type.f32, new long[] {4 * h * h, 4 * h, 2, 2 * h, 1})));
    }

    /** x = activation(x). */
    void activate(OnednnActivation activation, memory x) {
        var kind = new eltwise_forward.primitive_desc(cpu, prop_kind.forward_training, activation.back, x.get_desc(),
                x.get_desc(), (float) activation.alpha, 0, attributes(), false);
        add(new eltwise_forward(kind), kind, DNNL_ARG_SRC, x, DNNL_ARG_DST, x);
    }

    /** x = activation(x + bias), in place. */
    void finish(Optional<memory> bias, memory x, OnednnActivation activation) {
        if (bias.isPresent()) sum(view(bias.get(), channels(bias.get())), x, activation);
        else if (activation != OnednnActivation.IDENTITY) activate(activation, x);
    }

    private static memory.desc channels(memory bias) {
        return new memory.desc(new long[] {1, bias.get_desc().get_size() / Float.BYTES, 1, 1}, memory.data_type.f32,
                memory.format_tag.abcd);
    }

    /** error = error · activation′, told from the activation's own output. */
    void slope(OnednnActivation activation, memory output, memory error) {
        if (activation == OnednnActivation.IDENTITY) return;
        memory.desc desc = output.get_desc();
        float alpha = (float) activation.alpha;
        var forward = new eltwise_forward.primitive_desc(cpu, prop_kind.forward_training, activation.back, desc, desc,
                alpha, 0);
        var kind = new eltwise_backward.primitive_desc(cpu, activation.back, error.get_desc(), error.get_desc(), desc,
                alpha, 0, forward, attributes(), false);
        add(new eltwise_backward(kind), kind, DNNL_ARG_DST, output, DNNL_ARG_DIFF_DST, error, DNNL_ARG_DIFF_SRC, error);
    }

    /** to = activation(to + from); {@code from} may be a bias, one number for each channel. */
    void sum(memory from, memory to, OnednnActivation post) {
        var kind = new binary.primitive_desc(cpu, algorithm.binary_add, to.get_desc(), from.get_desc(), to.get_desc(),
                attributes(post.after()), false);
        add(new binary(kind), kind, DNNL_ARG_SRC_0, to, DNNL_ARG_SRC_1, from, DNNL_ARG_DST, to);
    }

    /** Copies from one layout or type to another. */
    void convert(memory from, memory to) {
        var kind = new reorder.primitive_desc(cpu, from.get_desc(), cpu, to.get_desc(), attributes(), false);
        add(new reorder(kind), kind, DNNL_ARG_FROM, from, DNNL_ARG_TO, to);
    }

    /** to = to + from, from one layout to another. */
    void accumulate(memory from, memory to) {
        post_ops sum = new post_ops();
        sum.append_sum();
        var kind = new reorder.primitive_desc(cpu, from.get_desc(), cpu, to.get_desc(), attributes(sum), false);
        add(new reorder(kind), kind, DNNL_ARG_FROM, from, DNNL_ARG_TO, to);
    }

    /** The same memory under another shape. */
    private memory view(memory of, memory.desc desc) {
        return new memory(desc, cpu, of.get_data_handle());
    }

    /** Bytes of working memory that the hungriest primitive needs. */
    long workspace() {
        return scratchpads.stream().mapToLong(memory.desc::get_size).max().orElse(0);
    }

    /**
     * Gives every primitive its working memory: all the same, for they run one after the other. Call once, after the
     * last operation.
     */
    void bind(Pointer workspace) {
        for (int i = 0; i < steps.size(); i++) {
            if (scratchpads.get(i).get_size() > 0)
                steps.get(i).arguments.put(DNNL_ARG_SCRATCHPAD, new memory(scratchpads.get(i), cpu, workspace));
        }
        scratchpads.clear();
    }

    void run(stream stream) {
        for (Step s : steps) s.primitive.execute(stream, s.arguments);
        stream._wait();
    }

    /** Those of a primitive without anything behind it. */
    static primitive_attr attributes() {
        return attributes(OnednnActivation.IDENTITY.after());
    }

    private static primitive_attr attributes(post_ops after) {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(scratchpad_mode.user);
        attributes.set_post_ops(after);
        return attributes;
    }

    private static memory.desc any(OnednnTensor w, memory from) {
        return new memory.desc(w.dims(), from.get_desc().get_data_type(), memory.format_tag.any);
    }

    private static memory.desc vector(Optional<memory> bias) {
        return bias.map(memory::get_desc).orElseGet(memory.desc::new);
    }

    private void layer(primitive primitive, primitive_desc_base kind, memory from, memory w, Optional<memory> bias,
            memory to) {
        IntMemoryMap arguments = add(primitive, kind, DNNL_ARG_SRC, from, DNNL_ARG_WEIGHTS, w, DNNL_ARG_DST, to);
        bias.ifPresent(b -> arguments.put(DNNL_ARG_BIAS, b));
    }

    /** Appends any primitive. */
    IntMemoryMap add(primitive primitive, primitive_desc_base kind, Object... arguments) {
        IntMemoryMap map = new IntMemoryMap();
        for (int i = 0; i < arguments.length; i += 2) map.put((Integer) arguments[i], (memory) arguments[i + 1]);
        steps.add(new Step(context.own(primitive), context.own(map)));
        scratchpads.add(context.own(kind.scratchpad_desc()));
        return map;
    }
}
