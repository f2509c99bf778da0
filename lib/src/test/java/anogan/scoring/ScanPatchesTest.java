package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TinyPatches;
import anogan.patches.Patches;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanPatchesTest {
    /** Scans of fifteen patches each: as many as it takes to have so many, all of them whole. */
    @Test
    void trainingScansAreTakenWholeUntilThereAreEnoughPatches(@TempDir Path folder) {
        Patches patches = TinyPatches.prepare(folder, 1);
        List<Integer> judged = new ArrayList<>(patches.scans(Split.VALIDATION));
        judged.addAll(patches.scans(Split.TEST));
        int[][] wantedAndScans = {{0, 0}, {1, 1}, {15, 1}, {16, 2}, {1000, 2}};
        for (int[] w : wantedAndScans) {
            List<ScanPatches> work = ScanPatches.of(patches, w[0], 1);
            List<Integer> scans = work.stream().map(ScanPatches::scan).toList();
            assertEquals(judged, scans.subList(w[1], scans.size()), "and all that are judged");
            assertTrue(patches.scans(Split.TRAIN).containsAll(scans.subList(0, w[1])));
            assertEquals(scans.stream().distinct().toList(), scans);
            for (ScanPatches p : work) assertEquals(patches.grid(p.scan()), p.patches());
        }
        Set<Integer> drawn = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            drawn.add(ScanPatches.of(patches, 1, seed).get(0).scan());
            assertEquals(ScanPatches.of(patches, 1, seed), ScanPatches.of(patches, 1, seed));
        }
        assertEquals(Set.copyOf(patches.scans(Split.TRAIN)), drawn, "the seed draws them");
    }
}
