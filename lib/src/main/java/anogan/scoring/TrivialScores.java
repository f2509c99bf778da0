package anogan.scoring;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Gaussian;
import anogan.scans.Split;
import anogan.ui.Progress;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The scores that a real method has to beat, per patch: if brightness does as well, the data set is at fault.
 *
 * <ul>
 * <li><b>mean_intensity</b>: mean grey value, 0 to 255.
 * <li><b>noise_level</b>: how grainy the patch is, in grey values: 1.4826 times the median magnitude of what a Gaussian
 * blur of two pixels takes away (the standard deviation, if noise were normal; edges hardly count).
 * <li><b>retina_thickness</b>: rows between the retina's boundaries, mean over the patch's columns: fluid makes a
 * retina thick. Left out where nothing was flattened.
 * <li><b>pca_residual</b>: mean magnitude of what 64 principal components of normal training patches do not describe,
 * on the scale −1 to 1 ({@link Pca}); <b>pca_log_ratio</b>: the same description judged by {@link LogRatio}.
 * <li><b>nearest_normal</b>: how far the nearest of 10,000 normal training patches is ({@link NearestNormal}).
 * </ul>
 */
public final class TrivialScores {
    /** Components of the yardstick. */
    public static final int COMPONENTS = 64;
    private static final int TRAINING_PATCHES = 10_000;
    private static final double HIGH_PASS = 2;       // pixels
    /** What the scores of a folder were made with: {@code mapping/trivial.json}. */
    private static final String MADE = "mapping/trivial.json";

    /**
     * What they have in common with the run that they stand beside.
     *
     * @param mirror    whether half of the training patches are mirrored, as the run's own were
     * @param smoothing of the maps, as {@link ScoringOptions#smoothing}
     * @param byDepth   of what is judged by depth, {@link DepthScores#SMOOTHING}; 0 in folders of earlier versions
     */
    record Options(boolean mirror, double smoothing, @JsonSetter(nulls = Nulls.AS_EMPTY) double byDepth) {
        Options(boolean mirror, double smoothing) {
            this(mirror, smoothing, DepthScores.SMOOTHING);
        }
    }

    private final Patches patches;
    private final double sigma;   // of the smoothing, in pixels
    private final Pca pca;
    private final NearestNormal nearest;
    private final float[] meanStrip;
    private final List<Rival> rivals;

    /** Who draws, judged by depth. */
    private record Rival(Drawing drawing, DepthScores scores) {}

    private TrivialScores(Patches patches, double smoothing, Pca pca, NearestNormal nearest) {
        this.patches = patches;
        sigma = smoothing * patches.options().size() / 64;
        this.pca = pca;
        this.nearest = nearest;
        MeanStrip mean = MeanStrip.of(patches);
        meanStrip = mean.drawn(patches.stripWidth());
        rivals = List.of(new Rival(Drawing.PCA, DepthScores.calibrated(patches, scan -> stitched(scan, pca::residual))),
                new Rival(Drawing.NEAREST, DepthScores.calibrated(patches, scan -> stitched(scan, nearest::residual))),
                new Rival(Drawing.STRIP, mean.scores(patches)));
    }

    /** Signed residuals of the patches of a scan, laid back into its strip. */
    private float[] stitched(int scan, BiFunction<float[], Integer, float[]> residual) {
        List<Patch> grid = patches.grid(scan);
        float[] all = residual.apply(queries(patches, scan, grid), grid.size());
        int size = patches.options().size();
        Stitcher strip = new Stitcher(patches.stripHeight(), patches.stripWidth());
        for (int i = 0; i < grid.size(); i++)
            strip.add(grid.get(i).row(), grid.get(i).column(), size, all, i * size * size);
        return strip.mean();
    }

