package anogan.scoring;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.Npy;
import anogan.io.Tables;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.run.RunFolder;
import anogan.scans.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Scans that are slices of volumes, put together again: {@code volumes.csv} with a row per volume, every
 * {@link Aggregate} of each score over all of its patches, and {@code maps/volumes/<volume>.npy}, its residual maps in
 * the order of the slices (slices × planes × height × width, as {@link Plane#OURS}). Where no scan is a slice, nothing
 * is written. A volume is called after its first slice.
 */
final class VolumeScores {
    private VolumeScores() {}

    static void write(RunFolder run, Patches patches) {
        List<Volume> volumes = volumes(patches);
        if (volumes.isEmpty()) return;
        Table scores = Tables.read(run.file("scores.csv"), "map", ScoreFiles.KEYS);
        List<String> names = ScoreFiles.scores(scores);
        StringBuilder table = new StringBuilder(Csv.line(Stream
                .concat(Stream.of("volume", "group", "class", "split", "label", "slices", "patches"),
                        names.stream().flatMap(n -> Stream.of(Aggregate.values()).map(a -> n + a.ending())))
                .toArray()));
        Map<String, List<Integer>> rows = ScanScores.rowsByScan(scores);
        for (Volume v : volumes) {
            List<Integer> own = v.slices().stream().flatMap(s -> rows.getOrDefault(s.scan(), List.of()).stream())
                    .toList();
            ScanInfo any = v.slices().get(0);
            Stream<Object> keys = Stream.of(v.name(), any.group(), v.className(), any.split().word(), v.label().csv(),
                    v.slices().size(), own.size());
            Stream<Object> values = names.stream()
                    .flatMap(n -> aggregates(own.stream().mapToDouble(scores.doubleColumn(n)::getDouble).toArray()));
            table.append(Csv.line(Stream.concat(keys, values).toArray()));
            stack(run, v);
        }
        AtomicFiles.writeString(run.file("volumes.csv"), table.toString());
    }

    /** The volumes that were mapped; slices of the training scans are patches here and there. */
    private static List<Volume> volumes(Patches patches) {
        return Stream.of(Split.VALIDATION, Split.TEST).flatMap(split -> Volume.of(patches, split).stream()).toList();
    }

    private static Stream<Object> aggregates(double[] values) {
        return Stream.of(Aggregate.values()).map(a -> a.of(values)).map(v -> String.format(Locale.ROOT, "%.7g", v));
    }

    /** One map after the other: a volume may be larger than memory. Slices of unequal size cannot be stacked. */
    private static void stack(RunFolder run, Volume v) {
        if (v.slices().stream().map(s -> s.height() + " x " + s.width()).distinct().count() > 1) return;
        Path file = run.file("maps/volumes").resolve(v.name() + ".npy");
        List<Path> maps = v.slices().stream().map(s -> run.file("maps/" + s.scan() + ".npy")).toList();
        Npy.writeStack(file, maps.size(), i -> Npy.read(maps.get(i)));
    }
}
