package anogan.networks;

import java.util.Optional;

/** A dense layer: each image a row. */
final class OnednnDense implements OnednnLayer {
    /** A product of a single row is another routine, which rounds otherwise: two rows at least. */
    static final int ROWS = 2;
    private final OnednnMatrix matrix;
    private final int pass;
    private final Map in;
    private final Map out;
    private final OnednnActivation activation;

    OnednnDense(OnednnMatrix matrix, int pass, Map in, Map out, OnednnActivation activation) {
        this.matrix = matrix;
        this.pass = pass;
        this.in = in;
        this.out = out;
        this.activation = activation;
    }

    @Override
    public void forward(OnednnSchedule s) {
        int rows = Math.max(ROWS, s.images());
        s.whole().product(in.value().rows(rows), matrix.forward(), matrix.bias(), out.value().rows(rows), activation);
    }

    @Override
    public void backward(OnednnSchedule s, boolean learn, boolean input) {
        int rows = Math.max(ROWS, s.images());
        OnednnProgram p = s.whole();
        p.slope(activation, out.value().in(s.images()), out.error().in(s.images()));
        if (learn) matrix.gradient().learn(p, pass, in.value(), out.error());
        if (input) p.product(out.error().rows(rows), matrix.back(), Optional.empty(), in.error().rows(rows),
                OnednnActivation.IDENTITY);
    }
}
