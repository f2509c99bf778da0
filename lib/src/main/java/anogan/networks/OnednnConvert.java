package anogan.networks;

/** Between single precision outside and that of the networks inside; where both are the same, nothing is done. */
record OnednnConvert(Map in, Map out) implements OnednnLayer {
    @Override
    public void forward(OnednnSchedule s) {
        convert(s, in.value(), out.value());
    }

    @Override
    public void backward(OnednnSchedule s, boolean learn, boolean input) {
        convert(s, out.error(), in.error());
    }

    static void convert(OnednnSchedule s, OnednnBuffer a, OnednnBuffer b) {
        if (!a.address().equals(b.address())) s.split((p, from, n) -> p.convert(a.in(from, n), b.in(from, n)));
    }
}
