package anogan.networks;

import anogan.io.FloatArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network that learns on oneDNN: its arrays, Adam, and what a checkpoint holds. Biases that a batch norm would take
 * away are none of its arrays.
 */
final class OnednnNetwork implements TrainableNetwork {
    /** Below so many numbers, Adam's step is not shared out. */
    private static final int SMALL = 4096;

    private final OnednnContext context;
    private final AdamOptions options;
    private final int batch;
    private final Map<String, int[]> shapes;
    private final OnednnChain.Weights weights;
    private final Map<Integer, OnednnChain> chains = new TreeMap<>();
    private final Map<String, Pass> passes = new TreeMap<>();
    private final TreeSet<Integer> learned = new TreeSet<>();

    OnednnNetwork(OnednnContext context, Precision precision, Architecture architecture, AdamOptions options, int batch,
            Map<String, FloatArray> start) {
        this.context = context;
        this.options = options;
        this.batch = batch;
        shapes = Shapes.of(start);
        try (PointerScope scope = new PointerScope()) {
            weights = new OnednnChain.Weights(context, precision, architecture, batch, shapes);
        }
        Map<String, FloatArray> zeros = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> zeros.put(name, FloatArray.zeros(shape)));
        restore(new NetworkState(start, start, zeros, zeros));
    }

    @Override
    public Pass first() {
        return pass("first", 0, 0, half());
    }

    @Override
    public Pass second() {
        return pass("second", 1, context.lanes().count() - half(), half());
    }

    @Override
    public Pass alone() {
        return pass("alone", 1, 0, context.lanes().count());
    }

    private int half() {
        return Math.max(1, context.lanes().count() / 2);
    }

    /** Made when first asked for. */
    private Pass pass(String name, int number, int lane, int lanes) {
        synchronized (context) {   // two lanes may ask at the same time
            if (!passes.containsKey(name)) {
                if (!chains.containsKey(number))
                    chains.put(number, Lanes.withOneThread(() -> new OnednnChain(weights, number)));
                OnednnChain chain = chains.get(number);
                passes.put(name, new OnednnPass(context, chain, batch, lane, lanes, () -> hasLearned(number)));
            }
            return passes.get(name);
        }
    }

    private synchronized void hasLearned(int pass) {
        learned.add(pass);
    }

    @Override
    public void step(int number) {
        float rate = (float) (options.learningRate() * Math.sqrt(1 - Math.pow(0.999, number))
                / (1 - Math.pow(options.beta1(), number)));
        float decay = (float) options.averageDecay(number);
        List<Integer> from = List.copyOf(learned);
        learned.clear();
        int k = context.lanes().count();
        List<Runnable> steps = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int lane = i;
            steps.add(() -> weights.parameters().values().forEach(p -> {
                int share = p.length() < SMALL ? p.length() : (p.length() + k - 1) / k;
                int begin = Math.min(p.length(), lane * share);
                int end = Math.min(p.length(), begin + share);
                if (begin < end) p.step(from, begin, end, rate, (float) options.beta1(), 1f / batch, decay);
            }));
        }
        Lanes.withOneThread(() -> {
            context.lanes().run(0, steps);
            context.lanes().run(0, copies(k));
        });
        weights.norms().values().forEach(n -> n.follow(from, decay));
    }

    /** Copies to the primitives' layouts, shared out so that lanes have about as much each. */
    private List<Runnable> copies(int k) {
        List<List<OnednnParameter>> shares = new ArrayList<>();
        long[] load = new long[k];
        for (int i = 0; i < k; i++) shares.add(new ArrayList<>());
        weights.parameters().values().stream().sorted(Comparator.comparingLong(OnednnParameter::copied).reversed())
                .forEach(p -> {
                    int least = 0;
                    for (int i = 1; i < k; i++) if (load[i] < load[least]) least = i;
                    shares.get(least).add(p);
                    load[least] += p.copied();
                });
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int lane = i;
            tasks.add(() -> shares.get(lane).forEach(p -> p.changed(context.stream(lane))));
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

    /** One part of every array; a bias that is none of ours is zero. */
    private Map<String, FloatArray> arrays(Function<OnednnParameter, FloatArray> part,
            Function<OnednnNorm.Statistic, float[]> statistic) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            OnednnParameter p = weights.parameters().get(name);
            if (p != null) arrays.put(name, part.apply(p));
            else arrays.put(name, running(name) ? new FloatArray(statistic.apply(statistic(name)).clone(), shape)
                    : FloatArray.zeros(shape));
        });
        return arrays;
    }

    private static boolean running(String name) {
        return name.contains("running");
    }

    private OnednnNorm.Statistic statistic(String name) {
        return weights.norms().get(name.substring(0, name.indexOf('.'))).statistic(name.endsWith("mean"));
    }

    @Override
    public Map<String, FloatArray> state() {
        Map<String, FloatArray> mean = arrays(OnednnParameter::mean, s -> s.values);
        Map<String, FloatArray> square = arrays(OnednnParameter::square, s -> s.values);
        mean.keySet().removeIf(OnednnNetwork::running);
        square.keySet().removeIf(OnednnNetwork::running);
        return new NetworkState(weights(), average(), mean, square).arrays();
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        restore(NetworkState.of(saved, shapes));
    }

    private void restore(NetworkState state) {
        weights.parameters().forEach((name, p) -> p.restore(state.weights().get(name), state.average().get(name),
                state.mean().get(name), state.square().get(name)));
        shapes.keySet().stream().filter(OnednnNetwork::running).forEach(name -> {
            float[] values = statistic(name).values;
            System.arraycopy(state.weights().get(name).data(), 0, values, 0, values.length);
            System.arraycopy(state.average().get(name).data(), 0, statistic(name).average, 0, values.length);
        });
    }
}
