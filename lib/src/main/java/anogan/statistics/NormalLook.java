package anogan.statistics;

import anogan.UserError;
import anogan.markers.RegionRule;
import anogan.patches.Appearance;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.scoring.ScanMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a run's validation normals look, maps included: what another scan is seen beside. It is a plain value, which JSON
 * holds as it is.
 *
 * @param scales     where the colours of each map end ({@link MapScale}), in the order of {@link Plane#OURS}
 * @param regions    what counts as a region
 * @param appearance what is usual of their noise, contrast and thickness; empty where nothing was flattened
 */
public record NormalLook(List<Double> scales, RegionRule regions, Optional<AppearanceRange> appearance) {
    private static final double LEAST = 1e-6;   // where normals show no departure at all

    /** @throws UserError if the run lacks maps */
    public static NormalLook of(RunFolder run, Patches patches) {
        ScanMaps maps = new ScanMaps(run, patches);
        List<Integer> normals = patches.scans(Split.VALIDATION).stream()
                .filter(i -> patches.scans().get(i).label() == Label.NORMAL).toList();
        if (normals.isEmpty() || !normals.stream().allMatch(maps::has))
            throw UserError.failure("%s has no maps of its validation normals. Map it with stage map.", run.path());
        List<List<float[]>> samples = new ArrayList<>();
        for (int scan : normals) samples.add(maps.of(scan).stream().map(MapScale::sample).toList());
        List<Double> scales = IntStream.range(0, Plane.OURS.size())
                .mapToObj(p -> MapScale.of(samples.stream().map(s -> s.get(p)).toList())).toList();
        return new NormalLook(scales, regions(patches, normals, maps), !patches.options().flatten() ? Optional.empty()
                : Optional.of(AppearanceRange.of(normals.stream().map(scan -> Appearance.of(patches, scan)).toList())));
    }

    /** @param normals at least one */
    private static RegionRule regions(Patches patches, List<Integer> normals, ScanMaps maps) {
        RegionRule any = new RegionRule(LEAST, LEAST, patches.options().size());
        List<float[]> samples = new ArrayList<>();
        double[] highest = new double[normals.size()];
        for (int i = 0; i < highest.length; i++) {
            int scan = normals.get(i);
            float[] inside = RegionRule.inRetina(patches, scan, any.map(maps.of(scan)));
            for (float z : inside) if (Math.abs(z) > highest[i]) highest[i] = Math.abs(z);   // false for NaN
            samples.add(MapScale.sample(inside));
        }
        return new RegionRule(Math.max(LEAST, MapScale.quantile(samples, RegionRule.BELOW_LEVEL)),
                NormalThreshold.of(highest, RegionRule.FPR).threshold(), patches.options().size());
    }

    /** Whether it says what is needed to judge scans. */
    public boolean isComplete(boolean flattened) {
        return scales != null && regions != null && appearance != null && appearance.isPresent() == flattened
                && scales.size() == Plane.OURS.size()
                && scales.stream().allMatch(s -> s != null && s > 0 && Double.isFinite(s));
    }
}
