package anogan.patches;

import anogan.UserError;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.NpyRows;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scans.GrayImage;
import anogan.scans.GreyRange;
import anogan.scans.Label;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scans as {@code prepare} left them: flattened strips, their masks and where they came from. Everything after it reads
 * only this.
 *
 * <p>
 * The folder holds {@code patches.json} (options, counts, what was skipped), {@code skipped.csv} (that again, as a
 * table), {@code scans.csv} (one {@link ScanInfo} a row), {@code strips.npy} and {@code masks.npy} (scans × rows ×
 * columns, uint8), {@code bounds.npy} (scans × 3 × columns, float32: ILM, RPE, BM), {@code reference.npy} (scans ×
 * columns) and {@code scans/}: picture and mask of every scan that is not trained on, in its own pixels. Strips are
 * read where they are asked for: the folder may be larger than memory.
 *
 * <p>
 * Patches are cut when they are asked for, at any place of a strip: 1×size×size floats in [−1, 1].
 */
public final class Patches {
    static final int FORMAT = 1;
    static final String MANIFEST = "patches.json";
    static final String SKIPPED = "skipped.csv";

    /** A number of scans of one class in one split. */
    public record Count(String className, Split split, int scans) {}

    /**
     * What {@code patches.json} holds; {@code notes} are sentences about the data set itself, {@code doubts} about what
     * is probably wrong with it; of {@code made}, the options stand apart.
     */
    public record Manifest(int format, String fingerprint, long seed, PrepareOptions options, List<Count> counts,
            List<Skipped> skipped, List<String> notes, List<String> doubts, Map<String, GreyRange> ranges, Stage made) {
        public Manifest {
            if (fingerprint == null || options == null || counts == null || skipped == null) {
                throw UserError
                        .failure("It lacks the fingerprint, the options, the counts or the list of what was skipped.");
            }
            notes = notes == null ? List.of() : notes;
            doubts = doubts == null ? List.of() : doubts;
            ranges = ranges == null ? Map.of() : ranges;
            made = made == null ? new Stage(Map.of(), 0, List.of(), Map.of(), Map.of()) : made;   // by an older version
        }
    }

    private final Path path;
    private final Manifest manifest;
    private final List<ScanInfo> scans;
    private final Map<String, Integer> indices = new HashMap<>();
    private final NpyRows strips;
    private final NpyRows masks;
    private final NpyRows bounds;
    private final NpyRows references;
    private final int height;
    private final int width;

    private Patches(Path path, Manifest manifest) {
        this.path = path;
        this.manifest = manifest;
        scans = readScans(path.resolve("scans.csv"));
        for (int i = 0; i < scans.size(); i++) indices.put(scans.get(i).scan(), i);
        height = manifest.options.size();
        width = manifest.options.stripWidth();
        strips = rows("strips.npy", "|u1", height, width);
        masks = rows("masks.npy", "|u1", height, width);
        bounds = rows("bounds.npy", "<f4", 3, width);
        references = rows("reference.npy", "<f4", width);
    }

    /**
     * Reads every scan of a data set, flattens it and writes the folder. An earlier prepared folder of that name is
     * replaced when the new one is complete; a scan that cannot be used is named, counted and left out.
     *
     * @throws UserError if the data set or the folder cannot be used, or if a split is left without a scan
     */
    public static Patches prepare(Scans scans, PrepareOptions options, Path folder) {
        return Preparation.run(scans, options, Map.of(), folder);
    }

    /**
     * The same for scans that a model is going to judge: prepared as those were that it learned from, all of them to be
     * tested, whatever their classes are called.
     *
     * @param options of the model's own patches
     * @param ranges  and which of their numbers were black and white, as their manifest tells it
     */
    public static Patches toJudge(Scans scans, PrepareOptions options, Map<String, GreyRange> ranges, Path folder) {
        return Preparation.run(scans, options.withNormalClasses(List.of()), ranges, folder);
    }

