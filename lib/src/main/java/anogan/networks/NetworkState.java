package anogan.networks;

import anogan.io.FloatArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training network's next step depends on, each part under the names of the weights. Running statistics have no
 * moments.
 *
 * @param weights as they are
 * @param average their moving average
 * @param mean    Adam's first moment
 * @param square  Adam's second moment
 */
record NetworkState(Map<String, FloatArray> weights, Map<String, FloatArray> average, Map<String, FloatArray> mean,
        Map<String, FloatArray> square) {
    private static final String AVERAGE = "average.";
    private static final String MEAN = "adam_m.";
    private static final String SQUARE = "adam_v.";

    /** All parts in one map, as a checkpoint holds them. */
    Map<String, FloatArray> arrays() {
        Map<String, FloatArray> all = new LinkedHashMap<>(weights);
        average.forEach((name, array) -> all.put(AVERAGE + name, array));
        mean.forEach((name, array) -> all.put(MEAN + name, array));
        square.forEach((name, array) -> all.put(SQUARE + name, array));
        return all;
    }

    /**
     * The reverse.
     *
     * @throws anogan.UserError if an array is missing or of another shape
     */
    static NetworkState of(Map<String, FloatArray> arrays, Map<String, int[]> shapes) {
        NetworkState state = new NetworkState(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
                new LinkedHashMap<>());
        shapes.forEach((name, shape) -> {
            state.weights.put(name, Shapes.fitting(arrays, name, shape));
            state.average.put(name, Shapes.fitting(arrays, AVERAGE + name, shape));
            if (name.contains("running")) return;
            state.mean.put(name, Shapes.fitting(arrays, MEAN + name, shape));
            state.square.put(name, Shapes.fitting(arrays, SQUARE + name, shape));
        });
        return state;
    }
}
