package anogan.networks;

import anogan.io.FloatArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** How DCGAN begins: kernels N(0, 0.02), biases 0, batch norm the identity; drawn from the seed, layer by layer. */
final class InitialWeights {
    private static final double SPREAD = 0.02;

    private InitialWeights() {}

    static Map<String, FloatArray> draw(Map<String, int[]> shapes, long seed) {
        Random random = new Random(seed);
        Map<String, FloatArray> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            FloatArray array = FloatArray.zeros(shape);
            float[] a = array.data();
            if (shape.length == 4) for (int i = 0; i < a.length; i++) a[i] = gaussian(random);
            if (shape.length == 2) {   // input by input, as Deeplearning4j has them
                for (int in = 0; in < shape[1]; in++)
                    for (int out = 0; out < shape[0]; out++) a[out * shape[1] + in] = gaussian(random);
            }
            boolean one = name.endsWith("running_var") || (name.startsWith("bn") && name.endsWith(".weight"));
            if (one) Arrays.fill(a, 1);
            weights.put(name, array);
        });
        return weights;
    }

    private static float gaussian(Random random) {
        return (float) (SPREAD * random.nextGaussian());
    }
}
