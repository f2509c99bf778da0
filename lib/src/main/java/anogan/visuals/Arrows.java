package anogan.visuals;

import anogan.markers.Regions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arrows to what is anomalous in a patch: to its largest annotated regions or, where nothing is annotated, to where the
 * residual is strongest.
 */
final class Arrows {
    private static final int MOST = 3;
    // of the largest region's pixels: what a patch's edge cuts off is not pointed at
    private static final double WORTH = 0.1;
    // pixels each way that a residual is averaged over, lest an arrow points at speckle
    private static final int BLUR = 2;
    private static final int APART = 12;       // pixels between two peaks

    private Arrows() {}

    /** Rows and columns of the pixels pointed at; none if nothing is annotated. */
    static List<int[]> annotated(boolean[] mask, int size) {
        Regions regions = Regions.of(mask, size, size);
        List<int[]> bySize = IntStream.rangeClosed(1, regions.count())
                .mapToObj(r -> IntStream.range(0, mask.length).filter(i -> regions.label()[i] == r).toArray())
                .sorted(Comparator.comparing(p -> -p.length)).toList();
        return bySize.stream().limit(MOST).filter(p -> p.length >= WORTH * bySize.get(0).length)
                .map(p -> middle(p, size)).toList();
    }

    /** The pixel of the region that is nearest to its centre of gravity: of a ring the ring, not the hole. */
    private static int[] middle(int[] pixels, int size) {
        double y = Arrays.stream(pixels).map(i -> i / size).average().orElseThrow();
        double x = Arrays.stream(pixels).map(i -> i % size).average().orElseThrow();
        int best = Arrays.stream(pixels).boxed()
                .min(Comparator.comparingDouble(i -> Math.hypot(i / size - y, i % size - x))).orElseThrow();
        return new int[] {best / size, best % size};
    }

    /** Where the residual, averaged over a few pixels, is highest, and the next places well apart. */
    static List<int[]> strongest(float[] residual, int size) {
        double[] mean = IntStream.range(0, residual.length).mapToDouble(i -> mean(residual, size, i / size, i % size))
                .toArray();
        List<Integer> byHeat = IntStream.range(0, mean.length).boxed().sorted(Comparator.comparingDouble(i -> -mean[i]))
                .toList();
        List<int[]> peaks = new ArrayList<>();
        for (int i : byHeat) {
            boolean apart = peaks.stream().allMatch(p -> Math.hypot(p[0] - i / size, p[1] - i % size) >= APART);
            if (apart) peaks.add(new int[] {i / size, i % size});
            if (peaks.size() == MOST - 1) break;
        }
        return peaks;
    }

    private static double mean(float[] a, int size, int row, int column) {
        return IntStream.range(0, a.length)
                .filter(i -> Math.abs(i / size - row) <= BLUR && Math.abs(i % size - column) <= BLUR)
                .mapToDouble(i -> a[i]).average().orElseThrow();
    }

    /**
     * In pixels of the patch: white with a dark edge, which shows on any picture, each from the side that is nearer.
     */
    static String draw(List<int[]> targets, int size) {
        StringBuilder arrows = new StringBuilder();
        double length = 0.16 * size;
        double line = size / 100.0;
        for (int[] t : targets) {
            double dx = t[1] < size / 2 ? length : -length;
            double dy = t[0] < size / 4 ? -0.85 * length : 0.85 * length;
            String path = Format.of("M%.2f %.2fl%.2f %.2f", t[1] + 0.5 - dx, t[0] + 0.5 - dy, dx, dy);
            arrows.append(Format.of("""
                    <path d="%s" stroke="#1F2933" stroke-width="%.2f"/>
                    <path d="%s" stroke="#fff" stroke-width="%.2f" marker-end="url(#pointer)"/>
                    """, path, 2.2 * line, path, line));
        }
        return arrows.toString();
    }
}
