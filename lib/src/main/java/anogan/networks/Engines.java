package anogan.networks;

import anogan.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        if (kind.resolved() == Compute.Engine.ONEDNN) {
            OnednnWeights shared = onednn(networks);
            weights = shared;
            for (int i = 0; i < workers; i++) engines.add(new OnednnEngine(shared, precision, batch, threads));
        } else {
            if (precision != Precision.F32) throw UserError
                    .usage("Only the onednn engine computes with %s. Choose f32 as option precision, or onednn as "
                            + "option engine.", precision.name().toLowerCase(Locale.ROOT));
            weights = () -> {
            };
            for (int i = 0; i < workers; i++) engines.add(new Nd4jEngine(networks, batch));
        }
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