    /** @throws UserError if there is no such folder, it is not a prepared one, or its files do not fit together */
    public static Patches open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw UserError.failure("There is no folder %s. Make it with stage prepare.", folder);
        }
        if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
            throw UserError.failure("%s holds no prepared scans (no %s). Make some with stage prepare.", folder,
                    MANIFEST);
        }
        Manifest manifest = Json.read(folder.resolve(MANIFEST), Manifest.class, "Prepare the scans again.");
        if (manifest.format != FORMAT) {
            throw UserError.failure("%s has format %s, but this version reads format %s. Prepare the scans again.",
                    folder, manifest.format, FORMAT);
        }
        return new Patches(folder, manifest);
    }

    /**
     * The patches that a run learned from, wherever they lie now.
     *
     * @throws UserError if they are gone, or others now
     */
    public static Patches of(RunFolder run) {
        Patches patches = open(run.patches());
        patches.requireSame(run);
        return patches;
    }

    /**
     * Makes sure that a run learned from these patches.
     *
     * @throws UserError if it learned from others
     */
    public void requireSame(RunFolder run) {
        if (!run.info().fingerprint().equals(fingerprint())) throw UserError.failure(
                "%s learned from other patches than those in %s now. Prepare them as before, or train anew.",
                run.path(), path);
    }

    public Path path() {
        return path;
    }

    public Manifest manifest() {
        return manifest;
    }

    public PrepareOptions options() {
        return manifest.options;
    }

    /** What {@code run.json} keeps of the preparation: options, seconds, commit and machine. */
    public Stage preparation() {
        Stage made = manifest.made;
        return new Stage(manifest.options, made.seconds(), made.commits(), made.machine(), Map.of());
    }

    /**
     * SHA-256 over strips, scan table and masks: two folders with the same fingerprint hold the same patches with the
     * same labels, and the same annotated pixels. Folders of the time when masks did not count keep the fingerprint
     * that they have; prepared anew, they get another one if any of their scans is annotated.
     */
    public String fingerprint() {
        return manifest.fingerprint;
    }

    public List<ScanInfo> scans() {
        return scans;
    }

    /** The index of a scan. */
    public Optional<Integer> index(String scan) {
        return Optional.ofNullable(indices.get(scan));
    }

    /** Indices of the scans of a split. */
    public List<Integer> scans(Split split) {
        return IntStream.range(0, scans.size()).filter(i -> scans.get(i).split() == split).boxed().toList();
    }

    public int stripHeight() {
        return height;
    }

    public int stripWidth() {
        return width;
    }

    /**
     * The patches that a scan is judged by: from the left edge to the right in steps of the stride; the last one ends
     * at the edge.
     */
    public List<Patch> grid(int scan) {
        int size = manifest.options.size();
        boolean[] mask = mask(scan);
        List<Patch> grid = new ArrayList<>();
        for (int column = 0;; column = Math.min(column + manifest.options.stride(), width - size)) {
            grid.add(new Patch(scan, 0, column, label(scan, mask, column)));
            if (column == width - size) return grid;
        }
    }

    private Label label(int scan, boolean[] mask, int column) {
        ScanInfo info = scans.get(scan);
        boolean whole = !manifest.options.flatten();   // the patch shows all that the scan shows
        if (whole || info.normal()) return info.label();
        if (!info.masked()) return Label.UNKNOWN;
        int size = manifest.options.size();
        for (int y = 0; y < height; y++) {
            for (int x = column; x < column + size; x++) if (mask[y * width + x]) return Label.ANOMALOUS;
        }
        return Label.NORMAL;
    }

    /**
     * Cuts the patch at a place of a strip: size×size floats in [−1, 1], row by row, from {@code offset} on.
     *
     * @param mirrored left and right exchanged
     */
    public void copyPatch(int scan, int row, int column, boolean mirrored, float[] to, int offset) {
        int size = manifest.options.size();
        if (row < 0 || row + size > height || column < 0 || column + size > width) {
            throw new IllegalArgumentException(
                    "patch at row " + row + ", column " + column + " leaves the strip of " + height + " x " + width);
        }
        byte[] strip = strips.bytes(scan);
        for (int y = 0; y < size; y++) {
            int from = (row + y) * width + column;
            int start = offset + y * size;
            for (int x = 0; x < size; x++)
                to[start + (mirrored ? size - 1 - x : x)] = (strip[from + x] & 0xff) / 127.5f - 1;
        }
    }

    /** The strip, height × width grey values 0 to 255. */
    public float[] strip(int scan) {
        byte[] bytes = strips.bytes(scan);
        float[] grey = new float[bytes.length];
        for (int i = 0; i < grey.length; i++) grey[i] = bytes[i] & 0xff;
        return grey;
    }

    /** The annotated pixels of the strip; none where the scan has no mask. */
    public boolean[] mask(int scan) {
        return nonZero(masks.bytes(scan));
    }

    /** The pixels of the strip between ILM and Bruch's membrane; all of them where nothing was flattened. */
    public boolean[] retina(int scan) {
        return geometry(scan).betweenInStrip(bound(scan, 0), bound(scan, 2));
    }

    /** A strip of values in the scan's own pixels: height × width, bilinear, NaN where the strip does not reach. */
    public FloatArray unflatten(int scan, float[] stripValues) {
        return geometry(scan).unflatten(stripValues, scans.get(scan).height(), scans.get(scan).width());
    }

    /** The scan in its own pixels. Training scans are kept as strips only. */
    public GrayImage scanImage(int scan) {
        return GrayImage.read(path.resolve("scans").resolve(scans.get(scan).scan() + ".png"));
    }

    /** The annotated ones of the scan's own pixels; none where the scan has no mask. */
    public boolean[] scanMask(int scan) {
        ScanInfo info = scans.get(scan);
        if (!info.masked()) return new boolean[info.height() * info.width()];
        return nonZero(GrayImage.read(path.resolve("scans").resolve(info.scan() + "_mask.png")).toBytes());
    }

    /** The scan's own pixels between ILM and Bruch's membrane; all of them where nothing was flattened. */
    public boolean[] scanRetina(int scan) {
        return geometry(scan).betweenInScan(bound(scan, 0), bound(scan, 2), scans.get(scan).height(),
                scans.get(scan).width());
    }

    /**
     * Where the scan's own pixels lie in the retina, from 0 at the ILM to 1 at Bruch's membrane; NaN outside. Where
     * nothing was flattened it says nothing.
     */
    public float[] scanDepth(int scan) {
        ScanInfo info = scans.get(scan);
        return geometry(scan).depthInScan(bound(scan, 0), bound(scan, 2), info.height(), info.width());
    }

    /** ILM, RPE and Bruch's membrane in the scan's own pixels: of each its row at every column. */
    public List<float[]> scanLines(int scan) {
        ScanInfo info = scans.get(scan);
        return IntStream.range(0, 3).mapToObj(k -> geometry(scan).inScan(bound(scan, k), info.height(), info.width()))
                .toList();
    }

    /** How many of the scan's own rows one row of the strip stands for. */
    public double ownRows(int scan) {
        ScanInfo info = scans.get(scan);
        return (double) info.height() / manifest.options.workingHeight(info.height(), info.width());
    }

    /** How many of the scan's own columns one column of the strip stands for. */
    public double ownColumns(int scan) {
        return (double) scans.get(scan).width() / width;
    }

    /** How many of the scan's own pixels one pixel of the strip stands for. */
    public double ownPixels(int scan) {
        return ownRows(scan) * ownColumns(scan);
    }

    /**
     * Median distance from ILM to Bruch's membrane in rows of the strip: about 0.6 of its height, if rows are as high
     * as they should be.
     */
    public double retinaThickness(int scan) {
        float[] lines = bounds.floats(scan);
        double[] thickness = IntStream.range(0, width).mapToDouble(x -> lines[2 * width + x] - lines[x]).sorted()
                .toArray();
        return thickness[width / 2];
    }

    float[] bound(int scan, int which) {
        return Arrays.copyOfRange(bounds.floats(scan), which * width, (which + 1) * width);
    }

    StripGeometry geometry(int scan) {
        ScanInfo info = scans.get(scan);
        return new StripGeometry(manifest.options.workingHeight(info.height(), info.width()), references.floats(scan),
                manifest.options.up(), height);
    }

    private static boolean[] nonZero(byte[] bytes) {
        boolean[] set = new boolean[bytes.length];
        for (int i = 0; i < set.length; i++) set[i] = bytes[i] != 0;
        return set;
    }

    private NpyRows rows(String name, String type, int... rowShape) {
        NpyRows rows = NpyRows.open(path.resolve(name), type);
        int[] expected = IntStream.concat(IntStream.of(scans.size()), IntStream.of(rowShape)).toArray();
        if (!Arrays.equals(rows.shape(), expected)) {
            throw UserError.failure("%s has the shape %s, but %s was expected. Prepare the scans again.",
                    path.resolve(name), Arrays.toString(rows.shape()), Arrays.toString(expected));
        }
        return rows;
    }

    private static List<ScanInfo> readScans(Path file) {
        List<ScanInfo> scans = new ArrayList<>();
        for (Csv.Row row : Csv.read(file, Scans.COLUMNS.toArray(String[]::new))) {
            Map<String, String> attributes = new LinkedHashMap<>(row.fields());
            attributes.keySet().removeAll(Scans.COLUMNS);
            try {
                scans.add(new ScanInfo(row.get("scan"), row.get("group"), row.get("class"), Split.of(row.get("split")),
                        Label.of(row.get("label")), row.get("masked").equals("1"), Integer.parseInt(row.get("width")),
                        Integer.parseInt(row.get("height")), Double.parseDouble(row.get("confidence")), attributes));
            } catch (IllegalArgumentException e) {
                throw UserError.failure(e, "%s is not understood at scan %s: %s. Prepare the scans again.", file,
                        row.get("scan"), e.getMessage());
            }
        }
        return List.copyOf(scans);
    }
}
