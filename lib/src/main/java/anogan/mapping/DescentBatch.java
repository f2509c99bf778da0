package anogan.mapping;

import anogan.networks.FrozenNetworks;
import anogan.networks.MappingEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The descents that one thread moves together with one engine. What ends makes room for the next start. */
final class DescentBatch {
    private final FrozenNetworks networks;
    private final MappingOptions options;
    private final MappingEngine engine;
    private final StartingPoints points;
    private final int most;
    private final Starts starts;
    private final Mapper.Observer observer;
    private final int latent;
    private final int pixels;
    private final int features;
    private final List<SingleDescent> active = new ArrayList<>();
    private final float[] z;
    private final float[] zErrors;
    private final float[] images;
    private final float[] imageErrors;
    private final float[] f;
    private final float[] featureErrors;

    /** @param most descents at a time */
    DescentBatch(FrozenNetworks networks, MappingOptions options, MappingEngine engine, StartingPoints points, int most,
            Starts starts, Mapper.Observer observer) {
        this.networks = networks;
        this.options = options;
        this.engine = engine;
        this.points = points;
        this.most = most;
        this.starts = starts;
        this.observer = observer;
        latent = networks.architecture().latent();
        pixels = networks.architecture().size() * networks.architecture().size();
        features = networks.architecture().features();
        z = new float[most * latent];
        zErrors = new float[z.length];
        images = new float[most * pixels];
        imageErrors = new float[images.length];
        f = new float[most * features];
        featureErrors = new float[f.length];
    }

    /** Descends until there are no more starts. */
    void run() {
        begin(starts.next(most));
        while (!active.isEmpty() && !starts.stopped()) {
            step();
            begin(starts.next(most - active.size()));
        }
    }

    private void begin(List<Starts.Start> some) {
        int k = some.size();
        if (k == 0) return;
        for (int i = 0; i < k; i++) System.arraycopy(some.get(i).what().pixels(), 0, images, i * pixels, pixels);
        engine.features(k, images, f);
        List<float[]> z = points.of(some);
        for (int i = 0; i < k; i++) {
            Starts.Start start = some.get(i);
            float[] fx = Arrays.copyOfRange(f, i * features, (i + 1) * features);
            active.add(new SingleDescent(start, options, z.get(i),
                    new LossGradient(networks, options.loss(), start.what().pixels(), fx)));
        }
    }

    /** One step of all; those that are done leave. */
    private void step() {
        int n = active.size();
        for (int i = 0; i < n; i++) System.arraycopy(active.get(i).z(), 0, z, i * latent, latent);
        engine.forward(n, z, images, f);
        boolean[] ends = new boolean[n];
        int left = n;
        for (int i = 0; i < n; i++) {
            SingleDescent d = active.get(i);
            double loss = d.loss().evaluate(i, images, f, imageErrors, featureErrors);
            if (observer != Mapper.Observer.NONE) observer.at(d.start().query(), d.steps(), result(d, i), loss);
            ends[i] = d.ends(loss);
            if (!ends[i]) continue;
            starts.finished(d.start(), loss, result(d, i));
            left--;
        }
        if (left > 0) {
            engine.backward(n, imageErrors, featureErrors, zErrors);
            for (int i = 0; i < n; i++) if (!ends[i]) active.get(i).step(zErrors, i);
        }
        for (int i = n - 1; i >= 0; i--) if (ends[i]) active.remove(i);
    }

    private MappingResult result(SingleDescent d, int slot) {
        return d.loss().result(d.start().number(), d.z().clone(), slot, images, f);
    }
}
