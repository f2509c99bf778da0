package anogan.dcgan;

import anogan.FloatArray;
import anogan.Seeds;
import anogan.UserError;
import anogan.dcgan.StridedConvolution.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The adversarial game (paper, section 2.1; Goodfellow et al., NeurIPS 2014):
 *
 * <pre>min_G max_D  E[log D(x)] + E[log(1 − D(G(z)))]</pre>
 *
 * played in steps of two parts. D learns from one batch of real and one batch of generated patches, kept apart so that batch norm does not tell them apart by
 * their mixture; its two gradients make one Adam step. G then moves so that D takes its patches for real: it maximises log D(G(z)).
 *
 * <p>Everything random depends on the seed and the step, so that {@link #state} is all that a resumed training needs. The same seed and number of threads give
 * the same bits.
 */
public final class Trainer {
    private final Architecture architecture;
    private final TrainOptions options;
    private final PatchSource real;
    private final MultiLayerNetwork generator;
    private final MultiLayerNetwork discriminator;
    private final MultiLayerNetwork average;
    private final float[] batch;
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
    public record Losses(int step, double discriminator, double generator, double real, double fake) { }

    public Trainer(Architecture architecture, TrainOptions options, PatchSource real) {
        this.architecture = architecture;
        this.options = options;
        this.real = real;
        generator = Networks.generator(architecture, options);
        discriminator = Networks.discriminator(architecture, options);
        average = Networks.generator(architecture, options);
        batch = new float[options.batch() * architecture.size() * architecture.size()];
        updater(generator);
        updater(discriminator);
    }

    /** Steps done. */
    public int step() {
        return step;
    }

    /** One step: D on real and on generated patches, then G. */
    public Losses train() {
        step++;
        INDArray x = realPatches();
        INDArray fake = forward(generator, noise("noise " + step, options.batch()));

        // Part 1: D. Real patches are labelled 1 (or a little less), generated ones 0; the two gradients make one step.
        purpose(Purpose.LEARN);
        Verdict onReal = judge(x, 1 - options.labelSmoothing());
        INDArray realGradient = backward(discriminator, onReal.error).gradient.gradient().dup();
        Verdict onFake = judge(fake, 0);
        Gradient gradient = backward(discriminator, onFake.error).gradient;
        gradient.gradient().addi(realGradient);
        update(discriminator, gradient);

        // Part 2: G. Generated patches are labelled 1; D passes the error on to the image and does not move.
        purpose(Purpose.PASS);
        Verdict again = judge(fake, 1);
        INDArray imageError = backward(discriminator, again.error).input;
        update(generator, backward(generator, imageError).gradient);
        follow();

        return new Losses(step, onReal.loss + onFake.loss, again.loss, onReal.probability, onFake.probability);
    }

    /** Patches that the averaged G makes of {@code n} latent points fixed by the seed: n × 1 × S × S. */
    public FloatArray samples(int n) {
        INDArray images = average.output(noise("fixed noise", n), false);
        return new FloatArray(images.dup('c').data().asFloat(), n, 1, architecture.size(), architecture.size());
    }

    /** The pair as it stands. */
    public Dcgan dcgan() {
        return new Dcgan(architecture, Weights.of(average), Weights.of(generator), Weights.of(discriminator));
    }

    /** Everything that the next step depends on. */
    public Map<String, FloatArray> state() {
        Map<String, FloatArray> s = new LinkedHashMap<>();
        arrays().forEach((name, array) -> s.put(name, new FloatArray(array.dup('c').data().asFloat(), (int) array.length())));
        s.put("step", new FloatArray(new float[] {step}, 1));
        return s;
    }

    /** Continues from a {@link #state}. @throws UserError if it belongs to another architecture */
    public void restore(Map<String, FloatArray> saved) {
        arrays().forEach((name, array) -> array.assign(Nd4j.create(fitting(saved, name, array.length()), array.shape(), 'c')));
        step = (int) fitting(saved, "step", 1)[0];
    }

    private static float[] fitting(Map<String, FloatArray> saved, String name, long length) {
        FloatArray values = saved.get(name);
        if (values == null || values.data().length != length) {
            throw UserError.failure("The checkpoint does not fit these networks (%s). Resume with the options that the training was begun with.", name);
        }
        return values.data();
    }

    /** In one order, so that equal states are equal files. */
    private Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("generator", generator.params());
        arrays.put("discriminator", discriminator.params());
        arrays.put("average", average.params());
        arrays.put("generator_adam", updater(generator).getStateViewArray());
        arrays.put("discriminator_adam", updater(discriminator).getStateViewArray());
        return arrays;
    }

    /**
     * D's view of a batch against a label.
     *
     * @param error dL/dlogit = σ(logit) − label, one row per patch
     */
    private record Verdict(double loss, double probability, INDArray error) { }

    private Verdict judge(INDArray patches, double label) {
        float[] logits = forward(discriminator, patches).data().asFloat();
        float[] error = new float[logits.length];
        double loss = 0;
        double probability = 0;
        for (int i = 0; i < logits.length; i++) {
            double p = 1 / (1 + Math.exp(-logits[i]));
            loss += softplus(logits[i]) - label * logits[i];   // = −label·log p − (1 − label)·log(1 − p), without overflow
            probability += p;
            error[i] = (float) (p - label);
        }
        return new Verdict(loss / logits.length, probability / logits.length, Nd4j.create(error, new long[] {logits.length, 1}, 'c'));
    }

    private static double softplus(double v) {
        return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }

    private static INDArray forward(MultiLayerNetwork net, INDArray input) {
        net.setInput(input);
        List<INDArray> activations = net.feedForward(true, false);
        return activations.get(activations.size() - 1).detach();
    }

    private void purpose(Purpose purpose) {
        for (Layer layer : discriminator.getLayers()) if (layer instanceof StridedConvolution.Implementation convolution) convolution.setPurpose(purpose);
    }

    private record Errors(Gradient gradient, INDArray input) { }

    private static Errors backward(MultiLayerNetwork net, INDArray error) {
        var pair = net.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces());
        return new Errors(pair.getFirst(), pair.getSecond());
    }

    private void update(MultiLayerNetwork net, Gradient gradient) {
        net.getUpdater().update(net, gradient, step - 1, 0, options.batch(), LayerWorkspaceMgr.noWorkspaces());
        net.params().subi(gradient.gradient());
    }

    /** Moves the average after G; early on it follows fast, so that it does not remember the random start. */
    private void follow() {
        double decay = Math.min(options.emaDecay(), (1.0 + step) / (10.0 + step));
        average.params().muli(decay).addi(generator.params().mul(1 - decay));
    }

    private INDArray realPatches() {
        real.fill(step, options.batch(), batch);
        return Nd4j.create(batch.clone(), new long[] {options.batch(), 1, architecture.size(), architecture.size()}, 'c');
    }

    private INDArray noise(String name, int n) {
        return Nd4j.create(Seeds.uniform(options.seed(), name, n * architecture.latent()), new long[] {n, architecture.latent()}, 'c');
    }

    private static BaseMultiLayerUpdater<?> updater(MultiLayerNetwork net) {
        return (BaseMultiLayerUpdater<?>) net.getUpdater(true);
    }
}
