package anogan.patches;

import anogan.UserError;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The way from scans to a prepared folder: read one after the other, flattened in batches, written in their order. */
final class Preparation {
    private static final int BATCH = 64;                     // scans in memory at a time,
    private static final long BATCH_PIXELS = 1L << 24;       // or fewer large ones
    private static final int SMALLEST = 8;                   // pixels, where nothing is flattened

    private final PrepareOptions options;
    private final PatchesWriter writer;
    private final List<Skipped> skipped;
    private final Set<Split> filled = EnumSet.noneOf(Split.class);

    private record Scan(Scans.Listed listed, Scans.Pixels pixels) {}

    /** @param skipped why there is nothing prepared, if so */
    private record Outcome(Optional<PatchesWriter.PreparedScan> prepared, Optional<Skipped> skipped) {
        static Outcome of(PatchesWriter.PreparedScan prepared) {
            return new Outcome(Optional.of(prepared), Optional.empty());
        }

        static Outcome of(Skipped skipped) {
            return new Outcome(Optional.empty(), Optional.of(skipped));
        }
    }

    private Preparation(PrepareOptions options, PatchesWriter writer, List<Skipped> skipped) {
        this.options = options;
        this.writer = writer;
        this.skipped = new ArrayList<>(skipped);
    }

    static Patches run(Scans scans, PrepareOptions options, Path folder) {
        try (PatchesWriter writer = new PatchesWriter(folder, options);
                Scans.Listing listing = scans.list(options.split())) {
            options.greyRange().ifPresent(listing.intensities()::use);
            Preparation preparation = new Preparation(options, writer, listing.skipped());
            preparation.all(listing.scans());
            preparation.requireEverySplit();
            return writer.finish(preparation.skipped, listing);
        }
    }

    private void all(List<Scans.Listed> scans) {
        List<Scan> batch = new ArrayList<>();
        try (Progress bar = Progress.start("prepare", scans.size(), "scan")) {
            for (Scans.Listed listed : scans) {
                read(listed).ifPresentOrElse(batch::add, bar::step);
                if (isFull(batch)) bar.step(write(batch));
            }
            bar.step(write(batch));
        }
    }

    /** Reads a scan: one after the other, since archives and volumes are read from front to back. */
    private Optional<Scan> read(Scans.Listed listed) {
        try {
            Scans.Pixels pixels = listed.read().get();
            GrayImage image = pixels.image();
            if (!isTooSmall(image)) return Optional.of(new Scan(listed, pixels));
            skipped.add(new Skipped(listed.file(), "too small",
                    "too small: " + image.width() + " x " + image.height() + " pixels"));
        } catch (UserError e) {
            skipped.add(Skipped.unreadable(listed.file(), e.getMessage()));
        }
        return Optional.empty();
    }

    private boolean isTooSmall(GrayImage image) {
        int smallest = options.flatten() ? options.size() : SMALLEST;
        return image.width() < smallest || image.height() < smallest
                || options.workingHeight(image.height(), image.width()) < smallest;
    }

    private static boolean isFull(List<Scan> batch) {
        return batch.size() == BATCH
                || batch.stream().mapToLong(s -> s.pixels.image().pixels().length).sum() > BATCH_PIXELS;
    }

    /**
     * Flattens the scans of a batch, all processors at once, and stores them in their order.
     *
     * @return how many they were
     */
    private int write(List<Scan> batch) {
        for (Outcome outcome : batch.parallelStream().map(this::flatten).toList()) {
            outcome.skipped.ifPresent(skipped::add);
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
        try {
            PatchesWriter.PreparedScan prepared = new Flattener(options).prepare(scan.listed, scan.pixels);
            double confidence = prepared.info().confidence();
            if (scan.listed.split() != Split.TRAIN || confidence >= options.minConfidence())
                return Outcome.of(prepared);
            return Outcome.of(new Skipped(scan.listed.file(), "without boundaries", String.format(Locale.ROOT,
                    "boundaries not found: confidence %.2f is below %.2f", confidence, options.minConfidence())));
        } catch (UserError e) {
            return Outcome.of(Skipped.unreadable(scan.listed.file(), e.getMessage()));
        }
    }

    private void requireEverySplit() {
        for (Split split : Split.values()) {
            if (filled.contains(split)) continue;
            String first = skipped.stream().findFirst()
                    .map(s -> s.file() + " (" + s.reason().replaceFirst("[.]$", "") + ")").orElse("none");
            throw UserError.failure(
                    "No usable scan is left for %s; %s scans were skipped, the first: %s. Mend them, " + "or "
                            + "see whether option size, option normal and option min-confidence suit them.",
                    split.word(), skipped.size(), first);
        }
    }
}
