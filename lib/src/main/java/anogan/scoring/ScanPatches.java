package anogan.scoring;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.Seeds;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** A scan with those of its patches that are scored. */
record ScanPatches(int scan, List<Patch> patches) {
    /**
     * Validation and test scans in full, and some of the training scans.
     *
     * @param trainPatches training scans are added until they have so many patches
     * @param seed         draws them
     */
    static List<ScanPatches> of(Patches patches, int trainPatches, long seed) {
        List<ScanPatches> work = new ArrayList<>(trainingSample(patches, trainPatches, seed));
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (int scan : patches.scans(split)) work.add(new ScanPatches(scan, patches.grid(scan)));
        }
        return work;
    }

    private static List<ScanPatches> trainingSample(Patches patches, int trainPatches, long seed) {
        List<Integer> left = new ArrayList<>(patches.scans(Split.TRAIN));
        SplittableRandom random = Seeds.random(seed, "training sample");
        List<ScanPatches> sample = new ArrayList<>();
        for (int n = 0; n < trainPatches && !left.isEmpty();) {
            int scan = left.remove(random.nextInt(left.size()));
            sample.add(new ScanPatches(scan, patches.grid(scan)));
            n += sample.get(sample.size() - 1).patches.size();
        }
        sample.sort(Comparator.comparingInt(ScanPatches::scan));
        return sample;
    }
}
