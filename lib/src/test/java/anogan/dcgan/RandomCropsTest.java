package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Patches;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomCropsTest {
    private static final int SIZE = 32;
    private static final int N = 40;
    private static Path folder;
    private static Patches patches;

    @BeforeAll
    static void prepare(@TempDir Path temporary) {
        folder = temporary;
        patches = TinyPatches.prepare(folder, 1);
    }

    @Test
    void aBatchDependsOnSeedAndStepAlone() {
        RandomCrops crops = new RandomCrops(patches, true, 7);
        float[] fifth = batch(crops, 5);
        float[] sixth = batch(crops, 6);
        assertArrayEquals(fifth, batch(crops, 5));
        assertArrayEquals(sixth, batch(new RandomCrops(patches, true, 7), 6));
        assertFalse(Arrays.equals(fifth, sixth));
        assertFalse(Arrays.equals(fifth, batch(new RandomCrops(patches, true, 8), 5)));
    }

    @Test
    void everyPatchIsCutFromATrainingScan() {
        Set<Integer> scans = new HashSet<>();
        Set<Boolean> orientations = new HashSet<>();
        float[] batch = batch(new RandomCrops(patches, true, 7), 1);
        for (int i = 0; i < N; i++) {
            boolean found = false;
            for (int scan : patches.scans(Split.TRAIN)) {
                for (int column = 0; column <= patches.stripWidth() - SIZE; column++) {
                    for (boolean mirrored : new boolean[] {false, true}) {
                        if (!holds(patches, scan, column, mirrored, batch, i)) continue;
                        found = true;
                        scans.add(scan);
                        orientations.add(mirrored);
                    }
                }
            }
            assertTrue(found, "patch " + i + " is from nowhere");
        }
        assertEquals(2, scans.size(), "both training scans are used");
        assertEquals(2, orientations.size(), "both eyes' orientations are used");
    }

    @Test
    void withoutMirroringEveryPatchIsUpright() {
        float[] batch = batch(new RandomCrops(patches, false, 7), 1);
        for (int i = 0; i < N; i++) {
            boolean found = false;
            for (int scan : patches.scans(Split.TRAIN)) {
                for (int column = 0; column <= patches.stripWidth() - SIZE; column++)
                    found |= holds(patches, scan, column, false, batch, i);
            }
            assertTrue(found, "patch " + i + " is mirrored");
        }
    }

    @Test
    void withoutTrainingScansThereIsNothingToTrainOn() throws IOException {
        Path none = folder.resolve("none");
        TinyPatches.prepare(none, 1);
        Path table = none.resolve("scans.csv");
        Files.writeString(table, Files.readString(table).replace(",train,", ",validation,"));
        assertFails(() -> new RandomCrops(Patches.open(none), true, 1), none.toString(), "no normal scans to train on");
    }

    /** Compares with the strip itself, not by the way that the crops were cut. */
    private static boolean holds(Patches patches, int scan, int column, boolean mirrored, float[] batch, int i) {
        float[] strip = patches.strip(scan);
        for (int p = 0; p < SIZE * SIZE; p++) {
            int x = mirrored ? SIZE - 1 - p % SIZE : p % SIZE;
            if (Math.abs(strip[p / SIZE * patches.stripWidth() + column + x] / 127.5f - 1
                    - batch[i * SIZE * SIZE + p]) > 1e-6)
                return false;
        }
        return true;
    }

    private static float[] batch(RandomCrops crops, long step) {
        float[] batch = new float[N * SIZE * SIZE];
        crops.fill(step, N, batch);
        return batch;
    }
}
