package anogan.markers;

import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.scans.Spacing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A volume seen from above, as a picture of the fundus shows it: which marker lies in each column of each slice. Where
 * regions lie above one another, the one counts that has most pixels there. Nothing is smoothed, or drawn between
 * slices.
 *
 * @param volume  whose slices were looked at
 * @param marker  slices, from the number of the first to that of the last × columns: the number of the marker,
 *                {@link Markers#NONE} for a region that belongs to none, {@value #FREE} where no region lies,
 *                {@value #UNSEEN} in a slice that was not looked at
 * @param spacing of all slices, where it is known and one
 */
public record EnFace(Volume volume, int[][] marker, Optional<Spacing> spacing) {
    public static final int FREE = -1;
    public static final int UNSEEN = -2;

    /**
     * The volumes of these scans; none where all are single pictures.
     *
     * @param markers of the rows
     */
    public static List<EnFace> of(List<ScanInfo> scans, List<RegionRow> rows, int[] markers) {
        Map<String, List<Integer>> byScan = IntStream.range(0, rows.size()).boxed()
                .collect(Collectors.groupingBy(i -> rows.get(i).scan().scan()));
        return Volume.of(scans).stream().map(v -> of(v, rows, markers, byScan)).toList();
    }

    private static EnFace of(Volume volume, List<RegionRow> rows, int[] markers, Map<String, List<Integer>> byScan) {
        List<ScanInfo> slices = volume.slices();
        int first = Volume.number(slices.get(0));
        int width = slices.stream().mapToInt(ScanInfo::width).max().orElseThrow();
        int[][] map = new int[Volume.number(slices.get(slices.size() - 1)) - first + 1][width];
        for (int[] line : map) Arrays.fill(line, UNSEEN);
        for (ScanInfo slice : slices) {
            int[] line = map[Volume.number(slice) - first];
            Arrays.fill(line, 0, slice.width(), FREE);
            int[] most = new int[width];
            for (int i : byScan.getOrDefault(slice.scan(), List.of()))
                see(rows.get(i).region(), markers[i], line, most);
        }
        List<Optional<Spacing>> spacings = slices.stream().map(s -> Spacing.of(s.attributes())).distinct().toList();
        return new EnFace(volume, map, spacings.size() == 1 ? spacings.get(0) : Optional.empty());
    }

    /** @param most pixels that a region has had so far, in each column */
    private static void see(Region region, int marker, int[] line, int[] most) {
        for (int x = 0; x < region.width(); x++) {
            int pixels = 0;
            for (int y = 0; y < region.height(); y++) if (region.mask()[y * region.width() + x]) pixels++;
            if (pixels <= most[region.x() + x]) continue;
            most[region.x() + x] = pixels;
            line[region.x() + x] = marker;
        }
    }

    /** How many places have a region. */
    public long covered() {
        return Arrays.stream(marker).flatMapToInt(Arrays::stream).filter(m -> m > FREE).count();
    }

    /** The number of its first slice. */
    public int first() {
        return Volume.number(volume.slices().get(0));
    }
}
