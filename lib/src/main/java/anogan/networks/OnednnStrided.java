package anogan.networks;

import java.util.Optional;
import org.bytedeco.dnnl.memory;

/** A strided convolution (down) or transposed convolution (up), with what is fused into it. */
final class OnednnStrided implements OnednnLayer {
    private final OnednnKernel kernel;
    private final boolean down;
    private final int pass;
    private final Map in;
    private final Map out;
    private final OnednnBuffer inner;
    private final OnednnActivation activation;
    private final OnednnBuffer four;

    /**
     * @param inner where the errors of what came out go in the networks' own precision; with f32 it is out's
     * @param four  for the four phases of one channel
     */
    OnednnStrided(OnednnKernel kernel, boolean down, int pass, Map in, Map out, OnednnBuffer inner,
            OnednnActivation activation, OnednnBuffer four) {
        this.kernel = kernel;
        this.down = down;
        this.pass = pass;
        this.in = in;
        this.out = out;
        this.inner = inner;
        this.activation = activation;
        this.four = four;
    }

    @Override
    public void forward(OnednnSchedule s) {
        s.split((p, from, n) -> {
            if (down) p.convolution(in.value().in(from, n), kernel.down(), kernel.bias(), out.value().in(from, n),
                    activation);
            else up(p, in.value(), kernel.bias(), out.value(), activation, from, n);
        });
    }

    @Override
    public void backward(OnednnSchedule s, boolean learn, boolean input) {
        if (activation != OnednnActivation.IDENTITY)
            s.split((p, from, n) -> p.slope(activation, out.value().in(from, n), out.error().in(from, n)));
        OnednnConvert.convert(s, out.error(), inner);
        OnednnSchedule.Share back = (p, from, n) -> {
            if (down) up(p, inner, Optional.empty(), in.error(), OnednnActivation.IDENTITY, from, n);
            else p.convolution(inner.in(from, n), kernel.down(), Optional.empty(), in.error().in(from, n),
                    OnednnActivation.IDENTITY);
        };
        if (learn && input) s.beside(back, this::learn);
        else if (learn) learn(s.whole());
        else s.split(back);
    }

    private void learn(OnednnProgram p) {
        kernel.gradient().learn(p, pass, in.value(), inner);
    }

    private void up(OnednnProgram p, OnednnBuffer small, Optional<memory> bias, OnednnBuffer large,
            OnednnActivation activation, int from, int n) {
        if (kernel.large() > 1) p.transposed(small.in(from, n), kernel.up(), bias, large.in(from, n), activation);
        else p.phases(small.in(from, n), kernel.phases(), bias, four.in(from, n), large.in(from, n), activation);
    }
}
