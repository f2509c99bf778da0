package anogan.networks;

import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * A 5×5 kernel of stride 2 between large maps (C × 2h × 2h) and small ones (K × h × h): down it is D's convolution, and
 * the way back through G's transposed one; up it is G's, and the way back through D's.
 *
 * @param large    C
 * @param down     K × C × 5 × 5
 * @param up       C × K × 5 × 5
 * @param matrix   25·C × K, for {@link OnednnColumns}
 * @param turned   K × 25·C, the same transposed
 * @param phases   for C = 1: 4 × K × 3 × 3, as {@link FourPhases} has it
 * @param bias     of what comes out; up to one channel it stands there four times
 * @param gradient how kernel and bias learn, if they do
 */
record OnednnKernel(int large, OnednnTensor down, OnednnTensor up, OnednnTensor matrix, OnednnTensor turned,
        OnednnTensor phases, Optional<memory> bias, Gradient gradient) {
    /** Gradients of weights. */
    @FunctionalInterface
    interface Gradient {
        /** Of weights that stand still. */
        Gradient NONE = (program, pass, in, error) -> {
            throw new IllegalStateException("these weights stand still");
        };

        /**
         * Appends them.
         *
         * @param in    what went in
         * @param error of what came out
         */
        void learn(OnednnProgram program, int pass, OnednnBuffer in, OnednnBuffer error);
    }
}
