package anogan.mapping;

import anogan.UserError;
import anogan.dcgan.HeldOutCurve;
import anogan.dcgan.TrainOptions;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.patches.Patches;
import anogan.run.Seeds;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Tells without a label how well a pair draws normal patches: {@value #PATCHES} patches of validation scans, which
 * nothing is learned from, and as many of training scans are mapped in {@value #STEPS} steps, otherwise as
 * {@link MappingOptions#defaults} says. Patches and starting points depend on the seed alone, so that rows of a curve
 * differ by the pair and nothing else.
 */
public final class HeldOutNormals implements HeldOutCurve.Measure {
    static final int PATCHES = 32;
    static final int STEPS = 30;

    private final MappingOptions options;
    private final List<Mapper.Query> train;
    private final List<Mapper.Query> heldOut;

    private HeldOutNormals(Patches patches, TrainOptions training) {
        options = MappingOptions.defaults().withSteps(STEPS).withPrecision(training.precision())
                .withSeed(training.seed());
        train = sample(patches, normals(patches, Split.TRAIN), training.seed());
        heldOut = sample(patches, normals(patches, Split.VALIDATION), training.seed());
    }

    /**
     * What a training with these options is measured by; empty if it is not to be measured. Without validation normals
     * it cannot be, which is said on stderr.
     *
     * @throws UserError if the best pair is to be kept, and there are no validation normals to tell it by
     */
    public static Optional<HeldOutCurve.Measure> of(Patches patches, TrainOptions training) {
        if (training.heldOutEvery() == 0) return Optional.empty();
        if (!normals(patches, Split.VALIDATION).isEmpty()) return Optional.of(new HeldOutNormals(patches, training));
        if (training.keep() == TrainOptions.Keep.BEST) throw UserError.failure(
                "%s has no normal validation scans, by which the best pair is told. Choose last as option keep, or "
                        + "prepare the scans with some.",
                patches.path());
        System.err.printf(Locale.ROOT,
                "train: %s has no normal validation scans, so that no loss of held-out normals is measured.%n",
                patches.path());
        return Optional.empty();
    }

    private static List<Integer> normals(Patches patches, Split split) {
        return patches.scans(split).stream().filter(i -> patches.scans().get(i).normal()).toList();
    }

    /** Patches at random places, from as many scans as possible. */
    private static List<Mapper.Query> sample(Patches patches, List<Integer> scans, long seed) {
        int size = patches.options().size();
        SplittableRandom random = Seeds.random(seed, "held-out normals");
        List<Integer> left = new ArrayList<>();
        List<Mapper.Query> sample = new ArrayList<>();
        while (sample.size() < PATCHES) {
            if (left.isEmpty()) left.addAll(scans);
            int scan = left.remove(random.nextInt(left.size()));
            int row = random.nextInt(patches.stripHeight() - size + 1);
            int column = random.nextInt(patches.stripWidth() - size + 1);
            float[] pixels = new float[size * size];
            patches.copyPatch(scan, row, column, false, pixels, 0);
            sample.add(new Mapper.Query(patches.scans().get(scan).scan(), pixels));
        }
        return sample;
    }

    @Override
    public HeldOutCurve.Row at(int step, Dcgan pair) {
        List<Mapper.Query> both = new ArrayList<>(train);
        both.addAll(heldOut);
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, Compute.defaults())) {
            List<MappingResult> ends = mapper.map(both);
            List<MappingResult> seen = ends.subList(0, train.size());
            List<MappingResult> unseen = ends.subList(train.size(), ends.size());
            ToDoubleFunction<MappingResult> loss = end -> end.anomaly(options.loss().lambda());
            return new HeldOutCurve.Row(step, mean(seen, loss), mean(unseen, loss), mean(seen, MappingResult::residual),
                    mean(unseen, MappingResult::residual));
        }
    }

    private static float mean(List<MappingResult> ends, ToDoubleFunction<MappingResult> value) {
        return (float) ends.stream().mapToDouble(value).average().orElseThrow();
    }
}
