package anogan.visuals;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scans.Split;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.FigureData;
import anogan.statistics.MethodTable;
import anogan.statistics.RunAnalysis;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A run folder without a network: "G(z)" is the strip blurred along the layers, so that residuals hold speckle and
 * whatever is not layered, as with a real G. Everything that the stages before would write is there, in their formats
 * and of plausible size.
 */
final class SyntheticRun {
    private static final int[] STEPS = {0, 1, 5, 10, 25, 50, 100, 200, 300};
    private static final List<String> SCORES = List.of("R", "D", "D_hat", "A", "A_hat", "P_D");
    private static final List<String> BASELINES = List.of("mean_intensity", "noise_level", "pca_residual");

    private final Patches patches;
    private final RunFolder run;
    private final Random random = new Random(7);
    private final StringBuilder patchRows = new StringBuilder(
            "scan,group,class,split,label,row,column," + String.join(",", SCORES) + "\n");
    private final StringBuilder scanRows = new StringBuilder(
            "scan,group,class,split,label,patches," + aggregates(SCORES) + "\n");
    private final StringBuilder baselineRows = new StringBuilder(
            "scan,group,class,split,label,row,column," + String.join(",", BASELINES) + "\n");
    private final StringBuilder baselineScanRows = new StringBuilder(
            "scan,group,class,split,label,patches," + aggregates(BASELINES) + "\n");

    private SyntheticRun(Patches patches, Path folder) {
        this.patches = patches;
        this.run = new RunFolder(folder);
    }

    /** Writes the run folder and its analysis. */
    static Path write(Patches patches, Path folder) throws IOException {
        SyntheticRun run = new SyntheticRun(patches, folder);
        run.write();
        return folder;
    }

    private void write() throws IOException {
        run.write(RunInfo.begin(patches.path(), patches.fingerprint(), 42)
                .with("train", Map.of("steps", 3000, "batch", 64, "learningRate", 2e-4, "width", 0.25), 171.2)
                .with("map", Map.of("gamma", 300, "lambda", 0.1, "learningRate", 0.2, "loss", "feature matching"), 62));
        losses();
        samples();
        for (int i = 0; i < patches.scans().size(); i++) {
            if (patches.scans().get(i).split() == Split.TRAIN && i % 3 > 0) continue;
            scan(i);
        }
        Files.writeString(run.file("scores.csv"), patchRows);
        Files.writeString(run.file("scans.csv"), scanRows);
        Files.writeString(run.file("baselines.csv"), baselineRows);
        Files.writeString(run.file("baselines_scans.csv"), baselineScanRows);
        frames();
        AnalysisOptions options = new AnalysisOptions(0.05, 0, 200, 1);
        RunAnalysis.of(run.path(), options).write(run.path());
        Optional<MethodTable> methods = MethodTable.of(run.path(), 0, options);
        methods.ifPresent(m -> m.write(run.path()));
        FigureData.write(run, patches, methods, options);
    }

    private void losses() throws IOException {
        StringBuilder rows = new StringBuilder("step,D_loss,G_loss,D_real,D_fake,seconds\n");
        for (int step = 1; step <= 3000; step++) {
            double calm = 1 - Math.exp(-step / 300.0);
            double real = 0.95 - 0.25 * calm + 0.06 * random.nextGaussian();
            double fake = 0.05 + 0.24 * calm + 0.06 * random.nextGaussian();
            double dReal = Math.min(0.99, Math.max(0.3, real));
            double dFake = Math.min(0.7, Math.max(0.01, fake));
            double dLoss = -Math.log(dReal) - Math.log(1 - dFake);
            rows.append(String.format(Locale.ROOT, "%d,%.4f,%.4f,%.4f,%.4f,%.2f%n", step, dLoss, -Math.log(dFake),
                    dReal, dFake, step * 0.057));
        }
        Files.writeString(run.file("losses.csv"), rows);
        StringBuilder heldOut = new StringBuilder("step,train_loss,held_out_loss,train_R,held_out_R\n");
        for (int step = 500; step <= 3000; step += 500) {   // lowest at step 2,000: 400, 40 above what was learned
            double loss = 400 + Math.abs(step - 2000) / 20.0;
            heldOut.append(String.format(Locale.ROOT, "%d,%.4f,%.4f,300,310\n", step, loss - step / 50.0, loss));
        }
        Files.writeString(run.file("heldout.csv"), heldOut);
    }

