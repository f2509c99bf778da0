package anogan.dcgan;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.networks.LearningEngine;
import anogan.networks.TrainableNetwork;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The adversarial game (paper, section 2.1; Goodfellow et al., NeurIPS 2014):
 *
 * <pre>min_G max_D  E[log D(x)] + E[log(1 − D(G(z)))]</pre>
 *
 * played in steps of two parts. D learns from one batch of real and one batch of generated patches, kept apart so that
 * batch norm does not tell them apart by their mixture; its two gradients make one Adam step. G then moves so that D
 * takes its patches for real: it maximises log D(G(z)).
 *
 * <p>
 * Everything random depends on the seed and the step, so that {@link #state} is all that a resumed training needs. The
 * same engine, seed and kind of processor give the same bits.
 */
public final class Trainer implements TrainingLoop.Learner<Trainer.Losses> {
    private final Architecture architecture;
    private final TrainOptions options;
    private final PatchSource real;
    private final LearningEngine engine;
    private final TrainableNetwork generator;
    private final TrainableNetwork discriminator;
    private int step;

    /**
     * What a step saw.
     *
     * @param step          the step, from 1
     * @param discriminator D's loss: −log D(x) − log(1 − D(G(z))), mean over the batch; 2·log 2 ≈ 1.386 when D guesses
     * @param generator     G's loss: −log D(G(z))
     * @param real          mean D(x), the probability that D gives to real patches
     * @param fake          mean D(G(z))
     */
    public record Losses(int step, double discriminator, double generator, double real,
            double fake) implements TrainingLoop.Losses {
        @Override
        public double[] row() {
            return new double[] {discriminator, generator, real, fake};
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "D %.2f G %.2f", discriminator, generator);
        }
    }

    public Trainer(Architecture architecture, TrainOptions options, PatchSource real) {
        this.architecture = architecture;
        this.options = options;
        this.real = real;
        engine = LearningEngine.of(options.engine(), options.precision(), architecture, options.adam(),
                options.batch());
        generator = engine.generator();
        discriminator = engine.discriminator();
    }

    @Override
    public int step() {
        return step;
    }

    /** One step: D on real and on generated patches, then G. */
    @Override
    public Losses train() {
        step++;
        int n = options.batch();
        float[] x = real.batch(step, n, architecture.size());
        float[] fake = generator.alone().forward(noise("noise " + step, n));

        // (1) D minimises −log D(x) − log(1 − D(G(z))): one step by the gradients of both batches.
        List<CrossEntropy> d = engine.both(() -> learn(discriminator.first(), x, 1 - options.labelSmoothing()),
                () -> learn(discriminator.second(), fake, 0));
        discriminator.step(step);

        // (2) G minimises −log D(G(z)): D passes the gradient on to the images, and stands still.
        CrossEntropy g = CrossEntropy.of(discriminator.alone().forward(fake), 1);
        generator.alone().backward(discriminator.alone().inputGradient(g.gradient()));
        generator.step(step);

        return new Losses(step, d.get(0).loss() + d.get(1).loss(), g.loss(), d.get(0).probability(),
                d.get(1).probability());
    }

    /** One batch of D's part: its loss, and the gradients that wait for the step. */
    static CrossEntropy learn(TrainableNetwork.Pass d, float[] images, double label) {
        CrossEntropy loss = CrossEntropy.of(d.forward(images), label);
        d.backward(loss.gradient());
        return loss;
    }

    /** Patches that the averaged G makes of {@code n} latent points fixed by the seed: n × 1 × S × S. */
    @Override
    public FloatArray samples(int n) {
        List<float[]> points = apart(noise("fixed noise", n), n);
        try (ForwardPasses passes = new ForwardPasses(FrozenNetworks.of(dcgan()), compute(options.engine()))) {
            return images(passes.generate(points), architecture.size());
        }
    }

    /** The mapping engine that goes with a training's. */
    static Compute compute(LearningEngine.Kind kind) {
        return Compute.defaults().withEngine(
                kind.resolved() == LearningEngine.Kind.ONEDNN ? Compute.Engine.ONEDNN : Compute.Engine.ND4J);
    }

    /** Each patch followed by what is made of it: 2n × 1 × S × S. */
    static FloatArray beside(List<float[]> patches, List<float[]> made, int size) {
        List<float[]> both = new ArrayList<>();
        for (int i = 0; i < patches.size(); i++) {
            both.add(patches.get(i));
            both.add(made.get(i));
        }
        return images(both, size);
    }

    /** Each patch of a batch as an array of its own. */
    static List<float[]> apart(float[] batch, int n) {
        int length = batch.length / n;
        List<float[]> parts = new ArrayList<>();
        for (int i = 0; i < n; i++) parts.add(Arrays.copyOfRange(batch, i * length, (i + 1) * length));
        return parts;
    }

    private static FloatArray images(List<float[]> images, int size) {
        float[] all = new float[images.size() * size * size];
        for (int i = 0; i < images.size(); i++) System.arraycopy(images.get(i), 0, all, i * size * size, size * size);
        return new FloatArray(all, images.size(), 1, size, size);
    }

    /** The pair as it stands. */
    public Dcgan dcgan() {
        return new Dcgan(architecture, generator.average(), generator.weights(), discriminator.weights());
    }

    @Override
    public Map<String, FloatArray> state() {
        return TrainingState.of(networks(), step);
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        step = TrainingState.restore(networks(), saved);
    }

    private Map<String, TrainableNetwork> networks() {
        Map<String, TrainableNetwork> networks = new LinkedHashMap<>();
        networks.put("generator", generator);
        networks.put("discriminator", discriminator);
        return networks;
    }

    private float[] noise(String name, int n) {
        return Seeds.uniform(options.seed(), name, n * architecture.latent());
    }

    @Override
    public void close() {
        engine.close();
    }
}
