package anogan.networks;

import org.bytedeco.dnnl.memory;

/** Weights that primitives ask for in layouts of their own. */
interface OnednnTensor {
    /** The shape as oneDNN counts it: in × out of a product, out × in × k × k of a convolution. */
    long[] dims();

    /** The numbers in the layout and type that a primitive wants; the same memory for the same wish. */
    memory in(memory.desc wanted);
}
