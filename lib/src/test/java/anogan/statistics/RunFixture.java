package anogan.statistics;

import anogan.io.AtomicFiles;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.patches.PixelOptions;
import anogan.patches.PrepareOptions;
import anogan.run.RunInfo;
import anogan.scans.GrayImage;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small prepared folder and a mapped run as other stages leave them, with invented scores: 48×64 scans, strip rows
 * 12–43, retina rows 14–36, three patches a scan. Class X has masks (one lesion in the retina, one above the strip),
 * class Y has none; half of X, a third of Y and most test normals are {@code matched}; some anomalous scans and no
 * normal one are {@code large}.
 */
final class RunFixture {
    static final int H = 48;
    static final int W = 64;
    static final List<Score> SCORES = List.of(Score.R, Score.D, Score.D_HAT, Score.A, Score.A_HAT, Score.P_D);
    /** The scores by column: those of a mapping, then the trivial ones. */
    static final List<Score> ALL = Stream.concat(SCORES.stream(), Score.TRIVIAL.stream()).toList();

    /** A scan and what was drawn for it: scores by patch (all of {@link #ALL}). */
    record Scan(String name, String group, String className, String split, int label, boolean masked, boolean matched,
            boolean[] mask, double[][] scores) {
        Integer patchLabel(int patch) {
            if (label == 0) return 0;
            if (!masked) return null;
            for (int y = 12; y < 44; y++)
                for (int x = 16 * patch; x < 16 * patch + 32; x++) if (mask[y * W + x]) return 1;
            return 0;
        }

        boolean large() {
            return label == 1 && (name.hashCode() & 1) == 0;
        }

        double mean(int score) {
            return Arrays.stream(scores).mapToDouble(s -> s[score]).average().orElseThrow();
        }
    }

    final Path run;
    final Path patches;
    final List<Scan> scans = new ArrayList<>();
    private final Random random = new Random(42);

    RunFixture(Path root) {
        this(root, 1);
    }

    /** @param times so many scans with masks for each of the usual ones */
    RunFixture(Path root, int times) {
        patches = root.resolve("patches");
        run = root.resolve("run");
        for (int i = 0; i < 8; i++) add("train", "NO", i, 2, 0, false, false);
        for (int i = 0; i < 24; i++) add("validation", "NO", i, 2, 0, false, false);
        for (int i = 0; i < 30; i++) add("test", "NO", i, 2, 0, false, i >= 6);
        for (int i = 0; i < 16 * times; i++) add("test", "X", i, 3, 1, true, i % 2 == 0);
        for (int i = 0; i < 12; i++) add("test", "Y", i, 2, 1, false, i % 3 == 0);
        writePatches();
        writeRun();
    }

    private void add(String split, String className, int i, int perGroup, int label, boolean masked, boolean matched) {
        boolean[] mask = new boolean[H * W];
        if (masked) {
            int left = 34 + random.nextInt(20);
            for (int y = 20; y < 26; y++) for (int x = left; x < left + 7; x++) mask[y * W + x] = true;
            for (int y = 4; y < 7; y++) for (int x = 10; x < 13; x++) mask[y * W + x] = true;
        }
        Scan scan = new Scan(split + "_" + className + i, split + className + i / perGroup, className, split, label,
                masked, matched, mask, new double[3][ALL.size()]);
        for (int k = 0; k < 3; k++) {
            Integer known = scan.patchLabel(k);
            double shift = known == null ? 0.8 : 1.5 * known;
            double base = random.nextGaussian() + shift;
            double[] s = scan.scores[k];
            Arrays.setAll(s, j -> base + random.nextGaussian());
            s[2] = random.nextGaussian();
            s[3] = base;
            s[5] = Math.round(s[5]);          // many ties
            s[6] = random.nextInt(3);
        }
        scans.add(scan);
    }

