package anogan.dcgan;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.Engines;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import anogan.networks.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The training of an {@link Encoder} for a finished pair, f-AnoGAN's izi_f: with y = G(E(x)), means over pixels,
 * features and batch,
 *
 * <pre>L = mean (x − y)² + κ·mean (f(x) − f(y))²,  E(x) = tanh(v).</pre>
 *
 * Only E learns. G and D are the frozen networks that a mapping sees: gradients reach z by the mapping's engine, v by 1
 * − z², and E's weights by the training's.
 *
 * <p>
 * Everything random depends on the seed and the step. The same engine, seed and kind of processor give the same bits.
 */
public final class EncoderTrainer implements TrainingLoop.Learner<EncoderTrainer.Losses> {
    private final Dcgan pair;
    private final Architecture architecture;
    private final EncoderOptions options;
    private final PatchSource real;
    private final LearningEngine engine;
    private final Engines frozen;
    private final FrozenPairLoss first;
    private final FrozenPairLoss second;
    final TrainableNetwork encoder;
    private int step;

    /**
     * What a step saw.
     *
     * @param step     the step, from 1
     * @param loss     L
     * @param pixels   mean of (x − y)² over pixels and batch
     * @param features mean of (f(x) − f(y))² over features and batch, without κ
     */
    public record Losses(int step, double loss, double pixels, double features) implements TrainingLoop.Losses {
        @Override
        public double[] row() {
            return new double[] {loss, pixels, features};
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "MSE %.4f f %.3f", pixels, features);
        }
    }

    public EncoderTrainer(Dcgan pair, EncoderOptions options, PatchSource real) {
        this.pair = pair;
        this.options = options;
        this.real = real;
        architecture = pair.architecture();
        engine = LearningEngine.of(options.engine(), Precision.F32, architecture, options.adam(), options.batch());
        encoder = engine.encoder();
        Compute compute = Trainer.compute(options.engine());
        int half = (options.batch() + 1) / 2;
        int threads = Integer.highestOneBit(Math.max(1, compute.threads() / 2));
        frozen = new Engines(FrozenNetworks.of(pair), Precision.F32, compute.engine(), 2, half, threads);
        first = new FrozenPairLoss(architecture, options.kappa(), frozen.get(0));
        second = new FrozenPairLoss(architecture, options.kappa(), frozen.get(1));
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public Losses train() {
        step++;
        Losses losses = gradients(real.batch(step, options.batch(), architecture.size()));
        encoder.step(step);
        return losses;
    }

    /** Leaves the gradients of L in E, in training mode. */
    Losses gradients(float[] x) {
        int n = options.batch();
        float[] z = ForwardPasses.tanh(encoder.alone().forward(x));
        int half = n / 2;   // two halves, for two threads: images know nothing of each other there
        List<float[]> errors = engine.both(() -> first.gradient(part(x, 0, half), part(z, 0, half)),
                () -> second.gradient(part(x, half, n), part(z, half, n)));
        float[] slope = new float[z.length];
        System.arraycopy(errors.get(0), 0, slope, 0, errors.get(0).length);
        System.arraycopy(errors.get(1), 0, slope, errors.get(0).length, errors.get(1).length);
        for (int i = 0; i < slope.length; i++) slope[i] *= 1 - z[i] * z[i];
        encoder.alone().backward(slope);
        double pixels = (first.pixels() + second.pixels()) / n;
        double features = (first.features() + second.features()) / n;
        return new Losses(step, pixels + options.kappa() * features, pixels, features);
    }

    private float[] part(float[] all, int from, int to) {
        int length = all.length / options.batch();
        return Arrays.copyOfRange(all, from * length, to * length);
    }

    /**
     * The first {@code n} patches of step 0, which is never trained on, each followed by its G(E(x)) in evaluation
     * mode: 2n × 1 × S × S.
     */
    @Override
    public FloatArray samples(int n) {
        List<float[]> patches = Trainer.apart(real.batch(0, n, architecture.size()), n);
        try (ForwardPasses passes = new ForwardPasses(FrozenNetworks.of(pair, encoder()),
                Trainer.compute(options.engine()))) {
            return Trainer.beside(patches, passes.generate(passes.codes(patches)), architecture.size());
        }
    }

    /** The encoder as it stands. */
    public Encoder encoder() {
        return new Encoder(architecture, pair.fingerprint(), encoder.weights());
    }

    @Override
    public Map<String, FloatArray> state() {
        return TrainingState.of(Map.of("encoder", encoder), step);
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        step = TrainingState.restore(Map.of("encoder", encoder), saved);
    }

    @Override
    public void close() {
        frozen.close();
        engine.close();
    }
}
