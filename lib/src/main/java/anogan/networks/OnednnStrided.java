package anogan.networks;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.reorder;

/**
 * A 5×5 kernel of stride 2 that learns. It stands between large maps (C × 2h × 2h) and small ones (K × h × h) and is K
 * × C × 5 × 5 numbers: down it is D's convolution, and the way back through G's transposed one; up it is G's, and the
 * way back through D's.
 */
final class OnednnStrided {
    private static final memory.data_type F32 = memory.data_type.f32;
    private static final long[] STRIDE = {2, 2};
    private static final long[] DENSE = {0, 0};
    private static final long[] BEFORE = {1, 1};
    private static final long[] AFTER = {2, 2};

    private final OnednnLearning engine;
    private final long c;
    private final long k;
    private final long h;
    private final OnednnParameter parameter;
    private final OnednnTensor down;
    private final OnednnTensor up;
    private final OnednnTensor phases;

    /**
     * @param c channels of the large maps
     * @param k channels of the small maps
     * @param h height and width of the small maps
     */
    OnednnStrided(OnednnLearning engine, int c, int k, int h) {
        this.engine = engine;
        this.c = c;
        this.k = k;
        this.h = h;
        memory.desc layout = gradientOf(Optional.empty()).diff_weights_desc();
        parameter = new OnednnParameter(engine, new int[] {k, c, 5, 5},
                new memory.desc(new long[] {k, c, 5, 5}, F32, memory.format_tag.abcd), layout);
        down = tensor(layout, k, c);
        up = tensor(layout.permute_axes(new int[] {1, 0, 2, 3}), c, k);
        phases = new Phases();
    }

    OnednnParameter parameter() {
        return parameter;
    }

    /** small = post(kernel * large + bias). */
    void down(OnednnProgram program, memory large, memory small, Optional<memory> bias, post_ops post) {
        program.convolution(large, down, bias, small, post);
    }

    /** large = kernelᵀ * small, to more than one channel. */
    void up(OnednnProgram program, memory small, memory large) {
        program.transposed(small, up, Optional.empty(), large, OnednnProgram.identity());
    }

    /** The same to one channel. */
    void upToOne(OnednnProgram program, memory small, Optional<memory> bias, memory four, memory large, post_ops post) {
        program.phases(small, phases, bias, four, large, post);
    }

    /** The gradient of the kernel by what lay on its two sides, one of which is an error. */
    void learn(OnednnProgram program, int pass, memory large, memory small, Optional<memory> biasGradient) {
        var kind = gradientOf(biasGradient);
        if (!kind.diff_weights_desc().equals(parameter.master().get_desc()))
            throw new IllegalStateException("oneDNN has another layout for the same gradient");
        var arguments = program.add(new convolution_backward_weights(kind), kind, DNNL_ARG_SRC, large,
                DNNL_ARG_DIFF_DST, small, DNNL_ARG_DIFF_WEIGHTS, parameter.gradient(pass));
        biasGradient.ifPresent(b -> arguments.put(DNNL_ARG_DIFF_BIAS, b));
    }

    private convolution_backward_weights.primitive_desc gradientOf(Optional<memory> bias) {
        memory.desc large = new memory.desc(new long[] {engine.batch(), c, 2 * h, 2 * h}, F32, memory.format_tag.nhwc);
        memory.desc small = new memory.desc(new long[] {engine.batch(), k, h, h}, F32, memory.format_tag.nhwc);
        memory.desc w = new memory.desc(new long[] {k, c, 5, 5}, F32, memory.format_tag.any);
        memory.desc b = bias.map(memory::get_desc).orElseGet(memory.desc::new);
        var cpu = engine.offHeap().cpu();
        var forward = new convolution_forward.primitive_desc(cpu, prop_kind.forward_training,
                algorithm.convolution_direct, large, w, b, small, STRIDE, DENSE, BEFORE, AFTER);
        return new convolution_backward_weights.primitive_desc(cpu, algorithm.convolution_direct, large, w, b, small,
                STRIDE, DENSE, BEFORE, AFTER, forward, OnednnProgram.attributes(OnednnProgram.identity()), false);
    }

    /** @param seen the layout of the numbers under the wanted order of dimensions */
    private OnednnTensor tensor(memory.desc seen, long out, long in) {
        memory.desc kept = engine.offHeap().own(seen);
        List<memory> copies = new ArrayList<>();
        return new OnednnTensor() {
            @Override
            public long[] dims() {
                return new long[] {out, in, 5, 5};
            }

            @Override
            public memory in(memory.desc wanted) {
                for (memory m : copies) if (m.get_desc().equals(wanted)) return m;
                memory copy = parameter.copy(kept, wanted);
                copies.add(copy);
                return copy;
            }
        };
    }

    /** The kernel as {@link FourPhases} has it: 4 × K × 3 × 3, made anew whenever the kernel has changed. */
    private final class Phases implements OnednnTensor {
        private final List<memory> copies = new ArrayList<>();

        @Override
        public long[] dims() {
            return new long[] {4, k, 3, 3};
        }

        @Override
        public memory in(memory.desc wanted) {
            for (memory m : copies) if (m.get_desc().equals(wanted)) return m;
            memory kernel = parameter.copy(parameter.master().get_desc(),
                    new memory.desc(new long[] {k, 1, 5, 5}, F32, new long[] {1, k, 5 * k, k}));
            OnednnMemory offHeap = engine.offHeap();
            memory four = offHeap.array(new memory.desc(dims(), F32, new long[] {1, 4, 12 * k, 4 * k}));
            memory packed = offHeap.array(wanted);
            reorder move = offHeap.own(new reorder(four, packed));
            float[] plain = new float[(int) (25 * k)];
            parameter.onChange(stream -> {
                OnednnMemory.floats(kernel).get(plain);
                OnednnMemory.floats(four).put(FourPhases.kernels(plain, (int) k));
                move.execute(stream, four, packed);
                stream._wait();
            });
            copies.add(packed);
            return packed;
        }
    }
}
