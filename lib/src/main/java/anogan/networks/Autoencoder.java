package anogan.networks;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import java.nio.file.Path;
import java.util.Map;

/**
 * A trained adversarial convolutional auto-encoder, the paper's <b>aCAE</b> (section 3; Pathak et al., <i>Context
 * Encoders: Feature Learning by Inpainting</i>, CVPR 2016): an encoder E in place of the search for z, a decoder of G's
 * shape, and the discriminator that they were trained against.
 *
 * <p>
 * Saved as {@code acae.json} (the architecture), {@code encoder.npz}, {@code decoder.npz} and
 * {@code discriminator.npz}, with names and layouts as in {@link Dcgan}: the decoder's arrays are a generator's, the
 * encoder's are a discriminator's with another dense layer in the head's place:
 *
 * <pre>code.weight (latent × C·16)  code.bias</pre>
 *
 * @param architecture  the shape; the code is as long as z
 * @param encoder       weights of E
 * @param decoder       weights of the decoder
 * @param discriminator weights of D
 */
public record Autoencoder(Architecture architecture, Map<String, FloatArray> encoder, Map<String, FloatArray> decoder,
        Map<String, FloatArray> discriminator) {
    private static final String FILE = "acae.json";

    public Autoencoder {
        Shapes.check("encoder", encoder, Shapes.encoder(architecture), FILE);
        Shapes.check("decoder", decoder, Shapes.generator(architecture), FILE);
        Shapes.check("discriminator", discriminator, Shapes.discriminator(architecture), FILE);
    }

    /** Saves it. While it replaces another one, the folder holds none: never parts of both. */
    public void save(Path folder) {
        AtomicFiles.delete(folder.resolve(FILE));
        Npy.writeZip(folder.resolve("encoder.npz"), encoder);
        Npy.writeZip(folder.resolve("decoder.npz"), decoder);
        Npy.writeZip(folder.resolve("discriminator.npz"), discriminator);
        Json.write(folder.resolve(FILE), architecture);   // last: a folder with this file is complete
    }

    /** @throws UserError if the folder holds no auto-encoder, or one whose arrays do not fit its architecture */
    public static Autoencoder load(Path folder) {
        Architecture a = Json.read(folder.resolve(FILE), Architecture.class, "Finish its training with the same acae.");
        return new Autoencoder(a, Npy.readZip(folder.resolve("encoder.npz")),
                Npy.readZip(folder.resolve("decoder.npz")), Npy.readZip(folder.resolve("discriminator.npz")));
    }
}
