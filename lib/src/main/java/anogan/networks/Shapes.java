package anogan.networks;

import anogan.UserError;
import anogan.io.FloatArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of the networks' weights: PyTorch's, as {@link Dcgan} lists them. */
final class Shapes {
    private Shapes() {}

    static Map<String, int[]> generator(Architecture a) {
        Map<String, int[]> s = new LinkedHashMap<>();
        int[] c = a.generatorChannels();
        dense(s, "dense", a.latent(), a.features());
        batchNorm(s, "bn0", c[0]);
        for (int i = 1; i < c.length; i++) {
            s.put("deconv" + i + ".weight", new int[] {c[i - 1], c[i], 5, 5});
            s.put("deconv" + i + ".bias", new int[] {c[i]});
            if (i < c.length - 1) batchNorm(s, "bn" + i, c[i]);
        }
        return s;
    }

    static Map<String, int[]> discriminator(Architecture a) {
        Map<String, int[]> s = convolutions(a);
        dense(s, "head", a.features(), 1);
        return s;
    }

    static Map<String, int[]> encoder(Architecture a) {
        Map<String, int[]> s = convolutions(a);
        dense(s, "code", a.features(), a.latent());
        return s;
    }

    /** @param file the description that the weights belong to */
    static void check(String network, Map<String, FloatArray> weights, Map<String, int[]> shapes, String file) {
        if (!weights.keySet().equals(shapes.keySet())) {
            throw UserError.failure(
                    "The %s has arrays %s, but this architecture needs %s. Weights and %s do not belong together.",
                    network, weights.keySet(), shapes.keySet(), file);
        }
        shapes.forEach((name, shape) -> {
            if (!Arrays.equals(shape, weights.get(name).shape())) {
                throw UserError.failure(
                        "%s of the %s has shape %s, but this architecture needs %s. "
                                + "Weights and %s do not belong together.",
                        name, network, Arrays.toString(weights.get(name).shape()), Arrays.toString(shape), file);
            }
        });
    }

    /** How many numbers they are, all together. */
    static long numbers(Map<String, int[]> shapes) {
        return shapes.values().stream().mapToLong(s -> Arrays.stream(s).asLongStream().reduce(1, (a, b) -> a * b))
                .sum();
    }

    static Map<String, int[]> of(Map<String, FloatArray> weights) {
        Map<String, int[]> s = new LinkedHashMap<>();
        weights.forEach((name, array) -> s.put(name, array.shape()));
        return s;
    }

    /** @throws UserError if a checkpoint lacks the array, or has it in another shape */
    static FloatArray fitting(Map<String, FloatArray> state, String name, int[] shape) {
        FloatArray array = state.get(name);
        if (array == null || !Arrays.equals(array.shape(), shape))
            throw UserError.failure("It does not fit these networks (%s).", name);
        return array;
    }

    private static Map<String, int[]> convolutions(Architecture a) {
        Map<String, int[]> s = new LinkedHashMap<>();
        int[] c = a.discriminatorChannels();
        for (int i = 1; i < c.length; i++) {
            s.put("conv" + i + ".weight", new int[] {c[i], c[i - 1], 5, 5});
            s.put("conv" + i + ".bias", new int[] {c[i]});
            if (i > 1) batchNorm(s, "bn" + i, c[i]);
        }
        return s;
    }

    private static void dense(Map<String, int[]> shapes, String name, int in, int out) {
        shapes.put(name + ".weight", new int[] {out, in});
        shapes.put(name + ".bias", new int[] {out});
    }

    private static void batchNorm(Map<String, int[]> shapes, String name, int channels) {
        for (String part : new String[] {"weight", "bias", "running_mean", "running_var"})
            shapes.put(name + "." + part, new int[] {channels});
    }
}
