package anogan.dcgan;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import anogan.networks.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The training of an {@link Autoencoder}: with y = dec(E(x)), P pixels and the weight w of
 * {@link AutoencoderOptions#adversarial},
 *
 * <pre>L = (1 − w)·Σ(x − y)²/P − w·log D(y),  mean over the batch,</pre>
 *
 * while D learns to tell x from y as in the {@link Trainer}'s game, in steps of the same two parts. Of y D sees no more
 * than that: it is not told which x it belongs to.
 *
 * <p>
 * Everything random depends on the seed and the step. The same engine, seed and kind of processor give the same bits.
 */
public final class AutoencoderTrainer implements TrainingLoop.Learner<AutoencoderTrainer.Losses> {
    private final Architecture architecture;
    private final AutoencoderOptions options;
    private final PatchSource real;
    private final LearningEngine engine;
    final TrainableNetwork encoder;
    final TrainableNetwork decoder;
    private final TrainableNetwork discriminator;
    private int step;

    /**
     * What a step saw.
     *
     * @param step           the step, from 1
     * @param discriminator  D's loss: −log D(x) − log(1 − D(y)), mean over the batch; 2·log 2 ≈ 1.386 when D guesses
     * @param reconstruction mean of (x − y)² over pixels and batch
     * @param adversarial    −log D(y)
     * @param real           mean D(x)
     * @param fake           mean D(y)
     */
    public record Losses(int step, double discriminator, double reconstruction, double adversarial, double real,
            double fake) implements TrainingLoop.Losses {
        @Override
        public double[] row() {
            return new double[] {discriminator, reconstruction, adversarial, real, fake};
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "MSE %.4f D %.2f", reconstruction, discriminator);
        }
    }

    public AutoencoderTrainer(Architecture architecture, AutoencoderOptions options, PatchSource real) {
        this.architecture = architecture;
        this.options = options;
        this.real = real;
        engine = LearningEngine.of(options.engine(), Precision.F32, architecture, options.adam(), options.batch());
        encoder = engine.encoder();
        decoder = engine.generator();
        discriminator = engine.discriminator();
    }

    @Override
    public int step() {
        return step;
    }

    /** One step: D on patches and their reconstructions, then encoder and decoder. */
    @Override
    public Losses train() {
        step++;
        int n = options.batch();
        float[] x = real.batch(step, n, architecture.size());
        float[] y = forward(x);

        // (1) D minimises −log D(x) − log(1 − D(y)).
        List<CrossEntropy> d = engine.both(() -> Trainer.learn(discriminator.first(), x, 1),
                () -> Trainer.learn(discriminator.second(), y, 0));
        discriminator.step(step);

        // (2) Encoder and decoder minimise L; D stands still.
        CrossEntropy again = backward(x, y);
        decoder.step(step);
        encoder.step(step);
        return new Losses(step, d.get(0).loss() + d.get(1).loss(), meanSquare(x, y), again.loss(),
                d.get(0).probability(), d.get(1).probability());
    }

    private static double meanSquare(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += (double) (x[i] - y[i]) * (x[i] - y[i]);
        return sum / x.length;
    }

    /** y in training mode. */
    float[] forward(float[] x) {
        return decoder.alone().forward(encoder.alone().forward(x));
    }

    /**
     * The gradients of L.
     *
     * @param  y the latest {@link #forward} of x
     * @return   what D, as it is, says of y
     */
    CrossEntropy backward(float[] x, float[] y) {
        float w = (float) options.adversarial();
        float scale = 2 * (1 - w) / (architecture.size() * architecture.size());
        CrossEntropy adversarial = CrossEntropy.of(discriminator.alone().forward(y), 1);
        float[] slope = discriminator.alone().inputGradient(adversarial.gradient());
        for (int i = 0; i < slope.length; i++) slope[i] = w * slope[i] + scale * (y[i] - x[i]);
        encoder.alone().backward(decoder.alone().backward(slope));
        return adversarial;
    }

    /**
     * The first {@code n} patches of step 0, which is never trained on, each followed by its reconstruction in
     * evaluation mode: 2n × 1 × S × S.
     */
    @Override
    public FloatArray samples(int n) {
        List<float[]> patches = Trainer.apart(real.batch(0, n, architecture.size()), n);
        try (ForwardPasses passes = new ForwardPasses(FrozenNetworks.of(autoencoder()),
                Trainer.compute(options.engine()))) {
            return Trainer.beside(patches, passes.generate(passes.heads(patches)), architecture.size());
        }
    }

    /** The networks as they stand. */
    public Autoencoder autoencoder() {
        return new Autoencoder(architecture, encoder.weights(), decoder.weights(), discriminator.weights());
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
        networks.put("encoder", encoder);
        networks.put("decoder", decoder);
        networks.put("discriminator", discriminator);
        return networks;
    }

    @Override
    public void close() {
        engine.close();
    }
}
