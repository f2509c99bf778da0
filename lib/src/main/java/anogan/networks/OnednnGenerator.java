package anogan.networks;

import static anogan.networks.Architecture.DEEP;

import anogan.io.FloatArray;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * G in training:
 *
 * <pre>
 * z → dense → 4×4×C ─ BN ReLU ─ [5×5 transposed convolution, stride 2 ─ BN ReLU]… ─ bias tanh → N×S×S in [−1, 1]
 * </pre>
 *
 * The bias of the dense layer is one for each of the 16 pixels of a channel, so that batch norm does not take it away;
 * those of the transposed convolutions before a batch norm it would, and there are none.
 */
final class OnednnGenerator extends OnednnNetwork {
    private static final memory.data_type F32 = memory.data_type.f32;
    private final int layers;
    private final OnednnParameter dense;
    private final OnednnParameter denseBias;
    private final OnednnStrided[] deconvolutions;
    private final OnednnNorm[] norms;
    private final OnednnParameter bias;
    private final memory fourBiases;
    private final Way way;

    OnednnGenerator(OnednnLearning engine, Map<String, FloatArray> start) {
        super(engine, Shapes.generator(engine.architecture()));
        Architecture a = engine.architecture();
        int[] c = a.generatorChannels();
        long pixels = DEEP * DEEP;
        layers = a.layers();
        deconvolutions = new OnednnStrided[layers + 1];
        norms = new OnednnNorm[layers];
        try (PointerScope scope = new PointerScope()) {
            dense = dense("dense.weight", new int[] {a.features(), a.latent()}, a.latent(), c[0],
                    new long[] {1, pixels * a.latent(), a.latent()}, new long[] {a.features(), 1, c[0]});
            denseBias = dense("dense.bias", new int[] {a.features()}, 1, c[0], new long[] {a.features(), pixels, 1},
                    new long[] {a.features(), 1, c[0]});
            for (int i = 0; i <= layers; i++) {
                if (i > 0) deconvolutions[i] = strided("deconv" + i, c[i], c[i - 1], DEEP << i - 1);
                if (i < layers) norms[i] = norm("bn" + i, c[i]);
            }
            bias = add("deconv" + layers + ".bias", OnednnNorm.vector(engine, 1));
            fourBiases = engine.offHeap().vector(4);
            float[] one = new float[1];
            bias.onChange(stream -> {
                OnednnMemory.floats(bias.master()).get(one);
                OnednnMemory.floats(fourBiases).put(new float[] {one[0], one[0], one[0], one[0]});
            });
            way = new Way();
        }
        begin(start);
    }

    @Override
    public Pass first() {
        return way;
    }

    @Override
    public Pass second() {
        throw new IllegalStateException("a generator has one pass");
    }

    @Override
    public Pass alone() {
        return way;
    }

    /** Its one pass, with every lane. */
    private final class Way implements Pass {
        private final int n = engine().batch();
        private final OnednnBuffer z = buffer(engine().architecture().latent(), 1);
        private final OnednnBuffer zError = buffer(engine().architecture().latent(), 1);
        private final OnednnBuffer[] x = new OnednnBuffer[layers];        // before batch norm
        private final OnednnBuffer[] h = new OnednnBuffer[layers];        // behind it
        private final OnednnBuffer[] error = new OnednnBuffer[layers + 1];
        private final OnednnBuffer image = buffer(1, engine().architecture().size());
        private final OnednnBuffer phases = buffer(4, engine().architecture().size() / 2);
        private final OnednnNorm.Way[] norm = new OnednnNorm.Way[layers];
        private final memory ones = engine().offHeap().matrix(1, n);
        private final memory pixelErrors = engine().offHeap().matrix(1, image.length());
        private final OnednnSchedule forward;
        private final OnednnSchedule backward;

