package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TrainOptions;
import anogan.io.Csv;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.Marker;
import anogan.statistics.MarkerAnalysis;
import anogan.visuals.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes all the way from files to markers: what a header says of its slices ends in mm³, and in a view from above.
 */
class VolumeMarkersTest {
    private static final double VOXEL = 4 * 11.5 * 240 / 1e9;   // mm³
    @TempDir
    Path data;

    /** NIfTI of scans of one eye; the lesion is in the two slices in the middle. */
    private void volume(String name, int eye, LesionKind... lesion) throws IOException {
        List<GrayImage> slices = new ArrayList<>();
        int n = lesion.length > 0 ? 4 : 2;
        for (int s = 0; s < n; s++) slices.add(
                (lesion.length > 0 && (s == 1 || s == 2) ? Phantom.draw(1, eye, 0, lesion[0]) : Phantom.draw(1, eye, 0))
                        .image());
        int width = slices.get(0).width();
        int height = slices.get(0).height();
        int pixels = width * height;
        NiftiFixture.write(data.resolve("scans").resolve(name), width, height, n, new float[] {11.5f, 4, 240},
                i -> Math.round(slices.get(i / pixels).pixels()[i % pixels]));
    }

    @Test
    void fromHeadersToCubicMillimetres() throws IOException {
        for (int eye = 0; eye < 4; eye++) volume("NORMAL/eye-" + eye + "-od.nii", eye);
        volume("SRF/eye-6-od.nii", 6, LesionKind.SRF);
        volume("SRF/eye-7-od.nii", 7, LesionKind.SRF);
        Patches patches = Patches.prepare(Scans.folder(data.resolve("scans")), PrepareOptions.defaults(32),
                data.resolve("patches"));
        patches.scans().forEach(s -> assertEquals("240.0000", s.attributes().get("slice_um"), s.scan()));
        Experiment run = Experiment.at(data.resolve("run"));
        run.train(patches, Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625),
                TrainOptions.defaults().withBatch(4).withSampleEvery(2).withCheckpointEvery(2).withSteps(4));
        run.map(MappingOptions.defaults().withSteps(2));
        MarkerAnalysis found = run.discover(DiscoverOptions.defaults().withBootstrap(3));

        List<Csv.Row> regions = Csv.read(run.folder().file("regions.csv"), "pixels", "volume_region", "volume_mm3");
        assertTrue(regions.size() > 5, "there is something to count");
        Map<String, Integer> voxels = new TreeMap<>();
        regions.forEach(r -> voxels.merge(r.get("volume_region"), Integer.parseInt(r.get("pixels")), Integer::sum));
        for (Csv.Row r : regions) {
            double mm3 = voxels.getOrDefault(r.get("volume_region"), 0) * VOXEL;
            assertEquals(mm3, Double.parseDouble(r.get("volume_mm3")), 6e-4 * mm3, "to four digits");
        }
        assertTrue(voxels.size() < regions.size(), "the two slices with fluid are the same: so is what is seen there");
        Map<String, Integer> ofMarker = regions.stream()
                .collect(Collectors.groupingBy(r -> r.get("marker").isEmpty() ? "0" : r.get("marker"),
                        Collectors.summingInt(r -> Integer.parseInt(r.get("pixels")))));
        for (Marker m : found.found()) if (m.regions() > 0)
            assertEquals(ofMarker.getOrDefault("" + m.number(), 0) * VOXEL, m.extent().orElseThrow().total(), 1e-9);
        assertEquals(found.found(), MarkerAnalysis.of(run.folder()).orElseThrow().found());
        int width = ImageIO.read(run.folder().file("figures/markers-en-face.png").toFile()).getWidth();
        assertEquals(Style.WIDTH * Style.SCALE, width);
        String page = Files.readString(run.folder().file("markers.html"));
        assertTrue(page.contains("seen from above") && page.contains("volume, mm³"));
    }
}
