package anogan.visuals;

import anogan.io.AtomicFiles;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.GrayImage;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.scoring.ScanMaps;
import anogan.statistics.Examples;
import anogan.markers.Region;
import anogan.ui.Progress;
import anogan.visuals.ScanPage.Layer;
import anogan.visuals.ScanPage.NamedRegion;
import anogan.visuals.ScanPage.Scan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prepared scans with what a model says of them, as pictures: one on a {@link ScanPage} with the others, or as an
 * overlay of its own. Test scans of a run and scans that a model file judges are drawn alike.
 */
public final class JudgedScans {
    private static final Plane SHOWN = Plane.COMBINED;
    private final ScanMaps maps;
    private final Patches patches;
    private final List<Double> scales;
    private final Map<Integer, Volume> volumes = new HashMap<>();   // by their slices

    /**
     * What a model says of a scan.
     *
     * @param scan       its index among the prepared ones
     * @param file       where it is from
     * @param percentile share of normal scans that score lower, in percent
     * @param pValue     how likely a normal scan scores at least so much
     * @param flagged    whether the score is above the threshold
     * @param confidence of the scan's boundaries, 0 to 1
     * @param warnings   sentences on what makes the score doubtful
     * @param regions    the worst first, by the marker that each is
     */
    public record Judged(int scan, String file, double score, Optional<Double> percentile, Optional<Double> pValue,
            Optional<Boolean> flagged, Optional<Double> confidence, List<String> warnings, List<NamedRegion> regions) {}

    /**
     * @param maps   of test scans
     * @param scales where the colours of each map end, in the order of {@link Plane#OURS}
     */
    public JudgedScans(ScanMaps maps, List<Double> scales) {
        this.maps = maps;
        this.scales = scales;
        patches = maps.patches();
        for (Volume v : Volume.of(patches, Split.TEST))
            v.slices().forEach(s -> volumes.put(patches.index(s.scan()).orElseThrow(), v));
    }

    /**
     * Writes a page with as many scans as it has room for, a slice with its whole volume.
     *
     * @param words what the scores are
     * @param scans highest score first
     */
    public void page(Path file, String title, String words, List<Judged> scans) {
        Set<Integer> shown = shown(scans);
        String some = shown.size() == scans.size() ? ""
                : Format.of(" Shown are %d of %s scans, those of highest score first.", shown.size(),
                        Format.count(scans.size()));
        ScanPage.write(file, title, words + some, shown.size(),
                scans.stream().filter(s -> shown.contains(s.scan)).map(this::scan).iterator());
    }

    /** As many as a page has room for; of a volume all slices or none, unless it is the first. */
    private Set<Integer> shown(List<Judged> scans) {
        Set<Integer> shown = new LinkedHashSet<>();
        for (Judged judged : scans) {
            List<Integer> own = Optional.ofNullable(volumes.get(judged.scan))
                    .map(v -> v.slices().stream().map(s -> patches.index(s.scan()).orElseThrow()).toList())
                    .orElse(List.of(judged.scan));
            if (shown.isEmpty() || shown.contains(judged.scan) || shown.size() + own.size() <= ScanPage.MOST)
                shown.addAll(own);
        }
        shown.retainAll(scans.stream().map(Judged::scan).collect(Collectors.toSet()));   // what was scored of a volume
        return shown;
    }

    private Scan scan(Judged judged) {
        ScanInfo info = patches.scans().get(judged.scan);
        Optional<Volume> volume = Optional.ofNullable(volumes.get(judged.scan));
        GrayImage image = patches.scanImage(judged.scan);
        return new Scan(info.scan(), judged.file, volume.map(Volume::name), volume.map(v -> Volume.number(info)),
                info.className().equals(Examples.UNLABELLED) ? "" : info.className(), info.label(),
                Optional.of(judged.score), judged.percentile, judged.pValue, judged.flagged, judged.confidence,
                judged.warnings, image, layers(judged.scan), Optional.empty(), judged.regions,
                info.masked() ? Optional.of(patches.scanMask(judged.scan)) : Optional.empty());
    }

    private List<Layer> layers(int scan) {
        if (!maps.has(scan)) return List.of();
        List<float[]> own = maps.of(scan);
        int n = Math.min(Math.min(own.size(), scales.size()), Plane.OURS.size());
        int first = Plane.OURS.indexOf(SHOWN);   // most of what regions are told from
        return IntStream.range(0, n).mapToObj(i -> n - 1 - i)   // the plain residual, which is mostly speckle, last
                .sorted(Comparator.comparing(i -> i != first))
                .map(i -> new Layer(Plane.OURS.get(i).title(), scales.get(i), own.get(i))).toList();
    }

    /**
     * A picture of each scan, {@code <scan>.png}: under its combined map, what is darker than drawn in cold colours,
     * with its regions outlined. Pictures of other scans make room.
     */
    public void overlays(Path folder, List<Judged> scans) {
        Set<Path> wanted = scans.stream().map(s -> overlay(folder, s)).collect(Collectors.toSet());
        if (Files.isDirectory(folder)) try (Stream<Path> there = Files.list(folder)) {
            there.filter(p -> p.toString().endsWith(".png") && !wanted.contains(p)).forEach(AtomicFiles::delete);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(folder, e);
        }
        try (Progress bar = Progress.start("overlays", scans.size(), "scan")) {
            scans.parallelStream().forEach(s -> {
                byte[] png = Figure.png(overlay(s));
                AtomicFiles.write(overlay(folder, s), out -> out.write(png));
                bar.step();
            });
        }
    }

    private Path overlay(Path folder, Judged judged) {
        return folder.resolve(patches.scans().get(judged.scan).scan() + ".png");
    }

    private BufferedImage overlay(Judged judged) {
        GrayImage image = patches.scanImage(judged.scan);
        int width = image.width();
        boolean[] outlined = new boolean[image.height() * width];
        for (NamedRegion named : judged.regions) {
            Region r = named.region();
            for (int i = 0; i < r.mask().length; i++)
                if (r.mask()[i]) outlined[(r.y() + i / r.width()) * width + r.x() + i % r.width()] = true;
        }
        return Heat
                .outlined(
                        Heat.signed(image.pixels(), maps.of(judged.scan).get(Plane.OURS.indexOf(SHOWN)), image.height(),
                                width, scales.get(Plane.OURS.indexOf(SHOWN))),
                        outlined, Heat.factor(width), Style.REGION);
    }
}
