package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Spacing;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes of things whose voxels are drawn by hand or by lot, and counted one by one. */
class VolumeRegionsTest {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;
    private static final Spacing KNOWN = new Spacing(4, 11, Optional.of(250.0));
    @TempDir
    Path folder;

    private static ScanInfo slice(String volume, int number, Optional<Spacing> spacing) {
        Map<String, String> attributes = new HashMap<>(spacing.map(Spacing::attributes).orElse(Map.of()));
        attributes.putAll(Map.of("volume", volume, "slice", String.valueOf(number)));
        return new ScanInfo(volume + "-s" + number, "p", "DME", Split.TEST, Label.ANOMALOUS, false, WIDTH, HEIGHT, 1,
                attributes);
    }

    /** The connected regions of a slice, each cut to its box. */
    private static List<RegionRow> rows(ScanInfo scan, boolean[] mask) {
        Regions found = Regions.of(mask, HEIGHT, WIDTH);
        List<RegionRow> rows = new ArrayList<>();
        for (int r = 1; r <= found.count(); r++) {
            int number = r;
            int[] own = IntStream.range(0, mask.length).filter(i -> found.label()[i] == number).toArray();
            int left = IntStream.of(own).map(i -> i % WIDTH).min().orElseThrow();
            int right = IntStream.of(own).map(i -> i % WIDTH).max().orElseThrow();
            int top = own[0] / WIDTH;
            int w = right - left + 1;
            boolean[] box = new boolean[w * (own[own.length - 1] / WIDTH - top + 1)];
            for (int i : own) box[(i / WIDTH - top) * w + i % WIDTH - left] = true;
            Map<Feature, Double> features = new EnumMap<>(Feature.class);
            for (Feature f : Feature.values()) features.put(f, 0.5);
            Optional<Double> um2 = Spacing.of(scan.attributes()).map(s -> s.row() * s.column() * own.length);
            rows.add(new RegionRow(0, scan,
                    new Region(left, top, w, box.length / w, box, own.length, um2, 5, 5, Optional.of(0.5)), features));
        }
        return rows;
    }

    /** 6, 2 and 3 voxels that touch from slice to slice, and 4 apart from them: 11 and 4 times 4 × 11 × 250 µm³. */
    @Test
    void voxelsTimesTheProductOfTheSpacings() {
        List<ScanInfo> scans = IntStream.range(0, 4).mapToObj(s -> slice("v", s, Optional.of(KNOWN))).toList();
        boolean[][] masks = new boolean[4][WIDTH * HEIGHT];
        for (int y = 2; y < 4; y++) for (int x = 3; x < 6; x++) masks[0][y * WIDTH + x] = true;
        masks[1][3 * WIDTH + 5] = masks[1][3 * WIDTH + 6] = true;
        for (int y = 3; y < 6; y++) masks[2][y * WIDTH + 6] = true;
        for (int x = 7; x < 11; x++) masks[3][6 * WIDTH + x] = true;   // beside the last one's pixels, not below them
        List<RegionRow> rows = new ArrayList<>();
        for (int s = 0; s < 4; s++) rows.addAll(rows(scans.get(s), masks[s]));
        VolumeRegions volumes = VolumeRegions.of(scans, rows);
        double voxel = 4 * 11 * 250 / 1e9;
        assertEquals(List.of(1, 1, 1, 2), volumes.number().stream().map(Optional::orElseThrow).toList());
        assertArrayEquals(new double[] {11 * voxel, 11 * voxel, 11 * voxel, 4 * voxel}, whole(volumes), 1e-15);
        assertArrayEquals(new double[] {3 * voxel, 4 * voxel}, volumes.ofThings(new int[] {2, 3}).orElseThrow(), 1e-15,
                "as far as the marker makes it");
        Path file = folder.resolve("regions.csv");
        RegionTable.write(file, rows, new int[] {1, 1, 2, 1}, volumes);
        assertEquals(List.of("0.0001210", "0.0001210", "0.0001210", "4.400e-05"),
                Csv.read(file, "volume_region", "volume_mm3").stream().map(r -> r.get("volume_mm3")).toList());
    }

    private static double[] whole(VolumeRegions volumes) {
        return volumes.whole().stream().mapToDouble(Optional::orElseThrow).toArray();
    }

