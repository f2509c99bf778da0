package anogan.patches;

import anogan.UserError;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import anogan.ui.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The data stage as a whole: scans in, {@link Patches} out. A scan that cannot be used is named, counted and left out;
 * it never ends the run.
 */
final class Preparation {
    private static final int BATCH = 64;                     // scans in memory at a time,
    private static final long BATCH_PIXELS = 1L << 24;       // or fewer large ones

    private Preparation() {}

    /** Either a scan with its pixels or the reason why there are none. */
    private record Scan(Scans.Listed listed, Scans.Pixels pixels, Skipped skipped) {}

    /** Either a prepared scan or the reason why there is none. */
    private record Outcome(PatchesWriter.PreparedScan scan, Skipped skipped) {}

    /**
     * Reads every scan of the source, flattens it and writes the folder; an earlier prepared folder of that name is
     * replaced when the new one is complete.
     *
     * @throws UserError if the source or the target cannot be used, or if a split is left without a scan
     */
    static Patches run(Scans source, PrepareOptions options, Path folder) {
        try (PatchesWriter writer = new PatchesWriter(folder, options);
                Scans.Listing listing = source.list(options.split())) {
            List<Skipped> skipped = new ArrayList<>(listing.skipped());
            int[] written = new int[Split.values().length];
            List<Scan> batch = new ArrayList<>();
            try (Progress bar = Progress.start("prepare", listing.scans().size(), "scan")) {
                for (Scans.Listed listed : listing.scans()) {
                    Scan scan = read(listed, options);
                    if (scan.skipped == null) {
                        batch.add(scan);
                    } else {
                        skipped.add(scan.skipped);
                        bar.step();
                    }
                    if (isFull(batch)) bar.step(write(batch, options, writer, skipped, written));
                }
                bar.step(write(batch, options, writer, skipped, written));
            }
            for (Split split : Split.values()) {
                if (written[split.ordinal()] == 0) {
                    throw UserError.failure(
                            "No usable scan is left for %s; %s scans were skipped, the first: %s. Mend them, or see whether option size, "
                                    + "option normal and option min-confidence suit them.",
                            split.word(), skipped.size(),
                            skipped.isEmpty() ? "none"
                                    : skipped.get(0).file() + " (" + skipped.get(0).reason().replaceFirst("[.]$", "")
                                            + ")");
                }
            }
            return writer.finish(skipped, listing.notes());
        }
    }

    /** Reads a scan: one after the other, since archives and volumes are read from front to back. */
    private static Scan read(Scans.Listed listed, PrepareOptions options) {
        try {
            Scans.Pixels pixels = listed.read().get();
            GrayImage image = pixels.image();
            int smallest = options.flatten() ? options.size() : 8;
            if (image.width() < smallest || image.height() < smallest
                    || options.workingHeight(image.height(), image.width()) < smallest) {
                return new Scan(listed, null,
                        skip(listed, "too small: " + image.width() + " x " + image.height() + " pixels"));
            }
            return new Scan(listed, pixels, null);
        } catch (UserError e) {
            return new Scan(listed, null, skip(listed, e.getMessage()));
        }
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
    private static int write(List<Scan> batch, PrepareOptions options, PatchesWriter writer, List<Skipped> skipped,
            int[] written) {
        for (Outcome outcome : IntStream.range(0, batch.size()).parallel().mapToObj(i -> flatten(batch.get(i), options))
                .toList()) {
            if (outcome.scan == null) {
                skipped.add(outcome.skipped);
                continue;
            }
            writer.add(outcome.scan);
            written[outcome.scan.info().split().ordinal()]++;
        }
        int done = batch.size();
        batch.clear();
        return done;
    }

    private static Outcome flatten(Scan scan, PrepareOptions options) {
        try {
            PatchesWriter.PreparedScan prepared = new Flattener(options).prepare(scan.listed, scan.pixels);
            if (scan.listed.split() == Split.TRAIN && prepared.info().confidence() < options.minConfidence()) {
                return new Outcome(null,
                        skip(scan.listed,
                                String.format(Locale.ROOT, "boundaries not found: confidence %.2f is below %.2f",
                                        prepared.info().confidence(), options.minConfidence())));
            }
            return new Outcome(prepared, null);
        } catch (UserError e) {
            return new Outcome(null, skip(scan.listed, e.getMessage()));
        }
    }

    private static Skipped skip(Scans.Listed listed, String reason) {
        return new Skipped(listed.file(), reason);
    }
}
