package anogan.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What frozen networks make of any number of points and images, without a descent. An image's numbers are the same bits
 * in any company, as with every {@link MappingEngine}.
 */
public final class ForwardPasses implements AutoCloseable {
    private final FrozenNetworks networks;
    private final Engines engines;

    public ForwardPasses(FrozenNetworks networks, Compute compute) {
        this(networks, new Engines(networks, Precision.F32, compute.engine(), 1, compute.batch(),
                Integer.highestOneBit(compute.threads())));
    }

    public ForwardPasses(FrozenNetworks networks, Engines engines) {
        this.networks = networks;
        this.engines = engines;
    }

    /** G(z) of each point: S × S in [−1, 1]. */
    public List<float[]> generate(List<float[]> points) {
        float[] f = new float[engine().batch() * networks.architecture().features()];
        return inBatches(points, networks.architecture().latent(), pixels(),
                (n, z, images) -> engine().forward(n, z, images, f));
    }

    /** f(x) of each image, S × S in [−1, 1]: what D's last convolution makes of it. */
    public List<float[]> features(List<float[]> images) {
        return inBatches(images, pixels(), networks.architecture().features(), engine()::features);
    }

    /** What the head makes of the features of each image: of an encoder, the code. */
    public List<float[]> heads(List<float[]> images) {
        return features(images).stream().map(f -> {
            float[] outputs = new float[networks.head().bias().length];
            for (int k = 0; k < outputs.length; k++) outputs[k] = (float) networks.output(k, f, 0);
            return outputs;
        }).toList();
    }

    /** z = E(x) of each image, of an {@link Encoder}: tanh of the {@link #heads}. */
    public List<float[]> codes(List<float[]> images) {
        return heads(images).stream().map(ForwardPasses::tanh).toList();
    }

    /** tanh of each number: into the box of z's prior. */
    public static float[] tanh(float[] v) {
        float[] z = new float[v.length];
        for (int i = 0; i < z.length; i++) z[i] = (float) StrictMath.tanh(v[i]);
        return z;
    }

    @Override
    public void close() {
        engines.close();
    }

    @FunctionalInterface
    private interface Pass {
        void run(int n, float[] from, float[] to);
    }

    private List<float[]> inBatches(List<float[]> all, int in, int out, Pass pass) {
        int batch = engine().batch();
        float[] from = new float[batch * in];
        float[] to = new float[batch * out];
        List<float[]> results = new ArrayList<>();
        for (int start = 0; start < all.size(); start += batch) {
            int n = Math.min(batch, all.size() - start);
            for (int i = 0; i < n; i++) System.arraycopy(all.get(start + i), 0, from, i * in, in);
            pass.run(n, from, to);
            for (int i = 0; i < n; i++) results.add(Arrays.copyOfRange(to, i * out, (i + 1) * out));
        }
        return results;
    }

    private MappingEngine engine() {
        return engines.get(0);
    }

    private int pixels() {
        Architecture a = networks.architecture();
        return a.size() * a.size();
    }
}
