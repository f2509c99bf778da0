package anogan.networks;

import anogan.io.FloatArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads a Deeplearning4j network's weights under {@link Dcgan}'s names and layouts. */
public final class Weights {
    private static final Map<String, String> NAMES = Map.of("W", "weight", "b", "bias", "gamma", "weight", "beta",
            "bias", "mean", "running_mean", "var", "running_var");

    private Weights() {}

    public static Map<String, FloatArray> of(MultiLayerNetwork net) {
        Map<String, FloatArray> weights = new LinkedHashMap<>();
        for (Layer layer : net.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            layer.paramTable().forEach((key, value) -> {
                if (NAMES.containsKey(key)) weights.put(name + "." + NAMES.get(key), array(key, value));
            });
        }
        return weights;
    }

    private static FloatArray array(String key, INDArray a) {
        boolean kernel = key.equals("W");
        // dense kernels are in × out there, out × in with us
        INDArray c = (kernel && a.rank() == 2 ? a.transpose() : a).dup('c');
        int[] shape = kernel ? Arrays.stream(c.shape()).mapToInt(Math::toIntExact).toArray()
                : new int[] {(int) c.length()};
        return new FloatArray(c.data().asFloat(), shape);
    }
}
