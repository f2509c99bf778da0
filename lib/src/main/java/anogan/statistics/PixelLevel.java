package anogan.statistics;

import anogan.FloatArray;
import anogan.Npy;
import anogan.UserError;
import anogan.data.PatchFolder;
import anogan.data.ScanInfo;
import anogan.data.Split;
import anogan.statistics.Analysis.DiceAtThreshold;
import anogan.statistics.Analysis.Options;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.PixelMetrics.ScanPixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Every pixel map of a run against the masks of the test scans, in the scans' own pixels.
 *
 * <p>Two regions. {@code retina}: between the inner limiting membrane and Bruch's membrane; fluid is dark like the vitreous, so judging only there
 * asks whether the map knows fluid from tissue, not retina from background. {@code strip}: all that the flattened strip covers, that is where the
 * maps have values. A retina pixel outside the strip counts as never flagged; annotated pixels outside the region are counted in
 * {@code positivesOutside}.
 */
final class PixelLevel {
    /** Planes of {@code maps/<scan>.npy}: |x − G(z)|, and |the signed residual, smoothed first|. */
    static final List<String> MAPS = List.of("residual", "residual_smoothed");
    /** Planes of {@code baseline_maps/<scan>.npy}. */
    static final List<String> BASELINE_MAPS = List.of("intensity", "noise_level", "pca_residual", "pca_residual_smoothed");
    static final List<String> REGIONS = List.of("retina", "strip");

    private final Path run;
    private final PatchFolder patches;
    private final Options options;
    private final List<String> notes;

    /** @param notes receives a sentence on whatever is missing */
    PixelLevel(Path run, PatchFolder patches, Options options, List<String> notes) {
        this.run = run;
        this.patches = patches;
        this.options = options;
        this.notes = notes;
    }

    List<PixelResult> results() {
        List<Integer> tested = scansWithMap(i -> patches.scans().get(i).split() == Split.TEST && patches.scans().get(i).masked());
        List<Integer> normals = scansWithMap(i -> patches.scans().get(i).split() == Split.VALIDATION && patches.scans().get(i).normal());
        long masked = patches.scans().stream().filter(s -> s.split() == Split.TEST && s.masked()).count();
        if (tested.size() < masked) {
            notes.add("Pixels: " + (masked - tested.size()) + " of " + masked + " masked test scans have no residual map and are left out.");
        }
        if (normals.isEmpty()) notes.add("Pixels: no validation scan has a residual map, so there is no Dice at a threshold from normals.");
        List<PixelResult> results = new ArrayList<>();
        for (String region : REGIONS) {
            results.addAll(results("maps", MAPS, region, tested, normals));
            List<Integer> withBaseline = tested.stream().filter(i -> Files.exists(file("baseline_maps", i))).toList();
            if (withBaseline.size() == tested.size()) results.addAll(results("baseline_maps", BASELINE_MAPS, region, tested, List.of()));
            else if (region.equals(REGIONS.get(0))) {
                int without = tested.size() - withBaseline.size();
                notes.add("Pixels: baseline maps are left out, since " + without + " of " + tested.size() + " scans have none.");
            }
        }
        return results;
    }

    private List<PixelResult> results(String folder, List<String> names, String region, List<Integer> tested, List<Integer> normals) {
        List<List<ScanPixels>> test = pixels(folder, names.size(), region, tested);
        List<List<ScanPixels>> validation = pixels(folder, names.size(), region, normals);
        List<PixelResult> results = new ArrayList<>();
        if (test.get(0).stream().noneMatch(ScanPixels::hasBothKinds)) return results;
        int annotated = tested.stream().mapToInt(i -> count(patches.scanMask(i))).sum();
        int outside = annotated - test.get(0).stream().mapToInt(s -> count(s.positive())).sum();
        for (int map = 0; map < names.size(); map++) {
            double[] normal = validation.get(map).stream().flatMapToDouble(s -> Arrays.stream(s.scores())).toArray();
            results.add(result(names.get(map), region, test.get(map), outside, normal));
        }
        return results;
    }

