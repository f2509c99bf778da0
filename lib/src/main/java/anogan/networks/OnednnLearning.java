package anogan.networks;

import anogan.io.FloatArray;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * Training on oneDNN's primitives from end to end: activations stay N×H×W×C in memory that is laid out once; weights,
 * their gradients and Adam's moments lie as the weight gradient has them, and one reorder after Adam brings them where
 * the other primitives want them.
 *
 * <p>
 * In {@link Precision#BF16} activations, their errors and those copies of the weights have 8 significant bits. What is
 * summed up over many numbers or steps keeps 24: products and statistics of batch norm inside the primitives, weights,
 * gradients, Adam's moments; so do z, images and logits outside.
 */
final class OnednnLearning implements LearningEngine {
    private final Precision precision;
    private final Architecture architecture;
    private final AdamOptions options;
    private final int batch;
    private final OnednnContext context;

    OnednnLearning(Precision precision, Architecture architecture, AdamOptions options, int batch, Lanes lanes) {
        this.precision = precision;
        this.architecture = architecture;
        this.options = options;
        this.batch = batch;
        context = new OnednnContext(lanes);
    }

    /** Whether it does on this machine: asks for the gradient of a small kernel. */
    static boolean computes(Precision precision) {
        try (OnednnContext context = new OnednnContext(new Lanes(1)); PointerScope scope = new PointerScope()) {
            return new OnednnLearningKernel(context, precision.type(), 2, 8, 8, 4, Optional.empty()).parameter()
                    .length() > 0;
        } catch (RuntimeException | LinkageError e) {   // all that oneDNN says of a primitive that it has not
            return false;
        }
    }

    @Override
    public TrainableNetwork generator() {
        return network("generator", Shapes.generator(architecture));
    }

    @Override
    public TrainableNetwork discriminator() {
        return network("discriminator", Shapes.discriminator(architecture));
    }

    @Override
    public TrainableNetwork encoder() {
        return network("encoder", Shapes.encoder(architecture));
    }

    private TrainableNetwork network(String name, Map<String, int[]> shapes) {
        Map<String, FloatArray> start = InitialWeights.draw(shapes, Seeds.of(options.seed(), name));
        return Lanes.withOneThread(() -> new OnednnNetwork(context, precision, architecture, options, batch, start));
    }

    @Override
    public <T> List<T> both(Supplier<T> one, Supplier<T> other) {
        List<T> first = new ArrayList<>();
        List<T> second = new ArrayList<>();
        context.lanes().runHalves(() -> first.add(one.get()), () -> second.add(other.get()));
        first.addAll(second);
        return first;
    }

    @Override
    public void close() {
        context.close();
    }
}
