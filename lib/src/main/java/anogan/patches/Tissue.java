package anogan.patches;

import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import java.util.Arrays;

/**
 * What of a scan is tissue: white wedges, the padding of rotated scans, are painted over with the vitreous' grey.
 *
 * @param image      the scan without its padding
 * @param background the vitreous' grey: the 10th percentile of the blurred scan
 */
record Tissue(GrayImage image, float background) {
    private static final int WHITE = 250;
    private static final int MARGIN = 2;   // pixels around a wedge that are paler than tissue

    static Tissue of(GrayImage scan) {
        boolean[] wedge = wedges(scan);
        float background = background(scan, wedge);
        float[] tissue = scan.pixels().clone();
        for (int i = 0; i < tissue.length; i++) if (wedge[i]) tissue[i] = background;
        return new Tissue(new GrayImage(scan.height(), scan.width(), tissue), background);
    }

    /** Pixels of at least 250 connected to the upper or lower edge within their column, and two pixels around them. */
    private static boolean[] wedges(GrayImage scan) {
        int h = scan.height();
        int w = scan.width();
        boolean[] white = new boolean[h * w];
        for (int x = 0; x < w; x++) {
            for (int y = 0; y < h && scan.at(y, x) >= WHITE; y++) white[y * w + x] = true;
            for (int y = h - 1; y >= 0 && scan.at(y, x) >= WHITE; y--) white[y * w + x] = true;
        }
        boolean[] grown = new boolean[h * w];
        for (int i = 0; i < white.length; i++) {
            if (!white[i]) continue;
            for (int y = Math.max(0, i / w - MARGIN); y <= Math.min(h - 1, i / w + MARGIN); y++) {
                Arrays.fill(grown, y * w + Math.max(0, i % w - MARGIN), y * w + Math.min(w, i % w + MARGIN + 1), true);
            }
        }
        return grown;
    }

    private static float background(GrayImage scan, boolean[] wedge) {
        float[] smooth = Gaussian.blur(scan.pixels(), scan.height(), scan.width(), 2, 6);
        float[] values = new float[wedge.length];
        int n = 0;
        for (int i = 0; i < wedge.length; i++) if (!wedge[i]) values[n++] = smooth[i];
        if (n == 0) return 0;
        return Ordered.nth(values, n, n / 10);
    }
}
