package anogan.mapping;

import anogan.networks.ForwardPasses;
import anogan.run.Seeds;
import java.util.Arrays;
import java.util.List;

/** Where descents begin: {@link MappingOptions.Start}. Serves one thread at a time. */
interface StartingPoints {
    /** z of each start, in their order. */
    List<float[]> of(List<Starts.Start> some);

    /**
     * Uniform in [−1, 1], by seed, pixels of the query and number of the start: a patch begins at the same point
     * wherever its scan lies and whatever it is called.
     */
    static StartingPoints random(long seed, int latent) {
        return some -> some.stream()
                .map(s -> Seeds.uniform(seed, "z " + s.number() + " " + Arrays.hashCode(s.what().pixels()), latent))
                .toList();
    }

    /** E(x). */
    static StartingPoints encoded(ForwardPasses encoder) {
        return some -> encoder.codes(some.stream().map(s -> s.what().pixels()).toList());
    }
}
