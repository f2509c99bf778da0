package anogan.mapping;

import anogan.networks.ForwardPasses;
import java.util.List;

/** Where descents begin: {@link MappingOptions.Start}. Serves one thread at a time. */
interface StartingPoints {
    /** z of each start, in their order. */
    List<float[]> of(List<Starts.Start> some);

    /** {@link Mapper.Query#randomStart}. */
    static StartingPoints random(long seed, int latent) {
        return some -> some.stream().map(s -> s.what().randomStart(seed, s.number(), latent)).toList();
    }

    /** E(x). */
    static StartingPoints encoded(ForwardPasses encoder) {
        return some -> encoder.codes(some.stream().map(s -> s.what().pixels()).toList());
    }
}