        Way() {
            int[] c = engine().architecture().generatorChannels();
            float[] all = new float[n];
            Arrays.fill(all, 1);
            OnednnMemory.floats(ones).put(all);
            for (int i = 0; i < layers; i++) {
                x[i] = buffer(c[i], DEEP << i);
                h[i] = buffer(c[i], DEEP << i);
                error[i] = buffer(c[i], DEEP << i);
                norm[i] = norms[i].new Way(0, x[i].in(n), h[i].in(n), error[i].in(n), true);
            }
            error[layers] = buffer(1, engine().architecture().size());
            forward = OnednnSchedule.of(engine(), 0, engine().lanes().count(), this::forward);
            backward = OnednnSchedule.of(engine(), 0, engine().lanes().count(), this::backward);
        }

        private OnednnBuffer buffer(int channels, int size) {
            return engine().offHeap().buffer(n, channels, size, F32);
        }

        private void forward(OnednnSchedule s) {
            s.whole().product(z.rows(n), matrix(dense.master(), z.length(), h[0].length(), memory.format_tag.ab),
                    Optional.of(denseBias.master()), x[0].rows(n), OnednnProgram.identity());
            norm[0].forward(s.whole());
            for (int i = 1; i < layers; i++) {
                int k = i;
                s.split((p, from, m) -> deconvolutions[k].up(p, h[k - 1].in(from, m), x[k].in(from, m)));
                norm[i].forward(s.whole());
            }
            s.split((p, from, m) -> deconvolutions[layers].upToOne(p, h[layers - 1].in(from, m),
                    Optional.of(fourBiases), phases.in(from, m), image.in(from, m), OnednnProgram.tanh()));
        }

        private void backward(OnednnSchedule s) {
            s.whole().slope(algorithm.eltwise_tanh_use_dst_for_bwd, 0, image.in(n), error[layers].in(n));
            for (int i = layers; i >= 1; i--) {
                int k = i;
                s.beside((p, from, m) -> deconvolutions[k].down(p, error[k].in(from, m), error[k - 1].in(from, m),
                        Optional.empty(), OnednnProgram.identity()), p -> {
                            deconvolutions[k].learn(p, 0, error[k].in(n), h[k - 1].in(n), Optional.empty());
                            if (k == layers) p.product(ones, error[k].rows(n), Optional.empty(), pixelErrors,
                                    OnednnProgram.identity());
                        });
                norm[i - 1].backward(s.whole());
            }
            OnednnProgram p = s.whole();
            p.product(z.columns(n), error[0].rows(n), Optional.empty(),
                    matrix(dense.gradient(0), z.length(), h[0].length(), memory.format_tag.ab),
                    OnednnProgram.identity());
            p.product(ones, error[0].rows(n), Optional.empty(),
                    matrix(denseBias.gradient(0), 1, h[0].length(), memory.format_tag.ab), OnednnProgram.identity());
            p.product(error[0].rows(n), matrix(dense.master(), h[0].length(), z.length(), memory.format_tag.ba),
                    Optional.empty(), zError.rows(n), OnednnProgram.identity());
        }

        @Override
        public float[] forward(float[] points) {
            z.floats(n).put(points);
            Lanes.withOneThread(forward::run);
            float[] images = new float[(int) (n * image.length())];
            image.floats(n).get(images);
            return images;
        }

        @Override
        public float[] backward(float[] dy) {
            error[layers].floats(n).put(dy);
            Lanes.withOneThread(backward::run);
            double sum = 0;
            float[] byPixel = new float[(int) image.length()];
            OnednnMemory.floats(pixelErrors).get(byPixel);
            for (float e : byPixel) sum += e;
            OnednnMemory.floats(bias.gradient(0)).put((float) sum);
            hasLearned(0);
            float[] errors = new float[(int) (n * z.length())];
            zError.floats(n).get(errors);
            return errors;
        }

        @Override
        public float[] inputGradient(float[] dy) {
            throw new IllegalStateException("a generator's input has no weights behind it that could learn alone");
        }
    }
}
