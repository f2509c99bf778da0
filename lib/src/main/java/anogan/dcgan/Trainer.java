package anogan.dcgan;

import anogan.io.FloatArray;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.Networks;
import anogan.networks.TrainableNetwork;
import anogan.networks.Weights;
import anogan.run.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
 * same seed and number of threads give the same bits.
 */
public final class Trainer implements TrainingState.Holder {
    private final Architecture architecture;
    private final TrainOptions options;
    private final PatchSource real;
    private final TrainableNetwork generator;
    private final TrainableNetwork discriminator;
    private final MultiLayerNetwork average;
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
    public record Losses(int step, double discriminator, double generator, double real, double fake) {}

    public Trainer(Architecture architecture, TrainOptions options, PatchSource real) {
        this.architecture = architecture;
        this.options = options;
        this.real = real;
        generator = new TrainableNetwork(Networks.generator(architecture, options.adam()));
        discriminator = new TrainableNetwork(Networks.discriminator(architecture, options.adam()));
        average = Networks.generator(architecture, options.adam());
    }

    @Override
    public int step() {
        return step;
    }

    /** One step: D on real and on generated patches, then G. */
    public Losses train() {
        step++;
        int n = options.batch();
        INDArray x = real.batch(step, n, architecture.size());
        INDArray fake = generator.forward(noise("noise " + step, n));

        // (1) D minimises −log D(x) − log(1 − D(G(z))): one step by the gradients of both batches.
        CrossEntropy onReal = CrossEntropy.of(discriminator.forward(x), 1 - options.labelSmoothing());
        discriminator.backward(onReal.gradient());
        CrossEntropy onFake = CrossEntropy.of(discriminator.forward(fake), 0);
        discriminator.backward(onFake.gradient());
        discriminator.step(step, n);

        // (2) G minimises −log D(G(z)): D passes the gradient on to the images, and stands still.
        CrossEntropy again = CrossEntropy.of(discriminator.forward(fake), 1);
        generator.backward(discriminator.inputGradient(again.gradient()));
        generator.step(step, n);
        moveAverage();

        return new Losses(step, onReal.loss() + onFake.loss(), again.loss(), onReal.probability(),
                onFake.probability());
    }

    /** Patches that the averaged G makes of {@code n} latent points fixed by the seed: n × 1 × S × S. */
    public FloatArray samples(int n) {
        INDArray images = average.output(noise("fixed noise", n), false);
        return new FloatArray(images.dup('c').data().asFloat(), n, 1, architecture.size(), architecture.size());
    }

    /** The pair as it stands. */
    public Dcgan dcgan() {
        return new Dcgan(architecture, Weights.of(average), generator.weights(), discriminator.weights());
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
        arrays.put("generator", generator.params());
        arrays.put("discriminator", discriminator.params());
        arrays.put("average", average.params());
        arrays.put("generator_adam", generator.moments());
        arrays.put("discriminator_adam", discriminator.moments());
        return arrays;
    }

    /** Moves the average after G; early on it follows fast, so that it does not remember the random start. */
    private void moveAverage() {
        double decay = Math.min(options.emaDecay(), (1.0 + step) / (10.0 + step));
        average.params().muli(decay).addi(generator.params().mul(1 - decay));
    }

    private INDArray noise(String name, int n) {
        return Nd4j.create(Seeds.uniform(options.seed(), name, n * architecture.latent()),
                new long[] {n, architecture.latent()}, 'c');
    }
}
