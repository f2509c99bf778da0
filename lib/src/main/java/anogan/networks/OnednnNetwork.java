package anogan.networks;

import anogan.io.FloatArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;

/** What the networks that learn on oneDNN have in common: their arrays, Adam, and what a checkpoint holds. */
abstract class OnednnNetwork implements TrainableNetwork {
    /** Below so many numbers, Adam's step is not shared out. */
    private static final int SMALL = 4096;
    private final OnednnLearning engine;
    private final Map<String, int[]> shapes;
    private final Map<String, OnednnParameter> parameters = new LinkedHashMap<>();
    private final Map<String, OnednnNorm> norms = new LinkedHashMap<>();
    private final TreeSet<Integer> learned = new TreeSet<>();

    OnednnNetwork(OnednnLearning engine, Map<String, int[]> shapes) {
        this.engine = engine;
        this.shapes = shapes;
    }

    OnednnLearning engine() {
        return engine;
    }

    final OnednnParameter add(String name, OnednnParameter parameter) {
        parameters.put(name, parameter);
        return parameter;
    }

    final OnednnStrided strided(String name, int c, int k, int h) {
        OnednnStrided layer = new OnednnStrided(engine, c, k, h);
        add(name + ".weight", layer.parameter());
        return layer;
    }

    final OnednnNorm norm(String name, int channels) {
        OnednnNorm norm = new OnednnNorm(engine, channels);
        norms.put(name, norm);
        add(name + ".weight", norm.gamma());
        add(name + ".bias", norm.beta());
        return norm;
    }

    /**
     * A dense array between {@code n} numbers and 4×4 maps of C channels: channel by channel in {@link Dcgan}, pixel by
     * pixel here.
     *
     * @param shape  as {@link Dcgan} has it
     * @param plain  strides of n, channel, pixel there
     * @param layout strides here
     */
    final OnednnParameter dense(String name, int[] shape, long n, long channels, long[] plain, long[] layout) {
        long[] dims = {n, channels, Architecture.DEEP * Architecture.DEEP};
        return add(name, new OnednnParameter(engine, shape, new memory.desc(dims, memory.data_type.f32, plain),
                new memory.desc(dims, memory.data_type.f32, layout)));
    }

    /** A dense array as a matrix for products. */
    final memory matrix(memory array, long rows, long columns, memory.format_tag order) {
        return engine.offHeap().own(new memory(new memory.desc(new long[] {rows, columns}, memory.data_type.f32, order),
                engine.offHeap().cpu(), array.get_data_handle()));
    }

    /** A pass has left its gradients. */
    final void hasLearned(int pass) {
        synchronized (learned) {
            learned.add(pass);
        }
    }

    @Override
    public void step(int number) {
        AdamOptions o = engine.options();
        float rate = (float) (o.learningRate() * Math.sqrt(1 - Math.pow(0.999, number))
                / (1 - Math.pow(o.beta1(), number)));
        float decay = (float) Math.min(o.averageDecay(), (1.0 + number) / (10.0 + number));
        float scale = 1f / engine.batch();
        List<Integer> passes = List.copyOf(learned);
        learned.clear();
        int k = engine.lanes().count();
        List<Runnable> steps = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int lane = i;
            steps.add(() -> parameters.values().forEach(p -> {
                int share = p.length() < SMALL ? p.length() : (p.length() + k - 1) / k;
                int from = Math.min(p.length(), lane * share);
                int to = Math.min(p.length(), from + share);
                if (from < to) p.step(passes, from, to, rate, (float) o.beta1(), scale, decay);
            }));
        }
        Lanes.withOneThread(() -> {
            engine.lanes().run(0, steps);
            engine.lanes().run(0, copies(k));
        });
        norms.values().forEach(n -> n.follow(passes, decay));
    }

    /** Copies to the primitives' layouts, shared out so that lanes have about as much each. */
    private List<Runnable> copies(int k) {
        List<List<OnednnParameter>> shares = new ArrayList<>();
        long[] load = new long[k];
        for (int i = 0; i < k; i++) shares.add(new ArrayList<>());
        parameters.values().stream().sorted(Comparator.comparingLong(OnednnParameter::copied).reversed()).forEach(p -> {
            int least = 0;
            for (int i = 1; i < k; i++) if (load[i] < load[least]) least = i;
            shares.get(least).add(p);
            load[least] += p.copied();
        });
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int lane = i;
            tasks.add(() -> shares.get(lane).forEach(p -> p.changed(engine.stream(lane))));
        }
        return tasks;
    }

    @Override
    public Map<String, FloatArray> weights() {
        return arrays(OnednnParameter::weights, s -> s.values);
    }

    @Override
    public Map<String, FloatArray> average() {
        return arrays(OnednnParameter::average, s -> s.average);
    }

    private Map<String, FloatArray> arrays(Function<OnednnParameter, FloatArray> part,
            Function<OnednnNorm.Statistic, float[]> statistic) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            OnednnParameter p = parameters.get(name);
            if (p != null) arrays.put(name, part.apply(p));
            else if (name.contains("running"))
                arrays.put(name, new FloatArray(statistic.apply(statistic(name)).clone(), shape));
            else arrays.put(name, FloatArray.zeros(shape));   // a bias before a batch norm, which would take it away
        });
        return arrays;
    }

    private OnednnNorm.Statistic statistic(String name) {
        OnednnNorm norm = norms.get(name.substring(0, name.indexOf('.')));
        return name.endsWith("mean") ? norm.mean() : norm.variance();
    }

    @Override
    public Map<String, FloatArray> state() {
        Map<String, FloatArray> mean = arrays(OnednnParameter::mean, s -> s.values);
        Map<String, FloatArray> square = arrays(OnednnParameter::square, s -> s.values);
        mean.keySet().removeIf(name -> name.contains("running"));
        square.keySet().removeIf(name -> name.contains("running"));
        return new NetworkState(weights(), average(), mean, square).arrays();
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        restore(NetworkState.of(saved, shapes));
    }

    private void restore(NetworkState state) {
        parameters.forEach((name, p) -> p.restore(state.weights().get(name), state.average().get(name),
                state.mean().get(name), state.square().get(name)));
        shapes.keySet().stream().filter(name -> name.contains("running")).forEach(name -> {
            float[] values = statistic(name).values;
            System.arraycopy(state.weights().get(name).data(), 0, values, 0, values.length);
            System.arraycopy(state.average().get(name).data(), 0, statistic(name).average, 0, values.length);
        });
    }

    /** Begins with given weights. */
    final void begin(Map<String, FloatArray> weights) {
        Map<String, FloatArray> zeros = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> zeros.put(name, FloatArray.zeros(shape)));
        restore(new NetworkState(weights, weights, zeros, zeros));
    }
}
