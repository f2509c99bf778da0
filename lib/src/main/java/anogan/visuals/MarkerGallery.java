package anogan.visuals;

import anogan.markers.Markers;
import anogan.markers.Region;
import anogan.markers.RegionRow;
import anogan.markers.RegionRule;
import anogan.patches.Patches;
import anogan.scoring.ScanMaps;
import anogan.statistics.Marker;
import anogan.statistics.MarkerAnalysis;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples of a marker: the regions nearest to its middle, and the farthest that still belong to it. Of each the scan
 * around it, what G drew there, and the map with the region's outline; all cut to the same extent, on one scale.
 */
final class MarkerGallery {
    private static final int NEAREST = 12;
    private static final int FARTHEST = 4;
    private static final int COLUMNS = 8;
    private static final double WIDE = 120;    // pixels of the strip that a tile shows
    private static final double HIGH = 64;
    private static final double SCALE = 8;     // Z that is shown strongest
    private static final int ZOOM = 2;

    private final ScanMaps maps;
    private final RegionRule rule;
    private final MarkerAnalysis analysis;

    MarkerGallery(ScanMaps maps, RegionRule rule, MarkerAnalysis analysis) {
        this.maps = maps;
        this.rule = rule;
        this.analysis = analysis;
    }

    /** The regions that are shown of a marker, the nearest first. */
    private static List<RegionRow> shown(Markers markers, int number, List<RegionRow> own) {
        if (number == Markers.NONE) return own.subList(0, Math.min(own.size(), NEAREST + FARTHEST));
        List<RegionRow> byDistance = new ArrayList<>(own);
        Map<RegionRow, Double> distance = new HashMap<>();
        own.forEach(r -> distance.put(r, markers.distance(r, number)));
        byDistance.sort(Comparator.comparingDouble(distance::get));
        if (own.size() <= NEAREST + FARTHEST) return byDistance;
        List<RegionRow> shown = new ArrayList<>(byDistance.subList(0, NEAREST));
        shown.addAll(byDistance.subList(own.size() - FARTHEST, own.size()));
        return shown;
    }

    /** A picture and the regions in it. */
    record Shown(Figure figure, List<RegionRow> regions) {}

    /** @param own its regions; without any there is no picture */
    Optional<Shown> of(Marker marker, List<RegionRow> own) {
        if (own.isEmpty()) return Optional.empty();
        List<RegionRow> shown = shown(analysis.markers(), marker.number(), own);
        int width = (Style.WIDTH - 56) / COLUMNS - ImageGrid.GAP;
        ImageGrid grid = new ImageGrid(List.of(), width, 48, false);
        for (int from = 0; from < shown.size(); from += COLUMNS) {
            List<ImageGrid.Tile> x = new ArrayList<>();
            List<ImageGrid.Tile> g = new ArrayList<>();
            List<ImageGrid.Tile> z = new ArrayList<>();
            for (RegionRow r : shown.subList(from, Math.min(shown.size(), from + COLUMNS))) add(r, x, g, z);
            grid.row(List.of("x"), x);
            if (g.size() == x.size()) grid.row(List.of("G(z)"), g);
            grid.row(List.of("Z"), z);
        }
        String name = marker.number() == Markers.NONE ? "none" : String.valueOf(marker.number());
        String title = marker.number() == Markers.NONE ? "Regions that belong to no marker"
                : "Marker " + marker.number() + ": " + marker.name();
        Figure figure = new Figure("markers-" + name + ".jpeg", title,
                Format.of(
                        """
                                %s. %d regions in %d scans of %d patients; shown are %s. Each tile is %.0f × %.0f pixels of the strip; Z \
                                from −%.0f (blue, darker than drawn) to %.0f (red).""",
                        marker.kind().word(), marker.regions(), marker.scans(), marker.groups(),
                        shown.size() > NEAREST ? "the " + NEAREST + " nearest to its middle and, last, the "
                                + (shown.size() - NEAREST) + " farthest from it"
                                : "all of them, the nearest to its middle first",
                        WIDE, HIGH, SCALE, SCALE),
                new Figure.Photo(grid.draw()));
        return Optional.of(new Shown(figure, shown));
    }

    private void add(RegionRow row, List<ImageGrid.Tile> x, List<ImageGrid.Tile> g, List<ImageGrid.Tile> z) {
        Patches patches = maps.patches();
        Window window = new Window(patches, row);
        float[] own = window.cut(patches.scanImage(row.index()).pixels());
        boolean[] outline = window.mask(row.region());
        x.add(ImageGrid.Tile.of(Heat.outlined(Heat.grey(own, window.h, window.w), new boolean[own.length], ZOOM)));
        maps.drawn(row.index()).ifPresent(drawn -> {
            float[] cut = window.cut(drawn);
            for (int i = 0; i < cut.length; i++) if (Float.isNaN(cut[i])) cut[i] = 0;
            g.add(ImageGrid.Tile.of(Heat.outlined(Heat.grey(cut, window.h, window.w), new boolean[own.length], ZOOM)));
        });
        float[] map = window.cut(rule.map(maps.of(row.index())));
        BufferedImage heat = Heat.signed(own, map, window.h, window.w, SCALE);
        z.add(new ImageGrid.Tile(Heat.outlined(heat, outline, ZOOM, Style.REGION), row.scan().className()));
    }

    /** A box of a scan around a region; what lies beyond the scan is black. */
    private static final class Window {
        private final int left;
        private final int top;
        private final int w;
        private final int h;
        private final int scanWidth;
        private final int scanHeight;

        Window(Patches patches, RegionRow row) {
            scanWidth = row.scan().width();
            scanHeight = row.scan().height();
            w = (int) Math.round(WIDE * patches.ownColumns(row.index()));
            h = (int) Math.round(HIGH * patches.ownRows(row.index()));
            Region r = row.region();
            left = r.x() + r.width() / 2 - w / 2;
            top = r.y() + r.height() / 2 - h / 2;
        }

        float[] cut(float[] from) {
            float[] cut = new float[w * h];
            for (int i = 0; i < cut.length; i++) {
                int x = left + i % w;
                int y = top + i / w;
                if (x >= 0 && x < scanWidth && y >= 0 && y < scanHeight) cut[i] = from[y * scanWidth + x];
            }
            return cut;
        }

        boolean[] mask(Region r) {
            boolean[] mask = new boolean[w * h];
            for (int i = 0; i < r.mask().length; i++) {
                int x = r.x() + i % r.width() - left;
                int y = r.y() + i / r.width() - top;
                if (r.mask()[i] && x >= 0 && x < w && y >= 0 && y < h) mask[y * w + x] = true;
            }
            return mask;
        }
    }
}
