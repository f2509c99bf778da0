package anogan.markers;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.scoring.FrozenRun;
import anogan.scoring.ScanMaps;
import anogan.ui.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Regions as D sees them, a second view beside {@link Feature}: f(x), the output of D's last convolution (paper,
 * section 2.2), averaged over a region with weight |Z|.
 *
 * <p>
 * f of a patch is 4 × 4 cells of C channels, each cell over a quarter of the patch's height and width. A pixel of a
 * region counts in every patch of the scan's grid that holds it, with the cell that it lies in: C numbers a region.
 */
public final class DeepFeatures {
    /** Where {@link #write} puts them in a run: regions × C, in the order of {@code regions.csv}. */
    public static final String FILE = "region_features.npy";

    private DeepFeatures() {}

    /** Those of regions of the test scans. */
    public static void write(FrozenRun networks, ScanMaps maps, RegionRule rule, List<RegionRow> rows) {
        int channels = networks.architecture().features() / (Architecture.DEEP * Architecture.DEEP);
        float[] all = new float[rows.size() * channels];
        Map<Integer, List<Integer>> byScan = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++)
            byScan.computeIfAbsent(rows.get(i).index(), s -> new ArrayList<>()).add(i);
        try (Progress bar = Progress.start("D's features", byScan.size(), "scan")) {
            byScan.forEach((scan, regions) -> {
                Scan own = new Scan(maps.patches(), scan, rule.map(maps.of(scan)),
                        networks.features(maps.patches().grid(scan)));
                for (int i : regions) System.arraycopy(own.mean(rows.get(i).region()), 0, all, i * channels, channels);
                bar.step();
            });
        }
        Npy.write(maps.run().file(FILE), new FloatArray(all, rows.size(), channels));
    }

    /** A scan, its map, where its pixels lie in the strip, and f of its patches. */
    static final class Scan {
        private final List<Patch> grid;
        private final List<float[]> f;
        private final float[] z;
        private final float[] rows;   // of the strip, at each of the scan's own pixels
        private final double ownColumns;
        private final int width;
        private final int size;
        private final int cell;

        /**
         * @param z in the scan's own pixels
         * @param f of the patches of its grid: 4 × 4 × C each
         */
        Scan(Patches patches, int scan, float[] z, List<float[]> f) {
            this.z = z;
            this.f = f;
            size = patches.options().size();
            cell = size / Architecture.DEEP;
            grid = patches.grid(scan);
            width = patches.scans().get(scan).width();
            ownColumns = patches.ownColumns(scan);
            float[] numbers = new float[patches.stripHeight() * patches.stripWidth()];
            for (int i = 0; i < numbers.length; i++) numbers[i] = Math.floorDiv(i, patches.stripWidth());
            rows = patches.unflatten(scan, numbers).data();
        }

        float[] mean(Region region) {
            int channels = f.get(0).length / (Architecture.DEEP * Architecture.DEEP);
            double[] sum = new double[channels];
            double total = 0;
            for (int i = 0; i < region.mask().length; i++) {
                if (!region.mask()[i]) continue;
                int x = region.x() + i % region.width();
                int at = (region.y() + i / region.width()) * width + x;
                if (Float.isNaN(rows[at])) continue;   // beyond the strip
                double column = (x + 0.5) / ownColumns;
                for (int p = 0; p < grid.size(); p++) {
                    Patch patch = grid.get(p);
                    if (column < patch.column() || column >= patch.column() + size) continue;
                    int down = Math.min(Architecture.DEEP - 1, Math.round(rows[at] - patch.row()) / cell);
                    int from = (down * Architecture.DEEP + (int) (column - patch.column()) / cell) * channels;
                    double weight = Math.abs(z[at]);
                    total += weight;
                    for (int c = 0; c < channels; c++) sum[c] += weight * f.get(p)[from + c];
                }
            }
            float[] mean = new float[channels];
            for (int c = 0; c < channels; c++) mean[c] = (float) (sum[c] / total);
            return mean;
        }
    }
}
