package anogan.networks;

import static anogan.networks.OnnxGraph.N;
import static anogan.networks.OnnxGraph.attribute;

import anogan.io.FloatArray;
import anogan.run.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained pair in the Open Neural Network Exchange format, for programs that know neither Java nor us: onnxruntime,
 * converters to other frameworks, viewers such as Netron. Three files, each for any number N of images S × S in [−1, 1]
 * (black −1, white 1) and of points z, whose prior is uniform in [−1, 1]:
 *
 * <pre>
 * G.onnx     z (N × latent)                      →  x (N × 1 × S × S)
 * D.onnx     x (N × 1 × S × S)                   →  logit (N), f (N × C × 4 × 4)
 * step.onnx  x, z, lambda (a number; paper: 0.1) →  loss (N), gradient (N × latent), R (N), D (N)
 * </pre>
 *
 * <p>
 * The probability that x is real is 1/(1 + e⁻ˡᵒᵍⁱᵗ); f is the output of D's last convolution. The step is what moves z
 * in the paper's section 2.2, written out forward and back: loss = (1 − λ)·R + λ·D, R = Σ|x − G(z)|, D = Σ|f(x) −
 * f(G(z))|, and gradient = ∂loss/∂z, for each image by itself. At the end of a descent R, D and loss are the scores
 * R(x), D(x) and A(x). How z moves is left to the caller.
 *
 * <p>
 * Batch norm is folded into the weights as in {@link FrozenNetworks}, so that nothing depends on the batch (trap 1).
 * Weights have the names and layouts of {@link Dcgan}, after {@code G.} and {@code D.}. The metadata of every file hold
 * the pair's {@link Dcgan#fingerprint}.
 */
public final class OnnxExport {
    private static final int K = 5;
    private static final int DEEP = Architecture.DEEP;
    private static final Protobuf[] STRIDED = {attribute("kernel_shape", K, K), attribute("strides", 2, 2),
            attribute("pads", 1, 1, 2, 2)};   // one before, two after
    private static final Protobuf TRANSPOSED = attribute("transB", 1);

    private final FrozenNetworks networks;
    private final Architecture a;
    private final int layers;
    private final int[] channels;   // of G
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private OnnxExport(Dcgan pair, boolean raw) {
        networks = FrozenNetworks.of(raw ? pair.raw() : pair);
        a = pair.architecture();
        layers = a.layers();
        channels = a.generatorChannels();
        metadata.put("fingerprint", pair.fingerprint());
        metadata.put("generator", raw ? "weights of the last step" : "moving average of the weights");
        metadata.put("size", String.valueOf(a.size()));
        metadata.put("latent", String.valueOf(a.latent()));
        metadata.put("width", String.valueOf(a.width()));
        Machine.commit().ifPresent(commit -> metadata.put("commit", commit));
    }

    /**
     * Writes the three files, in place of those that have these names.
     *
     * @param  raw              take G's weights of the last step, and not their moving average
     * @param  folder           is made if it is not there
     * @throws anogan.UserError if a file cannot be written
     */
    public static List<Path> write(Dcgan pair, boolean raw, Path folder) {
        OnnxExport export = new OnnxExport(pair, raw);
        List<Path> files = new ArrayList<>();
        for (OnnxGraph graph : List.of(export.generator(), export.discriminator(), export.step())) {
            files.add(folder.resolve(graph.name() + ".onnx"));
            graph.write(files.get(files.size() - 1), export.metadata);
        }
        return files;
    }

    private OnnxGraph generator() {
        OnnxGraph o = new OnnxGraph("G", "AnoGAN's generator: the image x = G(z) of a latent point z.");
        generatorWeights(o);
        generate(o, point(o), "x");
        o.output("x", "G(z), in [-1, 1]", N, 1, a.size(), a.size());
        return o;
    }

