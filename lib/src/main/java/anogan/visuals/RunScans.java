package anogan.visuals;

import anogan.markers.MarkedRegion;
import anogan.markers.RegionRule;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.scoring.ScanMaps;
import anogan.statistics.KnownMarkers;
import anogan.statistics.NormalLook;
import anogan.statistics.ScanRanking;
import anogan.statistics.ScanRanking.Row;
import anogan.visuals.JudgedScans.Judged;
import anogan.visuals.ScanPage.NamedRegion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The test scans of a run as a {@link ScanPage}, {@value #FILE}. */
final class RunScans {
    static final String FILE = "scans.html";

    private RunScans() {}

    /** @param scales of the maps' heat, as {@link MapFigures#scales} finds them */
    static Path write(RunData run, double[] scales) {
        ScanRanking ranking = run.ranking();
        Path file = run.folder().file(FILE);
        ScanMaps maps = new ScanMaps(run.folder(), run.patches());
        Optional<RegionRule> rule = rule(run, maps);
        Optional<KnownMarkers> known = KnownMarkers.of(run.folder());
        new JudgedScans(maps, Arrays.stream(scales).boxed().toList()).page(file,
                "Scans of " + run.folder().path().toAbsolutePath().normalize().getFileName(),
                ranking.words() + rule.map(r -> " " + r.words()).orElse(""),
                ranking.rows().stream().map(row -> judged(run, maps, rule, known, row)).toList());
        return file;
    }

    /** What counts as a region, as a model file of this run says it; none where its maps are of an older version. */
    private static Optional<RegionRule> rule(RunData run, ScanMaps maps) {
        Patches patches = run.patches();
        List<Integer> normals = patches.scans(Split.VALIDATION).stream().filter(i -> patches.scans().get(i).normal())
                .toList();
        boolean mapped = !normals.isEmpty() && normals.stream().allMatch(maps::has)
                && hasRegions(maps.of(normals.get(0)));
        return mapped ? Optional.of(NormalLook.of(run.folder(), patches).regions()) : Optional.empty();
    }

    private static boolean hasRegions(List<float[]> planes) {
        return planes.size() == Plane.OURS.size();
    }

    /** Where the page shows a scan; as JavaScript's {@code encodeURIComponent} writes it. */
    static String address(String scan) {
        return FILE + "#" + URLEncoder.encode(scan, StandardCharsets.UTF_8).replace("+", "%20").replace("%21", "!")
                .replace("%27", "'").replace("%28", "(").replace("%29", ")").replace("%7E", "~");
    }

    private static Judged judged(RunData run, ScanMaps maps, Optional<RegionRule> rule, Optional<KnownMarkers> known,
            Row row) {
        String name = row.scan().scan();
        int scan = run.patches().index(name).orElseThrow();
        List<float[]> planes = rule.isPresent() && maps.has(scan) ? maps.of(scan) : List.of();
        List<NamedRegion> regions = hasRegions(planes)
                ? MarkedRegion.of(maps, scan, rule.orElseThrow(), known.map(KnownMarkers::markers)).stream()
                        .map(r -> NamedRegion.of(r, known)).toList()
                : List.of();
        return new Judged(scan, name, row.score(), row.percentile(), row.pValue(), row.flagged(), row.confidence(),
                warnings(run, run.scan(scan)), regions);
    }

    private static List<String> warnings(RunData run, ScanInfo info) {
        return info.isSure(run.patches().options()) ? List.of()
                : List.of("The boundaries of the retina are unsure, and with them the score.");
    }
}
