package anogan.networks;

import anogan.io.FloatArray;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * D in training, and E, which is D to a code as long as z:
 *
 * <pre>
 * N×S×S → [5×5 convolution, stride 2 ─ (BN but for the first, which has a bias) LeakyReLU(0.2)]… → f(x) ─ dense
 * </pre>
 */
final class OnednnDiscriminator extends OnednnNetwork {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final int layers;
    private final int outputs;
    private final OnednnStrided[] convolutions;
    private final OnednnNorm[] norms;
    private final OnednnParameter bias;
    private final OnednnParameter head;
    private final OnednnParameter headBias;
    private final Map<Integer, Way> ways = new TreeMap<>();

    /** @param dense name of the last layer */
    OnednnDiscriminator(OnednnLearning engine, String dense, Map<String, FloatArray> start) {
        super(engine, Shapes.of(start));
        Architecture a = engine.architecture();
        int[] c = a.discriminatorChannels();
        long pixels = Architecture.DEEP * Architecture.DEEP;
        layers = a.layers();
        outputs = start.get(dense + ".bias").shape()[0];
        convolutions = new OnednnStrided[layers + 1];
        norms = new OnednnNorm[layers + 1];
        try (PointerScope scope = new PointerScope()) {
            for (int i = 1; i <= layers; i++) {
                convolutions[i] = strided("conv" + i, c[i - 1], c[i], a.size() >> i);
                if (i > 1) norms[i] = norm("bn" + i, c[i]);
            }
            bias = add("conv1.bias", OnednnNorm.vector(engine, c[1]));
            head = dense(dense + ".weight", new int[] {outputs, a.features()}, outputs, c[layers],
                    new long[] {a.features(), pixels, 1}, new long[] {1, outputs, (long) outputs * c[layers]});
            headBias = add(dense + ".bias", OnednnNorm.vector(engine, outputs));
        }
        begin(start);
    }

    @Override
    public Pass first() {
        return way(0);
    }

    @Override
    public Pass second() {
        return way(1);
    }

    @Override
    public Pass alone() {
        return way(2);
    }

    /** Made when first asked for: an encoder needs one, D three. */
    private Way way(int i) {
        synchronized (engine()) {   // two lanes may ask at the same time
            if (!ways.containsKey(i)) ways.put(i, Lanes.withOneThread(() -> made(i)));
            return ways.get(i);
        }
    }

    private Way made(int i) {
        int lanes = engine().lanes().count();
        int half = Math.max(1, lanes / 2);
        try (PointerScope scope = new PointerScope()) {
            return switch (i) {
                case 0 -> new Way(new Maps(0), 0, half);
                case 1 -> new Way(way(2).maps, lanes - half, half);
                default -> new Way(new Maps(1), 0, lanes);
            };
        }
    }

    /** Activations of a pass and their errors. */
    private final class Maps {
        private final int pass;
        private final OnednnBuffer[] x = new OnednnBuffer[layers + 1];       // before batch norm
        private final OnednnBuffer[] y = new OnednnBuffer[layers + 1];       // behind LeakyReLU
        private final OnednnBuffer[] error = new OnednnBuffer[layers + 1];
        private final OnednnBuffer phases = buffer(4, engine().architecture().size() / 2);
        private final memory out = engine().offHeap().matrix(engine().batch(), outputs);
        private final memory outError = engine().offHeap().matrix(engine().batch(), outputs);

        Maps(int pass) {
            this.pass = pass;
            int[] c = engine().architecture().discriminatorChannels();
            for (int i = 0; i <= layers; i++) {
                int size = engine().architecture().size() >> i;
                y[i] = buffer(c[i], size);
                error[i] = buffer(c[i], size);
                if (i > 1) x[i] = buffer(c[i], size);
            }
        }

        private OnednnBuffer buffer(int channels, int size) {
            return engine().offHeap().buffer(engine().batch(), channels, size, F32);
        }
    }

    /** One way through it. */
    private final class Way implements Pass {
        private final int n = engine().batch();
        private final Maps maps;
        private final int pass;
        private final OnednnBuffer[] x;
        private final OnednnBuffer[] y;
        private final OnednnBuffer[] error;
        private final OnednnNorm.Way[] norm = new OnednnNorm.Way[layers + 1];
        private final memory ones = engine().offHeap().matrix(1, n);
        private final OnednnSchedule forward;
        private final OnednnSchedule backward;
        private final OnednnSchedule inputGradient;

