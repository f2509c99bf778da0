package anogan.scoring;

import anogan.UserError;
import anogan.mapping.Mapper;
import anogan.mapping.MappingResult;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The networks of a mapped run, opened again: what figures show of chosen patches is not stored for every patch, and is
 * computed anew. A patch has the same G(z) and the same scores as it got in the mapping, since its starting point
 * depends on the run's options and its name alone.
 */
public final class FrozenRun implements AutoCloseable {
    private final Patches patches;
    private final ScoringOptions options;
    private final Architecture architecture;
    private final Mapper mapper;

    private FrozenRun(Patches patches, ScoringOptions options, MappingModel model) {
        this.patches = patches;
        this.options = options;
        architecture = model.pair().architecture();
        mapper = model.mapper(options.mapping(), Compute.defaults());
    }

    /** Empty if the run has no model, or if its mapping was made with options that this version does not know. */
    public static Optional<FrozenRun> open(RunFolder run, Patches patches) {
        if (!Files.exists(run.file("model/dcgan.json"))) return Optional.empty();
        ScoringOptions options;
        try {
            options = ScoringOptions.of(run);
        } catch (UserError e) {
            return Optional.empty();
        }
        return Optional.of(new FrozenRun(patches, options, MappingModel.load(run, options)));
    }

    public Architecture architecture() {
        return architecture;
    }

    public ScoringOptions options() {
        return options;
    }

    /** The pixels of a patch: S × S in [−1, 1]. */
    public float[] query(Patch patch) {
        return Scoring.query(patches, patch).pixels();
    }

    /** Each patch at the end of its descent. */
    public List<MappingResult> map(List<Patch> chosen) {
        return mapper.map(chosen.stream().map(p -> Scoring.query(patches, p)).toList());
    }

    /** f of each patch, the output of D's last convolution: 4 × 4 × C numbers. */
    public List<float[]> features(List<Patch> chosen) {
        return mapper.features(chosen.stream().map(this::query).toList());
    }

    /** What G draws at {@code n} random points: S × S in [−1, 1] each. */
    public List<float[]> samples(int n, long seed) {
        return mapper.generate(IntStream.range(0, n)
                .mapToObj(i -> Seeds.uniform(seed, "sample " + i, architecture.latent())).toList());
    }

    @Override
    public void close() {
        mapper.close();
    }
}