    private OnnxGraph discriminator() {
        OnnxGraph o = new OnnxGraph("D", "AnoGAN's discriminator: 1/(1 + exp(-logit)) is the probability that x is "
                + "real, f(x) are the features that the mapping compares.");
        discriminatorWeights(o);
        discriminate(o, image(o), "f");
        float[] head = networks.head().weight();   // 4 × 4 × C
        o.constant("D.head.weight", new FloatArray(head, DEEP * DEEP, channels[0]).transposed(1, 0).data(), 1,
                head.length);
        o.constant("D.head.bias", networks.head().bias(), 1);
        String row = o.node("f_row", "Flatten", List.of("f"));
        String column = o.node("logit_column", "Gemm", List.of(row, "D.head.weight", "D.head.bias"), TRANSPOSED);
        o.node("logit", "Reshape", List.of(column, o.integers("row", -1)));
        o.output("logit", "of the probability that x is real", N);
        o.output("f", "f(x), the last convolution of D", N, channels[0], DEEP, DEEP);
        return o;
    }

    private OnnxGraph step() {
        OnnxGraph o = new OnnxGraph("step", "A step of AnoGAN's mapping: loss = (1 - lambda) R + lambda D, with R = "
                + "sum|x - G(z)| and D = sum|f(x) - f(G(z))|, and its gradient with respect to z.");
        String x = image(o);
        String z = point(o);
        String lambda = o.input("lambda", "weight of D in the loss, in [0, 1]; 0.1 in the paper");
        generatorWeights(o);
        discriminatorWeights(o);
        String one = o.constant("one", new float[] {1});
        String rest = o.node("rest", "Sub", List.of(one, lambda));
        List<String> h = generate(o, z, "generated");
        List<String> y = discriminate(o, "generated", "f_generated");
        discriminate(o, x, "f_x");
        String pixels = o.node("pixels", "Sub", List.of("generated", x));
        String features = o.node("features", "Sub", List.of("f_generated", "f_x"));
        o.node("loss", "Add", List.of(o.node("loss_R", "Mul", List.of(rest, sum(o, "R", pixels))),
                o.node("loss_D", "Mul", List.of(lambda, sum(o, "D", features)))));
        backward(o, h, y, signs(o, pixels, rest), signs(o, features, lambda));
        o.output("loss", "(1 - lambda) R + lambda D", N);
        o.output("gradient", "of the loss with respect to z", N, a.latent());
        o.output("R", "sum|x - G(z)|", N);
        o.output("D", "sum|f(x) - f(G(z))|", N);
        return o;
    }

    private String image(OnnxGraph o) {
        return o.input("x", "images in [-1, 1]: black -1, white 1", N, 1, a.size(), a.size());
    }

    private String point(OnnxGraph o) {
        return o.input("z", "latent points; their prior is uniform in [-1, 1]", N, a.latent());
    }

    private void generatorWeights(OnnxGraph o) {
        FrozenNetworks.Layer dense = networks.dense();
        o.constant("G.dense.weight",
                new FloatArray(dense.weight(), a.latent(), DEEP * DEEP, channels[0]).transposed(2, 1, 0).data(),
                a.features(), a.latent());
        o.constant("G.dense.bias", new FloatArray(dense.bias(), DEEP * DEEP, channels[0]).transposed(1, 0).data(),
                a.features());
        for (int i = 1; i <= layers; i++)
            kernels(o, "G.deconv" + i, networks.deconvolutions()[i - 1], channels[i], channels[i - 1]);
    }

    private void discriminatorWeights(OnnxGraph o) {
        int[] d = a.discriminatorChannels();
        for (int i = 1; i <= layers; i++) kernels(o, "D.conv" + i, networks.convolutions()[i - 1], d[i - 1], d[i]);
    }

    /** From 5 × 5 × inner × outer to outer × inner × 5 × 5. */
    private static void kernels(OnnxGraph o, String name, FrozenNetworks.Layer layer, int inner, int outer) {
        o.constant(name + ".weight", new FloatArray(layer.weight(), K, K, inner, outer).transposed(3, 2, 0, 1).data(),
                outer, inner, K, K);
        o.constant(name + ".bias", layer.bias(), layer.bias().length);
    }

