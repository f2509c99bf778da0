package anogan.networks;

import anogan.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.bytedeco.dnnl.global.dnnl;

/** The engines of one mapper: one for each thread that works by itself, over weights that they share. */
public final class Engines implements AutoCloseable {
    private final List<MappingEngine> engines = new ArrayList<>();
    private final AutoCloseable weights;

    /**
     * @param workers how many engines
     * @param batch   of each
     * @param threads that each engine uses inside its operations
     */
    public Engines(FrozenNetworks networks, Precision precision, Compute.Engine kind, int workers, int batch,
            int threads) {
        boolean onednn = kind.resolved() == Compute.Engine.ONEDNN;
        require(precision, onednn, Engines::computes);
        if (onednn) {
            OnednnWeights shared = onednn(networks);
            weights = shared;
            for (int i = 0; i < workers; i++) engines.add(new OnednnEngine(shared, precision, batch, threads));
        } else {
            weights = () -> {
            };
            for (int i = 0; i < workers; i++) engines.add(new Nd4jEngine(networks, batch));
        }
    }

    /**
     * Refuses a precision that an engine does not compute with here.
     *
     * @param kernels whether oneDNN does, asked only if it is the engine
     */
    static void require(Precision precision, boolean onednn, Predicate<Precision> kernels) {
        String name = precision.name().toLowerCase(Locale.ROOT);
        if (!onednn && precision != Precision.F32) throw UserError
                .usage("Only the onednn engine computes with %s. Choose f32 as option precision, or onednn as "
                        + "option engine.", name);
        if (onednn && !kernels.test(precision)) throw UserError
                .usage("oneDNN has no kernels for %s on this processor. Choose f32 as option precision.", name);
    }

    /**
     * Whether oneDNN has kernels for a precision here: bf16 takes AVX-512, or AVX2 with its second VNNI. On other
     * families of processors, of which it does not tell, it may be tried.
     */
    public static boolean computes(Precision precision) {
        if (precision == Precision.F32) return true;
        int isa = dnnl.dnnl_get_effective_cpu_isa();
        return isa == dnnl.dnnl_cpu_isa_default || has(isa, dnnl.dnnl_cpu_isa_avx512_core)
                || has(isa, dnnl.dnnl_cpu_isa_avx2_vnni_2);
    }

    private static boolean has(int isa, int wanted) {
        return (isa & wanted) == wanted;
    }

    private static OnednnWeights onednn(FrozenNetworks networks) {
        try {
            return new OnednnWeights(networks);
        } catch (LinkageError e) {
            throw UserError.failure("The onednn engine cannot be loaded here (%s). Choose nd4j as option engine.",
                    e.getMessage());
        }
    }

    public MappingEngine get(int worker) {
        return engines.get(worker);
    }

    @Override
    public void close() {
        engines.forEach(MappingEngine::close);
        try {
            weights.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
