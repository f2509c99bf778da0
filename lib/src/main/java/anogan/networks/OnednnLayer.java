package anogan.networks;

/**
 * One layer in one pass, between two maps that it does not own. It knows the way forward, the way back to its input,
 * and the gradient of its weights.
 */
interface OnednnLayer {
    /** Numbers and their errors ∂L/∂·, images of one shape. */
    record Map(OnednnBuffer value, OnednnBuffer error) {}

    /** Appends out = layer(in). */
    void forward(OnednnSchedule s);

    /**
     * Appends the chain rule: from the errors of what came out to those of what went in.
     *
     * @param learn whether the weights get a gradient
     * @param input whether the errors of what went in are wanted
     */
    void backward(OnednnSchedule s, boolean learn, boolean input);
}
