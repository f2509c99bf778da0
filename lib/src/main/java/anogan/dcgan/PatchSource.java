package anogan.dcgan;

/**
 * Where training batches come from. A batch depends on its step alone, so that a resumed training sees what the
 * uninterrupted one saw.
 */
@FunctionalInterface
public interface PatchSource {
    /** Fills {@code batch} (n × 1 × S × S, in [−1, 1]) with the {@code n} real patches of {@code step}. */
    void fill(long step, int n, float[] batch);

    /** The same as an array of its own. */
    default float[] batch(long step, int n, int size) {
        float[] pixels = new float[n * size * size];
        fill(step, n, pixels);
        return pixels;
    }
}
