package anogan.patches;

import anogan.UserError;
import anogan.scans.Doubt;
import anogan.scans.Doubts;
import anogan.scans.GreyRange;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The way from scans to a prepared folder: read one after the other, flattened in batches, written in their order. */
final class Preparation {
    private static final int BATCH = 64;                     // scans in memory at a time,
    private static final long BATCH_PIXELS = 1L << 24;       // or fewer large ones

    private final PrepareOptions options;
    private final PatchesWriter writer;
    private final ScanFitness fitness;
    private final List<Skipped> skipped;
    private final Doubts doubts = new Doubts();
    private final Map<String, Integer> unfit = new TreeMap<>();   // by split and class
    private final Set<Split> filled = EnumSet.noneOf(Split.class);

    /** A scan with its pixels, or why there are none. */
    private record Scan(Scans.Listed listed, Optional<Scans.Pixels> pixels, Optional<Skipped> unread) {
        private long size() {
            return pixels.map(p -> (long) p.image().pixels().length).orElse(0L);
        }
    }

    /** What became of a scan: prepared, or skipped; and what is doubtful about its pixels. */
    private record Outcome(Scan scan, Optional<PatchesWriter.PreparedScan> prepared, Optional<Skipped> skipped,
            List<Doubt> doubts) {}

    private Preparation(PrepareOptions options, PatchesWriter writer, List<Skipped> skipped) {
        this.options = options;
        this.writer = writer;
        this.skipped = new ArrayList<>(skipped);
        fitness = new ScanFitness(options);
    }

    /** @param learned ranges of grey that a model learned with, by type of number */
    static Patches run(Scans scans, PrepareOptions options, Map<String, GreyRange> learned, Path folder) {
        try (PatchesWriter writer = new PatchesWriter(folder, options);
                Scans.Listing listing = scans.list(options.split()).named()) {
            options.greyRange().ifPresent(listing.intensities()::use);
            listing.intensities().use(learned);
            PrepareOptions scaled = RetinaScale.measured(listing.scans(), options);
            Preparation preparation = new Preparation(scaled, writer, listing.skipped());
            preparation.all(listing.scans());
            if (!scaled.split().onlyJudged()) preparation.requireEverySplit();
            return writer.finish(scaled, preparation.skipped, listing.withDoubts(preparation.doubts()));
        }
    }

    private void all(List<Scans.Listed> scans) {
        List<Scan> batch = new ArrayList<>();
        try (Progress bar = Progress.start("prepare", scans.size(), "scan")) {
            for (Scans.Listed listed : scans) {
                batch.add(read(listed));
                if (isFull(batch)) bar.step(write(batch));
            }
            bar.step(write(batch));
        }
    }

    /** Reads a scan: one after the other, since archives and volumes are read from front to back. */
    private Scan read(Scans.Listed listed) {
        try {
            return new Scan(listed, Optional.of(options.pixels().applied(listed.read().get())), Optional.empty());
        } catch (UserError e) {
            return new Scan(listed, Optional.empty(), Optional.of(Skipped.unreadable(listed.file(), e.getMessage())));
        }
    }

    private static boolean isFull(List<Scan> batch) {
        return batch.size() == BATCH || batch.stream().mapToLong(Scan::size).sum() > BATCH_PIXELS;
    }

    /**
     * Flattens the scans of a batch, all processors at once, and stores them in their order.
     *
     * @return how many they were
     */
    private int write(List<Scan> batch) {
        for (Outcome outcome : batch.parallelStream().map(this::flatten).toList()) {
            outcome.scan.pixels.ifPresent(p -> doubts.add(outcome.scan.listed.file(), p.doubts()));
            doubts.add(outcome.scan.listed.file(), outcome.doubts);
            outcome.skipped.ifPresent(why -> skip(outcome.scan.listed, why));
            outcome.prepared.ifPresent(prepared -> {
                writer.add(prepared);
                filled.add(prepared.info().split());
            });
        }
        int done = batch.size();
        batch.clear();
        return done;
    }

    private Outcome flatten(Scan scan) {
        if (scan.pixels.isEmpty()) return new Outcome(scan, Optional.empty(), scan.unread, List.of());
        Scans.Pixels pixels = scan.pixels.get();
        Optional<Skipped> unfit = fitness.beforeFlattening(scan.listed.file(), pixels.image());
        if (unfit.isPresent()) return new Outcome(scan, Optional.empty(), unfit, List.of());
        PatchesWriter.PreparedScan prepared = new Flattener(options).prepare(scan.listed, pixels);
        unfit = fitness.afterFlattening(scan.listed, prepared);
        if (unfit.isEmpty()) return new Outcome(scan, Optional.of(prepared), unfit,
                options.flatten() ? Surroundings.doubts(pixels.image()) : List.of());
        // of what is no scan only this is of interest: whether it would be one the other way round
        return new Outcome(scan, Optional.empty(), unfit, Upright.doubt(pixels.image()).stream().toList());
    }

    private void skip(Scans.Listed listed, Skipped why) {
        skipped.add(why);
        if (ScanFitness.NO_SCANS.contains(why.kind()))
            unfit.merge(listed.split().word() + " " + listed.className(), 1, Integer::sum);
    }

    /** What is doubtful about the data set, and what was left out of it as no scan of a retina. */
    private List<String> doubts() {
        List<String> all = new ArrayList<>(doubts.sentences());
        if (!unfit.isEmpty()) {
            all.add(String.format(Locale.ROOT,
                    "%d pictures are no scans to learn from or to judge and are in no split (%s). They are named in %s; "
                            + "option min-confidence says how surely a retina must be seen.",
                    unfit.values().stream().mapToInt(Integer::intValue).sum(), unfit.entrySet().stream()
                            .map(e -> e.getKey() + ": " + e.getValue()).collect(Collectors.joining(", ")),
                    Patches.SKIPPED));
        }
        return all;
    }

    private void requireEverySplit() {
        for (Split split : Split.values()) {
            if (filled.contains(split)) continue;
            String first = skipped.stream().findFirst()
                    .map(s -> s.file() + " (" + s.reason().replaceFirst("[.]$", "") + ")").orElse("none");
            throw UserError.failure(
                    "No usable scan is left for %s; %s scans were skipped, the first: %s. Mend them, or see whether "
                            + "option size, option normal and option min-confidence suit them.%s",
                    split.word(), skipped.size(), first,
                    doubts.sentences().stream().map(" "::concat).findFirst().orElse(""));
        }
    }
}