    private void writePatches() {
        PrepareOptions options = new PrepareOptions(32, W, H, 0.0, 24, true, 16, 0.15, 0.2,
                PrepareOptions.defaults().normalClasses(), 1, 0.5, List.of(), PixelOptions.defaults());
        Json.write(patches.resolve("patches.json"), new Patches.Manifest(1, "fingerprint", 1, options, List.of(),
                List.of(), List.of(), List.of(), Map.of(), null));
        int n = scans.size();
        StringBuilder table = new StringBuilder(
                "scan,group,class,split,label,masked,width,height,confidence,matched,large,note\n");
        byte[] masks = new byte[n * 32 * W];
        float[] bounds = new float[n * 3 * W];
        float[] reference = new float[n * W];
        Arrays.fill(reference, 36);
        for (int i = 0; i < n; i++) {
            Scan s = scans.get(i);
            table.append(String.join(",", s.name, s.group, s.className, s.split, "" + s.label, bit(s.masked), "" + W,
                    "" + H, "1", bit(s.matched), bit(s.large()), "words\n"));
            for (int k = 0; k < 32 * W; k++) masks[i * 32 * W + k] = (byte) (s.mask[12 * W + k] ? 255 : 0);
            for (int b = 0; b < 3; b++)
                Arrays.fill(bounds, (3 * i + b) * W, (3 * i + b + 1) * W, new float[] {14, 33, 36}[b]);
            float[] ink = new float[H * W];
            for (int k = 0; k < ink.length; k++) ink[k] = s.mask[k] ? 255 : 0;
            if (s.masked) write(patches.resolve("scans").resolve(s.name + "_mask.png"),
                    out -> new GrayImage(H, W, ink).writePng(out));
        }
        AtomicFiles.writeString(patches.resolve("scans.csv"), table.toString());
        Npy.writeBytes(patches.resolve("strips.npy"), new byte[masks.length], n, 32, W);
        Npy.writeBytes(patches.resolve("masks.npy"), masks, n, 32, W);
        Npy.write(patches.resolve("bounds.npy"), new FloatArray(bounds, n, 3, W));
        Npy.write(patches.resolve("reference.npy"), new FloatArray(reference, n, W));
    }

    private static String bit(boolean set) {
        return set ? "1" : "0";
    }

    private void writeRun() {
        Json.write(run.resolve("run.json"),
                new RunInfo(1, "2020-01-01T00:00:00Z", patches.toString(), "", "fingerprint", 1, Map.of()));
        writePatchTable("scores.csv", SCORES, 0);
        writePatchTable("baselines.csv", Score.TRIVIAL, SCORES.size());
        writeScanTable("scans.csv", SCORES, 0);
        writeScanTable("baselines_scans.csv", Score.TRIVIAL, SCORES.size());
        for (Scan s : scans) {
            boolean tested = s.split.equals("test");
            if (s.masked || s.split.equals("validation"))
                write(run.resolve("maps").resolve(s.name + ".npy"), out -> map(out, s, 2));
            if (s.masked && tested) write(run.resolve("baseline_maps").resolve(s.name + ".npy"), out -> map(out, s, 4));
        }
    }

    /** Not forced to disk, which takes far longer than all the rest: there may be thousands. */
    private static void write(Path file, AtomicFiles.Content content) {
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void map(OutputStream out, Scan scan, int planes) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * planes * H * W).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < planes * H * W; k++) {
            int pixel = k % (H * W);
            boolean inStrip = pixel / W >= 12 && pixel / W < 44;
            data.putFloat(inStrip ? (float) Math.abs(random.nextGaussian() + (scan.mask[pixel] ? 1 + k / (H * W) : 0))
                    : Float.NaN);
        }
        Npy.writeHeader(out, "<f4", planes, H, W);
        out.write(data.array());
    }

    private void writePatchTable(String name, List<Score> scores, int first) {
        StringBuilder table = new StringBuilder("scan,group,class,split,label,row,column,"
                + scores.stream().map(Score::column).collect(Collectors.joining(",")) + "\n");
        for (Scan s : scans) {
            for (int k = 0; k < 3; k++) {
                Integer label = s.patchLabel(k);
                table.append(String.join(",", s.name, s.group, s.className, s.split,
                        label == null ? "" : label.toString(), "0", "" + 16 * k));
                for (int j = 0; j < scores.size(); j++) table.append(',').append(s.scores[k][first + j]);
                table.append('\n');
            }
        }
        AtomicFiles.writeString(run.resolve(name), table.toString());
    }

    private void writeScanTable(String name, List<Score> scores, int first) {
        StringBuilder table = new StringBuilder("scan,group,class,split,label,patches");
        for (Score score : scores)
            for (Aggregate a : Aggregate.values()) table.append(',').append(score.of(a).column());
        table.append('\n');
        for (Scan s : scans) {
            if (s.split.equals("train")) continue;
            table.append(String.join(",", s.name, s.group, s.className, s.split, "" + s.label, "3"));
            for (int j = 0; j < scores.size(); j++) {
                int score = first + j;
                table.append(',').append(s.mean(score)).append(',')
                        .append(Arrays.stream(s.scores).mapToDouble(p -> p[score]).max().orElseThrow());
            }
            table.append('\n');
        }
        AtomicFiles.writeString(run.resolve(name), table.toString());
    }
}
