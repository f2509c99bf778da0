package anogan.networks;

/**
 * What the descent on z needs of the frozen networks: G(z) and f(G(z)), and the way back from errors in the image and
 * in the features to errors in z. Weights get no gradients.
 *
 * <p>
 * Each call works on the first {@code n} images of its arrays, at most {@link #batch}. An image's numbers depend on
 * nothing but the image: not on n, its place, its neighbours or the number of threads. Features are in an order of the
 * engine's own (4 × 4 × C), the same for every engine. An engine serves one thread at a time.
 */
public interface MappingEngine extends AutoCloseable {
    /** The most images that a call can take. */
    int batch();

    /**
     * @param z        n × latent
     * @param images   receives G(z): n × S × S in [−1, 1]
     * @param features receives f(G(z)): n × features
     */
    void forward(int n, float[] z, float[] images, float[] features);

    /**
     * The chain rule through the latest {@link #forward}, which must have had the same n.
     *
     * @param imageErrors   ∂L/∂G(z), without the part that goes through f
     * @param featureErrors ∂L/∂f
     * @param zErrors       receives ∂L/∂z
     */
    void backward(int n, float[] imageErrors, float[] featureErrors, float[] zErrors);

    /** f of given images; the latest {@link #forward} is forgotten. */
    void features(int n, float[] images, float[] features);

    /** Gives the native memory back. */
    @Override
    void close();
}
