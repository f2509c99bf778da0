package anogan.networks;

import org.bytedeco.dnnl.memory;

/**
 * The numbers inside the networks, while they learn or while z is sought. Weights and what moves them, z, images,
 * losses and scores are single or double precision in either case.
 */
public enum Precision {
    /** Single precision: 24 significant bits. */
    F32,
    /**
     * bfloat16: 8 significant bits, on processors that multiply them directly about twice as fast; another processor is
     * slower with it.
     */
    BF16;

    /** As oneDNN calls it. */
    memory.data_type type() {
        return this == F32 ? memory.data_type.f32 : memory.data_type.bf16;
    }
}
