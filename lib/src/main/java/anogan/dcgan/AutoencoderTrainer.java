package anogan.dcgan;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.networks.Networks;
import anogan.networks.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

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
 * Everything random depends on the seed and the step. The same seed and number of threads give the same bits.
 */
public final class AutoencoderTrainer implements TrainingState.Holder {
    private final Architecture architecture;
    private final AutoencoderOptions options;
    private final PatchSource real;
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
            double fake) {}

    public AutoencoderTrainer(Architecture architecture, AutoencoderOptions options, PatchSource real) {
        this.architecture = architecture;
        this.options = options;
        this.real = real;
        encoder = new TrainableNetwork(Networks.encoder(architecture, options.adam()));
        decoder = new TrainableNetwork(Networks.generator(architecture, options.adam()));
        discriminator = new TrainableNetwork(Networks.discriminator(architecture, options.adam()));
    }

    @Override
    public int step() {
        return step;
    }

    /** One step: D on patches and their reconstructions, then encoder and decoder. */
    public Losses train() {
        step++;
        int n = options.batch();
        INDArray x = real.batch(step, n, architecture.size());
        INDArray y = forward(x);

        // (1) D minimises −log D(x) − log(1 − D(y)).
        CrossEntropy onReal = CrossEntropy.of(discriminator.forward(x), 1);
        discriminator.backward(onReal.gradient());
        CrossEntropy onFake = CrossEntropy.of(discriminator.forward(y), 0);
        discriminator.backward(onFake.gradient());
        discriminator.step(step, n);

        // (2) Encoder and decoder minimise L; D stands still.
        INDArray off = y.sub(x);
        double reconstruction = off.mul(off).meanNumber().doubleValue();
        CrossEntropy again = backward(x, y);
        decoder.step(step, n);
        encoder.step(step, n);
        return new Losses(step, onReal.loss() + onFake.loss(), reconstruction, again.loss(), onReal.probability(),
                onFake.probability());
    }

    /** y in training mode. */
    INDArray forward(INDArray x) {
        return decoder.forward(encoder.forward(x));
    }

    /**
     * The gradients of L.
     *
     * @param  y the latest {@link #forward} of x
     * @return   what D, as it is, says of y
     */
    CrossEntropy backward(INDArray x, INDArray y) {
        int pixels = architecture.size() * architecture.size();
        double w = options.adversarial();
        CrossEntropy adversarial = CrossEntropy.of(discriminator.forward(y), 1);
        INDArray image = discriminator.inputGradient(adversarial.gradient()).mul(w);
        encoder.backward(decoder.backward(y.sub(x).muli(2 * (1 - w) / pixels).addi(image)));
        return adversarial;
    }

    /**
     * The first {@code n} patches of step 0, which is never trained on, each followed by its reconstruction in
     * evaluation mode: 2n × 1 × S × S.
     */
    public FloatArray samples(int n) {
        INDArray x = real.batch(0, n, architecture.size());
        float[] patches = x.data().asFloat();
        float[] drawn = decoder.infer(encoder.infer(x)).dup('c').data().asFloat();
        int pixels = patches.length / n;
        float[] both = new float[2 * patches.length];
        for (int i = 0; i < n; i++) {
            System.arraycopy(patches, i * pixels, both, 2 * i * pixels, pixels);
            System.arraycopy(drawn, i * pixels, both, (2 * i + 1) * pixels, pixels);
        }
        return new FloatArray(both, 2 * n, 1, architecture.size(), architecture.size());
    }

    /** The networks as they stand. */
    public Autoencoder autoencoder() {
        return new Autoencoder(architecture, encoder.weights(), decoder.weights(), discriminator.weights());
    }

    @Override
    public Map<String, FloatArray> state() {
        return TrainingState.of(arrays(), step);
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        step = TrainingState.restore(arrays(), saved);
    }

    private Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("encoder", encoder.params());
        arrays.put("decoder", decoder.params());
        arrays.put("discriminator", discriminator.params());
        arrays.put("encoder_adam", encoder.moments());
        arrays.put("decoder_adam", decoder.moments());
        arrays.put("discriminator_adam", discriminator.moments());
        return arrays;
    }
}
