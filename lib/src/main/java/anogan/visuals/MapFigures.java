package anogan.visuals;

import anogan.io.AtomicFiles;
import anogan.patches.ScanInfo;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.statistics.MapScale;
import anogan.ui.Progress;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Residual maps over the scans that they belong to. */
public final class MapFigures {
    private static final int ROWS = 9;
    private static final int SCANS_FOR_SCALE = 40;
    /** Side by side: the paper's residual, and what it becomes by depth. The page of scans has all maps. */
    private static final List<Plane> SHOWN = List.of(Plane.RESIDUAL, Plane.Z, Plane.COMBINED);

    private MapFigures() {}

    /**
     * The heat that is shown strongest, for each kind of map: the 99.5 % quantile over normal validation and test
     * scans.
     */
    public static double[] scales(RunData run) {
        List<Integer> normal = judged(run).stream().filter(i -> run.scan(i).normal()).toList();
        List<Integer> used = normal.isEmpty() ? run.mapped(Split.TEST) : normal;
        int every = Math.max(1, used.size() / SCANS_FOR_SCALE);
        List<List<float[]>> maps = new ArrayList<>();
        for (int i = 0; i < used.size(); i += every)
            maps.add(run.maps(used.get(i)).stream().map(MapScale::sample).toList());
        double[] scales = new double[maps.isEmpty() ? 0 : maps.get(0).size()];
        for (int m = 0; m < scales.length; m++) {
            int plane = m;
            scales[m] = MapScale.of(maps.stream().map(planes -> planes.get(plane)).toList());
        }
        return scales;
    }

    /**
     * Test scans with their heat: for each class the one of median score, and of the normal ones also the highest, the
     * worst false alarm.
     */
    public static Optional<Figure> heatmaps(RunData run, double[] scales) {
        Map<Integer, String> chosen = chosen(run);
        if (chosen.isEmpty()) return Optional.empty();
        int words = 168;
        int tile = (Style.WIDTH - words) / (1 + shown(scales).size()) - ImageGrid.GAP;
        ImageGrid grid = new ImageGrid(Stream.concat(Stream.of("scan"), names(scales)).toList(), tile, words, false);
        chosen.forEach((scan, why) -> grid.row(words(run, scan, why), tiles(run, scan, scales)));
        BufferedImage image = Sheets.column(12, grid.draw(), bars(scales, tile, words + tile + 2 * ImageGrid.GAP));
        return Optional.of(new Figure("heatmaps.png", "Where the residual is", Format.of("""
                %d test scans, seed %d, chosen by rule: of each class the scan with the median %s (among \
                those with a mask, if there are any), of the normal ones also the highest. All share a scale \
                that ends where 99.5 %% of the pixels of normal scans lie below; the light blue line encloses \
                the annotated pixels. Good: normal scans stay almost grey, and heat lies within the outlines. \
                Speckle makes the plain map grainy, and its layers glow in every eye; Z is over what healthy eyes \
                show at that depth; the combined map sees dark fluid as well as what is bright.""", chosen.size(),
                run.info().seed(), run.analysis().leading().title()), image));
    }

    /** The picture that is kept for every scan: its maps over it, side by side. */
    public static BufferedImage scan(RunData run, int scan, double[] scales) {
        ScanInfo info = run.scan(scan);
        int tile = Math.max(240, Math.min(480, info.width() * 7 / 10));
        List<ImageGrid.Tile> tiles = tiles(run, scan, scales);
        String title = info.className() + " · " + info.scan();
        List<ImageGrid.Tile> maps = new ArrayList<>(tiles.subList(1, tiles.size()));
        maps.set(0, new ImageGrid.Tile(maps.get(0).image(), title));
        if (maps.size() > 1) maps.set(1, new ImageGrid.Tile(maps.get(1).image(), meanScore(run, scan)));
        ImageGrid grid = new ImageGrid(names(scales).toList(), tile, 0, false).row(List.of(), maps);
        return Sheets.column(4, grid.draw(), bars(scales, tile, 0));
    }

    /** Those of the planes to show that a run has; earlier versions made fewer. */
    private static List<Integer> shown(double[] scales) {
        return SHOWN.stream().map(Plane.OURS::indexOf).filter(plane -> plane < scales.length).toList();
    }

    private static Stream<String> names(double[] scales) {
        return shown(scales).stream().map(plane -> Plane.OURS.get(plane).title());
    }

    /** The maps of a scan by magnitude: some tell dark from bright. */
    private static List<float[]> heat(RunData run, int scan) {
        List<float[]> maps = run.maps(scan);
        for (float[] map : maps) for (int i = 0; i < map.length; i++) map[i] = Math.abs(map[i]);
        return maps;
    }

