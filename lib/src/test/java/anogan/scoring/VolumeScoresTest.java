package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.NiftiFixture;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From volumes through training and mapping to a row and a map for each volume, its slices in order. */
class VolumeScoresTest {
    private static final int SLICES = 11;   // more than nine, so that order by name would not do
    @TempDir
    Path folder;

    /** A NIfTI volume of 20 × 16 pixels; slice s has grey values of about 10·s. */
    private void volume(String path, int seed) throws IOException {
        int pixels = 20 * 16;
        Random random = new Random(seed);
        NiftiFixture.write(folder.resolve("scans").resolve(path), 20, 16, SLICES,
                i -> i / pixels * 10 + random.nextInt(40));
    }

    @Test
    void aVolumeHasARowAndAMap() throws IOException {
        for (int i = 0; i < 4; i++) volume("NORMAL/eye-" + i + "-od.nii", i);
        volume("DME/eye-9-od.nii", 9);
        PrepareOptions options = PrepareOptions.defaults(32).withFlatten(false);
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("scans"), "eye-(\\d+)"), options,
                folder.resolve("patches"));
        RunFolder run = new RunFolder(folder.resolve("run"));
        Training.start(run, new Training.Config(new Architecture(32, 8, 0.0625),
                new TrainOptions(2, 4, 2e-3, 0.5, 0, 0.4, true, 10, 10, 1)), patches);
        Scoring.run(run, patches, TinyRun.options(2), TinyRun.COMPUTE);

        List<Csv.Row> rows = Csv.read(run.file("volumes.csv"), "volume", "A_mean", "A_top5");
        assertEquals(3, rows.size(), "one sets thresholds, one normal and the ill one are tested");
        Csv.Row ill = rows.stream().filter(r -> r.get("class").equals("DME")).findFirst().orElseThrow();
        assertEquals("eye-9-od, 9, DME, test, 1, 11, 11",
                String.join(", ", ill.fields().values().stream().limit(7).toList()));
        double[] scores = Csv.read(run.file("scores.csv")).stream().filter(r -> r.get("group").equals("9"))
                .mapToDouble(r -> Double.parseDouble(r.get("A"))).sorted().toArray();
        assertEquals(Arrays.stream(scores).average().orElseThrow(), Double.parseDouble(ill.get("A_mean")), 1e-3);
        assertEquals(Arrays.stream(scores, 6, 11).average().orElseThrow(), Double.parseDouble(ill.get("A_top5")), 1e-3);

        FloatArray map = Npy.read(run.file("maps/volumes/eye-9-od.npy"));
        assertArrayEquals(new int[] {SLICES, Plane.OURS.size(), 16, 20}, map.shape());
        for (int s = 0; s < SLICES; s++) {
            FloatArray own = Npy.read(run.file("maps/eye-9-od-s%03d.npy".formatted(s)));
            assertArrayEquals(own.data(),
                    Arrays.copyOfRange(map.data(), s * own.data().length, (s + 1) * own.data().length));
        }
        assertNifti(run, patches, map);
        double[] grey = patches.scans().stream().filter(i -> i.group().equals("9"))
                .mapToDouble(i -> patches.scanImage(patches.scans().indexOf(i)).at(0, 0)).toArray();
        for (int s = 1; s < SLICES; s++)
            assertTrue(grey[s] > 10 * s - 1 && grey[s] < 10 * s + 41, "slice " + s + " is out of order: " + grey[s]);
        assertEquals(Map.of("volume", "DME/eye-9-od", "slice", "004"),
                patches.scans().stream().filter(i -> i.scan().equals("eye-9-od-s004")).map(ScanInfo::attributes)
                        .collect(Collectors.toList()).get(0));
    }

    /** Header and numbers by the words of nifti1.h: x runs fastest, then y, then slices, then planes. */
    private static void assertNifti(RunFolder run, Patches patches, FloatArray map) throws IOException {
        List<Path> files = NiftiMaps.write(run, patches);
        assertEquals(3, files.size(), "one for each volume, none for its slices");
        Path file = run.file("maps/volumes/eye-9-od.nii.gz");
        assertTrue(files.contains(file), files.toString());
        ByteBuffer b = ByteBuffer.wrap(new GZIPInputStream(Files.newInputStream(file)).readAllBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(List.of(4, 20, 16, SLICES, Plane.OURS.size()),
                IntStream.range(0, 5).mapToObj(i -> (int) b.getShort(40 + 2 * i)).toList());
        int planes = Plane.OURS.size();
        for (int plane = 0; plane < planes; plane++) for (int s = 0; s < SLICES; s++)
            for (int i = 0; i < 320; i++) assertEquals(map.data()[(s * planes + plane) * 320 + i],
                    b.getFloat(352 + 4 * ((plane * SLICES + s) * 320 + i)));
    }

    @Test
    void scansThatAreNoSlicesHaveNoVolumes() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Patches patches = TinyRun.train(folder.resolve("patches"), run);
        Scoring.run(run, patches, TinyRun.options(2), TinyRun.COMPUTE);
        assertFalse(Files.exists(run.file("volumes.csv")) || Files.exists(run.file("maps/volumes")));
        List<Path> files = NiftiMaps.write(run, patches);
        assertEquals(patches.scans(Split.VALIDATION).size() + patches.scans(Split.TEST).size(), files.size());
    }
}
