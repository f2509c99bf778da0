package anogan.scoring;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.Seeds;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A scan with those of its patches that are scored. */
record ScanPatches(int scan, List<Patch> patches) {
    /**
     * Validation and test scans in full; of the training scans a sample.
     *
     * @param trainPatches how large a sample
     * @param seed         draws it
     */
    static List<ScanPatches> of(Patches patches, int trainPatches, long seed) {
        List<ScanPatches> work = new ArrayList<>();
        trainingSample(patches, trainPatches, seed).forEach((scan, sample) -> work.add(new ScanPatches(scan, sample)));
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (int scan : patches.scans(split)) work.add(new ScanPatches(scan, patches.grid(scan)));
        }
        return work;
    }

    private static Map<Integer, List<Patch>> trainingSample(Patches patches, int trainPatches, long seed) {
        List<Patch> candidates = new ArrayList<>();
        for (int scan : patches.scans(Split.TRAIN)) candidates.addAll(patches.grid(scan));
        SplittableRandom random = Seeds.random(seed, "training sample");
        Map<Integer, List<Patch>> sample = new TreeMap<>();
        for (int i = 0; i < trainPatches && !candidates.isEmpty(); i++) {
            Patch p = candidates.remove(random.nextInt(candidates.size()));
            sample.computeIfAbsent(p.scan(), s -> new ArrayList<>()).add(p);
        }
        return sample;
    }
}