    /** The scan, and its maps over it. */
    static List<ImageGrid.Tile> tiles(RunData run, int scan, double[] scales) {
        ScanInfo info = run.scan(scan);
        float[] pixels = run.patches().scanImage(scan).pixels();
        boolean[] mask = run.patches().scanMask(scan);
        List<float[]> maps = heat(run, scan);
        int factor = Heat.factor(info.width());
        List<ImageGrid.Tile> tiles = new ArrayList<>();
        tiles.add(ImageGrid.Tile.of(Heat.grey(pixels, info.height(), info.width())));
        for (int m : shown(scales)) {
            BufferedImage heat = Heat.over(pixels, maps.get(m), info.height(), info.width(), scales[m]);
            tiles.add(ImageGrid.Tile.of(info.masked() ? Heat.outlined(heat, mask, factor) : heat));
        }
        return tiles;
    }

    /** The scan under the last of the maps that are shown. */
    static BufferedImage leading(RunData run, int scan, double[] scales) {
        List<ImageGrid.Tile> tiles = tiles(run, scan, scales);
        return tiles.get(tiles.size() - 1).image();
    }

    /** Which plane of a scan's maps that is. */
    static int leading(double[] scales) {
        return shown(scales).stream().reduce(0, (first, second) -> second);
    }

    private static List<String> words(RunData run, int scan, String why) {
        ScanInfo info = run.scan(scan);
        return List.of(info.className(), info.scan(), meanScore(run, scan), why);
    }

    private static String meanScore(RunData run, int scan) {
        Score leading = run.analysis().leading();
        double score = run.score(scan, leading.of(Aggregate.MEAN));
        return Double.isNaN(score) ? "" : Format.of("%s %.3g", leading.title(), score);
    }

    private static BufferedImage bars(double[] scales, int tile, int left) {
        List<BufferedImage> bars = new ArrayList<>();
        if (left > 8) bars.add(Style.sheet(left - 8, 1));
        for (int plane : shown(scales)) bars.add(Heat.bar("", scales[plane], true, tile));
        return Sheets.row(8, bars);
    }

    /** Scans to show and why, normal ones first. Scans with a mask are preferred, since their truth can be drawn. */
    private static Map<Integer, String> chosen(RunData run) {
        Map<String, List<Integer>> byClass = new LinkedHashMap<>();
        List<Integer> scans = run.ranked(run.mapped(Split.TEST), run.analysis().leading().of(Aggregate.MEAN)).stream()
                .sorted(Comparator.comparing(i -> run.scan(i).label())).toList();
        for (int i : scans) byClass.computeIfAbsent(run.scan(i).className(), c -> new ArrayList<>()).add(i);
        Map<Integer, String> chosen = new LinkedHashMap<>();
        byClass.values().forEach(all -> {
            List<Integer> masked = all.stream().filter(i -> run.scan(i).masked()).toList();
            List<Integer> from = masked.isEmpty() ? all : masked;
            if (chosen.size() >= ROWS) return;
            chosen.put(from.get(from.size() / 2), masked.isEmpty() ? "median" : "median with mask");
            if (run.scan(all.get(0)).normal()) chosen.putIfAbsent(all.get(all.size() - 1), "highest normal");
        });
        return chosen;
    }

    /** Validation and test scans that have a residual map. */
    static List<Integer> judged(RunData run) {
        return Stream.of(Split.VALIDATION, Split.TEST).flatMap(split -> run.mapped(split).stream()).toList();
    }

    /** Writes pictures of so many scans beside their arrays, those of highest and of lowest score first. */
    static List<Path> write(RunData run, double[] scales, int most) {
        List<Integer> scans = chosen(run, most);
        try (Progress bar = Progress.start("draw maps", scans.size(), "scan")) {
            return scans.parallelStream().map(scan -> {
                Path path = run.folder().file("maps").resolve(run.scan(scan).scan() + ".png");
                byte[] png = Figure.png(scan(run, scan, scales));
                run.folder().requireStillThere();
                AtomicFiles.write(path, out -> out.write(png));
                bar.step();
                return path;
            }).toList();
        }
    }

    /** All judged scans, if they are not too many; else as many of the highest as of the lowest scores. */
    static List<Integer> chosen(RunData run, int most) {
        List<Integer> all = judged(run);
        if (all.size() <= most) return all;
        List<Integer> ranked = run.ranked(all, run.analysis().leading().of(Aggregate.MEAN));
        int lowest = Math.min(most, ranked.size()) / 2;
        int highest = Math.min(most, ranked.size()) - lowest;
        return Stream.concat(ranked.subList(ranked.size() - highest, ranked.size()).stream(),
                ranked.subList(0, lowest).stream()).toList();
    }
}