    private PixelResult result(String map, String region, List<ScanPixels> scans, int outside, double[] normal) {
        PixelMetrics pixels = PixelMetrics.of(scans);
        ClusterBootstrap bootstrap = ClusterBootstrap.of(scans.stream().map(ScanPixels::group).toList(), options.bootstrap(), options.seed());
        Concordance concordance = pixels.concordance();
        StratifiedAuroc own = pixels.perScan();
        List<String> ownGroups = scans.stream().filter(ScanPixels::hasBothKinds).map(ScanPixels::group).toList();
        ClusterBootstrap ownBootstrap = ClusterBootstrap.of(ownGroups, options.bootstrap(), options.seed());
        DiceAtThreshold dice = normal.length == 0 ? null : pixels.diceAt(NormalThreshold.of(normal, options.fpr()).threshold());
        return new PixelResult(map, region, scans.size(), bootstrap.groups(), pixels.pixels(), pixels.positives(), outside, pixels.lesions(),
                (double) pixels.positives() / pixels.pixels(), pixels.auroc(), bootstrap.interval(concordance::auroc),
                own.mean(), ownBootstrap.interval(own::mean), pixels.averagePrecision(), pixels.meanAveragePrecision(),
                pixels.aupro(), pixels.diceOracle(), dice);
    }

    /** For each plane of the maps, the region's pixels of every scan. */
    private List<List<ScanPixels>> pixels(String folder, int planes, String region, List<Integer> scans) {
        List<List<ScanPixels>> pixels = new ArrayList<>();
        for (int map = 0; map < planes; map++) pixels.add(new ArrayList<>());
        for (int scan : scans) {
            ScanInfo info = patches.scans().get(scan);
            int size = info.height() * info.width();
            int[] chosen = region.equals("retina") ? indices(patches.scanRetina(scan)) : indices(covered(scan, size));
            Regions regions = Regions.of(patches.scanMask(scan), info.height(), info.width());
            int[] lesion = Arrays.stream(chosen).map(i -> regions.label()[i]).toArray();
            float[] data = read(file(folder, scan), info, planes);
            for (int map = 0; map < planes; map++) {
                float[] values = new float[chosen.length];
                for (int k = 0; k < values.length; k++) values[k] = data[map * size + chosen[k]];
                pixels.get(map).add(new ScanPixels(info.scan(), info.group(), values, lesion));
            }
        }
        return pixels;
    }

    /** Where the residual map has values. */
    private boolean[] covered(int scan, int size) {
        float[] data = read(file("maps", scan), patches.scans().get(scan), MAPS.size());
        boolean[] covered = new boolean[size];
        for (int i = 0; i < size; i++) covered[i] = !Float.isNaN(data[i]);
        return covered;
    }

    private float[] read(Path file, ScanInfo info, int planes) {
        FloatArray maps = Npy.read(file);
        if (!Arrays.equals(maps.shape(), new int[] {planes, info.height(), info.width()})) {
            throw UserError.failure("%s has the shape %s, not %d x %d x %d. Delete it and make it anew with: map --run %s",
                    file, Arrays.toString(maps.shape()), planes, info.height(), info.width(), run);
        }
        return maps.data();
    }

    private Path file(String folder, int scan) {
        return run.resolve(folder).resolve(patches.scans().get(scan).scan() + ".npy");
    }

    private List<Integer> scansWithMap(IntPredicate wanted) {
        return IntStream.range(0, patches.scans().size()).filter(wanted).filter(i -> Files.exists(file("maps", i))).boxed().toList();
    }

    private static int[] indices(boolean[] set) {
        return IntStream.range(0, set.length).filter(i -> set[i]).toArray();
    }

    private static int count(boolean[] set) {
        return indices(set).length;
    }
}
