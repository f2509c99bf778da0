package anogan.networks;

/**
 * A square convolution kernel for oneDNN, which counts out × in × k × k, over numbers that stand k × k × … × … as
 * {@link FrozenNetworks} has them.
 *
 * @param values    the numbers
 * @param size      k
 * @param out       output channels
 * @param in        input channels
 * @param outStride distance of two output channels in {@code values}
 * @param inStride  distance of two input channels
 */
record OnednnKernel(float[] values, long size, long out, long in, long outStride, long inStride) {
    /** 5×5 × in × out. */
    static OnednnKernel inOut(float[] values, long in, long out) {
        return new OnednnKernel(values, 5, out, in, 1, out);
    }

    /** 5×5 × out × in. */
    static OnednnKernel outIn(float[] values, long out, long in) {
        return new OnednnKernel(values, 5, out, in, in, 1);
    }

    long[] dims() {
        return new long[] {out, in, size, size};
    }

    long[] strides() {
        return new long[] {outStride, inStride, size * out * in, out * in};
    }
}
