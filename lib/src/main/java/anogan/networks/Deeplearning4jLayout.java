package anogan.networks;

import anogan.UserError;
import anogan.io.FloatArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Deeplearning4j keeps a network's arrays in its two long rows: the parameters, layer by layer, and Adam's
 * moments, block by block, a block being what lies between two running statistics. The numbers of each array lie as
 * {@link Dcgan} has them.
 *
 * @param shapes of all arrays, in the order of the layers
 * @param biases whether convolutions before a batch norm have a bias: they have in checkpoints of format 1
 */
record Deeplearning4jLayout(Map<String, int[]> shapes, boolean biases) {
    private static final List<String> USUAL = List.of("weight", "bias", "running_mean", "running_var");
    private static final List<String> OF_CONVOLUTIONS = List.of("bias", "weight");

    /** The arrays' names in the order in which they are stored. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        shapes.keySet().stream().map(n -> n.substring(0, n.indexOf('.'))).distinct().forEach(layer -> {
            boolean convolution = layer.contains("conv");
            for (String part : convolution ? OF_CONVOLUTIONS : USUAL) {
                String name = layer + "." + part;
                boolean left = !biases && convolution && part.equals("bias") && normed(layer);
                if (shapes.containsKey(name) && !left) names.add(name);
            }
        });
        return names;
    }

    private boolean normed(String convolution) {
        return shapes.containsKey("bn" + convolution.replaceAll("\\D", "") + ".weight");
    }

    /** The names of one block after the other. */
    private List<List<String>> blocks() {
        List<List<String>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
        for (String name : names()) {
            if (!name.contains("running")) blocks.get(blocks.size() - 1).add(name);
            else if (name.endsWith("var")) blocks.add(new ArrayList<>());
        }
        return blocks;
    }

    private int length(String name) {
        return Arrays.stream(shapes.get(name)).reduce(1, Math::multiplyExact);
    }

    /**
     * The parameters by name; a bias that is not stored is zero.
     *
     * @param what they are, for the sentence
     */
    Map<String, FloatArray> parameters(String what, float[] row) {
        require(what, row, names().stream().mapToInt(this::length).sum());
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> arrays.put(name, FloatArray.zeros(shape)));
        int at = 0;
        for (String name : names()) at = copy(row, at, arrays.get(name));
        return arrays;
    }

    /**
     * Both moments by name.
     *
     * @param second whether of the squared gradients
     */
    Map<String, FloatArray> moments(String what, float[] row, boolean second) {
        require(what, row, 2 * blocks().stream().flatMap(List::stream).mapToInt(this::length).sum());
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        int at = 0;
        for (List<String> block : blocks()) {
            int n = block.stream().mapToInt(this::length).sum();
            int from = second ? at + n : at;
            for (String name : block) {
                arrays.put(name, FloatArray.zeros(shapes.get(name)));
                from = copy(row, from, arrays.get(name));
            }
            at += 2 * n;
        }
        return arrays;
    }

    private static int copy(float[] row, int from, FloatArray to) {
        System.arraycopy(row, from, to.data(), 0, to.data().length);
        return from + to.data().length;
    }

    private static void require(String what, float[] row, int length) {
        if (row.length != length) throw UserError.failure("It does not fit these networks (%s).", what);
    }

    /** The reverse of {@link #parameters}. */
    float[] row(Map<String, FloatArray> arrays) {
        return concatenated(names().stream().map(arrays::get).toList());
    }

    /** The reverse of {@link #moments}. */
    float[] row(Map<String, FloatArray> first, Map<String, FloatArray> second) {
        List<FloatArray> parts = new ArrayList<>();
        for (List<String> block : blocks()) {
            block.forEach(name -> parts.add(first.get(name)));
            block.forEach(name -> parts.add(second.get(name)));
        }
        return concatenated(parts);
    }

    private static float[] concatenated(List<FloatArray> parts) {
        float[] row = new float[parts.stream().mapToInt(p -> p.data().length).sum()];
        int at = 0;
        for (FloatArray part : parts) {
            System.arraycopy(part.data(), 0, row, at, part.data().length);
            at += part.data().length;
        }
        return row;
    }
}
