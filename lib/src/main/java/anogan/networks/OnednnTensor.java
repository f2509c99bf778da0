package anogan.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;

/** Weights that primitives ask for in layouts of their own. */
interface OnednnTensor {
    /** The shape as oneDNN counts it: in × out of a product, out × in × k × k of a convolution. */
    long[] dims();

    /** The numbers in the layout and type that a primitive wants; the same memory for the same wish. */
    memory in(memory.desc wanted);

    /** One that keeps what was made for each wish. Several threads may ask. */
    final class Copies implements OnednnTensor {
        private final long[] dims;
        private final Function<memory.desc, memory> maker;
        private final List<memory> made = new ArrayList<>();

        Copies(long[] dims, Function<memory.desc, memory> maker) {
            this.dims = dims;
            this.maker = maker;
        }

        @Override
        public long[] dims() {
            return dims;
        }

        @Override
        public synchronized memory in(memory.desc wanted) {
            for (memory m : made) if (m.get_desc().equals(wanted)) return m;
            memory copy = maker.apply(wanted);
            made.add(copy);
            return copy;
        }
    }
}
