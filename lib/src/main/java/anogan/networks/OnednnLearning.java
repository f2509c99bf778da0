package anogan.networks;

import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Training on oneDNN's primitives from end to end: activations stay N×H×W×C in memory that is laid out once; weights,
 * their gradients and Adam's moments lie as the weight gradient has them, and one reorder after Adam brings them where
 * the other primitives want them.
 */
final class OnednnLearning implements LearningEngine {
    private final Architecture architecture;
    private final AdamOptions options;
    private final int batch;
    private final Lanes lanes;
    private final OnednnMemory offHeap = new OnednnMemory();
    private final List<stream> streams = new ArrayList<>();
    private final List<Pointer> workspaces = new ArrayList<>();
    private final List<Long> room = new ArrayList<>();
    private final List<OnednnProgram> programs = new ArrayList<>();

    OnednnLearning(Architecture architecture, AdamOptions options, int batch, Lanes lanes) {
        this.architecture = architecture;
        this.options = options;
        this.batch = batch;
        this.lanes = lanes;
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < lanes.count(); i++) {
                streams.add(offHeap.own(new stream(offHeap.cpu())));
                workspaces.add(offHeap.vector(1).get_data_handle());
                room.add((long) Float.BYTES);
            }
        }
    }

    @Override
    public TrainableNetwork generator() {
        return Lanes.withOneThread(() -> new OnednnGenerator(this,
                InitialWeights.draw(Shapes.generator(architecture), Seeds.of(options.seed(), "generator"))));
    }

    @Override
    public TrainableNetwork discriminator() {
        return Lanes.withOneThread(() -> new OnednnDiscriminator(this, "head",
                InitialWeights.draw(Shapes.discriminator(architecture), Seeds.of(options.seed(), "discriminator"))));
    }

    @Override
    public TrainableNetwork encoder() {
        return Lanes.withOneThread(() -> new OnednnDiscriminator(this, "code",
                InitialWeights.draw(Shapes.encoder(architecture), Seeds.of(options.seed(), "encoder"))));
    }

    @Override
    public <T> List<T> both(Supplier<T> one, Supplier<T> other) {
        List<T> first = new ArrayList<>();
        List<T> second = new ArrayList<>();
        lanes.runHalves(() -> first.add(one.get()), () -> second.add(other.get()));
        first.addAll(second);
        return first;
    }

    Architecture architecture() {
        return architecture;
    }

    AdamOptions options() {
        return options;
    }

    int batch() {
        return batch;
    }

    Lanes lanes() {
        return lanes;
    }

    OnednnMemory offHeap() {
        return offHeap;
    }

    stream stream(int lane) {
        return streams.get(lane);
    }

    OnednnProgram program() {
        OnednnProgram program = new OnednnProgram(offHeap.cpu(), memory.data_type.f32);
        programs.add(program);
        return program;
    }

    /** Working memory of a lane, whose primitives run one after the other. */
    Pointer workspace(int lane, long bytes) {
        if (bytes > room.get(lane)) {
            workspaces.set(lane, offHeap.vector(bytes / Float.BYTES + 1).get_data_handle());
            room.set(lane, bytes);
        }
        return workspaces.get(lane);
    }

    @Override
    public void close() {
        lanes.close();
        programs.forEach(OnednnProgram::close);
        offHeap.close();
    }
}
