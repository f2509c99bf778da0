package anogan.patches;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.ErrorText;
import anogan.io.Fingerprint;
import anogan.io.FolderLock;
import anogan.io.Json;
import anogan.io.NpyRows;
import anogan.run.Stage;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes a {@link Patches}: aside, scan by scan, and renamed when it is complete. Closed without {@link #finish}, it
 * leaves no trace; an earlier folder of the same name stands until its successor is ready. A folder that holds anything
 * else is never touched.
 */
final class PatchesWriter implements AutoCloseable {
    /**
     * One scan, ready to be stored.
     *
     * @param info      its row of the table; its name is unique and fit for a file
     * @param geometry  how the strip lies in the scan
     * @param bounds    in working rows
     * @param strip     size × strip width grey values
     * @param stripMask the same extents, 0 or 255; empty without annotation
     * @param own       the scan in its own pixels
     * @param ownMask   the annotation in the scan's own pixels
     */
    record PreparedScan(ScanInfo info, StripGeometry geometry, Boundaries bounds, byte[] strip,
            Optional<byte[]> stripMask, GrayImage own, Optional<GrayImage> ownMask) {}

    /** What a prepared folder consists of. */
    private static final Set<String> OURS = Set.of(Patches.MANIFEST, Patches.SKIPPED, "scans.csv", "strips.npy",
            "masks.npy", "bounds.npy", "reference.npy", "scans");

    private final Path folder;
    private final Path aside;
    private final Path old;
    private final long begun = System.nanoTime();
    private final FolderLock lock;
    private final PrepareOptions options;
    private final NpyRows.Writer strips;
    private final NpyRows.Writer masks;
    private final NpyRows.Writer bounds;
    private final NpyRows.Writer references;
    private final List<ScanInfo> scans = new ArrayList<>();
    private final Fingerprint ownMasks = new Fingerprint();
    private boolean finished;

    PatchesWriter(Path folder, PrepareOptions options) {
        this.folder = folder.toAbsolutePath().normalize();
        this.options = options;
        aside = this.folder.resolveSibling("." + this.folder.getFileName() + ".part");
        old = this.folder.resolveSibling("." + this.folder.getFileName() + ".old");
        checkTarget(this.folder);
        lock = FolderLock.of(aside);
        try {
            // killed between the two renames of finish
            if (Files.isDirectory(old) && !Files.exists(this.folder)) Files.move(old, this.folder);
            for (Path remains : List.of(aside, old)) requireOurs(remains);
            try (Stream<Path> remains = Files.list(aside)) {
                for (Path r : remains.filter(r -> !r.endsWith(FolderLock.NAME)).toList()) delete(r);
            }
            Files.createDirectories(aside.resolve("scans"));
        } catch (IOException | UserError e) {
            lock.close();
            throw e instanceof UserError u ? u : AtomicFiles.cannotWrite(aside, e);
        }
        int w = options.stripWidth();
        strips = new NpyRows.Writer(aside.resolve("strips.npy"), "|u1", options.size(), w);
        masks = new NpyRows.Writer(aside.resolve("masks.npy"), "|u1", options.size(), w);
        bounds = new NpyRows.Writer(aside.resolve("bounds.npy"), "<f4", 3, w);
        references = new NpyRows.Writer(aside.resolve("reference.npy"), "<f4", w);
    }

    private static void checkTarget(Path folder) {
        if (Files.isRegularFile(folder)) throw UserError.usage("%s is a file; option out must be a folder.", folder);
        if (!Files.isDirectory(folder)) return;
        boolean prepared = Files.isRegularFile(folder.resolve(Patches.MANIFEST));
        try (Stream<Path> content = Files.list(folder)) {
            content.sorted().findFirst().filter(any -> !prepared).ifPresent(any -> {
                throw foreign(folder, any.getFileName().toString());
            });
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        requireOurs(folder);
    }

    /**
     * Refuses a folder that holds anything but what is written here, itself or among its scans: it is going to be
     * removed.
     */
    private static void requireOurs(Path folder) {
        try (Stream<Path> content = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path f : content.filter(f -> !f.equals(folder)).sorted().toList()) {
                String name = f.getFileName().toString();
                boolean scan = folder.resolve("scans").equals(f.getParent()) && name.endsWith(".png")
                        && Files.isRegularFile(f);
                boolean ours = folder.equals(f.getParent())
                        && (OURS.contains(name) || AtomicFiles.isRemnant(f) || name.equals(FolderLock.NAME));
                if (!scan && !ours) throw foreign(folder, folder.relativize(f).toString());
            }
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static UserError foreign(Path folder, String what) {
        return UserError.usage(
                "%s holds %s, which stage prepare did not write; it stays as it is. Choose another option out.", folder,
                what);
    }

    private static UserError unreadable(Path folder, Exception e) {
        return UserError.failure(e, "Cannot look into %s: %s. Choose another option out.", folder, ErrorText.of(e));
    }

    void add(PreparedScan scan) {
        requireStillThere();
        ScanInfo info = scan.info;
        scans.add(info);
        strips.add(scan.strip);
        masks.add(scan.stripMask.orElseGet(() -> new byte[scan.strip.length]));
        float[] lines = new float[3 * options.stripWidth()];
        System.arraycopy(scan.bounds.ilm(), 0, lines, 0, lines.length / 3);
        System.arraycopy(scan.bounds.rpe(), 0, lines, lines.length / 3, lines.length / 3);
        System.arraycopy(scan.bounds.bm(), 0, lines, 2 * lines.length / 3, lines.length / 3);
        bounds.add(lines);
        references.add(scan.geometry.reference());
        scan.ownMask.ifPresent(mask -> ownMasks.add(mask.toBytes()));
        if (info.split() == Split.TRAIN) return;
        writePng(scan.own, info.scan() + ".png");
        scan.ownMask.ifPresent(mask -> writePng(mask, info.scan() + "_mask.png"));
    }

    /**
     * The folder is renamed as a whole, so that no picture needs to be written aside and forced to disk by itself,
     * which takes ten times as long.
     */
    private void writePng(GrayImage image, String name) {
        Path file = aside.resolve("scans").resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            image.writePng(out);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(file, e);
        }
    }

    private void requireStillThere() {
        if (!Files.exists(aside.resolve("strips.npy"))) {
            throw UserError.failure(
                    "The folder %s was removed while scans were being written to it. Prepare them again.", aside);
        }
    }

    /** Completes the folder and puts it in its place. */
    Patches finish(PrepareOptions measured, List<Skipped> skipped, Scans.Listing listing) {
        strips.finish();
        masks.finish();
        bounds.finish();
        references.finish();
        closeFiles();
        requireStillThere();
        AtomicFiles.writeString(aside.resolve("scans.csv"), table());
        AtomicFiles.writeString(aside.resolve(Patches.SKIPPED), table(skipped));
        Json.write(aside.resolve(Patches.MANIFEST),
                new Patches.Manifest(Patches.FORMAT, fingerprint(), measured.seed(), measured, counts(), skipped,
                        listing.notes(), listing.doubts(), listing.intensities().ranges(),
                        Stage.here(Map.of(), (System.nanoTime() - begun) / 1e9, Map.of())));
        lock.close();
        try {
            delete(old);
            if (Files.exists(folder)) Files.move(folder, old);
            Files.move(aside, folder);
            finished = true;
            delete(old);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(folder, e);
        }
        return Patches.open(folder);
    }

    private static String table(List<Skipped> skipped) {
        StringBuilder csv = new StringBuilder(Csv.line("file", "kind", "reason"));
        skipped.forEach(s -> csv.append(Csv.line(s.file(), s.kind(), s.reason())));
        return csv.toString();
    }

    private String table() {
        Set<String> attributes = new TreeSet<>();
        scans.forEach(s -> attributes.addAll(s.attributes().keySet()));
        StringBuilder table = new StringBuilder(
                Csv.line(Stream.concat(Scans.COLUMNS.stream(), attributes.stream()).toArray()));
        for (ScanInfo s : scans) {
            Stream<Object> fixed = Stream.of(s.scan(), s.group(), s.className(), s.split().word(), s.label().csv(),
                    s.masked() ? 1 : 0, s.width(), s.height(), String.format(Locale.ROOT, "%.4f", s.confidence()));
            table.append(Csv.line(
                    Stream.concat(fixed, attributes.stream().map(a -> s.attributes().getOrDefault(a, ""))).toArray()));
        }
        return table.toString();
    }

    private List<Patches.Count> counts() {
        List<Patches.Count> counts = new ArrayList<>();
        for (Split split : Split.values()) {
            for (String name : new TreeSet<>(scans.stream().map(ScanInfo::className).toList())) {
                int n = (int) scans.stream().filter(s -> s.split() == split && s.className().equals(name)).count();
                if (n > 0) counts.add(new Patches.Count(name, split, n));
            }
        }
        return counts;
    }

    /** Where nothing is annotated it is what it was when masks did not count yet, so that runs of that time go on. */
    private String fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(aside.resolve("strips.npy")).add(aside.resolve("scans.csv"));
        if (scans.stream().anyMatch(ScanInfo::masked)) fingerprint.add(aside.resolve("masks.npy")).add(ownMasks.hex());
        return fingerprint.hex();
    }

    @Override
    public void close() {
        closeFiles();
        if (finished) return;
        lock.close();
        try {
            delete(aside);
        } catch (IOException ignored) {
            // The reason why it was not finished is the one to tell.
        }
    }

    private void closeFiles() {
        strips.close();
        masks.close();
        bounds.close();
        references.close();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
        }
    }
}
