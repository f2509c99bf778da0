package anogan.scoring;

import anogan.AtomicFiles;
import anogan.FloatArray;
import anogan.Npy;
import anogan.Progress;
import anogan.Seeds;
import anogan.UserError;
import anogan.data.Gaussian;
import anogan.data.Patch;
import anogan.data.PatchFolder;
import anogan.data.ScanInfo;
import anogan.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The scores that a real method has to beat, per patch: if brightness does as well, the data set is at fault.
 *
 * <ul>
 *   <li><b>mean_intensity</b>: mean grey value, 0 to 255.
 *   <li><b>noise_level</b>: how grainy the patch is, in grey values: 1.4826 times the median magnitude of what a Gaussian blur of two pixels takes
 *       away (the standard deviation, if noise were normal; edges hardly count).
 *   <li><b>pca_residual</b>: mean magnitude of what 64 principal components of normal training patches do not describe, on the scale −1 to 1 ({@link
 *     Pca}).
 * </ul>
 */
public final class TrivialScores {
    /** Components of the yardstick. */
    public static final int COMPONENTS = 64;
    private static final int TRAINING_PATCHES = 10_000;
    private static final double HIGH_PASS = 2;       // pixels
    private static final double SMOOTHING = 2.5;     // pixels in strips of 64 rows
    private static final double MEDIAN_TO_SD = 1.4826;

    private final PatchFolder patches;
    private final Pca pca;

    private TrivialScores(PatchFolder patches, Pca pca) {
        this.patches = patches;
        this.pca = pca;
    }

    /**
     * Learns the components from the training scans and writes {@code baselines.csv} (a row for every evaluation patch of the validation and test
     * scans) and, for annotated scans, {@code baseline_maps/<scan>.npy}: 4 × height × width float32 in the scan's own pixels: grey value, local noise
     * level, |PCA residual|, |smoothed signed PCA residual|.
     */
    public static void write(PatchFolder patches, Path run) {
        TrivialScores scores = new TrivialScores(patches, fit(patches, COMPONENTS));
        List<Integer> scans = Stream.concat(patches.scans(Split.VALIDATION).stream(), patches.scans(Split.TEST).stream()).toList();
        StringBuilder table = new StringBuilder(ScoreFiles.header("mean_intensity", "noise_level", "pca_residual"));
        try (Progress bar = Progress.start("trivial scores", scans.size(), "scan")) {
            for (int scan : scans) {
                scores.rows(scan, table);
                ScanInfo info = patches.scans().get(scan);
                if (info.masked()) Npy.write(map(run, info), scores.maps(scan));
                bar.step();
            }
        }
        AtomicFiles.writeString(run.resolve("baselines.csv"), table.toString());
    }

    /** Whether all that {@link #write} writes is there. */
    static boolean written(PatchFolder patches, Path run) {
        return Files.exists(run.resolve("baselines.csv")) && patches.scans().stream().filter(s -> s.masked() && s.split() != Split.TRAIN).allMatch(s -> Files.exists(map(run, s)));
    }

    private static Path map(Path run, ScanInfo scan) {
        return run.resolve("baseline_maps").resolve(scan.scan() + ".npy");
    }

    /** Principal components of patches at random places of the training scans, half of them mirrored. */
    static Pca fit(PatchFolder patches, int components) {
        List<Integer> scans = patches.scans(Split.TRAIN);
        if (scans.isEmpty()) {
            throw UserError.failure("%s has no normal scans to train on. Prepare it again with other splits or classes.", patches.path());
        }
        int size = patches.options().size();
        SplittableRandom random = Seeds.random(patches.options().seed(), "pca");
        float[] rows = new float[TRAINING_PATCHES * size * size];
        for (int i = 0; i < TRAINING_PATCHES; i++) {
            int scan = scans.get(random.nextInt(scans.size()));
            int column = random.nextInt(patches.stripWidth() - size + 1);
            patches.copyPatch(scan, 0, column, random.nextBoolean(), rows, i * size * size);
        }
        return Pca.fit(rows, TRAINING_PATCHES, components, patches.options().seed());
    }

    private void rows(int scan, StringBuilder table) {
        ScanInfo info = patches.scans().get(scan);
        List<Patch> grid = patches.grid(scan);
        float[] strip = patches.strip(scan);
        float[] grain = grain(strip);
        float[] residual = residual(patches, pca, scan, grid);
        int pixels = patches.options().size() * patches.options().size();
        for (int i = 0; i < grid.size(); i++) {
            Patch p = grid.get(i);
            double off = 0;
            for (int j = i * pixels; j < (i + 1) * pixels; j++) off += Math.abs(residual[j]) / pixels;
            table.append(ScoreFiles.row(info, p, mean(cut(strip, p)), MEDIAN_TO_SD * median(cut(grain, p)), off));
        }
    }

    /** Signed PCA residuals of the patches of a grid, one after the other. */
    static float[] residual(PatchFolder patches, Pca pca, int scan, List<Patch> grid) {
        int size = patches.options().size();
        float[] rows = new float[grid.size() * size * size];
        for (int i = 0; i < grid.size(); i++) patches.copyPatch(scan, grid.get(i).row(), grid.get(i).column(), false, rows, i * size * size);
        return pca.residual(rows, grid.size());
    }

    private FloatArray maps(int scan) {
        float[] strip = patches.strip(scan);
        float[] grain = grain(strip);
        for (int i = 0; i < grain.length; i++) grain[i] *= grain[i];
        float[] noise = blur(grain);
        for (int i = 0; i < noise.length; i++) noise[i] = (float) Math.sqrt(noise[i]);
        float[][] residual = residualMaps(patches, pca, scan, patches.grid(scan));
        return ResidualMaps.unflatten(patches, scan, strip, noise, residual[0], residual[1]);
    }

    /** Over the strip: |residual|, and the magnitude of the smoothed signed residual, in which dark quiet fluid shows. */
    static float[][] residualMaps(PatchFolder patches, Pca pca, int scan, List<Patch> grid) {
        float[] residual = residual(patches, pca, scan, grid);
        int pixels = residual.length / grid.size();
        ResidualMaps maps = new ResidualMaps(patches, scan);
        for (int i = 0; i < grid.size(); i++) maps.add(grid.get(i), Arrays.copyOfRange(residual, i * pixels, (i + 1) * pixels));
        return maps.strips(sigma(patches));
    }

    /** What a slight blur takes away, by magnitude. */
    private float[] grain(float[] strip) {
        float[] smooth = Gaussian.blur(strip, patches.stripHeight(), patches.stripWidth(), HIGH_PASS, HIGH_PASS);
        float[] grain = new float[strip.length];
        for (int i = 0; i < grain.length; i++) grain[i] = Math.abs(strip[i] - smooth[i]);
        return grain;
    }

    private float[] blur(float[] strip) {
        double sigma = sigma(patches);
        return Gaussian.blur(strip, patches.stripHeight(), patches.stripWidth(), sigma, sigma);
    }

    private static double sigma(PatchFolder patches) {
        return SMOOTHING * patches.options().size() / 64;
    }

    private float[] cut(float[] strip, Patch p) {
        int size = patches.options().size();
        float[] patch = new float[size * size];
        for (int y = 0; y < size; y++) System.arraycopy(strip, (p.row() + y) * patches.stripWidth() + p.column(), patch, y * size, size);
        return patch;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float v : values) sum += v;
        return sum / values.length;
    }

    private static double median(float[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2.0;
    }
}
