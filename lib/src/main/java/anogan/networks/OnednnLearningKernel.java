package anogan.networks;

import static anogan.networks.OnednnProgram.AFTER;
import static anogan.networks.OnednnProgram.BEFORE;
import static anogan.networks.OnednnProgram.DENSE;
import static anogan.networks.OnednnProgram.STRIDE;
import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;

/** A kernel that learns: K × C × 5 × 5 numbers in the layout of their gradient, and the bias of what comes out. */
final class OnednnLearningKernel {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final OnednnContext context;
    private final memory.data_type type;
    private final int batch;
    private final int c;
    private final int k;
    private final int h;
    private final boolean unfolded;
    private final OnednnParameter parameter;
    private final Optional<OnednnParameter> bias;

    /** @param type of maps and errors; the kernel, its gradient and what belongs to the bias are single precision */
    OnednnLearningKernel(OnednnContext context, memory.data_type type, int batch, int c, int k, int h,
            Optional<OnednnParameter> bias) {
        this.context = context;
        this.type = type;
        this.batch = batch;
        this.c = c;
        this.k = k;
        this.h = h;
        this.bias = bias;
        unfolded = OnednnColumns.pay(c, k, h);
        long[] shape = {k, c, 5, 5};
        long ck = (long) c * k;
        parameter = new OnednnParameter(context, new int[] {k, c, 5, 5},
                new memory.desc(shape, F32, memory.format_tag.abcd),
                unfolded ? new memory.desc(shape, F32, new long[] {1, k, 5 * ck, ck})
                        : gradientOf(Optional.empty()).diff_weights_desc());
    }

    OnednnParameter parameter() {
        return parameter;
    }

    /** @param down whether it leads from the large maps to the small ones */
    OnednnKernel kernel(boolean down) {
        memory.desc layout = parameter.master().get_desc();
        return new OnednnKernel(c, parameter.tensor(layout),
                parameter.tensor(layout.permute_axes(new int[] {1, 0, 2, 3})), matrix(memory.format_tag.ab, 25L * c, k),
                matrix(memory.format_tag.ba, k, 25L * c),
                new OnednnTensor.Copies(new long[] {4, k, 3, 3}, this::phases),
                bias.map(b -> down ? b.master() : four(b)), down ? this::learnDown : this::learnUp);
    }

    /** Where it {@link OnednnColumns pays}. */
    private OnednnTensor matrix(memory.format_tag layout, long rows, long columns) {
        return parameter.tensor(new memory.desc(new long[] {rows, columns}, F32, layout));
    }

    private memory four(OnednnParameter bias) {
        memory four = context.vector(4);
        float[] one = new float[1];
        bias.onChange(stream -> {
            OnednnContext.floats(bias.master()).get(one);
            OnednnContext.floats(four).put(new float[] {one[0], one[0], one[0], one[0]});
        });
        return four;
    }

    /** Made anew whenever the kernel has changed. */
    private memory phases(memory.desc wanted) {
        memory kernel = parameter.tensor(parameter.master().get_desc())
                .in(new memory.desc(new long[] {k, 1, 5, 5}, F32, new long[] {1, k, 5L * k, k}));
        memory four = context.array(new memory.desc(new long[] {4, k, 3, 3}, F32, new long[] {1, 4, 12L * k, 4L * k}));
        memory packed = context.array(wanted);
        reorder move = context.own(new reorder(four, packed));
        float[] plain = new float[25 * k];
        parameter.onChange(stream -> {
            OnednnContext.floats(kernel).get(plain);
            OnednnContext.floats(four).put(FourPhases.kernels(plain, k));
            move.execute(stream, four, packed);
            stream._wait();
        });
        return packed;
    }

    private void learnDown(OnednnProgram program, int pass, OnednnBuffer large, OnednnBuffer error) {
        learn(program, pass, large, error, bias.map(b -> b.gradient(pass)));
    }

