package anogan.networks;

import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * A strided convolution (down) or transposed convolution (up), with what is fused into it; where {@link OnednnColumns}
 * pay, as a product.
 */
final class OnednnStrided implements OnednnLayer {
    private final OnednnKernel kernel;
    private final boolean down;
    private final int pass;
    private final Map in;
    private final Map out;
    private final OnednnBuffer inner;
    private final OnednnActivation activation;
    private final OnednnBuffer four;
    private final Optional<OnednnColumns> columns;

    /**
     * @param inner   where the errors of what came out go in the networks' own precision; with f32 it is out's
     * @param four    for the four phases of one channel
     * @param columns room for rows, if they pay
     */
    OnednnStrided(OnednnKernel kernel, boolean down, int pass, Map in, Map out, OnednnBuffer inner,
            OnednnActivation activation, OnednnBuffer four, Optional<OnednnColumns> columns) {
        this.kernel = kernel;
        this.down = down;
        this.pass = pass;
        this.in = in;
        this.out = out;
        this.inner = inner;
        this.activation = activation;
        this.four = four;
        this.columns = columns;
    }

    @Override
    public void forward(OnednnSchedule s) {
        s.split((p, from, n) -> {
            if (down) {
                unfold(p, in.value(), from, n);
                down(p, in.value(), kernel.bias(), out.value(), activation, from, n);
            } else up(p, in.value(), kernel.bias(), out.value(), activation, from, n);
        });
    }

    @Override
    public void backward(OnednnSchedule s, boolean learn, boolean input) {
        if (activation != OnednnActivation.IDENTITY)
            s.split((p, from, n) -> p.slope(activation, out.value().in(from, n), out.error().in(from, n)));
        OnednnConvert.convert(s, out.error(), inner);
        OnednnSchedule.Share back = (p, from, n) -> {
            if (down) up(p, inner, Optional.empty(), in.error(), OnednnActivation.IDENTITY, from, n);
            else down(p, inner, Optional.empty(), in.error(), OnednnActivation.IDENTITY, from, n);
        };
        if (!down && columns.isPresent()) s.split((p, from, n) -> unfold(p, inner, from, n));
        if (learn && input) s.beside(back, this::learn);
        else if (learn) learn(s.whole());
        else s.split(back);
    }

    /** Of large maps {@link OnednnColumns} have all that the gradient asks for. */
    private void learn(OnednnProgram p) {
        Optional<OnednnBuffer> rows = columns.map(OnednnColumns::unfolded);
        kernel.gradient().learn(p, pass, down ? rows.orElse(in.value()) : in.value(),
                down ? inner : rows.orElse(inner));
    }

    private void unfold(OnednnProgram p, OnednnBuffer large, int from, int n) {
        columns.ifPresent(c -> c.unfold(p, large, from, n));
    }

    private void down(OnednnProgram p, OnednnBuffer large, Optional<memory> bias, OnednnBuffer small,
            OnednnActivation activation, int from, int n) {
        columns.ifPresentOrElse(
                c -> p.product(c.unfolded().pixels(from, n), kernel.matrix(), bias, small.pixels(from, n), activation),
                () -> p.convolution(large.in(from, n), kernel.down(), bias, small.in(from, n), activation));
    }

    private void up(OnednnProgram p, OnednnBuffer small, Optional<memory> bias, OnednnBuffer large,
            OnednnActivation activation, int from, int n) {
        Optional<OnednnBuffer> rows = columns.flatMap(OnednnColumns::folded);
        if (rows.isPresent()) {
            p.product(small.pixels(from, n), kernel.turned(), Optional.empty(), rows.get().pixels(from, n),
                    OnednnActivation.IDENTITY);
            columns.get().fold(p, large, from, n);
            p.finish(bias, large.in(from, n), activation);
        } else if (kernel.large() > 1) {
            p.transposed(small.in(from, n), kernel.up(), bias, large.in(from, n), activation);
        } else {
            p.phases(small.in(from, n), kernel.phases(), bias, four.in(from, n), large.in(from, n), activation);
        }
    }
}
