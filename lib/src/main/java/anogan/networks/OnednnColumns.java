package anogan.networks;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bytedeco.dnnl.memory;

/**
 * The strided 5×5 kernel between the smallest maps as a matrix (im2col, Chellapilla et al., 2006): for each pixel of
 * the small maps a row of the 5·5·C numbers that it looks at in the large ones, so that
 *
 * <pre>
 * down: small = unfold(large) · W      up: large = fold(small · Wᵀ)      ∂L/∂W = unfold(large)ᵀ · small
 * </pre>
 *
 * with W of 25·C × K, and fold the sum over all rows that look at a pixel. A direct convolution goes along rows of
 * pixels, and of four pixels there is little to go along: with a kernel of the paper's 256 × 512 channels the product
 * takes two thirds of its time, copies included; with a kernel that stays in the cache it does not pay.
 *
 * @param unfolded rows made of large maps; what lies beyond their border stays 0
 * @param folded   rows of which large maps are made, if they are: in bf16 the sum would round at each term
 */
record OnednnColumns(OnednnBuffer unfolded, Optional<OnednnBuffer> folded) {
    private static final int PAYS = 128 * 256;
    private static final memory.data_type F32 = memory.data_type.f32;

    /** Together those of all small pixels look at every large one just once. */
    private static final Taps MIDDLE = new Taps(1, 2);
    private static final List<Taps> TAPS = List.of(MIDDLE, new Taps(0, 1), new Taps(3, 2));

    /** Neighbouring numbers of the kernel, of which no two pixels of the small maps look at the same one. */
    private record Taps(int first, int count) {
        /** First pixel of the small maps for which these look at the image, not beyond its border. */
        private long begin() {
            return first == 0 ? 1 : 0;
        }

        private long pixels(long h) {
            return (first == 3 ? h - 1 : h) - begin();
        }

        private long offset() {
            return 2 * begin() + first - 1;
        }
    }

    /** Whether it is the faster way for a kernel of K × C × 5 × 5 to or from K maps of h × h. */
    static boolean pay(long c, long k, long h) {
        return h == Architecture.DEEP && c * k >= PAYS;
    }

    /** Room for those between such maps, if they pay. */
    static Optional<OnednnColumns> of(OnednnContext context, long n, OnednnBuffer large, OnednnBuffer small) {
        if (!pay(large.channels(), small.channels(), small.size())) return Optional.empty();
        memory.data_type type = small.type();
        long row = 25 * large.channels();
        OnednnBuffer unfolded = context.zeros(n, row, small.size(), type);
        return Optional.of(new OnednnColumns(unfolded,
                type == F32 ? Optional.of(context.zeros(n, row, small.size(), type)) : Optional.empty()));
    }

    /** Fills the rows of n images from {@code from} on. */
    void unfold(OnednnProgram p, OnednnBuffer large, int from, int n) {
        each(large, unfolded, from, n, p::convert, p::convert);
    }

    /** Makes n large images of the rows. */
    void fold(OnednnProgram p, OnednnBuffer large, int from, int n) {
        each(large, folded.orElseThrow(), from, n, (pixels, row) -> p.convert(row, pixels),
                (pixels, row) -> p.accumulate(row, pixels));
    }

    /** @param first for the middle taps, which reach every pixel; then {@code rest} for the others */
    private static void each(OnednnBuffer large, OnednnBuffer rows, int from, int n, BiConsumer<memory, memory> first,
            BiConsumer<memory, memory> rest) {
        long c = large.channels();
        long w = large.size();
        long h = rows.size();
        long row = rows.channels();
        for (Taps y : TAPS) {
            for (Taps x : TAPS) {
                long[] dims = {n, y.pixels(h), y.count, x.pixels(h), x.count * c};
                memory pixels = large.part(from, (y.offset() * w + x.offset()) * c, dims, w * w * c, 2 * w * c, w * c,
                        2 * c, 1);
                memory laid = rows.part(from, (y.begin() * h + x.begin()) * row + (5L * y.first + x.first) * c, dims,
                        h * h * row, h * row, 5 * c, row, 1);
                (y.equals(MIDDLE) && x.equals(MIDDLE) ? first : rest).accept(pixels, laid);
            }
        }
    }
}
