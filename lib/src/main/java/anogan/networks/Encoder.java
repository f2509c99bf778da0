package anogan.networks;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Fingerprint;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * f-AnoGAN's encoder E, which says in one pass where G draws a patch (Schlegl et al., <i>f-AnoGAN: Fast unsupervised
 * anomaly detection with generative adversarial networks</i>, Medical Image Analysis 2019): D's convolutions and a
 * dense layer to as many numbers as z has, then tanh, so that
 *
 * <pre>z = E(x) = tanh(code·c(x) + bias) lies in [−1, 1], where the prior does.</pre>
 *
 * It is the inverse of one G, in the eyes of one D: of the pair whose fingerprint it keeps. Saved as
 * {@code encoder.json} (architecture and fingerprint) and {@code encoder.npz}, with names and layouts as in
 * {@link Dcgan}; its arrays are a discriminator's with {@code code.weight (latent × C·16)} and {@code code.bias} in the
 * head's place.
 *
 * @param architecture the shape, that of the pair
 * @param pair         {@link Dcgan#fingerprint} of the pair that it belongs to
 * @param weights      by name
 */
public record Encoder(Architecture architecture, String pair, Map<String, FloatArray> weights) {
    private static final String FILE = "encoder.json";

    /** What {@value #FILE} holds. */
    private record Description(Architecture architecture, String pair) {}

    public Encoder {
        Shapes.check("encoder", weights, Shapes.encoder(architecture), FILE);
    }

    /** The same encoder with weights of 14 significant bits, as the pair's. */
    public Encoder rounded() {
        return new Encoder(architecture, pair, FloatArray.rounded(weights));
    }

    /** Saves it. While it replaces another one, the folder holds none. */
    public void save(Path folder) {
        AtomicFiles.delete(folder.resolve(FILE));
        Npy.writeZip(folder.resolve("encoder.npz"), weights);
        Json.write(folder.resolve(FILE), new Description(architecture, pair));   // last: now it is complete
    }

    /** Whether the folder holds one. */
    public static boolean isSaved(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** @throws UserError if the folder holds no encoder, or one whose arrays do not fit its architecture */
    public static Encoder load(Path folder) {
        Description d = Json.read(folder.resolve(FILE), Description.class,
                "Finish its training: stage train with option encoder.");
        return new Encoder(d.architecture, d.pair, Npy.readZip(folder.resolve("encoder.npz")));
    }

    /**
     * That of a pair, from its weights alone.
     *
     * @throws UserError if they do not fit the pair's architecture
     */
    public static Encoder of(Dcgan pair, Path weights) {
        Architecture a = pair.architecture();
        // no more than twice what it needs: a small file may unpack to more than memory holds
        long most = 2 * Shapes.numbers(Shapes.encoder(a));
        return new Encoder(a, pair.fingerprint(), Npy.readZip(weights, most));
    }

    /** SHA-256 over architecture, pair and weights: encoders with the same fingerprint are the same encoder. */
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(Json.toString(new Description(architecture, pair)));
        new TreeMap<>(weights).values().forEach(array -> fingerprint.add(array.data()));
        return fingerprint.hex();
    }
}
