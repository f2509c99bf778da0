package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.AutoencoderTrainer;
import anogan.dcgan.RandomCrops;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.PixelOptions;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.LesionKind;
import anogan.phantom.PhantomScans;
import anogan.scans.Label;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trained for a moment on healthy phantom eyes, the auto-encoder reconstructs other healthy eyes, and lesions worse.
 */
class AutoencoderLearningTest {
    private static final int SIZE = 32;
    @TempDir
    Path folder;

    @Test
    void itReconstructsWhatIsHealthyAndNotWhatIsNot() {
        PrepareOptions prepare = new PrepareOptions(SIZE, 0, 0, 0.0, 0, true, 0, 0.15, 0.2,
                PrepareOptions.defaults().normalClasses(), 1, 0, List.of(), PixelOptions.defaults());
        Patches patches = Patches.prepare(
                new PhantomScans(8, 1, 4, 2, List.of(LesionKind.SRF, LesionKind.IRF), Set.of()), prepare, folder);
        AutoencoderOptions options = new AutoencoderOptions(250, 16, 2e-3, 0.5, 0.001, true, 1000, 1);
        AutoencoderTrainer trainer = new AutoencoderTrainer(new Architecture(SIZE, 16, 0.125), options,
                new RandomCrops(patches, true, 1));
        for (int i = 0; i < options.steps(); i++) trainer.train();
        try (AutoencoderScores scores = new AutoencoderScores(trainer.autoencoder(), Compute.defaults())) {
            List<float[]> unseen = healthy(patches, Split.TEST);
            double[] mean = mean(healthy(patches, Split.TRAIN));
            double byMean = 0;
            double byAutoencoder = 0;
            List<AutoencoderScores.Decoded> reconstructed = scores.score(unseen);
            for (int i = 0; i < unseen.size(); i++) {
                for (int p = 0; p < mean.length; p++) {
                    byMean += Math.pow(unseen.get(i)[p] - mean[p], 2);
                    byAutoencoder += Math.pow(unseen.get(i)[p] - reconstructed.get(i).image()[p], 2);
                }
            }
            assertTrue(byAutoencoder < byMean / 2, "squared error " + byAutoencoder + ", of the mean patch " + byMean);
            assertLesionsAreWorse(patches, scores);
        }
    }

    /** A scan with a lesion is there without it as well, the same pixel for pixel elsewhere: both patches in turn. */
    private static void assertLesionsAreWorse(Patches patches, AutoencoderScores scores) {
        int worse = 0;
        int pairs = 0;
        for (int scan : patches.scans(Split.TEST)) {
            ScanInfo info = patches.scans().get(scan);
            if (info.normal()) continue;
            int twin = twin(patches, info);
            for (Patch p : patches.grid(scan)) {
                if (p.label() != Label.ANOMALOUS) continue;
                List<AutoencoderScores.Decoded> both = scores
                        .score(List.of(pixels(patches, scan, p), pixels(patches, twin, p)));
                pairs++;
                if (both.get(0).anomaly(0.1) > both.get(1).anomaly(0.1)) worse++;
            }
        }
        assertTrue(pairs > 20 && worse > 0.8 * pairs,
                worse + " of " + pairs + " patches score higher with their lesion than without");
    }

    private static int twin(Patches patches, ScanInfo lesion) {
        for (int scan : patches.scans(Split.TEST)) {
            ScanInfo healthy = patches.scans().get(scan);
            if (healthy.normal() && healthy.group().equals(lesion.group()) && number(healthy).equals(number(lesion)))
                return scan;
        }
        throw new AssertionError(lesion);
    }

    private static String number(ScanInfo scan) {
        return scan.scan().substring(scan.scan().lastIndexOf('-'));
    }

    private static List<float[]> healthy(Patches patches, Split split) {
        List<float[]> all = new ArrayList<>();
        for (int scan : patches.scans(split)) {
            if (patches.scans().get(scan).normal())
                for (Patch p : patches.grid(scan)) all.add(pixels(patches, scan, p));
        }
        return all;
    }

    private static float[] pixels(Patches patches, int scan, Patch p) {
        float[] pixels = new float[SIZE * SIZE];
        patches.copyPatch(scan, p.row(), p.column(), false, pixels, 0);
        return pixels;
    }

    private static double[] mean(List<float[]> images) {
        double[] mean = new double[SIZE * SIZE];
        for (float[] image : images) for (int p = 0; p < mean.length; p++) mean[p] += image[p] / images.size();
        return mean;
    }
}
