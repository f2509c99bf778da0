package anogan.visuals;

import anogan.patches.ScanInfo;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.statistics.Analysis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How well the maps find annotated pixels. */
public final class PixelFigures {
    private static final String REGION = "retina";
    private static final int MAX_PIXELS = 300_000;

    private PixelFigures() {}

    /** ROC of the pixels between the retina's boundaries on masked test scans; empty without such scans. */
    public static Optional<Figure> roc(RunData run, long seed) {
        List<Integer> masked = run.mapped(Split.TEST).stream().filter(i -> run.scan(i).masked()).toList();
        Map<Integer, int[]> chosen = chosen(run, masked);
        boolean[] positive = new boolean[chosen.values().stream().mapToInt(c -> c.length).sum()];
        List<String> groups = new ArrayList<>();
        chosen.forEach((scan, pixels) -> {
            boolean[] mask = run.patches().scanMask(scan);
            ScanInfo info = run.scan(scan);
            for (int i : pixels) {
                positive[groups.size()] = mask[i];
                groups.add(info.group());
            }
        });
        int annotated = RocFigures.count(positive);
        if (annotated == 0 || annotated == positive.length) return Optional.empty();
        List<RocFigures.Curve> curves = new ArrayList<>(curves(run, "maps", Plane.OURS, chosen));
        if (masked.stream().allMatch(i -> run.hasMaps("baseline_maps", i)))
            curves.addAll(curves(run, "baseline_maps", Plane.TRIVIAL, chosen));
        long pixels = run.analysis().pixel(Plane.RESIDUAL_SMOOTHED, REGION).map(Analysis.PixelResult::pixels)
                .orElse((long) positive.length);
        return Optional.of(new Figure("pixels.png", "ROC of pixels inside the retina",
                """
                        %s pixels of %d masked test scans, %s of them annotated, seed %d; band and brackets: 95 %% intervals (groups resampled). Good: the \
                        log ratio lies above PCA's. Fluid is dark and has little speckle, so that a plain |residual| may fall below the \
                        diagonal, and so does intensity, as far as lesions are dark: 1 − its AUROC is what darkness alone finds. Retina that the strip does not reach counts as never flagged: the \
                        straight end of the curves."""
                        .formatted(Names.count(pixels), masked.size(),
                                Names.percent((double) annotated / positive.length), seed),
                RocFigures.draw(curves, positive, groups, null, seed)));
    }

    /** For each scan the pixels of its retina, or evenly spaced ones of them if there are more than a curve needs. */
    private static Map<Integer, int[]> chosen(RunData run, List<Integer> scans) {
        Map<Integer, int[]> chosen = new LinkedHashMap<>();
        for (int scan : scans) {
            boolean[] retina = run.patches().scanRetina(scan);
            chosen.put(scan, IntStream.range(0, retina.length).filter(i -> retina[i]).toArray());
        }
        int every = chosen.values().stream().mapToInt(c -> c.length).sum() / MAX_PIXELS + 1;
        chosen.replaceAll(
                (scan, all) -> IntStream.range(0, all.length).filter(k -> k % every == 0).map(k -> all[k]).toArray());
        return chosen;
    }

    /** A curve for each plane that the run has; of {@code all} that there may be. */
    private static List<RocFigures.Curve> curves(RunData run, String kind, List<Plane> all,
            Map<Integer, int[]> chosen) {
        List<Plane> planes = all.subList(0,
                chosen.keySet().stream().mapToInt(scan -> run.maps(kind, scan).size()).min().orElse(0));
        double[][] values = new double[planes.size()][chosen.values().stream().mapToInt(c -> c.length).sum()];
        int at = 0;
        for (Map.Entry<Integer, int[]> e : chosen.entrySet()) {
            List<float[]> maps = run.maps(kind, e.getKey());
            for (int i : e.getValue()) {
                for (int p = 0; p < planes.size(); p++) values[p][at] = maps.get(p)[i];
                at++;
            }
        }
        return IntStream.range(0, planes.size()).mapToObj(p -> {
            Plane plane = planes.get(p);
            boolean strong = !plane.trivial() && p == planes.size() - 1;
            String auroc = run.analysis().pixel(plane, REGION).map(r -> RocFigures.text(r.auroc(), r.bootstrap()))
                    .orElse("");
            return new RocFigures.Curve(plane.title(), Style.plane(plane),
                    strong ? RocFigures.Curve.STRONG : plane.trivial() ? 1.4f : 2, levels(values[p]), auroc);
        }).toList();
    }

    /**
     * The values on at most 2,000 levels: a drawn curve looks the same, and its band is computed much faster. NaN,
     * outside the strip, lies below all: it is never flagged.
     */
    private static double[] levels(double[] values) {
        double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
        double step = Math.max((high - low) / 2000, 1e-12);
        return Arrays.stream(values).map(v -> Double.isNaN(v) ? -1 : Math.floor((v - low) / step)).toArray();
    }
}
