package anogan.dcgan;

import anogan.UserError;
import anogan.patches.Patches;
import anogan.run.Seeds;
import anogan.scans.Split;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Patches at random places of the training scans, as in the paper (there 1,000,000 from 270 volumes; here drawn anew in
 * every step).
 */
public final class RandomCrops implements PatchSource {
    private final Patches patches;
    private final List<Integer> scans;
    private final boolean mirror;
    private final long seed;

    public RandomCrops(Patches patches, boolean mirror, long seed) {
        this.patches = patches;
        this.scans = patches.scans(Split.TRAIN);
        this.mirror = mirror;
        this.seed = seed;
        if (scans.isEmpty()) throw UserError.failure(
                "%s has no normal scans to train on. Prepare it again with other splits or classes.", patches.path());
    }

    @Override
    public void fill(long step, int n, float[] batch) {
        int size = patches.options().size();
        SplittableRandom random = Seeds.random(seed, "batch " + step);
        for (int i = 0; i < n; i++) {
            int scan = scans.get(random.nextInt(scans.size()));
            int row = random.nextInt(patches.stripHeight() - size + 1);
            int column = random.nextInt(patches.stripWidth() - size + 1);
            patches.copyPatch(scan, row, column, mirror && random.nextBoolean(), batch, i * size * size);
        }
    }
}