        Way(Maps maps, int lane, int lanes) {
            this.maps = maps;
            pass = maps.pass;
            x = maps.x;
            y = maps.y;
            error = maps.error;
            float[] all = new float[n];
            Arrays.fill(all, 1);
            OnednnMemory.floats(ones).put(all);
            for (int i = 2; i <= layers; i++)
                norm[i] = norms[i].new Way(pass, x[i].in(n), y[i].in(n), error[i].in(n), false);
            forward = OnednnSchedule.of(engine(), lane, lanes, this::forward);
            backward = OnednnSchedule.of(engine(), lane, lanes, s -> backward(s, true));
            inputGradient = OnednnSchedule.of(engine(), lane, lanes, s -> backward(s, false));
        }

        private void forward(OnednnSchedule s) {
            s.split((p, from, m) -> convolutions[1].down(p, y[0].in(from, m), y[1].in(from, m),
                    Optional.of(bias.master()), OnednnProgram.relu(Architecture.LEAK)));
            for (int i = 2; i <= layers; i++) {
                int k = i;
                s.split((p, from, m) -> convolutions[k].down(p, y[k - 1].in(from, m), x[k].in(from, m),
                        Optional.empty(), OnednnProgram.identity()));
                norm[i].forward(s.whole());
                s.split((p, from, m) -> p.activate(algorithm.eltwise_relu_use_dst_for_bwd, Architecture.LEAK,
                        y[k].in(from, m)));
            }
            s.whole().product(y[layers].rows(n), headMatrix(head.master(), memory.format_tag.ab),
                    Optional.of(headBias.master()), maps.out, OnednnProgram.identity());
        }

        private memory headMatrix(memory array, memory.format_tag order) {
            long features = y[layers].length();
            return order == memory.format_tag.ab ? matrix(array, features, outputs, order)
                    : matrix(array, outputs, features, order);
        }

        /** @param learn whether the weights get gradients, and the image none; or the other way round */
        private void backward(OnednnSchedule s, boolean learn) {
            OnednnProgram first = s.whole();
            if (learn) {
                first.product(y[layers].columns(n), maps.outError, Optional.empty(),
                        headMatrix(head.gradient(pass), memory.format_tag.ab), OnednnProgram.identity());
                first.product(ones, maps.outError, Optional.empty(),
                        matrix(headBias.gradient(pass), 1, outputs, memory.format_tag.ab), OnednnProgram.identity());
            }
            first.product(maps.outError, headMatrix(head.master(), memory.format_tag.ba), Optional.empty(),
                    error[layers].rows(n), OnednnProgram.identity());
            for (int i = layers; i >= 1; i--) {
                int k = i;
                s.split((p, from, m) -> p.slope(algorithm.eltwise_relu_use_dst_for_bwd, Architecture.LEAK,
                        y[k].in(from, m), error[k].in(from, m)));
                if (i > 1) norm[i].backward(s.whole());
                if (learn && i > 1) s.beside((p, from, m) -> back(k, p, from, m), p -> learn(k, p));
                else if (learn) learn(1, s.whole());
                else s.split((p, from, m) -> back(k, p, from, m));
            }
        }

        private void back(int i, OnednnProgram p, int from, int m) {
            if (i > 1) convolutions[i].up(p, error[i].in(from, m), error[i - 1].in(from, m));
            else convolutions[1].upToOne(p, error[1].in(from, m), Optional.empty(), maps.phases.in(from, m),
                    error[0].in(from, m), OnednnProgram.identity());
        }

        private void learn(int i, OnednnProgram p) {
            convolutions[i].learn(p, pass, y[i - 1].in(n), error[i].in(n),
                    i == 1 ? Optional.of(bias.gradient(pass)) : Optional.empty());
        }

        @Override
        public float[] forward(float[] images) {
            y[0].floats(n).put(images);
            Lanes.withOneThread(forward::run);
            float[] results = new float[n * outputs];
            OnednnMemory.floats(maps.out).get(results);
            return results;
        }

        @Override
        public float[] backward(float[] dy) {
            OnednnMemory.floats(maps.outError).put(dy);
            Lanes.withOneThread(backward::run);
            hasLearned(pass);
            return new float[0];
        }

        @Override
        public float[] inputGradient(float[] dy) {
            OnednnMemory.floats(maps.outError).put(dy);
            Lanes.withOneThread(inputGradient::run);
            float[] errors = new float[(int) (n * y[0].length())];
            error[0].floats(n).get(errors);
            return errors;
        }
    }
}