    /** G's maps, from the deepest to the image. */
    private List<String> generate(OnnxGraph o, String z, String image) {
        String dense = o.node("dense", "Gemm", List.of(z, "G.dense.weight", "G.dense.bias"), TRANSPOSED);
        String deepest = o.node("dense_maps", "Reshape",
                List.of(dense, o.integers("deepest", -1, channels[0], DEEP, DEEP)));
        List<String> h = new ArrayList<>(List.of(o.node("h0", "Relu", List.of(deepest))));
        for (int i = 1; i <= layers; i++) {
            String to = i < layers ? "h" + i : image;
            String weight = "G.deconv" + i;
            String sum = o.node(to + "_sum", "ConvTranspose",
                    List.of(h.get(i - 1), weight + ".weight", weight + ".bias"), STRIDED);
            h.add(o.node(to, i < layers ? "Relu" : "Tanh", List.of(sum)));
        }
        return h;
    }

    /** D's maps, from the image to the features. */
    private List<String> discriminate(OnnxGraph o, String image, String features) {
        List<String> y = new ArrayList<>(List.of(image));
        for (int i = 1; i <= layers; i++) {
            String to = i < layers ? features + "_y" + i : features;
            String weight = "D.conv" + i;
            String sum = o.node(to + "_sum", "Conv", List.of(y.get(i - 1), weight + ".weight", weight + ".bias"),
                    STRIDED);
            y.add(o.node(to, "LeakyRelu", List.of(sum), attribute("alpha", (float) Architecture.LEAK)));
        }
        return y;
    }

    /** Σ|differences| of each image. */
    private static String sum(OnnxGraph o, String name, String differences) {
        String distances = o.node(differences + "_abs", "Abs", List.of(differences));
        return o.node(name, "ReduceSum", List.of(distances, o.integers(name + "_axes", 1, 2, 3)),
                attribute("keepdims", 0));
    }

    /** The derivative of weight · Σ|differences|; that of |0| is 0. */
    private static String signs(OnnxGraph o, String differences, String weight) {
        String sign = o.node(differences + "_sign", "Sign", List.of(differences));
        return o.node(differences + "_error", "Mul", List.of(weight, sign));
    }

    /**
     * The chain rule from errors in the image and in the features to those in z: a transposed convolution leads back
     * through a convolution with the same weights, and the other way round.
     */
    private void backward(OnnxGraph o, List<String> h, List<String> y, String imageError, String featureError) {
        String zero = o.constant("zero", new float[] {0});
        String leak = o.constant("leak", new float[] {(float) Architecture.LEAK});
        String error = featureError;
        for (int i = layers; i >= 1; i--) {
            String open = throughRelu(o, error, y.get(i), leak, zero);
            error = o.node("error_y" + (i - 1), "ConvTranspose", List.of(open, "D.conv" + i + ".weight"), STRIDED);
        }
        error = o.node("error_image", "Add", List.of(error, imageError));
        String square = o.node("square", "Mul", List.of(y.get(0), y.get(0)));
        String slope = o.node("slope", "Sub", List.of("one", square));   // tanh′ = 1 − tanh²
        error = o.node("error_tanh", "Mul", List.of(error, slope));
        for (int i = layers; i >= 1; i--) {
            error = o.node("error_h" + (i - 1), "Conv", List.of(error, "G.deconv" + i + ".weight"), STRIDED);
            error = throughRelu(o, error, h.get(i - 1), zero, zero);
        }
        o.node("gradient", "MatMul", List.of(o.node("error_row", "Flatten", List.of(error)), "G.dense.weight"));
    }

    /** An error times the slope of a ReLU, which its output tells: 1 above zero, {@code below} elsewhere. */
    private static String throughRelu(OnnxGraph o, String error, String output, String below, String zero) {
        String open = o.node(output + "_open", "Greater", List.of(output, zero));
        String slope = o.node(output + "_slope", "Where", List.of(open, "one", below));
        return o.node(output + "_back", "Mul", List.of(error, slope));
    }
}
