package anogan.visuals;

import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.GrayImage;
import anogan.scans.Split;
import anogan.scoring.Plane;
import anogan.statistics.ScanRanking;
import anogan.statistics.ScanRanking.Row;
import anogan.visuals.ScanPage.Layer;
import anogan.visuals.ScanPage.Scan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The test scans of a run as a {@link ScanPage}, {@value #FILE}: those of highest score, a slice with its whole volume.
 */
final class RunScans {
    static final String FILE = "scans.html";

    private final RunData run;
    private final double[] scales;
    private final Map<String, Volume> volumes = new HashMap<>();   // by their slices

    private RunScans(RunData run, double[] scales) {
        this.run = run;
        this.scales = scales;
        for (Volume v : Volume.of(run.patches(), Split.TEST)) v.slices().forEach(s -> volumes.put(s.scan(), v));
    }

    /** @param scales of the maps' heat, as {@link MapFigures#scales} finds them */
    static Path write(RunData run, double[] scales) {
        RunScans page = new RunScans(run, scales);
        ScanRanking ranking = run.ranking();
        Map<String, Row> rows = ranking.rows().stream()
                .collect(Collectors.toMap(r -> r.scan().scan(), Function.identity()));
        Set<String> shown = page.shown(ranking.rows());
        String some = shown.size() == rows.size() ? ""
                : Format.of(" Shown are %d of %s test scans, those of highest score first.", shown.size(),
                        Format.count(rows.size()));
        Path file = run.folder().file(FILE);
        ScanPage.write(file, "Scans of " + run.folder().path().toAbsolutePath().normalize().getFileName(),
                ranking.words() + some, shown.size(), shown.stream()
                        .flatMap(name -> Optional.ofNullable(rows.get(name)).stream()).map(page::scan).iterator());
        return file;
    }

    /** Where the page shows a scan; as JavaScript's {@code encodeURIComponent} writes it. */
    static String address(String scan) {
        return FILE + "#" + URLEncoder.encode(scan, StandardCharsets.UTF_8).replace("+", "%20").replace("%21", "!")
                .replace("%27", "'").replace("%28", "(").replace("%29", ")").replace("%7E", "~");
    }

    /** As many as a page has room for; of a volume all slices or none, unless it is the first. */
    private Set<String> shown(List<Row> rows) {
        Set<String> shown = new LinkedHashSet<>();
        for (Row row : rows) {
            String name = row.scan().scan();
            List<String> own = Optional.ofNullable(volumes.get(name))
                    .map(v -> v.slices().stream().map(ScanInfo::scan).toList()).orElse(List.of(name));
            if (shown.isEmpty() || shown.contains(name) || shown.size() + own.size() <= ScanPage.MOST)
                shown.addAll(own);
        }
        shown.retainAll(rows.stream().map(r -> r.scan().scan()).toList());   // of a volume, what was scored
        return shown;
    }

    private Scan scan(Row row) {
        String name = row.scan().scan();
        int scan = run.patches().index(name).orElseThrow();
        ScanInfo info = run.scan(scan);
        Optional<Volume> volume = Optional.ofNullable(volumes.get(name));
        GrayImage image = run.patches().scanImage(scan);
        return new Scan(name, name, volume.map(Volume::name), volume.map(v -> Volume.number(info)), info.className(),
                info.label(), Optional.of(row.score()), row.percentile(), row.pValue(), row.flagged(), row.confidence(),
                warnings(info), image, layers(scan), Optional.empty(), List.of(),
                info.masked() ? Optional.of(run.patches().scanMask(scan)) : Optional.empty());
    }

    private List<String> warnings(ScanInfo info) {
        PrepareOptions options = run.patches().options();
        return options.flatten() && info.confidence() < options.minConfidence()
                ? List.of("The boundaries of the retina are unsure, and with them the score.")
                : List.of();
    }

    private List<Layer> layers(int scan) {
        if (!run.hasMaps(scan)) return List.of();
        List<float[]> maps = run.maps(scan);
        int n = Math.min(Math.min(maps.size(), scales.length), Plane.OURS.size());
        return IntStream.range(0, n).mapToObj(i -> n - 1 - i)   // the plain residual, which is mostly speckle, last
                .map(i -> new Layer(Plane.OURS.get(i).title(), scales[i], maps.get(i))).toList();
    }
}