    private void samples() throws IOException {
        Files.createDirectories(run.file("samples"));
        int size = patches.options().size();
        for (int step = 200; step <= 3000; step += 200) {
            BufferedImage grid = new BufferedImage(8 * size, 8 * size, BufferedImage.TYPE_BYTE_GRAY);
            for (int k = 0; k < 64; k++) {
                float[] g = generated(k % patches.scans().size(), 0.9f * (float) Math.exp(-step / 500.0));
                int column = (k * 37) % (patches.stripWidth() - size + 1);
                for (int p = 0; p < size * size; p++) {
                    int level = clamp(g[p / size * patches.stripWidth() + column + p % size]);
                    grid.getRaster().setSample(k % 8 * size + p % size, k / 8 * size + p / size, 0, level);
                }
            }
            Files.write(run.file("samples").resolve(Format.of("step-%06d.png", step)), Figure.png(grid));
        }
    }

    /** Scores and maps of one scan. */
    private void scan(int i) {
        ScanInfo info = patches.scans().get(i);
        int w = patches.stripWidth();
        float[] strip = patches.strip(i);
        float[] generated = generated(i, 0);
        float[] signed = new float[strip.length];
        float[] plain = new float[strip.length];
        for (int p = 0; p < strip.length; p++) {
            signed[p] = (strip[p] - generated[p]) / 127.5f;
            plain[p] = Math.abs(signed[p]);
        }
        float[] smoothed = blur(signed, w, 3, 3);
        for (int p = 0; p < strip.length; p++) smoothed[p] = Math.abs(smoothed[p]);
        if (info.split() != Split.TRAIN) maps("maps", i, plain, smoothed);
        if (info.split() == Split.TEST && info.masked())
            maps("baseline_maps", i, strip, plain, blur(plain, w, 2, 2), blur(smoothed, w, 4, 4));
        rows(i, strip, plain, smoothed);
    }

    private void rows(int i, float[] strip, float[] plain, float[] smoothed) {
        ScanInfo info = patches.scans().get(i);
        List<double[]> ours = new ArrayList<>();
        List<double[]> trivial = new ArrayList<>();
        for (Patch p : patches.grid(i)) {
            double r = sum(plain, p.column());
            double d = 40 + 2.2 * sum(smoothed, p.column()) + 30 * random.nextGaussian();
            double dHat = 1 + 0.3 * random.nextGaussian();
            ours.add(new double[] {r, d, dHat, 0.9 * r + 0.1 * d, 0.9 * r + 0.1 * dHat,
                    0.7 + 0.0004 * r + 0.1 * random.nextGaussian()});
            trivial.add(new double[] {sum(strip, p.column()) / 4096, 8 + random.nextGaussian(),
                    0.8 * r + 40 * random.nextGaussian()});
            String head = String.join(",", info.scan(), info.group(), info.className(), info.split().word(), label(p),
                    "0", "" + p.column());
            patchRows.append(head).append(',').append(join(ours.get(ours.size() - 1))).append('\n');
            baselineRows.append(head).append(',').append(join(trivial.get(trivial.size() - 1))).append('\n');
        }
        String head = String.join(",", info.scan(), info.group(), info.className(), info.split().word(),
                info.label().csv(), "" + ours.size());
        scanRows.append(head).append(',').append(aggregate(ours)).append('\n');
        baselineScanRows.append(head).append(',').append(aggregate(trivial)).append('\n');
    }

    private void maps(String kind, int scan, float[]... planes) {
        ScanInfo info = patches.scans().get(scan);
        int area = info.height() * info.width();
        float[] all = new float[planes.length * area];
        for (int p = 0; p < planes.length; p++)
            System.arraycopy(patches.unflatten(scan, planes[p]).data(), 0, all, p * area, area);
        Npy.write(run.file(kind).resolve(info.scan() + ".npy"),
                new FloatArray(all, planes.length, info.height(), info.width()));
    }

