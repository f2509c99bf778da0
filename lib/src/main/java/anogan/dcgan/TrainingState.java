package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.networks.Format1Checkpoint;
import anogan.networks.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trainer's networks and its step, as they lie in a checkpoint: everything that the next step depends on. */
final class TrainingState {
    private static final String STEP = "step";

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

    /** @param networks in one order, so that equal states are equal files */
    static Map<String, FloatArray> of(Map<String, TrainableNetwork> networks, int step) {
        Map<String, FloatArray> s = new LinkedHashMap<>();
        networks.forEach((name, net) -> net.state().forEach((array, value) -> s.put(name + "." + array, value)));
        s.put(STEP, new FloatArray(new float[] {step}, 1));
        return s;
    }

    /**
     * Brings the networks to what was saved.
     *
     * @return the step
     */
    static int restore(Map<String, TrainableNetwork> networks, Map<String, FloatArray> saved) {
        FloatArray step = saved.get(STEP);
        if (step == null || step.data().length != 1) throw UserError.failure("It does not say its step.");
        networks.forEach((name, net) -> net.restore(part(saved, name, net)));
        return (int) step.data()[0];
    }

    private static Map<String, FloatArray> part(Map<String, FloatArray> saved, String network, TrainableNetwork net) {
        if (Format1Checkpoint.holds(saved, network)) return Format1Checkpoint.state(saved, network, net.weights());
        Map<String, FloatArray> part = below(saved, network + ".");
        if (part.isEmpty()) throw UserError.failure("It does not fit these networks (%s).", network);
        return part;
    }

    /** The arrays whose names begin so, by what stands behind it. */
    static Map<String, FloatArray> below(Map<String, FloatArray> saved, String prefix) {
        Map<String, FloatArray> below = new LinkedHashMap<>();
        saved.forEach((name, array) -> {
            if (name.startsWith(prefix)) below.put(name.substring(prefix.length()), array);
        });
        return below;
    }
}
