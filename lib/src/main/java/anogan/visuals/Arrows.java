package anogan.visuals;

import anogan.statistics.Regions;
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
    private static final double WORTH = 0.1; // of the largest region's pixels: what a patch's edge cuts off is not pointed at
    private static final int BLUR = 2;       // pixels each way that a residual is averaged over, lest an arrow points at speckle
    private static final int APART = 12;     // pixels between two peaks
    private static final int LENGTH = 36;    // points, sideways

    private Arrows() {}

    /** Rows and columns of the pixels pointed at; none if nothing is annotated. */
    static List<int[]> annotated(boolean[] mask, int size) {
        Regions regions = Regions.of(mask, size, size);
        List<int[]> bySize = IntStream.rangeClosed(1, regions.count()).mapToObj(r -> pixels(regions, r))
                .sorted(Comparator.comparing(p -> -p.length)).toList();
        return bySize.stream().limit(MOST).filter(p -> p.length >= WORTH * bySize.get(0).length)
                .map(p -> middle(p, size)).toList();
    }

    private static int[] pixels(Regions regions, int region) {
        return IntStream.range(0, regions.label().length).filter(i -> regions.label()[i] == region).toArray();
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
        double[] mean = new double[residual.length];
        for (int i = 0; i < mean.length; i++) mean[i] = mean(residual, size, i / size, i % size);
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
        double sum = 0;
        int n = 0;
        for (int y = Math.max(0, row - BLUR); y <= Math.min(size - 1, row + BLUR); y++) {
            for (int x = Math.max(0, column - BLUR); x <= Math.min(size - 1, column + BLUR); x++) {
                sum += a[y * size + x];
                n++;
            }
        }
        return sum / n;
    }

    /** Arrows over a patch drawn {@code zoom} points to the pixel, each from the side that is nearer. */
    static void draw(Canvas sketch, List<int[]> targets, int size, double left, double top, double zoom) {
        for (int[] t : targets) {
            double x = left + (t[1] + 0.5) * zoom;
            double y = top + (t[0] + 0.5) * zoom;
            sketch.pointer(x + (t[1] < size / 2 ? -LENGTH : LENGTH), y + (t[0] < size / 4 ? 0.85 : -0.85) * LENGTH, x,
                    y);
        }
    }
}
