package anogan.networks;

/**
 * The numbers inside the networks while z is sought. Weights, z, images, losses and scores are single or double
 * precision in either case.
 */
public enum Precision {
    /** Single precision: 24 significant bits. */
    F32,
    /**
     * bfloat16: 8 significant bits, on processors that multiply them directly about twice as fast; another processor is
     * slower with it.
     */
    BF16
}
