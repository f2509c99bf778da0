package anogan.scoring;

import anogan.Seeds;
import anogan.data.Patch;
import anogan.data.PatchFolder;
import anogan.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A scan with those of its patches that are scored. */
record Work(int scan, List<Patch> patches) {
    /**
     * Validation and test scans in full; of the training scans a sample.
     *
     * @param trainPatches how large a sample
     * @param seed         draws it
     */
    static List<Work> of(PatchFolder patches, int trainPatches, long seed) {
        List<Work> work = new ArrayList<>();
        trainingSample(patches, trainPatches, seed).forEach((scan, sample) -> work.add(new Work(scan, sample)));
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (int scan : patches.scans(split)) work.add(new Work(scan, patches.grid(scan)));
        }
        return work;
    }

    private static Map<Integer, List<Patch>> trainingSample(PatchFolder patches, int trainPatches, long seed) {
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