    /** A bias up to one channel has the sum over all pixels as its gradient. */
    private void learnUp(OnednnProgram program, int pass, OnednnBuffer small, OnednnBuffer error) {
        learn(program, pass, error, small, Optional.empty());
        bias.ifPresent(b -> {
            int pixels = (int) error.length();
            memory sums = context.array(new memory.desc(new long[] {1, pixels}, F32, memory.format_tag.ab));
            memory column = context.view(context.ones(pixels, F32),
                    new memory.desc(new long[] {pixels, 1}, F32, memory.format_tag.ab));
            program.product(context.ones(batch, error.type()), error.rows(batch), Optional.empty(), sums,
                    OnednnActivation.IDENTITY);
            program.product(sums, column, Optional.empty(), row(context, b.gradient(pass), 1),
                    OnednnActivation.IDENTITY);
        });
    }

    /** @param large maps, or their rows where {@link OnednnColumns} pay */
    private void learn(OnednnProgram program, int pass, OnednnBuffer large, OnednnBuffer small,
            Optional<memory> biasGradient) {
        if (unfolded) {
            memory.desc gradient = new memory.desc(new long[] {25L * c, k}, F32, memory.format_tag.ab);
            program.product(large.pixelColumns(batch), small.pixels(0, batch), Optional.empty(),
                    context.view(parameter.gradient(pass), gradient), OnednnActivation.IDENTITY);
            return;
        }
        var kind = gradientOf(biasGradient);
        if (!kind.diff_weights_desc().equals(parameter.master().get_desc()))
            throw new IllegalStateException("oneDNN has another layout for the same gradient");
        var arguments = program.add(new convolution_backward_weights(kind), kind, DNNL_ARG_SRC, large.in(batch),
                DNNL_ARG_DIFF_DST, small.in(batch), DNNL_ARG_DIFF_WEIGHTS, parameter.gradient(pass));
        biasGradient.ifPresent(b -> arguments.put(DNNL_ARG_DIFF_BIAS, b));
    }

    private convolution_backward_weights.primitive_desc gradientOf(Optional<memory> biasGradient) {
        memory.desc large = new memory.desc(new long[] {batch, c, 2L * h, 2L * h}, type, memory.format_tag.nhwc);
        memory.desc small = new memory.desc(new long[] {batch, k, h, h}, type, memory.format_tag.nhwc);
        memory.desc b = biasGradient.map(memory::get_desc).orElseGet(memory.desc::new);
        var forward = new convolution_forward.primitive_desc(context.cpu(), prop_kind.forward_training,
                algorithm.convolution_direct, large, any(type), b, small, STRIDE, DENSE, BEFORE, AFTER);
        return new convolution_backward_weights.primitive_desc(context.cpu(), algorithm.convolution_direct, large,
                any(F32), b, small, STRIDE, DENSE, BEFORE, AFTER, forward, OnednnProgram.attributes(), false);
    }

    private memory.desc any(memory.data_type of) {
        return new memory.desc(new long[] {k, c, 5, 5}, of, memory.format_tag.any);
    }

    /** The weights of a dense layer that learns: in × out as they lie. */
    static OnednnMatrix matrix(OnednnContext context, int batch, OnednnParameter w, OnednnParameter bias, long in,
            long out) {
        memory.desc forward = context.own(new memory.desc(new long[] {in, out}, F32, memory.format_tag.ab));
        memory.desc back = new memory.desc(new long[] {out, in}, F32, memory.format_tag.ba);
        return new OnednnMatrix(w.tensor(forward), w.tensor(back), Optional.of(bias.master()),
                (program, pass, x, error) -> {
                    program.product(x.columns(batch), error.rows(batch), Optional.empty(),
                            context.view(w.gradient(pass), forward), OnednnActivation.IDENTITY);
                    program.product(context.ones(batch, error.type()), error.rows(batch), Optional.empty(),
                            row(context, bias.gradient(pass), out), OnednnActivation.IDENTITY);
                });
    }

    private static memory row(OnednnContext context, memory array, long n) {
        return context.view(array, new memory.desc(new long[] {1, n}, F32, memory.format_tag.ab));
    }
}
