package anogan.mapping;

import anogan.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The search for the z whose G(z) is closest to a query x (paper, section 2.2): z₁ uniform in [−1, 1], then Γ gradient steps of Adam on z; G and D stand still.
 *
 * <p>Each query has a start of its own, seeded by its name, and moments of its own (trap 3): its result does not depend on batch, order or neighbours.
 */
public final class Mapper {
    private final FrozenNetworks networks;
    private final MappingEngine engine;
    private final MappingOptions options;
    private final int batch;
    private final int latent;
    private final int pixels;
    private final int features;

    /**
     * A patch to be mapped.
     *
     * @param name   seeds its starting point
     * @param pixels S × S in [−1, 1]
     */
    public record Query(String name, float[] pixels) { }

    /** Watches a descent: called with the state before step {@code step}, from 0 to Γ. Arrays are reused; copy what is kept. */
    @FunctionalInterface
    public interface Observer {
        Observer NONE = (step, images, losses) -> { };

        void at(int step, float[] images, double[] losses);
    }

    /** The engine stays the caller's, to be closed there. */
    public Mapper(FrozenNetworks networks, MappingEngine engine, MappingOptions options) {
        this.networks = networks;
        this.engine = engine;
        this.options = options;
        batch = engine.batch();
        latent = networks.architecture().latent();
        pixels = networks.architecture().size() * networks.architecture().size();
        features = networks.architecture().features();
    }

    public List<Mapped> map(List<Query> queries) {
        return map(queries, Observer.NONE);
    }

    /** Maps queries in their order; {@code observer} sees the first start of each batch. */
    public List<Mapped> map(List<Query> queries, Observer observer) {
        List<Mapped> all = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += batch) {
            List<Query> part = queries.subList(from, Math.min(from + batch, queries.size()));
            Mapped[] best = descend(part, 0, observer);
            for (int start = 1; start < options.restarts(); start++) {
                Mapped[] other = descend(part, start, Observer.NONE);
                for (int i = 0; i < best.length; i++) if (loss(other[i]) < loss(best[i])) best[i] = other[i];
            }
            all.addAll(Arrays.asList(best));
        }
        return all;
    }

    private double loss(Mapped m) {
        double lambda = options.loss().lambda();
        return options.loss() instanceof MappingLoss.Reference ? m.referenceAnomaly(lambda) : m.anomaly(lambda);
    }

    private Mapped[] descend(List<Query> queries, int start, Observer observer) {
        int n = queries.size();
        float[] x = new float[batch * pixels];
        float[] z = new float[batch * latent];
        for (int i = 0; i < n; i++) {
            System.arraycopy(queries.get(i).pixels(), 0, x, i * pixels, pixels);
            System.arraycopy(startingPoint(queries.get(i).name(), start), 0, z, i * latent, latent);
        }
        LossGradient loss = new LossGradient(networks, options.loss(), x, features(x), n);
        Adam adam = new Adam(options.learningRate(), z.length);
        float[] images = new float[batch * pixels];
        float[] f = new float[batch * features];
        float[] imageErrors = new float[images.length];
        float[] featureErrors = new float[f.length];
        float[] zErrors = new float[z.length];
        for (int step = 0; ; step++) {
            engine.forward(z, images, f);
            loss.evaluate(images, f, imageErrors, featureErrors);
            observer.at(step, images, loss.total());
            if (step == options.steps()) break;
            engine.backward(imageErrors, featureErrors, zErrors);
            adam.step(z, zErrors);
        }
        Mapped[] mapped = new Mapped[n];
        for (int i = 0; i < n; i++) {
            mapped[i] = new Mapped(Arrays.copyOfRange(z, i * latent, (i + 1) * latent), Arrays.copyOfRange(images, i * pixels, (i + 1) * pixels),
                    loss.residual(i), loss.features(i), loss.reference(i), loss.query(i));
        }
        return mapped;
    }

    private float[] features(float[] x) {
        float[] f = new float[batch * features];
        engine.features(x, f);
        return f;
    }

    private float[] startingPoint(String name, int start) {
        SplittableRandom random = Seeds.random(options.seed(), "z " + start + " " + name);
        float[] z = new float[latent];
        for (int i = 0; i < latent; i++) z[i] = (float) (2 * random.nextDouble() - 1);
        return z;
    }
}
