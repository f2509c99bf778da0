package anogan.statistics;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.markers.Regions;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.scoring.PlaneOfStarts;
import anogan.statistics.Analysis.DiceAtThreshold;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.PixelMetrics.ScanPixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every pixel map of a run against the masks of the test scans, in the scans' own pixels: {@link Plane#OURS}, their
 * means over several starting points (variants named {@code seed-…}; {@code log_ratio_z2} is that of two), and
 * {@link Plane#TRIVIAL}.
 *
 * <p>
 * Three regions. {@code retina}: between the inner limiting membrane and Bruch's membrane; fluid is dark like the
 * vitreous, so judging only there asks whether the map knows fluid from tissue, not retina from background.
 * {@code strip}: all that the flattened strip covers, that is where the maps have values. {@code retina in strip}: the
 * pixels of both. A retina pixel outside the strip counts as never flagged; annotated pixels outside the region are
 * counted in {@code positivesOutside}.
 */
final class PixelLevel {
    private static final String OURS = "maps";
    private static final String BASELINE = "baseline_maps";
    static final List<String> REGIONS = List.of("retina", "strip", "retina in strip");

    private final Path run;
    private final Patches patches;
    private final AnalysisOptions options;
    private final List<String> notes;

    /** @param notes receives a sentence on whatever is missing */
    PixelLevel(Path run, Patches patches, AnalysisOptions options, List<String> notes) {
        this.run = run;
        this.patches = patches;
        this.options = options;
        this.notes = notes;
    }

    List<PixelResult> results() {
        List<Integer> tested = scansWithMap(
                i -> patches.scans().get(i).split() == Split.TEST && patches.scans().get(i).masked());
        List<Integer> normals = scansWithMap(
                i -> patches.scans().get(i).split() == Split.VALIDATION && patches.scans().get(i).normal());
        long masked = patches.scans().stream().filter(s -> s.split() == Split.TEST && s.masked()).count();
        if (tested.size() < masked) {
            notes.add("Pixels: " + (masked - tested.size()) + " of " + masked
                    + " masked test scans have no residual map and are left out.");
        }
        if (normals.isEmpty()) notes
                .add("Pixels: no validation scan has a residual map, so there is no Dice at a threshold from normals.");
        if (tested.isEmpty()) return List.of();
        long without = tested.stream().filter(i -> !Files.exists(file(run, BASELINE, i))).count();
        if (without > 0) notes.add(
                "Pixels: baseline maps are left out, since " + without + " of " + tested.size() + " scans have none.");
        List<PixelResult> results = new ArrayList<>();
        for (String region : REGIONS) {
            results.addAll(results(new Source(List.of(run), OURS, Plane.OURS), region, tested, normals));
            List<Path> starts = starts(tested, normals);
            if (starts.size() > 1)
                results.addAll(results(new Source(starts, OURS, Plane.OURS), region, tested, normals));
            if (without == 0)
                results.addAll(results(new Source(List.of(run), BASELINE, Plane.TRIVIAL), region, tested, List.of()));
        }
        return results;
    }

    /** The run and its variants that only start elsewhere, as far as they have all maps. */
    private List<Path> starts(List<Integer> tested, List<Integer> normals) {
        List<Path> starts = new ArrayList<>(List.of(run));
        new RunFolder(run).variants().forEach((name, variant) -> {
            boolean complete = Stream.concat(tested.stream(), normals.stream())
                    .allMatch(i -> Files.exists(file(variant.path(), OURS, i)));
            if (name.startsWith(Methods.SEED) && complete) starts.add(variant.path());
        });
        return starts;
    }

    /**
     * Maps of the scans: in each of these folders a file for each scan; of several, the mean.
     *
     * @param planes a file may lack the last ones
     */
    private record Source(List<Path> runs, String folder, List<Plane> planes) {
        /** What is judged of the first planes of a file: each by magnitude, and then the dark halves. */
        List<Judged> judged(int stored) {
            List<Plane> there = planes.subList(0, stored);
            return Stream.concat(there.stream().map(p -> new Judged(p, p)),
                    there.stream().flatMap(p -> p.dark().stream().map(dark -> new Judged(dark, p)))).toList();
        }
    }

    /** @param of the stored plane that it is read from */
    private record Judged(Plane plane, Plane of) {}

    /** Two passes over the files: one for all numbers, and one for the intervals, whose levels the first has set. */
    private List<PixelResult> results(Source source, String region, List<Integer> tested, List<Integer> normals) {
        List<Judged> judged = source.judged(Stream.concat(tested.stream(), normals.stream())
                .flatMapToInt(i -> planes(source, i)).min().orElseThrow());
        List<PixelMetrics> metrics = judged.stream().map(p -> new PixelMetrics()).toList();
        long annotated = 0;
        for (int scan : tested) {
            annotated += count(patches.scanMask(scan));
            List<ScanPixels> planes = pixels(source, judged, region, scan);
            for (int p = 0; p < metrics.size(); p++) metrics.get(p).add(planes.get(p));
        }
        if (!metrics.get(0).comparesPixels()) return List.of();
        List<PixelHistogram> normal = normals.isEmpty() ? List.of()
                : judged.stream().map(p -> new PixelHistogram()).toList();
        for (int scan : normals) {
            List<ScanPixels> planes = pixels(source, judged, region, scan);
            for (int p = 0; p < normal.size(); p++)
                for (float value : planes.get(p).values()) normal.get(p).addNegative(value);
        }
        int groups = (int) tested.stream().map(i -> patches.scans().get(i).group()).distinct().count();
        List<GroupHistograms> byGroup = metrics.stream().map(m -> new GroupHistograms(m.histogram(), groups)).toList();
        for (int scan : tested) {
            List<ScanPixels> planes = pixels(source, judged, region, scan);
            for (int p = 0; p < byGroup.size(); p++) byGroup.get(p).add(planes.get(p));
        }
        List<PixelResult> results = new ArrayList<>();
        for (int p = 0; p < metrics.size(); p++) {
            Optional<DiceAtThreshold> dice = normal.isEmpty() ? Optional.empty()
                    : Optional.of(metrics.get(p).diceAt(normal.get(p).threshold(options.fpr())));
            results.add(result(new PlaneOfStarts(judged.get(p).plane, source.runs.size()), region, metrics.get(p),
                    byGroup.get(p), annotated - metrics.get(p).positives(), dice));
        }
        return results;
    }

    /** How many planes the files of a scan have. */
    private IntStream planes(Source source, int scan) {
        return source.runs.stream().mapToInt(r -> Npy.readHeader(file(r, source.folder, scan)).shape()[0]);
    }

    private PixelResult result(PlaneOfStarts map, String region, PixelMetrics pixels, GroupHistograms byGroup,
            long outside, Optional<DiceAtThreshold> dice) {
        ClusterBootstrap bootstrap = ClusterBootstrap.of(byGroup.groups(), options.bootstrap(), options.seed());
        StratifiedAuroc own = pixels.perScan();
        ClusterBootstrap ownBootstrap = ClusterBootstrap.of(pixels.perScanGroups(), options.bootstrap(),
                options.seed());
        return new PixelResult(map, region, pixels.scans(), bootstrap.groups(), pixels.pixels(), pixels.positives(),
                outside, pixels.lesions(), (double) pixels.positives() / pixels.pixels(), pixels.auroc(),
                bootstrap.interval(byGroup.auroc()), own.mean(), ownBootstrap.interval(own::mean),
                pixels.averagePrecision(), pixels.meanAveragePrecision(), pixels.aupro(), pixels.diceOracle(), dice);
    }

    /** For each judged map of a scan, the region's pixels. */
    private List<ScanPixels> pixels(Source source, List<Judged> judged, String region, int scan) {
        ScanInfo info = patches.scans().get(scan);
        int size = info.height() * info.width();
        int[] chosen = chosen(region, scan);
        Regions regions = Regions.of(patches.scanMask(scan), info.height(), info.width());
        int[] lesion = Arrays.stream(chosen).map(i -> regions.label()[i]).toArray();
        List<float[]> all = source.runs.stream().map(r -> read(file(r, source.folder, scan), info, source.planes))
                .toList();
        return judged.stream().map(map -> {
            int at = source.planes.indexOf(map.of);
            float[] values = new float[chosen.length];
            for (int k = 0; k < values.length; k++)
                for (float[] data : all) values[k] += map.plane.judged(data[at * size + chosen[k]]) / all.size();
            return new ScanPixels(info.scan(), info.group(), values, lesion);
        }).toList();
    }

    private int[] chosen(String region, int scan) {
        ScanInfo info = patches.scans().get(scan);
        boolean[] retina = patches.scanRetina(scan);
        if (region.equals("retina")) return indices(retina);
        float[] data = read(file(run, OURS, scan), info, Plane.OURS);
        boolean within = region.equals("retina in strip");
        return IntStream.range(0, info.height() * info.width())
                .filter(i -> !Float.isNaN(data[i]) && (retina[i] || !within)).toArray();
    }

    /** All planes of a file, one after the other. */
    private static float[] read(Path file, ScanInfo info, List<Plane> planes) {
        FloatArray maps = Npy.read(file);
        int[] shape = maps.shape();
        if (shape.length != 3 || shape[0] < 2 || shape[0] > planes.size() || shape[1] != info.height()
                || shape[2] != info.width()) {
            throw UserError.failure("%s has the shape %s, not %d x %d x %d. Delete it and make it anew with stage map.",
                    file, Arrays.toString(shape), planes.size(), info.height(), info.width());
        }
        return maps.data();
    }

    private Path file(Path of, String folder, int scan) {
        return of.resolve(folder).resolve(patches.scans().get(scan).scan() + ".npy");
    }

    private List<Integer> scansWithMap(IntPredicate wanted) {
        return IntStream.range(0, patches.scans().size()).filter(wanted).filter(i -> Files.exists(file(run, OURS, i)))
                .boxed().toList();
    }

    private static int[] indices(boolean[] set) {
        return IntStream.range(0, set.length).filter(i -> set[i]).toArray();
    }

    private static int count(boolean[] set) {
        return indices(set).length;
    }
}
