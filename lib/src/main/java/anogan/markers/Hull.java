package anogan.markers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The convex hull of a region's pixels, each a whole rectangle. Source: Andrew, Information Processing Letters 9 (1979)
 * 216 (monotone chain).
 */
final class Hull {
    private Hull() {}

    /**
     * Its area.
     *
     * @param dx width of a pixel
     * @param dy height of a pixel
     */
    static double area(Region region, double dx, double dy) {
        List<int[]> corners = corners(region);
        List<int[]> hull = new ArrayList<>(chain(corners));
        hull.remove(hull.size() - 1);
        List<int[]> back = new ArrayList<>(corners);
        Collections.reverse(back);
        List<int[]> lower = chain(back);
        hull.addAll(lower.subList(0, lower.size() - 1));
        double twice = 0;
        for (int i = 0; i < hull.size(); i++) {
            int[] a = hull.get(i);
            int[] b = hull.get((i + 1) % hull.size());
            twice += (double) a[0] * b[1] - (double) b[0] * a[1];
        }
        return Math.abs(twice) / 2 * dx * dy;
    }

    /** Those that may be on the hull: of each row of pixels its ends, from top to bottom and left to right. */
    private static List<int[]> corners(Region r) {
        List<int[]> corners = new ArrayList<>();
        for (int y = 0; y <= r.height(); y++) {
            int left = Integer.MAX_VALUE;
            int right = -1;
            for (int row = Math.max(0, y - 1); row <= Math.min(r.height() - 1, y); row++) {
                for (int x = 0; x < r.width(); x++) {
                    if (!r.mask()[row * r.width() + x]) continue;
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                }
            }
            corners.add(new int[] {left, y});
            corners.add(new int[] {right, y});
        }
        return corners;
    }

    /** One side of the hull, both ends with it. */
    private static List<int[]> chain(List<int[]> points) {
        List<int[]> chain = new ArrayList<>();
        for (int[] p : points) {
            while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.get(chain.size() - 1), p) <= 0)
                chain.remove(chain.size() - 1);
            chain.add(p);
        }
        return chain;
    }

    private static long turn(int[] a, int[] b, int[] c) {
        return (long) (b[0] - a[0]) * (c[1] - a[1]) - (long) (b[1] - a[1]) * (c[0] - a[0]);
    }
}
