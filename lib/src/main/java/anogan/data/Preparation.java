package anogan.data;

import anogan.Progress;
import anogan.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The data stage as a whole: scans in, {@link PatchFolder} out. A scan that cannot be used is named, counted and left out; it never ends the run. */
public final class Preparation {
    private static final int BATCH = 64;   // scans in memory at a time

    private Preparation() { }

    /** Either a prepared scan or the reason why there is none. */
    private record Outcome(PatchFolderWriter.PreparedScan scan, PatchFolder.Skipped skipped) { }

    /**
     * Reads every scan of the source, flattens it and writes the folder; an earlier prepared folder of that name is replaced when the new one is
     * complete.
     *
     * @throws UserError if the source or the target cannot be used, or if a split is left without a scan
     */
    public static PatchFolder run(ScanSource source, PrepareOptions options, Path folder) {
        try (PatchFolderWriter writer = new PatchFolderWriter(folder, options)) {
            ScanSource.Listing listing = source.list(options);
            List<PatchFolder.Skipped> skipped = new ArrayList<>(listing.skipped());
            int[] written = new int[Split.values().length];
            try (Progress bar = Progress.start("prepare", listing.scans().size(), "scan")) {
                for (int first = 0; first < listing.scans().size(); first += BATCH) {
                    List<ScanSource.Listed> batch = listing.scans().subList(first, Math.min(first + BATCH, listing.scans().size()));
                    for (Outcome outcome : IntStream.range(0, batch.size()).parallel().mapToObj(i -> prepare(batch.get(i), options)).toList()) {
                        bar.step();
                        if (outcome.scan == null) {
                            skipped.add(outcome.skipped);
                            continue;
                        }
                        writer.add(outcome.scan);
                        written[outcome.scan.info().split().ordinal()]++;
                    }
                }
            }
            for (Split split : Split.values()) {
                if (written[split.ordinal()] == 0) {
                    throw UserError.failure("No usable scan is left for %s; %s scans were skipped, the first: %s.", split.word(), skipped.size(),
                            skipped.isEmpty() ? "none" : skipped.get(0).file() + " (" + skipped.get(0).reason() + ")");
                }
            }
            return writer.finish(skipped);
        }
    }

    private static Outcome prepare(ScanSource.Listed listed, PrepareOptions options) {
        try {
            ScanSource.Pixels pixels = listed.read().get();
            GrayImage image = pixels.image();
            int smallest = options.flatten() ? options.size() : 8;
            if (image.width() < smallest || image.height() < smallest || options.workingHeight(image.height(), image.width()) < smallest) {
                return skip(listed, "too small: " + image.width() + " x " + image.height() + " pixels");
            }
            PatchFolderWriter.PreparedScan scan = new Flattener(options).prepare(listed, pixels);
            if (listed.split() == Split.TRAIN && scan.info().confidence() < options.minConfidence()) {
                return skip(listed, "boundaries not found: confidence %.2f is below %.2f".formatted(scan.info().confidence(), options.minConfidence()));
            }
            return new Outcome(scan, null);
        } catch (UserError e) {
            return skip(listed, e.getMessage());
        }
    }

    private static Outcome skip(ScanSource.Listed listed, String reason) {
        return new Outcome(null, new PatchFolder.Skipped(listed.file(), reason));
    }
}