    /**
     * Learns from the training scans and writes {@code baselines.csv} (a row for every evaluation patch of the
     * validation and test scans) and, for annotated scans, {@code baseline_maps/<scan>.npy}: {@link Plane#TRIVIAL} ×
     * height × width float32 in the scan's own pixels: grey value, local noise level, |PCA residual|, |smoothed signed
     * PCA residual|, and the {@link LogRatio} to what PCA draws, and to the mean row of normal strips. What is there
     * already, made alike, stays as it is.
     */
    static void write(RunFolder run, Patches patches, Options options) {
        if (isDone(run, patches, options)) return;
        AtomicFiles.delete(run.file(MADE));   // until all is there
        float[] normal = normal(patches, options.mirror);
        List<Integer> scans = Stream
                .concat(patches.scans(Split.VALIDATION).stream(), patches.scans(Split.TEST).stream()).toList();
        StringBuilder table = new StringBuilder(ScoreFiles.header(scores(patches)));
        try (NearestNormal nearest = new NearestNormal(normal, TRAINING_PATCHES);
                Progress bar = Progress.start("trivial scores", scans.size(), "scan")) {
            TrivialScores scores = new TrivialScores(patches, options.smoothing, fit(patches, normal), nearest);
            for (int scan : scans) {
                List<DepthScores.Maps> byDepth = scores.rivals.stream().map(r -> r.scores.maps(scan)).toList();
                scores.rows(scan, byDepth, table);
                ScanInfo info = patches.scans().get(scan);
                if (info.masked()) Npy.write(map(run, info), scores.maps(scan, byDepth));
                bar.step();
            }
        }
        AtomicFiles.writeString(run.file("baselines.csv"), table.toString());
        Json.write(run.file(MADE), options);
    }

    /** Those that these patches have: where nothing was flattened, no retina has a thickness. */
    private static List<Score> scores(Patches patches) {
        return Score.TRIVIAL.stream().filter(s -> s != Score.RETINA_THICKNESS || patches.options().flatten()).toList();
    }

    private static boolean isDone(RunFolder run, Patches patches, Options options) {
        return Files.exists(run.file(MADE)) && Files.exists(run.file("baselines.csv")) && Json
                .read(run.file(MADE), Options.class, "Delete it, and the trivial scores are made anew.").equals(options)
        // an older version's table lacks columns
                && Csv.read(run.file("baselines.csv")).stream().limit(1).anyMatch(
                        row -> row.fields().keySet().containsAll(scores(patches).stream().map(Score::column).toList()))
                && patches.scans().stream().filter(s -> s.masked() && s.split() != Split.TRAIN)
                        .allMatch(s -> Files.exists(map(run, s)));
    }

    private static Path map(RunFolder run, ScanInfo scan) {
        return run.file("baseline_maps").resolve(scan.scan() + ".npy");
    }

    /** Principal components of {@link #normal}. */
    static Pca fit(Patches patches, float[] normal) {
        return Pca.fit(normal, TRAINING_PATCHES, COMPONENTS, patches.options().seed());
    }

    /** Patches at random places of the training scans: a row each. */
    static float[] normal(Patches patches, boolean mirror) {
        List<Integer> scans = patches.scans(Split.TRAIN);
        if (scans.isEmpty()) {
            throw UserError.failure(
                    "%s has no normal scans to train on. Prepare it again with other splits or classes.",
                    patches.path());
        }
        int size = patches.options().size();
        SplittableRandom random = Seeds.random(patches.options().seed(), "pca");
        float[] rows = new float[TRAINING_PATCHES * size * size];
        for (int i = 0; i < TRAINING_PATCHES; i++) {
            int scan = scans.get(random.nextInt(scans.size()));
            int column = random.nextInt(patches.stripWidth() - size + 1);
            patches.copyPatch(scan, 0, column, random.nextBoolean() && mirror, rows, i * size * size);
        }
        return rows;
    }