    @Test
    void whatIsUnknownHasNoVolume() {
        boolean[] mask = new boolean[WIDTH * HEIGHT];
        mask[20] = true;
        ScanInfo flat = slice("a", 0, Optional.of(new Spacing(4, 11)));
        ScanInfo bare = slice("b", 0, Optional.empty());
        ScanInfo known = slice("c", 0, Optional.of(KNOWN));
        ScanInfo picture = new ScanInfo("d", "p", "DME", Split.TEST, Label.ANOMALOUS, false, WIDTH, HEIGHT, 1,
                KNOWN.attributes());
        List<ScanInfo> scans = List.of(flat, bare, known, picture);
        List<RegionRow> rows = scans.stream().flatMap(s -> rows(s, mask).stream()).toList();
        VolumeRegions volumes = VolumeRegions.of(scans, rows);
        assertEquals(List.of(Optional.of(1), Optional.of(2), Optional.of(3), Optional.empty()), volumes.number());
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.of(11000 / 1e9), Optional.empty()),
                volumes.whole());
        assertEquals(Optional.empty(), volumes.ofThings(new int[] {2, 3}), "no part is told for the whole");
    }

    /** Voxels visited one after the other: neighbours in their slice, also at corners, and right before and behind. */
    private static Map<Integer, Integer> flood(boolean[][] masks, List<Integer> numbers) {
        int[][] thing = new int[masks.length][WIDTH * HEIGHT];
        Map<Integer, Integer> voxels = new TreeMap<>();
        for (int s = 0; s < masks.length; s++) for (int i = 0; i < masks[s].length; i++) {
            if (!masks[s][i] || thing[s][i] > 0) continue;
            int number = voxels.size() + 1;
            Deque<int[]> open = new ArrayDeque<>(List.of(new int[] {s, i}));
            while (!open.isEmpty()) {
                int[] at = open.poll();
                if (!masks[at[0]][at[1]] || thing[at[0]][at[1]] > 0) continue;
                thing[at[0]][at[1]] = number;
                voxels.merge(number, 1, Integer::sum);
                for (int d = -1; d <= 1; d += 2) {
                    int next = at[0] + d;
                    if (next >= 0 && next < masks.length && Math.abs(numbers.get(next) - numbers.get(at[0])) == 1)
                        open.add(new int[] {next, at[1]});
                }
                for (int v = -1; v <= 1; v++) for (int u = -1; u <= 1; u++) {
                    int x = at[1] % WIDTH + u;
                    int y = at[1] / WIDTH + v;
                    if (x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT) open.add(new int[] {at[0], y * WIDTH + x});
                }
            }
        }
        return voxels;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void thingsAreThoseOfAFloodAndSoIsTheViewFromAbove(int seed) {
        Random random = new Random(seed);
        List<Integer> numbers = List.of(2, 3, 4, 6, 7);   // slice 5 was left out
        boolean[][] masks = new boolean[numbers.size()][WIDTH * HEIGHT];
        List<ScanInfo> scans = new ArrayList<>();
        List<RegionRow> rows = new ArrayList<>();
        for (int s = 0; s < masks.length; s++) {
            for (int i = 0; i < masks[s].length; i++) masks[s][i] = random.nextInt(6) == 0;
            scans.add(slice("v", numbers.get(s), Optional.of(KNOWN)));
            rows.addAll(rows(scans.get(s), masks[s]));
        }
        VolumeRegions volumes = VolumeRegions.of(scans, rows);
        Map<Integer, Double> found = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++)
            found.put(volumes.number().get(i).orElseThrow(), volumes.whole().get(i).orElseThrow());
        double voxel = 4 * 11 * 250 / 1e9;
        Map<Integer, Integer> expected = flood(masks, numbers);
        assertTrue(expected.size() > 3 && expected.values().stream().anyMatch(n -> n > 6));
        assertArrayEquals(expected.values().stream().mapToDouble(n -> n * voxel).sorted().toArray(),
                found.values().stream().mapToDouble(v -> v).sorted().toArray(), 1e-12);

        int[] markers = IntStream.range(0, rows.size()).map(i -> i % 4).toArray();
        EnFace above = EnFace.of(scans, rows, markers).get(0);
        assertEquals(2, above.first());
        assertEquals(Optional.of(KNOWN), above.spacing());
        assertArrayEquals(IntStream.range(0, WIDTH).map(x -> EnFace.UNSEEN).toArray(), above.marker()[3]);
        long covered = 0;
        for (int s = 0; s < masks.length; s++) for (int x = 0; x < WIDTH; x++) {
            int[] pixels = new int[4];
            int most = 0;
            for (int i = 0; i < rows.size(); i++) {
                int own = pixels(rows.get(i), scans.get(s), x);
                most = Math.max(most, own);
                pixels[markers[i]] = Math.max(pixels[markers[i]], own);
            }
            int shown = above.marker()[numbers.get(s) - 2][x];
            if (most == 0) assertEquals(EnFace.FREE, shown);
            else assertEquals(most, pixels[shown]);
            if (most > 0) covered++;
        }
        assertEquals(covered, above.covered());
    }

    private static int pixels(RegionRow row, ScanInfo scan, int x) {
        Region r = row.region();
        if (row.scan() != scan || x < r.x() || x >= r.x() + r.width()) return 0;
        return (int) IntStream.range(0, r.height()).filter(y -> r.mask()[y * r.width() + x - r.x()]).count();
    }

    @Test
    void slicesOfUnlikeSpacingHaveNone() {
        List<ScanInfo> scans = List.of(slice("v", 0, Optional.of(KNOWN)), slice("v", 1, Optional.empty()));
        assertEquals(Optional.empty(), EnFace.of(scans, List.of(), new int[0]).get(0).spacing());
        assertEquals(List.of(), EnFace.of(List.of(), List.of(), new int[0]));
    }
}
