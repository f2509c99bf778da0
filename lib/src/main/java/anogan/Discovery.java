package anogan;

import anogan.markers.DeepFeatures;
import anogan.markers.Markers;
import anogan.markers.RegionRow;
import anogan.markers.RegionRule;
import anogan.markers.RegionTable;
import anogan.markers.VolumeRegions;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scans.Split;
import anogan.scoring.FrozenRun;
import anogan.scoring.ScanMaps;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.MarkerAnalysis;
import anogan.statistics.ScoreTable;
import anogan.visuals.MarkerFigures;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Markers of scans that have residual maps: the step beyond the paper, whose title promises to guide their discovery.
 *
 * @param maps  of the test scans that are looked at
 * @param rule  what counts as a region
 * @param label gives a scan its label, where the prepared ones have none
 */
record Discovery(ScanMaps maps, RegionRule rule, UnaryOperator<ScanInfo> label) {
    /**
     * Writes {@code regions.csv}, {@code markers.csv}, {@code marker_classes.csv}, {@code markers.json}, the figures.
     */
    MarkerAnalysis run(DiscoverOptions options) {
        return write(options,
                rows -> MarkerAnalysis.discover(infos(), rows, maps.patches().options().flatten(), options));
    }

    /** The same with markers that were found in other scans. */
    MarkerAnalysis confirm(MarkerAnalysis found) {
        return write(found.options(), rows -> found.confirm(infos(), rows, maps.patches().options().flatten()));
    }

    /**
     * D's features of the same regions: {@link DeepFeatures#FILE}.
     *
     * @throws UserError if the run's networks cannot be opened
     */
    void features() {
        RunFolder run = maps.run();
        run.locked(() -> {
            try (FrozenRun networks = FrozenRun.open(run, maps.patches()).orElseThrow(() -> UserError.failure(
                    "%s has no networks that can be opened, which region features are made by. Train and map it anew.",
                    run.path()))) {
                DeepFeatures.write(networks, maps, rule, RegionTable.of(maps, scans(), rule));
            }
            return 0;
        });
    }

    private List<Integer> scans() {
        return maps.patches().scans(Split.TEST).stream().filter(maps::has).toList();
    }

    private List<ScanInfo> infos() {
        return scans().stream().map(i -> label.apply(maps.patches().scans().get(i))).toList();
    }

    private MarkerAnalysis write(DiscoverOptions options, Function<List<RegionRow>, MarkerAnalysis> analysis) {
        RunFolder run = maps.run();
        return run.locked(() -> {
            long begun = System.nanoTime();
            List<RegionRow> rows = RegionTable.of(maps, scans(), rule).stream()
                    .map(r -> new RegionRow(r.index(), label.apply(r.scan()), r.region(), r.features())).toList();
            MarkerAnalysis found = analysis.apply(rows).beside(ScoreTable.ofScans(run), infos(), rows);
            Markers markers = found.markers();
            int[] marker = rows.stream().mapToInt(markers::of).toArray();
            run.requireStillThere();
            RegionTable.write(run.file("regions.csv"), rows, marker, VolumeRegions.of(infos(), rows));
            MarkerFigures.write(maps, rule, infos(), rows, found);
            found.write(run.path());
            run.write(run.info().with(MarkerAnalysis.STAGE,
                    Stage.here(options, (System.nanoTime() - begun) / 1e9, run.scoreFingerprints())));
            return found;
        });
    }

    /** Of a run's own test scans, labels as they stand. */
    static Discovery of(RunFolder run, Patches patches, RegionRule rule) {
        return new Discovery(new ScanMaps(run, patches), rule, s -> s);
    }
}
