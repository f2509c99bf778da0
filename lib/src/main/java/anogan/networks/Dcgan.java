package anogan.networks;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Fingerprint;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.run.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A trained pair, G and D, as one value: its architecture and its weights by name.
 *
 * <p>
 * Saved as {@code dcgan.json} (the architecture) and three {@code .npz} files, {@code generator} (moving average),
 * {@code generator_raw} (last step) and {@code discriminator}. Names and layouts are PyTorch's, so that
 * {@code torch.from_numpy} takes them as they are:
 *
 * <pre>
 * G  dense.weight (C·16 × latent)  dense.bias   deconv1.weight (in × out × 5 × 5)  deconv1.bias  …
 * D  conv1.weight (out × in × 5 × 5)  conv1.bias  …  head.weight (1 × C·16)  head.bias
 * batch norm  bn1.weight  bn1.bias  bn1.running_mean  bn1.running_var      (ε = 1e-5)
 * </pre>
 *
 * Padding is 1 before and 2 after ({@code F.pad(x, (1, 2, 1, 2))}; transposed: {@code padding=1}, then drop the last
 * row and column).
 *
 * @param architecture  the shape
 * @param generator     weights of G that samples and mapping use: the moving average
 * @param generatorRaw  weights of G at the last step
 * @param discriminator weights of D
 */
public record Dcgan(Architecture architecture, Map<String, FloatArray> generator, Map<String, FloatArray> generatorRaw,
        Map<String, FloatArray> discriminator) {
    /** ε of every batch norm: (x − μ)/√(v + ε). */
    public static final double BN_EPSILON = 1e-5;
    private static final String FILE = "dcgan.json";
    private static final int SLACK = 2;   // a file of other weights is told so, one that would fill memory is not read

    public Dcgan {
        Shapes.check("generator", generator, Shapes.generator(architecture), FILE);
        Shapes.check("generator_raw", generatorRaw, Shapes.generator(architecture), FILE);
        Shapes.check("discriminator", discriminator, Shapes.discriminator(architecture), FILE);
    }

    /**
     * A pair that has learned nothing, for benchmarks and tests: weights that keep the size of what passes through them
     * (He et al., ICCV 2015), batch norm statistics near 0 and 1.
     */
    public static Dcgan random(Architecture a, long seed) {
        SplittableRandom random = Seeds.random(seed, "random pair");
        Map<String, FloatArray> g = random(Shapes.generator(a), random);
        return new Dcgan(a, g, g, random(Shapes.discriminator(a), random));
    }

    private static Map<String, FloatArray> random(Map<String, int[]> shapes, SplittableRandom random) {
        Map<String, FloatArray> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            FloatArray array = FloatArray.zeros(shape);
            // a transposed kernel is in × out, and each output meets a quarter of its 25 weights
            boolean transposed = name.startsWith("deconv");
            double inputs = shape.length == 1 ? 100
                    : transposed ? shape[0] * 25 / 4.0
                    : array.data().length / (double) shape[0];
            double centre = (name.startsWith("bn") && name.endsWith(".weight")) || name.endsWith("running_var") ? 1 : 0;
            double spread = Math.sqrt(2 / inputs);
            for (int i = 0; i < array.data().length; i++)
                array.data()[i] = (float) (centre + spread * random.nextGaussian());
            weights.put(name, array);
        });
        return weights;
    }

    /** The same pair with the last step's G in place of the moving average: the paper's own way. */
    public Dcgan raw() {
        return new Dcgan(architecture, generatorRaw, generatorRaw, discriminator);
    }

    /** The same pair with weights of 14 significant bits: what a training ends with, and a model file of 2 MB holds. */
    public Dcgan rounded() {
        return new Dcgan(architecture, FloatArray.rounded(generator), FloatArray.rounded(generatorRaw),
                FloatArray.rounded(discriminator));
    }

    /**
     * Saves the pair, unless it is there already. While it replaces another pair, the folder holds no model: never G of
     * one and D of the other.
     */
    public void save(Path folder) {
        if (isSaved(folder)) return;
        AtomicFiles.delete(folder.resolve(FILE));
        Npy.writeZip(folder.resolve("generator.npz"), generator);
        Npy.writeZip(folder.resolve("generator_raw.npz"), generatorRaw);
        Npy.writeZip(folder.resolve("discriminator.npz"), discriminator);
        Json.write(folder.resolve(FILE), architecture);   // last: a folder with this file is complete
    }

    /**
     * Whether the folder holds this very pair, or the same one as versions before 0.2 have saved it: with all 24 bits
     * of a weight, and with biases before batch norm.
     */
    public boolean isSaved(Path folder) {
        try {
            if (!Files.exists(folder.resolve(FILE))) return false;
            Dcgan saved = load(folder);
            if (saved.fingerprint().equals(fingerprint())) return true;
            List.of(saved.generator, saved.generatorRaw, saved.discriminator).forEach(Format1Checkpoint::withoutBiases);
            return saved.fingerprint().equals(fingerprint()) || saved.rounded().fingerprint().equals(fingerprint());
        } catch (UserError damaged) {
            return false;
        }
    }

    /** @throws UserError if the folder holds no model, or one whose arrays do not fit its architecture */
    public static Dcgan load(Path folder) {
        Architecture a = Json.read(folder.resolve(FILE), Architecture.class, "Finish the training with option resume.");
        long g = SLACK * Shapes.numbers(Shapes.generator(a));
        long d = SLACK * Shapes.numbers(Shapes.discriminator(a));
        Map<String, FloatArray> generator = Npy.readZip(folder.resolve("generator.npz"), g);
        Map<String, FloatArray> raw = Npy.readZip(folder.resolve("generator_raw.npz"), g);
        Map<String, FloatArray> discriminator = Npy.readZip(folder.resolve("discriminator.npz"), d);
        try {
            return new Dcgan(a, generator, raw, discriminator);
        } catch (UserError e) {
            throw UserError.failure(e,
                    "The model in %s is damaged. %s Put back the right ones, or make them anew with stage train "
                            + "and option resume.",
                    folder, e.getMessage());
        }
    }

    /** SHA-256 over architecture and weights: pairs with the same fingerprint are the same pair. */
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(Json.toString(architecture));
        for (var weights : List.of(generator, generatorRaw, discriminator))
            new TreeMap<>(weights).values().forEach(array -> fingerprint.add(array.data()));
        return fingerprint.hex();
    }
}