    private void frames() throws IOException {
        List<Integer> test = patches.scans(Split.TEST);
        int k = Math.min(10, test.size());
        int size = patches.options().size();
        int area = size * size;
        float[] query = new float[k * area];
        float[] generated = new float[k * STEPS.length * area];
        int gamma = STEPS[STEPS.length - 1];
        float[] loss = new float[k * (gamma + 1)];
        StringBuilder csv = new StringBuilder("scan,row,column,class,label\n");
        for (int i = 0; i < k; i++) {
            int scan = test.get(i * test.size() / k);
            ScanInfo info = patches.scans().get(scan);
            String wanted = info.label().csv();
            List<Patch> grid = patches.grid(scan);
            Patch patch = grid.stream().filter(p -> label(p).equals(wanted)).findFirst()
                    .orElse(grid.get(Math.min(3, grid.size() - 1)));
            patches.copyPatch(scan, patch.row(), patch.column(), false, query, i * area);
            for (int t = 0; t < STEPS.length; t++) {
                float[] g = generated(scan, (float) Math.exp(-STEPS[t] / 20.0));
                for (int p = 0; p < area; p++) {
                    float level = clamp(g[p / size * patches.stripWidth() + patch.column() + p % size]);
                    generated[(i * STEPS.length + t) * area + p] = level / 127.5f - 1;
                }
            }
            for (int t = 0; t <= gamma; t++) loss[i * (gamma + 1)
                    + t] = (float) (300 + 60 * i + 900 * Math.exp(-t / 30.0) + 8 * random.nextGaussian());
            csv.append(String.join(",", info.scan(), "" + patch.row(), "" + patch.column(), info.className(),
                    label(patch))).append('\n');
        }
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        arrays.put("query", new FloatArray(query, k, size, size));
        float[] steps = new float[STEPS.length];
        for (int t = 0; t < steps.length; t++) steps[t] = STEPS[t];
        arrays.put("steps", new FloatArray(steps, steps.length));
        arrays.put("generated", new FloatArray(generated, k, STEPS.length, size, size));
        arrays.put("loss", new FloatArray(loss, k, gamma + 1));
        Npy.writeZip(run.file("mapping/frames.npz"), arrays);
        Files.writeString(run.file("mapping/frames.csv"), csv);
    }

    /** The strip blurred along the layers, mixed with noise. */
    private float[] generated(int scan, float noise) {
        float[] g = blur(patches.strip(scan), patches.stripWidth(), 0, 24);
        if (noise > 0) for (int p = 0; p < g.length; p++)
            g[p] = (1 - noise) * g[p] + noise * (110 + 50 * (float) random.nextGaussian());
        return g;
    }

    /** Means over 2·rows+1 by 2·columns+1 pixels, fewer at the edges. */
    private static float[] blur(float[] a, int width, int rows, int columns) {
        int height = a.length / width;
        float[] out = new float[a.length];
        float[] lines = new float[a.length];
        for (int y = 0; y < height; y++) mean(a, y * width, 1, width, columns, lines);
        for (int x = 0; x < width; x++) mean(lines, x, width, height, rows, out);
        return out;
    }

    private static void mean(float[] from, int start, int step, int n, int reach, float[] to) {
        double[] sum = new double[n + 1];
        for (int i = 0; i < n; i++) sum[i + 1] = sum[i] + from[start + i * step];
        for (int i = 0; i < n; i++) {
            int low = Math.max(0, i - reach);
            int high = Math.min(n, i + reach + 1);
            to[start + i * step] = (float) ((sum[high] - sum[low]) / (high - low));
        }
    }

    private static String label(Patch patch) {
        return patch.label().csv();
    }

    private double sum(float[] a, int column) {
        int size = patches.options().size();
        double sum = 0;
        for (int y = 0; y < size; y++)
            for (int x = column; x < column + size; x++) sum += a[y * patches.stripWidth() + x];
        return sum;
    }

    private static String aggregates(List<String> names) {
        return String.join(",", names.stream().map(n -> n + "_mean," + n + "_top5").toList());
    }

    private static String aggregate(List<double[]> rows) {
        List<String> values = new ArrayList<>();
        for (int c = 0; c < rows.get(0).length; c++) {
            int column = c;
            double[] sorted = rows.stream().mapToDouble(r -> r[column]).sorted().toArray();
            values.add(String.format(Locale.ROOT, "%.5f", Arrays.stream(sorted).average().orElseThrow()));
            values.add(String.format(Locale.ROOT, "%.5f",
                    Arrays.stream(sorted, Math.max(0, sorted.length - 5), sorted.length).average().orElseThrow()));
        }
        return String.join(",", values);
    }

    private static String join(double[] values) {
        return String.join(",", Arrays.stream(values).mapToObj(v -> String.format(Locale.ROOT, "%.5f", v)).toList());
    }

    private static int clamp(float v) {
        return Math.round(Math.max(0, Math.min(255, v)));
    }
}
