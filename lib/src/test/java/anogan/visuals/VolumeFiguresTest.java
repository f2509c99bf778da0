package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.NiftiFixture;
import anogan.io.Csv;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.Volume;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

/** A run whose scans are slices of volumes: what is drawn of a volume is what its slices scored, in their order. */
class VolumeFiguresTest {
    private static final int SLICES = 12;   // more than nine, so that an order by name would show

    @TempDir
    Path folder;

    private void volume(String path, int seed) throws IOException {
        int pixels = 64 * 48;
        Random random = new Random(seed);
        NiftiFixture.write(folder.resolve("scans").resolve(path), 64, 48, SLICES,
                i -> random.nextInt(60 + 5 * (i / pixels)));
    }

    private Path run() throws IOException {
        for (int i = 0; i < 6; i++) volume("NORMAL/eye-" + i + "-od.nii", i);
        volume("A&B/eye-9-od.nii", 9);
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("scans")),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("patches"));
        Path run = SyntheticRun.write(patches, folder.resolve("run"));
        StringBuilder rows = new StringBuilder("volume,group,class,split,label,slices,patches,A_mean,A_top5\n");
        for (Volume v : Volume.of(patches, Split.TEST)) {
            rows.append(Csv.line(v.name(), v.slices().get(0).group(), v.className(), "test", v.label().csv(), SLICES,
                    SLICES, 12.34, 56.78));
        }
        Files.writeString(run.resolve("volumes.csv"), rows);
        return run;
    }

    @Test
    void slicesAreDrawnInTheirOrderWithTheirScores() throws IOException {
        Path run = run();
        RunData data = RunData.open(run);
        VolumeFigures figures = new VolumeFigures(data);
        List<Csv.Row> scans = Csv.read(run.resolve("scans.csv"));
        for (Volume v : Volume.of(data.patches(), Split.TEST)) {
            XYChart chart = figures.chart(v, OptionalDouble.of(5), 0, 1e6);
            assertArrayEquals(IntStream.range(0, SLICES).asDoubleStream().toArray(),
                    chart.getSeries("scores").getXData());
            double[] expected = IntStream.range(0, SLICES)
                    .mapToDouble(
                            s -> scans.stream().filter(r -> r.get("scan").equals("%s-s%03d".formatted(v.name(), s)))
                                    .mapToDouble(r -> Double.parseDouble(r.get("A_mean"))).findFirst().orElseThrow())
                    .toArray();
            assertArrayEquals(expected, chart.getSeries("scores").getYData());
            assertTrue(Arrays.stream(expected).distinct().count() > 1);
            assertEquals(Style.label(v.label()), chart.getSeries("scores").getLineColor());
            assertArrayEquals(new double[] {5, 5}, chart.getSeries("threshold").getYData());
        }
        String report = Files.readString(Figures.write(RunData.open(run), FiguresOptions.defaults()).report());
        for (String file : List.of("volumes.png", "volume-maps.png")) {
            int width = ImageIO.read(run.resolve("figures").resolve(file).toFile()).getWidth();
            assertTrue(width <= Style.WIDTH * Style.SCALE && width > Style.WIDTH * Style.SCALE - 40,
                    file + " is " + width + " wide");
        }
        assertTrue(report.contains("<td>eye-9-od</td>") && report.contains("A&amp;B")
                && report.contains("<td>12.3</td>") && report.contains("<td>56.8</td>"));
        assertFalse(report.contains("A&B"));
    }
}