    private void rows(int scan, List<DepthScores.Maps> byDepth, StringBuilder table) {
        ScanInfo info = patches.scans().get(scan);
        List<Patch> grid = patches.grid(scan);
        float[] strip = patches.strip(scan);
        float[] grain = grain(strip);
        boolean[] retina = patches.retina(scan);
        float[] queries = queries(patches, scan, grid);
        float[] residual = pca.residual(queries, grid.size());
        List<NearestNormal.Nearest> distance = nearest.nearest(queries, grid.size());
        int size = patches.options().size();
        for (int i = 0; i < grid.size(); i++) {
            Patch p = grid.get(i);
            boolean[] inside = p.cut(retina, patches.stripWidth(), size);
            float[] unexplained = Arrays.copyOfRange(residual, i * size * size, (i + 1) * size * size);
            float[] query = Arrays.copyOfRange(queries, i * size * size, (i + 1) * size * size);
            float[] drawn = new float[unexplained.length];
            double off = 0;
            double thickness = 0;
            for (int j = 0; j < unexplained.length; j++) {
                drawn[j] = query[j] - unexplained[j];
                off += Math.abs(unexplained[j]) / unexplained.length;
                if (inside[j]) thickness += 1.0 / size;
            }
            double ratio = ResidualScores.logRatio(query, drawn, inside, sigma);
            Map<Score, Double> own = new EnumMap<>(Map.of(Score.MEAN_INTENSITY, mean(cut(strip, p)), Score.NOISE_LEVEL,
                    Gaussian.MEDIAN_TO_SD * median(cut(grain, p)), Score.RETINA_THICKNESS, thickness,
                    Score.PCA_RESIDUAL, off, Score.PCA_LOG_RATIO, ratio, Score.NEAREST_NORMAL,
                    distance.get(i).distance()));
            for (int r = 0; r < rivals.size(); r++) {
                double[] values = rivals.get(r).scores.scores(byDepth.get(r), p);
                for (int k = 0; k < values.length; k++) own.put(rivals.get(r).drawing.scores().get(k), values[k]);
            }
            table.append(ScoreFiles.row(info, p, scores(patches).stream().mapToDouble(own::get).toArray()));
        }
    }

    /** Signed PCA residuals of the patches of a grid, one after the other. */
    static float[] residual(Patches patches, Pca pca, int scan, List<Patch> grid) {
        return pca.residual(queries(patches, scan, grid), grid.size());
    }

    private static float[] queries(Patches patches, int scan, List<Patch> grid) {
        int size = patches.options().size();
        float[] rows = new float[grid.size() * size * size];
        for (int i = 0; i < grid.size(); i++)
            patches.copyPatch(scan, grid.get(i).row(), grid.get(i).column(), false, rows, i * size * size);
        return rows;
    }

    private FloatArray maps(int scan, List<DepthScores.Maps> byDepth) {
        float[] strip = patches.strip(scan);
        float[] grain = grain(strip);
        for (int i = 0; i < grain.length; i++) grain[i] *= grain[i];
        float[] noise = blur(grain);
        for (int i = 0; i < noise.length; i++) noise[i] = (float) Math.sqrt(noise[i]);
        float[][] residual = residualMaps(patches, pca, scan, patches.grid(scan), sigma);
        List<float[]> planes = new ArrayList<>(List.of(strip, noise, residual[0], residual[1], residual[2],
                LogRatio.of(blur(strip), blur(meanStrip))));
        for (DepthScores.Maps maps : byDepth) {
            planes.add(maps.z());
            planes.add(maps.zRatio());
        }
        return ResidualMaps.unflatten(patches, scan, planes.toArray(float[][]::new));
    }

    /** The planes of {@link ResidualMaps} over the strip, of what PCA draws. */
    static float[][] residualMaps(Patches patches, Pca pca, int scan, List<Patch> grid, double sigma) {
        float[] residual = residual(patches, pca, scan, grid);
        int pixels = residual.length / grid.size();
        List<float[]> each = IntStream.range(0, grid.size())
                .mapToObj(i -> Arrays.copyOfRange(residual, i * pixels, (i + 1) * pixels)).toList();
        return ResidualMaps.of(patches, grid, each).strips(sigma);
    }

    /** What a slight blur takes away, by magnitude. */
    private float[] grain(float[] strip) {
        return Gaussian.grain(strip, patches.stripHeight(), patches.stripWidth(), HIGH_PASS);
    }

    private float[] blur(float[] strip) {
        return Gaussian.blur(strip, patches.stripHeight(), patches.stripWidth(), sigma, sigma);
    }

    private float[] cut(float[] strip, Patch p) {
        int size = patches.options().size();
        float[] patch = new float[size * size];
        for (int y = 0; y < size; y++)
            System.arraycopy(strip, (p.row() + y) * patches.stripWidth() + p.column(), patch, y * size, size);
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
