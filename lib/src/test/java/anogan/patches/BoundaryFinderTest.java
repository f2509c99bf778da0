package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the phantom's true boundaries, and on pictures without any. */
class BoundaryFinderTest {
    private static final int W = 512;

    @Test
    void healthyBoundariesAreFoundWithinTwoRows() {
        for (int eye = 0; eye < 12; eye++) {
            Phantom.Scan scan = Phantom.draw(21, eye, 0);
            Boundaries found = BoundaryFinder.find(scan.image());
            assertTrue(meanOff(found.ilm(), scan.ilm()) < 2,
                    "ILM of eye " + eye + " is off by " + meanOff(found.ilm(), scan.ilm()));
            assertTrue(meanOff(found.bm(), scan.bruch()) < 2,
                    "BM of eye " + eye + " is off by " + meanOff(found.bm(), scan.bruch()));
            float[] reference = found.reference();
            assertTrue(meanOff(reference, scan.bruch()) < 2,
                    "reference of eye " + eye + " is off by " + meanOff(reference, scan.bruch()));
            assertTrue(found.confidence(reference) > 0.95, "confidence " + found.confidence(reference));
        }
    }

    /** Lesions lift what they lift, but the reference follows Bruch's membrane in most columns. */
    @ParameterizedTest
    @EnumSource(LesionKind.class)
    void theReferenceIgnoresLesions(LesionKind kind) {
        for (int eye = 0; eye < 6; eye++) {
            Phantom.Scan scan = Phantom.draw(22, eye, 0, kind);
            Boundaries found = BoundaryFinder.find(scan.image());
            double off = medianOff(found.reference(), scan.bruch());
            assertTrue(off < 2.5, kind + " of eye " + eye + ": the reference is off by " + off);
        }
    }

    @Test
    void thereIsNoConfidenceInNoise() {
        Random random = new Random(1);
        for (int n = 0; n < 5; n++) {
            GrayImage noise = GrayImage.black(187, W);
            for (int i = 0; i < noise.pixels().length; i++)
                noise.pixels()[i] = (float) Math.max(0, Math.min(255, 60 + 25 * random.nextGaussian()));
            assertTrue(confidence(noise) < 0.1, "white noise: " + confidence(noise));
            GrayImage speckle = new GrayImage(187, W, Gaussian.blur(noise.pixels(), 187, W, 1, 1));
            assertTrue(confidence(speckle) < 0.3, "speckle: " + confidence(speckle));
        }
        assertEquals(0, confidence(GrayImage.black(187, W)), 1e-6, "black");
        GrayImage white = GrayImage.black(187, W);
        Arrays.fill(white.pixels(), 255);
        assertEquals(0, confidence(white), 1e-6, "white");
    }

    /** The fainter the retina against the noise, the less sure. */
    @Test
    void confidenceFallsWithContrast() {
        Phantom.Scan scan = Phantom.draw(23, 0, 0);
        double before = 1.01;
        for (double contrast : new double[] {1, 0.6, 0.35, 0.15}) {
            Random random = new Random(2);
            GrayImage faint = GrayImage.black(187, W);
            for (int i = 0; i < faint.pixels().length; i++) {
                faint.pixels()[i] = (float) Math.max(0,
                        60 + contrast * (scan.image().pixels()[i] - 60) + 15 * random.nextGaussian());
            }
            double now = confidence(faint);
            assertTrue(now < before, "confidence " + now + " at contrast " + contrast + ", " + before + " before");
            before = now;
        }
        assertTrue(before < 0.2, "almost nothing to see, yet confidence " + before);
    }

    /** White padding above and below, as rotated scans have it, is no tissue. */
    @Test
    void wedgesAreNoTissue() {
        Phantom.Scan scan = Phantom.draw(24, 1, 0);
        GrayImage padded = new GrayImage(187, W, scan.image().pixels().clone());
        for (int x = 0; x < W; x++) {
            for (int y = 0; y < Math.max(0, 30 - x / 4); y++) padded.pixels()[y * W + x] = 255;
            for (int y = 187 - Math.max(0, (x - 400) / 4); y < 187; y++) padded.pixels()[y * W + x] = 255;
        }
        Boundaries found = BoundaryFinder.find(padded);
        assertTrue(meanOff(found.ilm(), scan.ilm()) < 2.5, "ILM is off by " + meanOff(found.ilm(), scan.ilm()));
        assertTrue(meanOff(found.bm(), scan.bruch()) < 2.5, "BM is off by " + meanOff(found.bm(), scan.bruch()));
    }

    private static double confidence(GrayImage scan) {
        Boundaries found = BoundaryFinder.find(scan);
        return found.confidence(found.reference());
    }

    private static double meanOff(float[] found, float[] truth) {
        double sum = 0;
        for (int x = 0; x < W; x++) sum += Math.abs(found[x] - truth[x]);
        return sum / W;
    }

    private static double medianOff(float[] found, float[] truth) {
        double[] off = new double[W];
        for (int x = 0; x < W; x++) off[x] = Math.abs(found[x] - truth[x]);
        Arrays.sort(off);
        return off[W / 2];
    }
}
