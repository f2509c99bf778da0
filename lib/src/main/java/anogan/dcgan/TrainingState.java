package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A trainer's arrays and its step, as they lie in a checkpoint: everything that the next step depends on. */
final class TrainingState {
    private TrainingState() {}

    /** A trainer that can be stopped after any step and go on from there, to the same bits. */
    interface Holder {
        /** Steps done. */
        int step();

        Map<String, FloatArray> state();

        /**
         * Continues from a {@link #state}.
         *
         * @throws UserError if it belongs to another architecture
         */
        void restore(Map<String, FloatArray> saved);
    }

    /** @param arrays in one order, so that equal states are equal files */
    static Map<String, FloatArray> of(Map<String, INDArray> arrays, int step) {
        Map<String, FloatArray> s = new LinkedHashMap<>();
        arrays.forEach(
                (name, array) -> s.put(name, new FloatArray(array.dup('c').data().asFloat(), (int) array.length())));
        s.put("step", new FloatArray(new float[] {step}, 1));
        return s;
    }

    /**
     * Fills the arrays with what was saved.
     *
     * @return the step
     */
    static int restore(Map<String, INDArray> arrays, Map<String, FloatArray> saved) {
        arrays.forEach(
                (name, array) -> array.assign(Nd4j.create(fitting(saved, name, array.length()), array.shape(), 'c')));
        return (int) fitting(saved, "step", 1)[0];
    }

    private static float[] fitting(Map<String, FloatArray> saved, String name, long length) {
        FloatArray values = saved.get(name);
        if (values == null || values.data().length != length) {
            throw UserError.failure("It does not fit these networks (%s).", name);
        }
        return values.data();
    }
}
