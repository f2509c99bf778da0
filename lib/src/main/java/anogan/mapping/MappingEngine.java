package anogan.mapping;

/**
 * What the descent on z needs of the frozen networks: G(z) and f(G(z)), and the way back from errors in the image and in the features to errors in z.
 * Weights get no gradients.
 *
 * <p>All arrays hold a whole {@link #batch}; n images are padded with whatever is there. An image's numbers do not depend on its neighbours.
 * Features are in an order of the engine's own (4 × 4 × C), the same for every engine.
 */
public interface MappingEngine extends AutoCloseable {
    /** Images in a batch. */
    int batch();

    /**
     * @param z        batch × latent
     * @param images   receives G(z): batch × S × S in [−1, 1]
     * @param features receives f(G(z)): batch × features
     */
    void forward(float[] z, float[] images, float[] features);

    /**
     * The chain rule through the latest {@link #forward}.
     *
     * @param imageErrors   ∂L/∂G(z), without the part that goes through f
     * @param featureErrors ∂L/∂f
     * @param zErrors       receives ∂L/∂z
     */
    void backward(float[] imageErrors, float[] featureErrors, float[] zErrors);

    /** f of given images; the latest {@link #forward} is forgotten. */
    void features(float[] images, float[] features);

    /** Gives the native memory back. */
    @Override
    void close();
}
