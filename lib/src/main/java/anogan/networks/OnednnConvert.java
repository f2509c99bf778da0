package anogan.networks;

/** Between single precision outside and that of the networks inside; where both are the same, nothing is done. */
record OnednnConvert(Map in, Map out) implements OnednnLayer {
    @Override
    public void forward(OnednnSchedule s) {
        s.split((p, from, n) -> p.convert(in.value(), out.value(), from, n));
    }

    @Override
    public void backward(OnednnSchedule s, boolean learn, boolean input) {
        s.split((p, from, n) -> p.convert(out.error(), in.error(), from, n));
    }
}
