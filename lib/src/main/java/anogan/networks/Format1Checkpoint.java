package anogan.networks;

import anogan.io.FloatArray;
import java.util.Map;

/**
 * Checkpoints of format 1 (versions 0.1), in which Deeplearning4j's rows of numbers lie as they are: a training goes on
 * from them with the same weights, average and moments. It ends with other bits than it would have then, as after a
 * change of the engine.
 */
public final class Format1Checkpoint {
    private Format1Checkpoint() {}

    /** Whether a checkpoint keeps this network in that form. */
    public static boolean holds(Map<String, FloatArray> saved, String network) {
        return saved.containsKey(network);
    }

    /**
     * From the rows of a checkpoint of format 1, which Deeplearning4j wrote. What a bias before a batch norm had come
     * to by rounding is taken from the running mean: it has no effect on anything else.
     *
     * @param  network          what it is called there: generator, discriminator, encoder or decoder
     * @param  like             arrays of that network
     * @throws anogan.UserError if a row is missing or of another length
     */
    public static Map<String, FloatArray> state(Map<String, FloatArray> saved, String network,
            Map<String, FloatArray> like) {
        Map<String, int[]> shapes = Shapes.of(like);
        Deeplearning4jLayout layout = new Deeplearning4jLayout(shapes, true);
        Map<String, FloatArray> weights = layout.parameters(network, row(saved, network));
        Map<String, FloatArray> average = network.equals("generator")
                ? layout.parameters("average", row(saved, "average"))
                : layout.parameters(network, row(saved, network));
        String adam = network + "_adam";
        withoutBiases(weights);
        withoutBiases(average);
        return new NetworkState(weights, average, layout.moments(adam, row(saved, adam), false),
                layout.moments(adam, row(saved, adam), true)).arrays();
    }

    private static float[] row(Map<String, FloatArray> saved, String name) {
        FloatArray row = saved.get(name);
        return row == null ? new float[0] : row.data();
    }

    /** Takes the biases before a batch norm into its running mean, where they have no effect on anything else. */
    static void withoutBiases(Map<String, FloatArray> weights) {
        weights.forEach((name, mean) -> {
            if (!name.endsWith("running_mean") || name.startsWith("bn0")) return;
            String number = name.substring(2, name.indexOf('.'));
            FloatArray bias = weights.getOrDefault("deconv" + number + ".bias", weights.get("conv" + number + ".bias"));
            for (int i = 0; i < mean.data().length; i++) {
                mean.data()[i] -= bias.data()[i];
                bias.data()[i] = 0;
            }
        });
    }
}
